"""The commands that are run on hostile plan files, and how their answers are read."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hostile.outputs import assert_harmless, blocks, components, document, elements, headers, rows, shapes

if TYPE_CHECKING:
    from collections.abc import Callable

    from runner import Result

Args = tuple[str, ...]
"""The arguments of a command, with FILE and ROTATION to be filled in."""

CORPUS: Final = Path(__file__).parent
REFUSED: Final = sorted(path.name for path in (CORPUS / "refused").iterdir())
PLANNED: Final = sorted(path.name for path in (CORPUS / "planned").iterdir())

TODAY: Final = date(2027, 1, 28)
"""In the middle of most plans of the corpus: one letter is asked for, others are still to come."""

UNSENDABLE: Final = "unsendable-addresses.yaml"
"""The one file with addresses that no mail can be sent to."""

CHECKS: Final[tuple[Args, ...]] = (("check", "FILE"), ("check", "--json", "FILE"), ("check", "--plain", "FILE"))

WHOLE: Final[tuple[Args, ...]] = (
    ("plan", "FILE"),
    ("plan", "--plain", "FILE"),
    ("plan", "--json", "FILE"),
    ("due", "FILE"),
    ("due", "--plain", "FILE"),
    ("due", "--json", "FILE"),
    ("plan", "--since", "2026-06-01", "FILE"),
    ("plan", "--since", "2026-06-01", "--plain", "FILE"),
    ("plan", "--since", "2026-06-01", "--json", "FILE"),
    ("cohort", "FILE"),
    ("cohort", "--plain", "FILE"),
    ("cohort", "--json", "FILE"),
    ("cohort", "--writers", "FILE"),
    ("cohort", "--writers", "--plain", "FILE"),
    ("cohort", "--since", "2026-06-01", "FILE"),
    ("export", "ics", "FILE"),
    ("export", "ics", "--todo", "FILE"),
    ("export", "csv", "FILE"),
    ("export", "html", "FILE"),
    ("export", "markdown", "FILE"),
    ("export", "svg", "FILE"),
    ("export", "html", "--share", "FILE"),
)
"""Commands about a whole plan."""

ONE: Final[tuple[Args, ...]] = (
    ("why", "-f", "FILE", "--", "ROTATION"),
    ("why", "--plain", "-f", "FILE", "--", "ROTATION"),
    ("why", "--json", "-f", "FILE", "--", "ROTATION"),
    ("draft", "-f", "FILE", "--", "ROTATION"),
    ("draft", "-f", "FILE", "--", "ROTATION", "ask-email"),
    ("draft", "--eml", "-f", "FILE", "--", "ROTATION", "ask-email"),
    ("draft", "--mailto", "-f", "FILE", "--", "ROTATION", "ask-email"),
    ("mark", "--dry-run", "-f", "FILE", "--", "ROTATION", "performance=good"),
)
"""Commands about one letter, whose id may look like an option."""

READERS: Final[dict[str, Callable[[str], object]]] = {
    "ics": components,
    "csv": rows,
    "html": elements,
    "markdown": blocks,
    "svg": shapes,
    "--eml": headers,
    "--json": document,
}
"""How an answer is read, by the word that asks for its format."""


def fill_in(args: Args, file: str, rotation: str = "chen") -> list[str]:
    """Fill in the file, the rotation, and the day, which `check` does not take."""
    first, *others = ({"FILE": file, "ROTATION": rotation}.get(arg, arg) for arg in args)
    return [first, *(() if first == "check" else ("--as-of", TODAY.isoformat())), *others]


def read_answer(args: Args, result: Result) -> object:
    """Read an answer in its format, and check that it is harmless, as is what is on standard error."""
    assert_harmless(result.err, "standard error")
    reader = next((READERS[arg] for arg in args if arg in READERS), None)
    if reader:
        return reader(result.out) if result.out else None
    assert_harmless(result.out, " ".join(args), "\n\t" if "--plain" in args else "\n")
    return None
