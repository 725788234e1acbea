"""`lorplan`, and `python -m lorplan`."""

from __future__ import annotations

import gc
import os
import sys

_INTERRUPTED = 130
"""128 + SIGINT, as shells have it."""

_OBJECTS_BEFORE_COLLECTION = 500_000
"""Importing the libraries makes 100,000 objects that all stay; looking for garbage among them costs 3 % of start-up."""


def main() -> None:
    """Run the command line. Ctrl-C ends it quietly at any moment, also while it starts up."""
    try:
        os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"  # no plugin reads what a plan file contains
        gc.set_threshold(_OBJECTS_BEFORE_COLLECTION)
        from lorplan.cli import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)
    except RuntimeError as error:
        if isinstance(error.__cause__, KeyboardInterrupt):  # Python 3.11 wraps one that comes in `__set_name__`
            sys.exit(_INTERRUPTED)
        raise
    finally:
        gc.freeze()  # spares the collection at exit, when the process gives all memory back anyway


if __name__ == "__main__":
    main()
