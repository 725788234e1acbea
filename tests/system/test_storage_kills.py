"""Processes that are killed while they write: the plan file is old or new, and the next change works."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import filelock
import pytest

from lorplan.storage import atomic_write, files
from runner import Lorplan
from samples import AMINA, AS_OF
from storage.plan_on_disk import MARK, MARKED, names, record, texts
from system.storage_children import (
    ONE,
    TEXTS,
    TWO,
    Found,
    finish,
    fraction,
    kill_at_moments,
    kill_before_each_line,
    make_fresh,
    run_child,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    Kills = Callable[[str, tuple[str, ...]], list[Found]]
    """From what is done, and the modules before whose lines the process is killed, to what is found each time."""

pytestmark = pytest.mark.system

OURS: Final = (atomic_write.__file__, files.__file__)
LIBRARY: Final = (str(Path(filelock.__file__).parent),)
"""Modules before whose lines processes are killed."""


@pytest.fixture(scope="module")
def kills(tmp_path_factory: pytest.TempPathFactory) -> Kills:
    """Kill processes before each line, once for all tests that look at it."""

    @cache
    def kill(what: str, traced: tuple[str, ...]) -> list[Found]:
        folder = tmp_path_factory.mktemp("killed")
        return [Found(*one) for one in run_child(kill_before_each_line, folder, what, *traced)]

    return kill


@pytest.mark.parametrize(
    "traced",
    [
        pytest.param(OURS, id="lines_of_lorplan"),
        pytest.param(LIBRARY, id="lines_of_the_lock", marks=pytest.mark.thorough),
    ],
)
@pytest.mark.parametrize(
    ("what", "before"),
    [
        pytest.param("change", TEXTS[ONE], id="changed_file"),
        pytest.param("new", None, id="new_file", marks=pytest.mark.thorough),
    ],
)
def test_file_of_a_process_killed_before_any_line_is_old_or_new(
    kills: Kills, what: str, before: str | None, traced: tuple[str, ...]
) -> None:
    """From some line on the file is the new one, before it the old one, and the next process can go on."""
    found = kills(what, traced)
    contents = [one.text for one in found]
    turn = contents.index(TEXTS[TWO])
    assert turn > 0
    assert contents == [before] * turn + [TEXTS[TWO]] * (len(contents) - turn)
    assert ".plan.yaml.lock" in {name for one in found for name in one.beside}, "some held the lock"
    assert [one.afterwards for one in found] == [{"plan.yaml": TEXTS[TWO]}] * len(found)


def test_private_file_is_private_at_every_line(kills: Kills) -> None:
    """There is never a copy that others may read."""
    modes = {one.mode for one in kills("change", OURS) if one.mode is not None}
    assert modes, "some were writing"
    assert {oct(mode) for mode in modes if mode & 0o077} == set()


@pytest.mark.thorough
def test_file_of_a_process_killed_at_any_moment_is_whole(tmp_path: Path) -> None:
    """A process that changes a file forever is killed 1500 times; the next change works and clears up."""
    one, two, locks, begun = run_child(kill_at_moments, tmp_path, 1500, 0.015)
    assert one + two == 1500
    assert one
    assert two
    assert locks, "some held the lock"
    assert begun, "some were writing"


def kill_marks(lorplan: Lorplan, times: int) -> dict[str, int]:
    """Kill real marks: every other one at any moment, the rest at the moment when the last ones wrote."""
    lorplan.folder.mkdir()
    path = lorplan.folder / "rotations.yaml"
    duration = aim = shortest_duration(lorplan, path)
    seen = {"old": 0, "new": 0}
    for number in range(times):
        make_fresh(path, AMINA)
        with lorplan.start(*MARK) as program:
            time.sleep(aim if number % 2 else duration * 1.2 * fraction(number))
            program.kill()
            finish(program)
        text = path.read_text()
        assert text in {AMINA, MARKED}, text
        if number % 2:
            aim *= 0.98 if text == MARKED else 1.02
        seen["new" if text == MARKED else "old"] += 1
        record(path, ONE)
        assert texts(lorplan.folder) == {path.name: TEXTS[ONE]}
    lorplan.process("mark", "chen", "agreed", "--as-of", AS_OF)
    lorplan.process("check")
    assert names(lorplan.folder) == {path.name}
    return seen


def shortest_duration(lorplan: Lorplan, path: Path) -> float:
    """Measure how long a mark takes here, the shortest time of three."""
    durations = []
    for _ in range(3):
        make_fresh(path, AMINA)
        started = time.perf_counter()
        lorplan.process(*MARK)
        durations.append(time.perf_counter() - started)
    return min(durations)


@pytest.mark.thorough
def test_file_of_a_mark_killed_at_any_moment_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Real marks are killed 200 times, from their start to their end."""
    folders = [Lorplan(tmp_path / str(number), monkeypatch) for number in range(2)]
    with ThreadPoolExecutor(2) as pool:
        counts = list(pool.map(lambda lorplan: kill_marks(lorplan, 100), folders))
    assert all(one["old"] and one["new"] for one in counts), counts
