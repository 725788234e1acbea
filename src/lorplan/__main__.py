"""`lorplan`, and `python -m lorplan`."""

from __future__ import annotations

import gc
import os
import signal
import sys
from typing import NoReturn

_INTERRUPTED = 130
"""128 + SIGINT, as shells have it."""

_OBJECTS_BEFORE_COLLECTION = 500_000
"""Importing the libraries makes 100,000 objects that all stay; looking for garbage among them costs 3 % of start-up."""


_interrupts: list[int] = []
"""The signals that have interrupted this run."""


def _interrupt(number: int, _: object) -> NoReturn:
    _interrupts.append(number)
    raise KeyboardInterrupt


def main() -> None:
    """Run the command line. Ctrl-C ends it quietly at any moment, also while it starts up."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # not in the background of a shell
        signal.signal(signal.SIGINT, _interrupt)
    try:
        os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"  # no plugin reads what a plan file contains
        gc.set_threshold(_OBJECTS_BEFORE_COLLECTION)
        from lorplan.cli import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)
    except Exception:
        if _interrupts:  # Python and the libraries turn one that comes while a class is made into their own errors
            sys.exit(_INTERRUPTED)
        raise
    finally:
        gc.freeze()  # spares the collection at exit, when the process gives all memory back anyway


if __name__ == "__main__":
    main()
