"""Measures lorplan against its bars, each as a ratio of whole processes that take turns.

    .venv/bin/pip install -q -r tests/benchmarks/requirements.txt
    .venv/bin/python tests/benchmarks/measure.py

The bars are what a plain, well-made program reaches: `due` starts about as fast as its libraries are imported,
and large files cost a small multiple of reading them. Every figure is in CPU seconds, user and system.
"""

from __future__ import annotations

import argparse
import math
import os
import sys
import sysconfig
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final, NamedTuple

import peers
from plans import AS_OF, write_plan_file
from processes import Command, Cost, compare_costs, measure_in_turn, median_cost
from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

IMPORTS: Final = "import typer, rich.console, rich.table, yaml, dateutil.relativedelta; from pydantic import BaseModel"
SMALLEST: Final = f"""
{IMPORTS}
from typing import Annotated
class Model(BaseModel):
    number: int = 0
app = typer.Typer(add_completion=False, rich_markup_mode=None)
@app.command()
def due(files: list[str], today: Annotated[bool, typer.Option()] = False):
    pass
app()
"""
"""A program with one command and one model: what the libraries cost as soon as they are used."""

EVENTS: Final = """
import sys, yaml
for name in sys.argv[1:]:
    with open(name, encoding="utf-8") as file:
        for event in yaml.parse(file, Loader=yaml.CLoader):
            pass
"""
_EVENTS: Final = "PyYAML's C events"

SMALL: Final = 100
LARGE: Final = 1_000
"""Rotations in one file; it cannot have more than the larger number."""

COHORT: Final = 1_000
"""Files of eight rotations."""

PROGRAMS: Final = 40
"""Programs in each of these files where they have some."""


class Row(NamedTuple):
    """One bar: what was measured, what it was measured against, and the largest figure that is good enough."""

    work: str
    against: str
    ours: str
    theirs: str
    measured: float
    bar: float


class Bench(NamedTuple):
    """Where the files of the benchmark are, and how often each pair of commands runs."""

    home: Path
    rounds: int

    def lorplan(self, *args: str) -> Command:
        """Make a lorplan command as of the day of the benchmark."""
        return self.program("lorplan", *args, "--as-of", AS_OF.isoformat())

    def program(self, name: str, *args: str) -> Command:
        """Make a command of a program that is installed in the environment of the benchmark."""
        return self._command(str(Path(sysconfig.get_path("scripts")) / name), *args)

    def python(self, code: str, *args: str) -> Command:
        """Make a command of a piece of Python."""
        return self._command(sys.executable, "-c", code, *args)

    def _command(self, *args: str) -> Command:
        env = {"PATH": os.environ["PATH"], "HOME": str(self.home), "LC_ALL": "C.UTF-8", "COLUMNS": "100"}
        return Command(args, self.home, env)

    def compare(self, work: str, ours: Command, others: dict[str, tuple[Command, float]]) -> Iterator[Row]:
        """Compare a command with each of the others, which have their bars."""
        costs = measure_in_turn([ours, *(command for command, _ in others.values())], self.rounds)
        for (name, (_, bar)), theirs in zip(others.items(), costs[1:], strict=True):
            yield Row(work, name, _seconds(costs[0]), _seconds(theirs), compare_costs(costs[0], theirs), bar)


def _seconds(costs: Sequence[Cost]) -> str:
    return f"{median_cost(costs).seconds:.3f} s"


def measure_start(bench: Bench) -> Iterator[Row]:
    """Measure the command of shell scripts and prompts, on eight rotations."""
    peers.prepare(bench.home)
    others = {
        "the libraries' imports": (bench.python(IMPORTS), 1.15),
        "a program of one command": (bench.python(SMALLEST, "file", "--today"), 1.0),
        "todo list": (bench.program("todo", "--config", "todoman.py", "list"), 0.8),
        "khal list": (bench.program("khal", "--config", "khal.ini", "list", AS_OF.isoformat(), "365d"), 0.8),
    }
    yield from bench.compare("due --today --plain, 8 rotations", bench.lorplan("due", "--today", "--plain"), others)


def measure_large_file(bench: Bench) -> Iterator[Row]:
    """Measure the largest file that is allowed."""
    name = _write(bench.home, LARGE)
    others = {_EVENTS: (bench.python(EVENTS, name), 20.0)}
    work = f"plan --json, {LARGE:,} rotations and programs"
    yield from bench.compare(work, bench.lorplan("plan", name, "--json"), others)


def measure_growth(bench: Bench) -> Iterator[Row]:
    """Measure how time and memory grow with the file, without what the start takes."""
    names = [_write(bench.home, count) for count in (1, SMALL, LARGE)]
    commands = [bench.lorplan("plan", name, "--json") for name in names]
    start, small, large = map(median_cost, measure_in_turn(commands, bench.rounds))
    spent = (small.seconds - start.seconds, large.seconds - start.seconds)
    exponent = math.log(spent[1] / spent[0]) / math.log(LARGE / SMALL)
    work = f"plan --json, {SMALL:,} to {LARGE:,} of both"
    yield Row(work, "exponent of time", f"{large.seconds:.2f} s", f"{small.seconds:.2f} s", exponent, 1.1)
    each = (large.kib - small.kib) / (LARGE - SMALL)
    yield Row(work, "KiB for one of both", f"{large.kib >> 10} MiB", f"{small.kib >> 10} MiB", each, 48.0)


def measure_cohort(bench: Bench) -> Iterator[Row]:
    """Measure the folder of an adviser: what is due in all of it, and who needs help, also with programs."""
    names = _write_cohort(bench.home, "cohort", programs=0)
    due = bench.lorplan("due", "--today", "--plain", *names)
    others = {_EVENTS: (bench.python(EVENTS, *names), 10.0)}
    yield from bench.compare(f"due --today --plain, {COHORT:,} files of 8", due, others)
    names = _write_cohort(bench.home, "applying", programs=PROGRAMS)
    cohort = bench.lorplan("cohort", *names)
    others = {_EVENTS: (bench.python(EVENTS, *names), 12.0)}
    yield from bench.compare(f"cohort, {COHORT:,} files of 8 and {PROGRAMS} programs", cohort, others)
    costs = measure_in_turn([bench.lorplan("cohort", *names[:SMALL]), cohort], 1)
    small, large = map(median_cost, costs)
    each = (large.kib - small.kib) / (COHORT - SMALL)
    work = f"cohort, {SMALL:,} to {COHORT:,} files"
    yield Row(work, "KiB for a file", f"{large.kib >> 10} MiB", f"{small.kib >> 10} MiB", each, 24.0)


def _write_cohort(home: Path, folder: str, *, programs: int) -> list[str]:
    (home / folder).mkdir()
    names = [f"{folder}/{number}.yaml" for number in range(COHORT)]
    for name in names:
        (home / name).write_text(write_plan_file(8, programs), encoding="utf-8")
    return names


def _write(home: Path, count: int) -> str:
    name = f"{count}.yaml"
    (home / name).write_text(write_plan_file(count, count), encoding="utf-8")
    return name


def make_table(rows: Sequence[Row]) -> Table:
    """Make a table of the figures that says whether each is within its bar."""
    made = Table("work", "measured against", "lorplan", "other", "figure", "bar", "")
    for column in made.columns[2:6]:
        column.justify = "right"
    for row in rows:
        verdict = "ok" if row.measured <= row.bar else "ABOVE"
        made.add_row(row.work, row.against, row.ours, row.theirs, f"{row.measured:.2f}", f"{row.bar:g}", verdict)
    return made


WORKS: Final = {
    "start": measure_start,
    "large": measure_large_file,
    "growth": measure_growth,
    "cohort": measure_cohort,
}


def main() -> None:
    """Measure what the command line names, and print one table."""
    options = argparse.ArgumentParser(description="Measures lorplan against its bars.")
    options.add_argument("works", nargs="*", help=f"some of {', '.join(WORKS)} (default: all)")
    options.add_argument("--rounds", type=int, default=7, help="how often each pair of commands runs (default: 7)")
    chosen = options.parse_args()
    with TemporaryDirectory() as folder:
        bench = Bench(Path(folder), chosen.rounds)
        rows = [row for name in chosen.works or WORKS for row in WORKS[name](bench)]
    Console().print(make_table(rows))


if __name__ == "__main__":
    main()
