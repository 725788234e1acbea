"""Measures what whole processes cost: CPU seconds and memory, of several commands in turn."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


@dataclass(frozen=True)
class Command:
    """A process to measure: its arguments, its folder and its environment."""

    args: Sequence[str]
    cwd: Path
    env: Mapping[str, str]


@dataclass(frozen=True)
class Cost:
    """What a process took: CPU seconds of user and system, and its largest resident memory in KiB."""

    seconds: float
    kib: int


def measure(command: Command) -> Cost:
    """Run a command to its end, and measure it. Raises CalledProcessError if it fails, as a failure is quick."""
    started = subprocess.Popen(
        command.args,
        cwd=command.cwd,
        env=command.env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(started.pid, 0)
    started.returncode = os.waitstatus_to_exitcode(status)
    if started.returncode:
        raise subprocess.CalledProcessError(started.returncode, command.args)
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss)


def measure_in_turn(commands: Sequence[Command], rounds: int) -> list[list[Cost]]:
    """Measure each command round by round, so that whatever slows the machine for a while slows them all.

    A first round, which is not counted, fills the caches of files and bytecode.
    """
    taken = [[measure(command) for command in commands] for _ in range(rounds + 1)]
    return [list(costs) for costs in zip(*taken[1:], strict=True)]


def median_cost(costs: Sequence[Cost]) -> Cost:
    """Take the median of the seconds, and that of the memory."""
    return Cost(median(one.seconds for one in costs), int(median(one.kib for one in costs)))


def compare_costs(ours: Sequence[Cost], theirs: Sequence[Cost]) -> float:
    """Divide our CPU time by theirs, round by round, and take the median."""
    return median(one.seconds / other.seconds for one, other in zip(ours, theirs, strict=True))
