"""The shape of the code: one direction of imports, and one layer that touches the world."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import lorplan

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = Path(lorplan.__file__).parent

LAYERS: tuple[tuple[str, ...], ...] = (
    # 0: no knowledge of letters
    (
        "errors",
        "plaintext",
        "sources",
        "policy_numbers",
        "yamltext",
        "yamlsplice",
        "dayset",
        "calendar_us",
        "specialties",
        "seasons",
        "attending_names",
    ),
    # 1: what the user wrote, what has happened, what was decided
    ("scalars", "descriptions", "models", "record", "outcome"),
    # 2: text to models, and the rules, each a small pure function
    (
        "refusals",
        "planfile",
        "marking",
        "schema",
        "interview",
        "horizon",
        "rules.book",
        "rules.when",
        "candidate",
        "rules.who",
        "rules.mix",
        "rules",
        "rules.verdicts",
        "rules.reasons",
        "rules.steps",
        "rules.cautions",
    ),
    # 3: the rules applied in a readable order
    ("planner", "dossier", "agenda", "advice", "messages", "suggestions", "plan_days", "outlook"),
    # 4: a value to text or to something that can be drawn
    (
        "scale",
        "render_parts",
        "render_timeline",
        "render_due",
        "render_mark",
        "render_diff",
        "render_plan",
        "render_why",
        "render_rules",
        "render_season",
        "render_json",
        "render_plain",
        "render_problems",
        "templating",
        "drafts",
        "draft_notes",
        "mail",
        "starter",
        "render_ics",
        "render_csv",
        "render_markdown",
        "drawing",
        "render_html",
        "exports",
    ),
    # 5: the clock, the disk, the environment and the terminal
    (
        "diskwrite",
        "store",
        "",  # the package itself, which offers what the lower ones make
        "cli.clock",
        "cli.terminal",
        "cli.texts",
        "cli.complete",
        "cli.options",
        "cli.rotation",
        "cli.plans",
        "cli.init",
        "cli.plan",
        "cli.due",
        "cli.why",
        "cli.mark",
        "cli.draft",
        "cli.export",
        "cli.check",
        "cli.rules",
        "cli.season",
        "cli.schema",
        "cli",
        "__main__",
    ),
)
"""Every module in its layer, in an order in which each imports only what stands before it."""

ORDER = [name for layer in LAYERS for name in layer]
WORLDLY = set(LAYERS[5])

CALLS_OF_THE_WORLD = {"open", "print", "input", "breakpoint", "exec", "eval"}
METHODS_OF_THE_WORLD = {"today", "now", "utcnow", "read_text", "write_text", "read_bytes", "write_bytes", "getenv"}
THE_PROCESS = {"os", "signal", "subprocess", "sys", "time"}
THE_DISK = {"io", "pathlib", "shutil", "tempfile"}
THE_TERMINAL = {"locale", "typer"}
MODULES_OF_THE_WORLD = THE_PROCESS | THE_DISK | THE_TERMINAL
NETWORK = {"http", "socket", "ssl", "urllib", "requests", "httpx", "smtplib", "ftplib", "webbrowser", "asyncio"}

MOST_LINES_OF_A_MODULE = 500
MOST_LINES_OF_A_FUNCTION = 45


def name_of(path: Path) -> str:
    """Name a module as the layers do: without the package, the package itself as nothing."""
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name_of(path): path for path in sorted(SOURCE.rglob("*.py"))}
every_module = pytest.mark.parametrize("name", MODULES, ids=lambda name: name or "lorplan")


@cache
def tree(name: str) -> ast.Module:
    """Parse a module."""
    return ast.parse(MODULES[name].read_text(encoding="utf-8"))


def imports(name: str) -> Iterator[tuple[str, str | None]]:
    """Give all that a module imports, in functions and for type checkers too: a module, and a name in it."""
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, None) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from ((node.module or "", alias.name) for alias in node.names)


def own_imports(name: str) -> set[str]:
    """Name the modules of ours that a module imports; a name in a package may be a module."""
    found = set()
    for module, item in imports(name):
        if module.split(".")[0] == "lorplan":
            inner = module.removeprefix("lorplan").removeprefix(".")
            longer = f"{inner}.{item}".removeprefix(".")
            found.add(longer if longer in MODULES else inner)
    return found


def foreign_imports(name: str) -> set[str]:
    """Name the packages of others that a module imports."""
    return {module.split(".")[0] for module, _ in imports(name)} - {"lorplan"}


def test_every_module_has_its_place() -> None:
    """Each module stands in the layers once, and nothing else does."""
    assert sorted(ORDER) == sorted(MODULES)


@every_module
def test_imports_go_one_way(name: str) -> None:
    """A module imports only what stands before it: lower layers, and its own up to itself."""
    place = ORDER.index(name)
    later = {other for other in own_imports(name) if other not in ORDER[:place]}
    assert later == set()


@every_module
def test_private_names_stay_at_home(name: str) -> None:
    """What begins with an underscore is used in its own module only."""
    private = {
        f"{module}.{item}"
        for module, item in imports(name)
        if module.startswith("lorplan") and item and item.startswith("_") and not item.startswith("__")
    }
    assert private == set()


@every_module
def test_only_the_top_layer_touches_the_world(name: str) -> None:
    """The clock, the disk, the environment and the terminal are for the command line and the store alone."""
    if name in WORLDLY:
        return
    assert foreign_imports(name) & MODULES_OF_THE_WORLD == set()
    called = [node.func for node in ast.walk(tree(name)) if isinstance(node, ast.Call)]
    assert {f.id for f in called if isinstance(f, ast.Name)} & CALLS_OF_THE_WORLD == set()
    assert {f.attr for f in called if isinstance(f, ast.Attribute)} & METHODS_OF_THE_WORLD == set()


def test_one_module_looks_at_the_clock() -> None:
    """Today is asked for in one place, so that a test can say what day it is."""
    clock = {"today", "now", "utcnow", "time", "localtime", "fromtimestamp", "monotonic"}
    looking = {
        name
        for name in MODULES
        for node in ast.walk(tree(name))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in clock
    }
    assert looking == {"cli.clock"}


@every_module
def test_nothing_leaves_the_machine(name: str) -> None:
    """No module imports anything that speaks to a network."""
    speaking = {module for module, _ in imports(name) if module != "urllib.parse"}  # that one only quotes links
    assert {module.split(".")[0] for module in speaking} & NETWORK == set()


@pytest.mark.parametrize(
    ("package", "homes"),
    [
        pytest.param("typer", {name for name in MODULES if name.startswith("cli")}, id="typer"),
        pytest.param("yaml", {"yamltext"}, id="yaml"),
        pytest.param("pydantic", {"scalars", "models", "refusals"}, id="pydantic"),
        pytest.param("pydantic_core", {"models", "refusals", "planfile"}, id="pydantic_core"),
        pytest.param("dateutil", {"calendar_us", "seasons"}, id="dateutil"),
        pytest.param(
            "jinja2",
            {"templating", "drafts", "starter", "render_html", "exports", "store", "cli.texts"},
            id="jinja2",
        ),
        pytest.param("icalendar", {"render_ics"}, id="icalendar"),
        pytest.param("filelock", {"diskwrite"}, id="filelock"),
        pytest.param("rich", {n for n in MODULES if n.startswith(("render_", "cli"))}, id="rich"),
    ],
)
def test_a_library_has_its_place(package: str, homes: set[str]) -> None:
    """Each library is known to the few modules that need it."""
    assert {name for name in MODULES if package in foreign_imports(name)} <= homes


@every_module
def test_every_module_says_what_it_is_for(name: str) -> None:
    """A module begins with a docstring."""
    assert ast.get_docstring(tree(name))


@every_module
def test_modules_are_short(name: str) -> None:
    """A module is read in one go."""
    assert len(MODULES[name].read_text(encoding="utf-8").splitlines()) <= MOST_LINES_OF_A_MODULE


@every_module
def test_functions_are_short(name: str) -> None:
    """A function fits a screen, its docstring and a command's options included."""
    functions = (n for n in ast.walk(tree(name)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))
    lengths = {function.name: (function.end_lineno or 0) - function.lineno + 1 for function in functions}
    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES_OF_A_FUNCTION} == {}
