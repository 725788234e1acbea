"""Streams that the caller closed, and readers that go away."""

from __future__ import annotations

import os
from itertools import product
from typing import TYPE_CHECKING, Final

import pytest

from lorplan.export.formats import MODULES
from system.commands import DAY, EXPORT, MARK, MARKED, NAMED, PLAN, assert_one_line, list_names, sample

if TYPE_CHECKING:
    from pathlib import Path

    from runner import Lorplan
    from system.commands import Args

CLOSING: Final = ("<&-", ">&-", "2>&-", "<&- >&-", "<&- 2>&-", ">&- 2>&-", "<&- >&- 2>&-")
"""How a shell closes streams."""

WRITTEN: Final = {"plan": PLAN, "mark": PLAN, "export": "out.html", "init": "new"}
"""The file that each command writes, if it does."""

BEGINNINGS: Final = ("applicant: {name: Amina Ṛ", "<!DOCTYPE html>", "# ")
"""How the files begin: none of them has got what was meant for a stream."""


@pytest.mark.parametrize("case", sample(list(product(CLOSING, [("plan", *DAY), MARK, EXPORT, ("init", "new")])), 4))
def test_closed_streams_do_not_stop_a_command_nor_spoil_a_file(
    lorplan: Lorplan, here: Path, case: tuple[str, Args]
) -> None:
    """Whichever streams are closed, the command does its work, and no file gets what was meant for a stream."""
    closing, args = case
    result = lorplan.shell(f'exec "$@" {closing}', *args)
    assert "Traceback" not in result.err
    written = WRITTEN[args[0]]
    assert list_names(here) == {PLAN, written}
    assert (here / written).read_text(encoding="utf-8").startswith(BEGINNINGS)
    assert (here / PLAN).read_text(encoding="utf-8") == (MARKED if args == MARK else NAMED)


@pytest.mark.parametrize("closing", sample(CLOSING, 2))
@pytest.mark.usefixtures("here")
def test_missing_file_fails_the_same_with_closed_streams(lorplan: Lorplan, closing: str) -> None:
    """The status is the same, and so is the message if it can be written anywhere."""
    result = lorplan.shell(f'exec "$@" {closing}', "plan", "gone.yaml", status=1)
    message = "lorplan: gone.yaml: cannot be read: No such file or directory\nbegin one: lorplan init gone.yaml\n"
    assert (result.out, result.err) == ("", "" if "2>" in closing else message)


@pytest.mark.system
def test_closed_standard_input_is_reported(lorplan: Lorplan) -> None:
    """`lorplan plan - <&-` has nothing to read: one line says so."""
    assert_one_line(
        lorplan.shell('exec "$@" <&-', "plan", "-", status=1), "-: cannot be read: standard input is closed"
    )


# --- pipes --------------------------------------------------------------------------------------------------

MANY: Final = "rotations:\n" + "".join(
    f"  - {{attending: Dr. Number {number} of Many, specialty: neurology, start: 2027-01-04, weeks: 4}}\n"
    for number in range(400)
)
"""So many that a pipe cannot hold a command's answer."""


@pytest.mark.parametrize(
    "args",
    sample(
        [
            *(("plan", "many.yaml", *DAY), ("plan", "--json", "many.yaml", *DAY), ("due", "many.yaml", *DAY)),
            *(("export", name, "many.yaml", *DAY) for name in MODULES),
            *(("rules",), ("rules", "--json"), ("schema",), ("--help",), ("draft", "chen", "ask-email", *DAY)),
        ],
        2,
    ),
)
def test_reader_of_one_line_gets_it_and_the_program_succeeds(lorplan: Lorplan, here: Path, args: Args) -> None:
    """`| head -1` gets its line, and the program says nothing about a pipe."""
    (here / "many.yaml").write_text(MANY)
    result = lorplan.shell('{ "$@"; echo $? >status; } | head -1', *args)
    assert (here / "status").read_text() == "0\n"
    assert result.out_bytes.count(b"\n") == 1
    assert "Traceback" not in result.err
    assert "pipe" not in result.err


@pytest.mark.system
@pytest.mark.parametrize("args", [("plan", *DAY), ("rules", "--json")], ids=lambda args: args[0])
@pytest.mark.usefixtures("here")
def test_pipe_without_a_reader_ends_the_program_quietly(lorplan: Lorplan, args: Args) -> None:
    """If nobody reads at all, the program ends without a message, and with success."""
    reader, writer = os.pipe()
    os.close(reader)
    with lorplan.start(*args, stdout=writer) as running:
        os.close(writer)
        _, err = running.communicate(timeout=60)
    assert (running.returncode, err) == (0, b"")
