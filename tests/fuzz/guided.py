"""The search guided by coverage: `python tests/fuzz/guided.py [seconds]`, by default 60.

It needs atheris, which is not among the development tools: `pip install atheris`. It starts from the examples and
the hostile files, and ends at the first input that does not survive, which it writes to the working directory.
"""

from __future__ import annotations

import pkgutil
import sys
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

TESTS: Final = Path(__file__).resolve().parent.parent
LONGEST: Final = 20_000
"""Bytes of an input: larger ones are slower, and find nothing more."""


def seeds() -> list[bytes]:
    """Read the files to start from."""
    folders = (TESTS.parent / "examples", TESTS / "hostile" / "planned", TESTS / "hostile" / "refused")
    return [path.read_bytes() for folder in folders for path in sorted(folder.glob("*.yaml"))]


def import_all() -> None:
    """Import every module of the program, also those that it loads only when it needs them."""
    package = import_module("lorplan")
    for module in pkgutil.walk_packages(package.__path__, "lorplan."):
        if not module.name.endswith("__main__"):
            import_module(module.name)


def search(seconds: int, corpus: Path) -> None:
    """Search for some seconds; the fuzzer then ends the program."""
    atheris = import_module("atheris")
    sys.path.insert(0, str(TESTS))
    with atheris.instrument_imports(include=["lorplan"]):
        import_all()
    from fuzz.plan_bytes import survives  # only what is imported above is watched

    for number, seed in enumerate(seeds()):
        (corpus / f"seed-{number}").write_bytes(seed)
    options = [f"-max_total_time={seconds}", f"-max_len={LONGEST}", "-timeout=60", "-rss_limit_mb=1536"]
    atheris.Setup([sys.argv[0], *options, str(corpus)], survives)
    atheris.Fuzz()


def main() -> None:
    """Search for as many seconds as the argument says. Exits with 1 if atheris is missing."""
    try:
        import_module("atheris")
    except ImportError:
        sys.exit("atheris is missing: pip install atheris")
    with TemporaryDirectory() as corpus:
        search(int(sys.argv[1]) if len(sys.argv) > 1 else 60, Path(corpus))


if __name__ == "__main__":
    main()
