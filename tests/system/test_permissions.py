"""Files that may not be read, and folders that may not be entered."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from runner import Lorplan
from system.commands import DAY, MARK, NAMED, PLAN, assert_one_line, list_names, sample

if TYPE_CHECKING:
    from collections.abc import Iterator

    from system.commands import Args

DENIED: Final = "Permission denied"
CLOSED: Final = f"closed/{PLAN}"
CASES: Final[list[tuple[Args, str]]] = [
    (("check", "secret"), f"secret: cannot be read: {DENIED}"),
    (("plan", "secret"), f"secret: cannot be read: {DENIED}"),
    (("due", "secret"), f"secret: cannot be read: {DENIED}"),
    (("export", "csv", "secret"), f"secret: cannot be read: {DENIED}"),
    (("why", "chen", "-f", "secret"), f"secret: cannot be read: {DENIED}"),
    (("plan", CLOSED), f"{CLOSED}: cannot be read: {DENIED}"),
    (("due", CLOSED), f"{CLOSED}: cannot be read: {DENIED}"),
    (("mark", "chen", "asked", "-f", CLOSED, *DAY), f"{CLOSED}: cannot be read: {DENIED}"),
    (("init", "closed/new.yaml"), f"closed/new.yaml: cannot be written: {DENIED}"),
    (("export", "csv", PLAN, "-o", "closed/out"), f"closed/out: cannot be written: {DENIED}"),
    (("export", "csv", PLAN, "-o", "secret", "--force"), f"secret: cannot be written: {DENIED}"),
    (("check", "closed"), "closed: cannot be read: "),
    (("init", "/dev/null/x"), "cannot be written"),
]
"""Commands on a file that cannot be read, and in a folder that can be neither entered nor listed."""


@pytest.fixture
def shared(monkeypatch: pytest.MonkeyPatch) -> Iterator[Lorplan]:
    """Run lorplan in a folder that every user can enter, with a plan file that every user can read."""
    with tempfile.TemporaryDirectory(prefix="lorplan-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / PLAN).write_text(NAMED, encoding="utf-8")
        (folder / "closed").mkdir()
        try:
            yield Lorplan(folder, monkeypatch)
        finally:
            (folder / "closed").chmod(0o755)


@pytest.fixture(scope="session")
def unprivileged() -> dict[str, Any]:
    """Give the options that run a program as a user whom permissions bind, which they do not for root."""
    if os.geteuid() != 0:
        return {}
    nobody: dict[str, Any] = {"user": 65534, "group": 65534, "extra_groups": []}
    with suppress(PermissionError), pytest.MonkeyPatch.context() as patch:
        if Lorplan(Path("/"), patch).process("--version", status=None, **nobody).status == 0:
            return nobody
    if shutil.which("setpriv") is None:
        pytest.skip("no other user can run this interpreter, and without setpriv root cannot give up its privileges")
    return {"prefix": ("setpriv", "--bounding-set=-all", "--inh-caps=-all")}


@contextmanager
def no_permissions(folder: Path) -> Iterator[None]:
    """Keep everybody out of a file and of a folder."""
    (folder / "secret").write_text(NAMED, encoding="utf-8")
    (folder / CLOSED).write_text(NAMED, encoding="utf-8")
    for name in ("secret", "closed"):
        (folder / name).chmod(0)
    yield
    (folder / "closed").chmod(0o755)


@pytest.mark.parametrize("case", sample(CASES, 4))
def test_missing_permission_is_reported_in_one_line_and_nothing_is_left_behind(
    shared: Lorplan, unprivileged: dict[str, Any], case: tuple[Args, str]
) -> None:
    """One line reports the missing permission, and no file is created or changed."""
    args, message = case
    with no_permissions(shared.folder):
        assert_one_line(shared.process(*args, status=1, **unprivileged), message)
        assert list_names(shared.folder) == {PLAN, "closed", "secret"}
    assert list_names(shared.folder / "closed") == {PLAN}


@pytest.mark.parametrize("args", sample([("plan",), ("check",), ("season",), MARK], 1))
def test_unreadable_file_of_the_variable_is_reported(shared: Lorplan, unprivileged: dict[str, Any], args: Args) -> None:
    """The file of the variable is not replaced by another one because it cannot be read."""
    with no_permissions(shared.folder):
        result = shared.process(*args, env={"LORPLAN_FILE": "secret"}, status=1, **unprivileged)
        assert_one_line(result, f"secret: cannot be read: {DENIED}")


@pytest.mark.system
@pytest.mark.parametrize("locked", ["feedback.txt", "."], ids=["template", "folder_of_templates"])
def test_unreadable_template_of_the_user_is_reported(
    shared: Lorplan, unprivileged: dict[str, Any], locked: str
) -> None:
    """The package's template does not silently replace one that the user wrote."""
    own = shared.folder / ".config" / "lorplan" / "templates"
    own.mkdir(parents=True)
    (own / "feedback.txt").write_text("Mine.")
    (own / locked).chmod(0)
    result = shared.process("draft", "chen", "feedback", *DAY, status=1, **unprivileged)
    (own / locked).chmod(0o755)
    assert_one_line(result, DENIED)
    assert "feedback.txt" in result.err
