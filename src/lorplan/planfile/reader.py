"""From the text of a plan file to the model, with every problem located."""

from __future__ import annotations

import re
from bisect import bisect_right
from codecs import BOM_UTF8
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from pydantic import ValidationError

from lorplan.errors import PlanFileError, Problem
from lorplan.planfile.error_text import FieldError
from lorplan.planfile.models import PlanFile
from lorplan.planfile.rotation_ids import IdParts, rotation_ids
from lorplan.planfile.yaml_tree import Lines, Mapping, Scalar, Sequence, child, find, nearest, read_tree, to_python
from lorplan.text.safe import on_one_line
from lorplan.text.wording import plural, truncate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lorplan.planfile.yaml_tree import Node, Path

MAX_BYTES: Final = 16 * 1024 * 1024
"""The largest plan file; eight rotations take about two kilobytes."""

MAX_PROBLEMS: Final = 1000
"""Report at most this many problems, and count the rest."""

_EMPTY: Final = "the file is empty: it needs a list of rotations ([] for none yet)"


# --- bytes --------------------------------------------------------------------------------------------------


def decode(raw: bytes, file: str | None = None) -> str:
    """Decode a plan file's bytes. Raises PlanFileError if they are too many or not UTF-8."""
    _refuse_size(len(raw), file)
    raw = raw.removeprefix(BOM_UTF8)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        line, column = Lines(before).position(len(before))
        looks_like = "UTF-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "another encoding"
        message = f"not UTF-8: byte 0x{raw[error.start]:02X} (the file looks like {looks_like}: save it as UTF-8)"
        raise PlanFileError((Problem(file, line, column, None, message),)) from None


def _refuse_size(size: int, file: str | None) -> None:
    if size > MAX_BYTES:
        message = f"larger than {MAX_BYTES // 1024 // 1024} MiB: not a plan file"
        raise PlanFileError((Problem(file, 1, 1, None, message),))


# --- text ---------------------------------------------------------------------------------------------------


def loads(text: str, file: str | None = None) -> PlanFile:
    """Read a plan file from its text; `file` is the name to use in messages.

    Raises PlanFileError with every problem of the text.
    """
    return parse(text, file).plan_file


def parse(text: str, file: str | None = None) -> LocatedPlanFile:
    """Read a plan file from its text, with the positions of its values. Raises PlanFileError."""
    text = text.lstrip("\ufeff")  # libyaml swallows several, and then counts its offsets without them
    _refuse_size(len(text), file)
    root, yaml_errors = read_tree(text)
    source = SourceText(file, text, root)
    errors = [
        FieldError(error.offset, source.rotation_around(error.offset), "", error.message) for error in yaml_errors
    ]
    if root is None or (isinstance(root, Scalar) and root.value is None):
        raise PlanFileError(source.problems(errors or [FieldError(0, (), "", _EMPTY)]))
    plan_file = _validate(root)
    if plan_file is None or yaml_errors:
        from lorplan.planfile.validation import find_errors

        errors += find_errors(root, {error.offset for error in yaml_errors})
        raise PlanFileError(source.problems(errors))
    return LocatedPlanFile(plan_file, source, root)


def _validate(root: Node) -> PlanFile | None:
    """Validate a whole tree at once, as most files have no error."""
    try:
        return PlanFile.model_validate(to_python(root))
    except ValidationError:
        return None


class LocatedPlanFile(NamedTuple):
    """A plan file with the text that it was read from, so that remarks and edits find their place."""

    plan_file: PlanFile
    source: SourceText
    root: Node

    @property
    def text(self) -> str:
        """The text as it was read, without a byte order mark; offsets of nodes count in it."""
        return self.source.text

    def rotation(self, index: int) -> Mapping:
        """Find the node of a rotation."""
        node = self.source.rotations[index]
        assert isinstance(node, Mapping)  # noqa: S101 - for mypy: the model accepts nothing else
        return node

    def program(self, index: int) -> Mapping:
        """Find the node of a program."""
        node = self.source.programs[index]
        assert isinstance(node, Mapping)  # noqa: S101 - for mypy: the model accepts nothing else
        return node

    def advice(self, found: Iterator[tuple[Path, str]]) -> list[Problem]:
        """Locate pieces of advice; of very many the rest is only counted."""
        located = [self.problem_at(path, text) for path, text in islice(found, MAX_PROBLEMS)]
        rest = sum(1 for _ in found)
        return [*located, self.problem_at((), f"and {plural(rest, 'more piece')} of advice")] if rest else located

    def problem_at(self, path: Path, message: str) -> Problem:
        """Make a problem about the value at a path, such as ("rotations", 0, "specialty")."""
        inner = path[1:] if isinstance(self.root, Sequence) else path
        return self.source.problem(FieldError(nearest(self.root, inner).start, path, "", message))


# --- positions ----------------------------------------------------------------------------------------------


class SourceText:
    """The text of a plan file, as the place that problems point at."""

    def __init__(self, file: str | None, text: str, root: Node | None) -> None:
        self.file = file
        self.text = text
        self._kept_lines: dict[int, str] = {}
        rotations = root if isinstance(root, Sequence) else root and child(root, "rotations")
        self.rotations = rotations.items if isinstance(rotations, Sequence) else []
        programs = child(root, "programs") if isinstance(root, Mapping) else None
        self.programs = programs.items if isinstance(programs, Sequence) else []

    def problems(self, errors: list[FieldError]) -> tuple[Problem, ...]:
        """Turn errors into problems, in the order of the text; of very many the rest is only counted."""
        errors = sorted(dict.fromkeys(errors), key=lambda error: error.offset)
        shown, rest = errors[:MAX_PROBLEMS], errors[MAX_PROBLEMS:]
        if rest:
            more = f"and {plural(len(rest), 'more problem')} from here on"
            shown.append(FieldError(rest[0].offset, (), "", more))
        return tuple(dict.fromkeys(map(self.problem, shown)))

    def problem(self, error: FieldError) -> Problem:
        """Turn an error into a problem, with its line and the rotation in which it lies."""
        line, column = self._lines.position(error.offset)
        index = int(error.path[1]) if len(error.path) > 1 and error.path[0] == "rotations" else None
        label = None if index is None else self._labels[index]
        unnamed = f"rotation {index + 1} of the list: " if index is not None and label is None else ""
        if len(error.path) > 1 and error.path[0] == "programs":
            unnamed = self._describe_program(int(error.path[1]))
        return Problem(
            file=self.file,
            line=line,
            column=column,
            rotation=label,
            message=on_one_line(f"{unnamed}{error}"),
            source=self._line(line),
        )

    def _describe_program(self, index: int) -> str:
        """Say which program a message is about."""
        node = self.programs[index]
        name = _text_at(node, "id") or _text_at(node, "name")
        return f'program "{on_one_line(truncate(name))}": ' if name else f"program {index + 1} of the list: "

    def rotation_around(self, offset: int) -> Path:
        """Find the rotation in which an offset lies, as a path; () if it lies in none."""
        index = bisect_right(self._rotation_starts, offset) - 1
        inside = index >= 0 and offset < self.rotations[index].end
        return ("rotations", index) if inside else ()

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.text)

    @cached_property
    def _rotation_starts(self) -> list[int]:
        return [node.start for node in self.rotations]

    @cached_property
    def _labels(self) -> list[str | None]:
        """What each rotation is called in a message; None if it has neither id nor name."""
        parts = [_id_parts(node) for node in self.rotations]
        return [
            on_one_line(truncate(rotation_id)) if part.written or part.attending else None
            for rotation_id, part in zip(rotation_ids(parts), parts, strict=True)
        ]

    def _line(self, line: int) -> str:
        """Return a line; one that is long and has many problems is kept once only."""
        if line not in self._kept_lines:
            self._kept_lines[line] = self._lines.line(line)
        return self._kept_lines[line]


def _id_parts(node: Node) -> IdParts:
    """Read what a rotation's id is made of from the tree, as the rotation itself may be wrong."""
    name = _text_at(node, "attending") or _text_at(node, "attending", "name") or ""
    month = re.match(r"\d{4}-\d{2}", _text_at(node, "start") or "")
    return IdParts(_text_at(node, "id"), name, month.group() if month else "unknown")


def _text_at(node: Node, *keys: str) -> str | None:
    found = find(node, keys)
    return found.value if isinstance(found, Scalar) else None
