"""Plan files that are too large: they are refused early, or planned, within a bounded memory."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest

from hostile import generated
from hostile.commands import CHECKS, ONE, WHOLE, fill_in, read_answer
from hostile.outputs import assert_harmless, assert_located
from lorplan.planfile.reader import MAX_PROBLEMS

if TYPE_CHECKING:
    from hostile.commands import Args
    from runner import Lorplan, Result

MEMORY: Final = 1536 * 1024 * 1024
"""Bytes of address space that are enough for the largest files."""

BOUNDED: Final = f"""\
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}))
from lorplan.__main__ import main
status = 0
try:
    main()
except SystemExit as leaving:
    status = leaving.code
sys.stdout.write(f"\\n{{status}}")
"""
"""Runs the program in so much memory, and prints its exit status; it crashes if it needs more."""

EARLY: Final = (
    "a-million-brackets",
    "a-million-braces",
    "a-million-dashes",
    "a-million-question-marks",
    "a-million-lists-in-mappings",
    "just-above-16-MiB",
    "16-MiB-of-bytes-that-are-not-text",
    "1001-rotations",
    "1001-days-off",
    "100000-digits",
    "key-of-100000-letters",
)
"""Files that are refused before much of them is read."""

LONG_NAMES: Final = [name for name in generated.PLANNED if name.startswith("name-")]


def run_bounded(lorplan: Lorplan, args: Args, raw: bytes) -> tuple[int, Result]:
    """Run a command on bytes within the memory, and return its exit status and what it printed."""
    (lorplan.folder / "plan.yaml").write_bytes(raw)
    result = lorplan.python(BOUNDED, *fill_in(args, "plan.yaml", "long"))
    out, _, status = result.out_bytes.rpartition(b"\n")
    return int(status), result._replace(out_bytes=out)


@pytest.mark.parametrize("name", EARLY)
def test_large_file_with_an_early_mistake_is_refused_with_a_position(lorplan: Lorplan, name: str) -> None:
    """It is refused, and the rest of it is not read."""
    (lorplan.folder / "plan.yaml").write_bytes(generated.REFUSED[name]())
    result = lorplan(*fill_in(CHECKS[0], "plan.yaml"), status=1)
    assert_located(result.out, "plan.yaml")
    assert_harmless(result.out, name)
    assert result.err == ""


@pytest.mark.thorough
@pytest.mark.parametrize("name", generated.REFUSED)
def test_large_file_is_refused_with_at_most_a_thousand_problems_within_the_memory(lorplan: Lorplan, name: str) -> None:
    """Whatever fills the 16 MiB: problems with positions, one thousand and a count at most, and no traceback."""
    status, result = run_bounded(lorplan, CHECKS[0], generated.REFUSED[name]())
    assert status == 1
    assert 0 < len(re.findall(r"^plan\.yaml:", result.out, re.MULTILINE)) <= MAX_PROBLEMS + 1
    assert_located(result.out, "plan.yaml")
    assert_harmless(result.out, name)
    assert result.err == ""


@pytest.mark.thorough
@pytest.mark.parametrize("name", generated.PLANNED)
def test_large_file_is_planned_within_the_memory(lorplan: Lorplan, name: str) -> None:
    """However long its names are, and however many its rotations: it is good, and has a plan."""
    status, result = run_bounded(lorplan, WHOLE[1], generated.PLANNED[name]())
    assert status == 0
    read_answer(WHOLE[1], result)


@pytest.mark.thorough
@pytest.mark.parametrize("args", [WHOLE[0], WHOLE[5], WHOLE[6], WHOLE[8], WHOLE[10]], ids=" ".join)
def test_thousand_rotations_are_planned_in_every_format_within_the_memory(lorplan: Lorplan, args: Args) -> None:
    """As many rotations as a file can have are no reason to give up."""
    status, result = run_bounded(lorplan, args, generated.PLANNED["1000-rotations"]())
    assert status == 0
    read_answer(args, result)


@pytest.mark.thorough
@pytest.mark.parametrize("args", [*WHOLE[:4:3], *WHOLE[6::2], ONE[0], ONE[5], ONE[7]], ids=" ".join)
@pytest.mark.parametrize("name", LONG_NAMES)
def test_long_name_is_in_every_format(lorplan: Lorplan, name: str, args: Args) -> None:
    """A name of 100,000 characters of any kind is a name in every kind of answer."""
    (lorplan.folder / "plan.yaml").write_bytes(generated.PLANNED[name]())
    result = lorplan(*fill_in(args, "plan.yaml", "long"))
    assert result.out
    read_answer(args, result)


@pytest.mark.parametrize("args", [args for args in WHOLE if args[1] in {"html", "svg"}], ids=" ".join)
def test_long_name_is_drawn(lorplan: Lorplan, args: Args) -> None:
    """The longest name there can be is drawn, too, as far as there is room."""
    (lorplan.folder / "plan.yaml").write_bytes(generated.PLANNED["name-of-200-letters"]())
    read_answer(args, lorplan(*fill_in(args, "plan.yaml", "long")))
