"""What whole processes cost: CPU seconds and memory, of several commands in turn."""

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
    """What a process took: user and system CPU seconds, and its largest resident memory in KiB."""

    seconds: float
    kib: int


def cost(command: Command) -> Cost:
    """Run a command to its end. Raises CalledProcessError where it fails: a failure is quick, and no figure."""
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


def in_turn(commands: Sequence[Command], rounds: int) -> list[list[Cost]]:
    """The costs of each command, round by round: what slows the machine for a while slows them all.

    One round before fills the caches of files and bytecode; it is not counted.
    """
    taken = [[cost(command) for command in commands] for _ in range(rounds + 1)]
    return [list(costs) for costs in zip(*taken[1:], strict=True)]


def middle(costs: Sequence[Cost]) -> Cost:
    """The median of the seconds and that of the memory."""
    return Cost(median(one.seconds for one in costs), int(median(one.kib for one in costs)))


def ratio(ours: Sequence[Cost], theirs: Sequence[Cost]) -> float:
    """The median of how many times as much CPU time ours took, round by round."""
    return median(one.seconds / other.seconds for one, other in zip(ours, theirs, strict=True))
