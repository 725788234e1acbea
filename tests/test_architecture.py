"""The shape of the code: folders in one direction, and only the top ones touch the outside world."""

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

FOLDERS = (
    "errors",
    "reference",
    "dates",
    "text",
    "planfile",
    "edit",
    "rules",
    "plan",
    "messages",
    "render",
    "export",
    "storage",
    "",  # lorplan/__init__.py: the public names, loaded when asked for
    "cli",
    "__main__",
)
"""Each imports only from those before it, and from itself. `errors` and `__main__` are single files."""

WORLDLY = {"storage", "", "cli", "__main__"}
"""The folders that may touch the disk, the environment, the clock and the terminal."""

WORLDLY_CALLS = {"open", "print", "input", "breakpoint", "exec", "eval"}
WORLDLY_METHODS = {"today", "now", "utcnow", "read_text", "write_text", "read_bytes", "write_bytes", "getenv"}
WORLDLY_MODULES = {
    *("os", "signal", "subprocess", "sys", "time"),
    *("pathlib", "shutil", "tempfile"),
    *("locale", "typer"),
}
CLOCK = {"today", "now", "utcnow", "time", "localtime", "fromtimestamp", "monotonic"}
NETWORK = {"http", "socket", "ssl", "urllib", "requests", "httpx", "smtplib", "ftplib", "webbrowser", "asyncio"}

MAX_MODULE_LINES = 500
MAX_BODY_LINES = 30


def module_name(path: Path) -> str:
    """Give a module's name without the package; the package itself is the empty name."""
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in sorted(SOURCE.rglob("*.py"))}


def folder(name: str) -> str:
    """Give the folder of a module, or the name of a file at the top."""
    return name.partition(".")[0]


@cache
def tree(name: str) -> ast.Module:
    """Parse a module."""
    return ast.parse(MODULES[name].read_text(encoding="utf-8"))


def imports(name: str) -> Iterator[tuple[str, str | None]]:
    """Yield every import of a module, those in functions and for type checkers too: a module, a name in it."""
    for node in ast.walk(tree(name)):
        yield from _imported(node)


def _imported(node: ast.AST) -> Iterator[tuple[str, str | None]]:
    if isinstance(node, ast.Import):
        yield from ((alias.name, None) for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        assert node.level == 0, "imports are absolute"
        yield from ((node.module or "", alias.name) for alias in node.names)


def own_modules(found: Iterator[tuple[str, str | None]]) -> set[str]:
    """Keep the imports of our own modules; a name imported from a package may be a module."""
    own = set()
    for module, item in found:
        if module.split(".")[0] == "lorplan":
            inner = module.removeprefix("lorplan").removeprefix(".")
            longer = f"{inner}.{item}".removeprefix(".")
            own.add(longer if longer in MODULES else inner)
    return own


def foreign_packages(name: str) -> set[str]:
    """Name the packages of others that a module imports."""
    return {module.split(".")[0] for module, _ in imports(name)} - {"lorplan"}


def calls(name: str) -> list[ast.expr]:
    """List what a module calls."""
    return [node.func for node in ast.walk(tree(name)) if isinstance(node, ast.Call)]


def test_every_module_is_in_a_listed_folder() -> None:
    """The list of folders is complete, and names nothing that is gone."""
    assert {folder(name) for name in MODULES} == set(FOLDERS)


def test_imports_between_folders_go_one_way() -> None:
    """A folder imports only from itself and from the folders before it."""
    against = {
        (name, other)
        for name in MODULES
        for other in own_modules(imports(name))
        if FOLDERS.index(folder(other)) > FOLDERS.index(folder(name))
    }
    assert against == set()


def test_modules_have_no_import_cycle() -> None:
    """Within a folder, too, nothing imports itself in a circle."""
    graph = {name: own_modules(i for node in tree(name).body for i in _imported(node)) for name in MODULES}
    while graph:
        free = {name for name, needed in graph.items() if not needed & graph.keys() - {name}}
        assert free, f"a cycle among {sorted(graph)}"
        graph = {name: needed for name, needed in graph.items() if name not in free}


def test_private_names_are_used_in_their_own_module() -> None:
    """What begins with an underscore is imported by no other module."""
    private = {
        (name, f"{module}.{item}")
        for name in MODULES
        for module, item in imports(name)
        if module.startswith("lorplan") and item and item.startswith("_") and not item.startswith("__")
    }
    assert private == set()


def test_only_the_top_folders_touch_the_outside_world() -> None:
    """The clock, the disk, the environment and the terminal are for storage and the command line."""
    for name in (name for name in MODULES if folder(name) not in WORLDLY):
        assert foreign_packages(name) & WORLDLY_MODULES == set(), name
        assert {f.id for f in calls(name) if isinstance(f, ast.Name)} & WORLDLY_CALLS == set(), name
        assert {f.attr for f in calls(name) if isinstance(f, ast.Attribute)} & WORLDLY_METHODS == set(), name


def test_one_module_reads_the_clock() -> None:
    """Today is asked for in one place."""
    reading = {name for name in MODULES if any(isinstance(f, ast.Attribute) and f.attr in CLOCK for f in calls(name))}
    assert reading == {"cli.clock"}


def test_no_module_imports_a_network_library() -> None:
    """Nothing leaves the machine; `urllib.parse` only quotes links."""
    networked = {
        name
        for name in MODULES
        for module, _ in imports(name)
        if module != "urllib.parse" and module.split(".")[0] in NETWORK
    }
    assert networked == set()


@pytest.mark.parametrize(
    ("package", "homes"),
    [
        ("typer", {"cli"}),
        ("yaml", {"planfile.yaml_tree"}),
        ("pydantic", {"planfile"}),
        ("pydantic_core", {"planfile"}),
        ("dateutil", {"dates", "planfile.lint", "rules.letter_history", "rules.program"}),
        (
            "jinja2",
            {
                "text.templates",
                "text.bounded_templates",
                "edit.starter",
                "messages.compose",
                "export",
                "storage.templates",
                "cli.arguments",
            },
        ),
        ("icalendar", {"export.ics", "export.ics_revisions"}),
        ("filelock", {"storage.atomic_write"}),
        ("rich", {"render", "cli"}),
    ],
)
def test_each_library_is_used_in_its_place(package: str, homes: set[str]) -> None:
    """A library is known only to the folder, or the modules, that need it."""
    assert {
        name
        for name in MODULES
        if package in foreign_packages(name) and name not in homes and folder(name) not in homes
    } == set()


def test_every_module_begins_with_a_docstring() -> None:
    """A reader learns in the first line what a module is for."""
    assert [name for name in MODULES if not ast.get_docstring(tree(name))] == []


def body_lines(function: ast.FunctionDef) -> int:
    """Count the lines of a function without its signature and docstring."""
    first, *_ = function.body[1 if ast.get_docstring(function) else 0 :] or function.body
    return (function.end_lineno or 0) - first.lineno + 1


def test_modules_and_functions_are_short() -> None:
    """A module is read in one go, and the body of a function fits a screen; a command's options come besides."""
    long = {name for name, path in MODULES.items() if len(path.read_text("utf-8").splitlines()) > MAX_MODULE_LINES}
    long |= {
        f"{name}.{node.name}"
        for name in MODULES
        for node in ast.walk(tree(name))
        if isinstance(node, ast.FunctionDef) and body_lines(node) > MAX_BODY_LINES
    }
    assert long == set()
