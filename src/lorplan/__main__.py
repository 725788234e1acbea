"""`lorplan`, and `python -m lorplan`."""

from __future__ import annotations

import gc
import os
import signal


def main() -> None:
    """Run the command line without the garbage collector.

    A process is over before there is much to collect, for neither plans nor problems hold cycles; looking for some
    takes a tenth of the start-up, and a fifth of the time for a large file.
    """
    gc.disable()
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # an interruption of the start is no bug with a traceback
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"  # nothing else reads along what a plan file holds
    from lorplan.cli import main as run  # noqa: PLC0415 - most of what the collector would look through

    try:
        run()
    finally:
        gc.freeze()  # nor is there at the end, where Python would look once more


if __name__ == "__main__":
    main()
