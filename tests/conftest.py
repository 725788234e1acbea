"""Fixtures and settings that all tests share."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from runner import Lorplan

if TYPE_CHECKING:
    from pathlib import Path

for number in (signal.SIGINT, signal.SIGHUP):
    if signal.getsignal(number) is signal.SIG_IGN:  # as in the background of a shell
        signal.signal(number, lambda *_: None)  # still ignored here, but not by the processes that tests start

settings.register_profile("everyday", deadline=None, max_examples=30, derandomize=True)
settings.register_profile("thorough", deadline=None, max_examples=300, derandomize=True)
settings.register_profile("explore", deadline=None, max_examples=1_000, print_blob=True)  # other examples each time
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "everyday"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that rewrites golden texts."""
    parser.addoption("--update-golden", action="store_true", help="rewrite the golden texts")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that hypothesis draws examples for, so that the thorough run can draw more."""
    for item in items:
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker("property")


@pytest.fixture
def lorplan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lorplan:
    """Run lorplan in a directory of its own."""
    return Lorplan(tmp_path, monkeypatch)
