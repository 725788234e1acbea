"""Everything that is wrong with a tree that is no valid plan file, each error at its place.

Only a file that the models have refused is examined here. Fields are validated one by one; a check between fields
runs only where the fields that it reads are valid.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple, get_args, get_origin

from pydantic import TypeAdapter, ValidationError

from lorplan.planfile.base_model import Model
from lorplan.planfile.error_text import (
    EXPECTED_LIST,
    EXPECTED_MAPPING,
    EXPECTED_PLAN_FILE,
    FieldError,
    describe,
    describe_missing,
    describe_too_long,
    describe_unknown,
)
from lorplan.planfile.models import (
    ON_SITE_FIELDS,
    Applicant,
    PlanFile,
    duplicate_ids,
    no_on_site_day,
    unknown_targets,
)
from lorplan.planfile.program_checks import (
    PROGRAM_NAME_FIELDS,
    duplicate_programs,
    taken_program_ids,
    unassignable_letters,
)
from lorplan.planfile.rotation_ids import IdParts, rotation_ids
from lorplan.planfile.yaml_tree import Mapping, Scalar, Sequence, nearest, to_python

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from lorplan.planfile.base_model import CheckError
    from lorplan.planfile.yaml_tree import Node, Path, Tree

MAX_SUGGESTIONS: Final = 1000
"""Unknown keys that are compared with the known ones: a file can hold a quarter of a million."""


def find_errors(root: Node, refused: Collection[int] = ()) -> list[FieldError]:
    """Find every error of a tree, in the order of the text. Scalars at the `refused` offsets are wrong already."""
    examination = _Examination(refused)
    examination.examine(root)
    return sorted(dict.fromkeys(examination.errors), key=lambda error: error.offset)


# --- what is examined ---------------------------------------------------------------------------------------


class _Place(NamedTuple):
    """A node, the path that leads to it, and the key to name in a message about it."""

    node: Node
    path: Path
    key: str


class _Result(NamedTuple):
    """What became of a value: `usable` as far as it is not wrong, `valid` if nothing about it is wrong.

    The wrong entries of a usable list are None.
    """

    value: Any = None
    usable: bool = False
    valid: bool = False


_WRONG: Final = _Result()


class _Partial(NamedTuple):
    """A model as far as it is valid: the fields in `valid` can be read, of other lists the entries that are not None.

    A field that was left out is valid, unless the text stops being YAML inside the mapping.
    """

    value: Any
    valid: set[str]
    place: _Place


class _Shape(NamedTuple):
    """How the value of a field is examined: by its adapter, as a model, or as a list of at most `limit` models."""

    adapter: TypeAdapter[Any]
    model: type[Model] | None
    is_list: bool
    limit: int


@cache
def _shape(model: type[Model], name: str) -> _Shape:
    field = model.model_fields[name]
    inner = next(iter(get_args(field.annotation)), field.annotation)
    return _Shape(
        adapter=TypeAdapter(field.rebuild_annotation()),
        model=inner if isinstance(inner, type) and issubclass(inner, Model) else None,
        is_list=get_origin(field.annotation) is tuple,
        limit=next((rule.max_length for rule in field.metadata if hasattr(rule, "max_length")), 0),
    )


# --- the examination ----------------------------------------------------------------------------------------


class _Examination:
    """Collects the errors of one tree."""

    def __init__(self, refused: Collection[int]) -> None:
        self.refused = refused
        self.errors: list[FieldError] = []
        self.rotations: list[_Partial] = []
        self.programs: list[_Partial] = []
        self.applicant: _Partial | None = None
        self.has_applicant = False

    def examine(self, root: Node) -> None:
        """Examine the whole tree, then what depends on several rotations or on the applicant."""
        self._examine_model(_Place(root, (), ""), PlanFile)
        self._add_errors_of_parts(self.rotations, duplicate_ids(_written_ids(self.rotations)))
        # Holidays only take days away: where none is left without the wrong ones, none is left with them.
        known = self.applicant is not None and "holidays" in self.applicant.valid
        applicant = self.applicant.value if self.applicant and known else Applicant()
        for rotation in self.rotations:
            self._examine_on_site_days(rotation, applicant)
            self._examine_limits(rotation)
        self._examine_programs()

    def _examine_on_site_days(self, rotation: _Partial, applicant: Applicant) -> None:
        value = rotation.value
        if not rotation.valid >= ON_SITE_FIELDS or bool(value.end) == bool(value.weeks):
            return
        if value.start <= value.final_day <= value.ends:
            on_site = value.on_site(applicant.days_off)
            self._add_check_errors(rotation.place, no_on_site_day(value, on_site))

    def _examine_limits(self, rotation: _Partial) -> None:
        """Look for the targets that `for` names, where these are known."""
        known = "targets" in self.applicant.valid if self.applicant else not self.has_applicant
        known = known and all("specialty" in program.valid for program in self.programs)
        if known and "for_targets" in rotation.valid:
            targets = self.applicant.value.targets if self.applicant else ()
            named = (*targets, *(program.value for program in self.programs))
            errors = unknown_targets(rotation.value, [one.specialty for one in named])
            self._add_check_errors(rotation.place, errors)

    def _examine_programs(self) -> None:
        """Look for what several programs, or programs and rotations, contradict each other in."""
        named = [program.value if program.valid >= PROGRAM_NAME_FIELDS else None for program in self.programs]
        self._add_errors_of_parts(self.programs, duplicate_programs(named))
        ids = self._find_rotation_ids()
        self._add_errors_of_parts(self.programs, taken_program_ids(_written_ids(self.programs), ids or ()))
        if ids is None:
            return
        letters = {
            one: rotation.value if "letter" in rotation.valid else None
            for one, rotation in zip(ids, self.rotations, strict=True)
        }
        for program in self.programs:
            if "assigned" in program.valid:
                self._add_check_errors(program.place, unassignable_letters(program.value, letters))

    def _find_rotation_ids(self) -> tuple[str, ...] | None:
        """Derive the ids of the rotations; None where that takes a value that is wrong."""
        if not all(rotation.valid >= {"id", "attending", "start"} for rotation in self.rotations):
            return None
        values = [rotation.value for rotation in self.rotations]
        return rotation_ids([IdParts(one.id, one.attending.name, f"{one.start:%Y-%m}") for one in values])

    # --- models -------------------------------------------------------------------------------------------

    def _examine_model(self, place: _Place, model: type[Model]) -> _Result:
        """Examine a mapping, or the short form of one."""
        if self._is_refused(place.node):
            return _WRONG
        entries = _entries(place.node, model)
        if entries is None:
            return self._add(place, EXPECTED_PLAN_FILE if model is PlanFile else EXPECTED_MAPPING)
        self.has_applicant |= model is PlanFile and "applicant" in entries
        errors_before = len(self.errors)
        partial = self._examine_fields(place, model, entries)
        self._find_unknown_keys(place, model)
        for check in model.checks:
            if check.reads <= partial.valid:
                self._add_check_errors(place, check.run(partial.value))
        if isinstance(partial.value, Applicant):
            self.applicant = partial
        elif len(place.path) == 2 and place.path[0] == "rotations":
            self.rotations.append(partial)
        elif len(place.path) == 2 and place.path[0] == "programs":
            self.programs.append(partial)
        sound = len(self.errors) == errors_before and len(partial.valid) == len(model.model_fields)
        return _Result(partial.value, usable=True, valid=sound)

    def _examine_fields(self, place: _Place, model: type[Model], entries: dict[str, Node]) -> _Partial:
        values: dict[str, Any] = {}
        partial = _Partial(None, set(), place)
        for name, field in model.model_fields.items():
            key = field.alias or name
            node = entries.get(key)
            if node is None or (isinstance(node, Scalar) and node.value is None):
                result = self._examine_left_out(place, key, required=field.is_required())
            else:
                result = self._examine_value(_inner(place, key, node), _shape(model, name))
                if result.usable:
                    values[name] = result.value
            partial.valid.update([name] if result.valid else [])
        return partial._replace(value=model.model_construct(**values))

    def _examine_left_out(self, place: _Place, key: str, *, required: bool) -> _Result:
        if isinstance(place.node, Mapping) and not place.node.complete:
            return _WRONG  # it may still come
        if required:
            return self._add(place._replace(key=""), describe_missing(key))
        return _Result(usable=True, valid=True)

    def _find_unknown_keys(self, place: _Place, model: type[Model]) -> None:
        if not isinstance(place.node, Mapping):
            return
        known = [field.alias or name for name, field in model.model_fields.items()]
        for key, entry in place.node.entries.items():
            if key not in known and not self._is_refused(entry.key):
                candidates = known if len(self.errors) < MAX_SUGGESTIONS else []
                self._add(_Place(entry.key, (*place.path, key), ""), describe_unknown(key, candidates))

    # --- values -------------------------------------------------------------------------------------------

    def _examine_value(self, place: _Place, shape: _Shape) -> _Result:
        if shape.model is None:
            return self._examine_plain(place, shape.adapter)
        if shape.is_list:
            return self._examine_models(place, shape.model, shape.limit)
        return self._examine_model(place, shape.model)

    def _examine_models(self, place: _Place, model: type[Model], limit: int) -> _Result:
        """Examine a list of models, unless it is too long."""
        node = place.node
        if not isinstance(node, Sequence):
            return self._add(place, EXPECTED_LIST)
        if len(node.items) > limit:
            return self._add(place, describe_too_long(len(node.items), limit))
        key = "" if place.path in {("rotations",), ("programs",)} else place.key
        results = [
            self._examine_model(_Place(item, (*place.path, index), key), model) for index, item in enumerate(node.items)
        ]
        values = tuple(result.value if result.valid else None for result in results)
        return _Result(values, usable=True, valid=node.complete and all(result.valid for result in results))

    def _examine_plain(self, place: _Place, adapter: TypeAdapter[Any]) -> _Result:
        """Examine a value, or a list of values, that holds no model."""
        data = to_python(place.node)
        try:
            value = adapter.validate_python(data)
            complete = not isinstance(place.node, Sequence) or place.node.complete
            return _Result(value, usable=True, valid=complete and not self._is_refused(place.node))
        except ValidationError as error:
            details = error.errors(include_url=False)
        for one in details:
            node = nearest(place.node, one["loc"])
            if not self._is_refused(node):
                self._add(_Place(node, (*place.path, *one["loc"]), place.key), describe(one))
        wrong = {one["loc"][0] for one in details if one["loc"]}
        if not isinstance(data, list) or not all(one["loc"] for one in details):
            return _WRONG
        return _Result(_valid_entries(data, wrong, adapter), usable=True)

    def _is_refused(self, node: Node) -> bool:
        return isinstance(node, Scalar) and node.start in self.refused

    # --- errors -------------------------------------------------------------------------------------------

    def _add(self, place: _Place, message: str) -> _Result:
        self.errors.append(FieldError(place.node.start, place.path, place.key, message))
        return _WRONG

    def _add_errors_of_parts(self, parts: list[_Partial], errors: Iterable[CheckError]) -> None:
        """Add errors whose paths begin with the index of one of the parts."""
        for error in errors:
            index, *path = error.path
            self._add_check_errors(parts[int(index)].place, [error._replace(path=tuple(path))])

    def _add_check_errors(self, place: _Place, errors: Iterable[CheckError]) -> None:
        for error in errors:
            self._add(_Place(nearest(place.node, error.path), (*place.path, *error.path), ""), error.message)


def _written_ids(parts: Iterable[_Partial]) -> list[str | None]:
    return [part.value.id if "id" in part.valid else None for part in parts]


def _entries(node: Node, model: type[Model]) -> dict[str, Node] | None:
    """List the values by their keys; of a short form, such as a bare name, the node stands for all of them."""
    if isinstance(node, Mapping):
        return {key: entry.value for key, entry in node.entries.items()}
    expanded = model.expand(to_python(node))
    return dict.fromkeys(expanded, node) if isinstance(expanded, dict) else None


def _inner(place: _Place, key: str, node: Node) -> _Place:
    """Go on to the value at a key; a short form, such as a bare name, stays where it is."""
    is_short_form = place.key and not isinstance(place.node, Mapping)
    return place._replace(node=node) if is_short_form else _Place(node, (*place.path, key), key)


def _valid_entries(data: list[Tree], wrong: set[str | int], adapter: TypeAdapter[Any]) -> tuple[Any, ...]:
    """Validate the entries of a list that are not wrong, and put None in the place of the others."""
    valid = iter(adapter.validate_python([entry for index, entry in enumerate(data) if index not in wrong]))
    return tuple(None if index in wrong else next(valid) for index in range(len(data)))
