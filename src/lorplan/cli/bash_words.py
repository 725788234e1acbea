"""Completion in bash behind `=`, where bash begins a new word: it is asked for the whole, and offers the rest."""

from __future__ import annotations

import os
import sys
from contextlib import redirect_stdout
from io import StringIO
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping, Sequence


def offer(complete: Callable[[], NoReturn]) -> NoReturn:
    """Let `complete` print its offers for whole words, and print what bash may put in the place of its own."""
    before = join_words(os.environ)
    offers = StringIO()
    try:
        with redirect_stdout(offers):
            complete()
    finally:
        for line in offers.getvalue().splitlines():
            sys.stdout.write(line.removeprefix(before) + "\n")


def join_words(environment: MutableMapping[str, str]) -> str:
    """Join the words of the command line that bash has split, and return what stands before the one to complete.

    That is `performance=` if the user has typed `performance=ex`, and "" if nothing was split.
    """
    words, place = environment["COMP_WORDS"].split("\n"), int(environment["COMP_CWORD"])
    starts = [start for start in range(len(words)) if not _continues(words, start)]
    joined = ["".join(words[start:end]) for start, end in zip(starts, [*starts[1:], len(words)], strict=True)]
    start = max((start for start in starts if start <= place), default=0)
    environment["COMP_WORDS"], environment["COMP_CWORD"] = "\n".join(joined), str(starts.index(start))
    before = "".join(words[start : place + 1])
    return before[: before.rindex("=") + 1] if start < place else ""


def _continues(words: Sequence[str], place: int) -> bool:
    """Whether a word belongs to the one before it, as what bash has split at an equals sign."""
    return place > 1 and words[place] != "" and "=" in {words[place], words[place - 1]}
