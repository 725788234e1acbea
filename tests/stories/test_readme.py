"""The pages show what the program prints now. Run as a script, this file updates the output shown in them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
TOUR = ROOT / "examples" / "README.md"
RULES = ROOT / "examples" / "RULES.md"
PAGES = (README, TOUR, ROOT / "examples" / "REFERENCE.md", RULES, ROOT / ".github" / "CONTRIBUTING.md")

BLOCK = re.compile(r"(?<=<!-- output -->\n```console\n)(.*?)(?=```)", re.DOTALL)
PYTHON = re.compile(r"```python\n(.*?)```", re.DOTALL)
LINK = re.compile(r"\]\((?!https?:)([^)#]*)(#[^)]*)?\)")


def environment() -> dict[str, str]:
    """Make a terminal of 100 columns without colour, in which this Python's lorplan is the one that runs."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {"PATH": path, "HOME": str(ROOT), "COLUMNS": "100", "LC_ALL": "C.UTF-8"}


def replay(block: str) -> str:
    """Run the commands of a block in a copy of the examples, and show each with what it prints."""
    commands = [line for line in block.splitlines() if line.startswith("$ ")]
    with TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "examples", Path(folder, "examples"))
        return "".join(f"{command}\n{run(command[2:], folder)}" for command in commands)


def run(command: str, folder: str) -> str:
    """Run a shell command, and return what it prints on standard output and standard error."""
    done = subprocess.run(
        ["bash", "-c", f"{command} 2>&1"],  # noqa: S607 - the shell of whoever tries the README
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.stdout


def python_blocks() -> list[str]:
    """Find the Python examples of all pages."""
    return [code for page in PAGES for code in PYTHON.findall(page.read_text("utf-8"))]


@pytest.mark.parametrize(
    "block",
    [block for page in (README, TOUR) for block in BLOCK.findall(page.read_text("utf-8"))],
    ids=lambda block: block.splitlines()[0],
)
def test_output_shown_is_the_output_printed(block: str) -> None:
    """A reader who types a command sees what the page shows."""
    assert replay(block) == block


def test_rules_page_is_what_the_command_prints() -> None:
    """The page that an adviser signs is the rule book of the program."""
    assert run("lorplan rules --markdown", str(ROOT)) == RULES.read_text("utf-8")


def test_library_example_of_the_readme_prints_the_day_to_ask() -> None:
    """The library example does what it seems to."""
    (code,) = PYTHON.findall(README.read_text("utf-8"))
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout == "Dr. Wei Chen 2027-01-27\n"


@pytest.mark.system
def test_library_examples_pass_strict_mypy(tmp_path: Path) -> None:
    """The types are usable: every example is clean for a user of strict mypy, and a misspelled name is not."""
    for number, code in enumerate(python_blocks()):
        (tmp_path / f"example_{number}.py").write_text(code, "utf-8")
    (tmp_path / "misspelled.py").write_text("from lorplan import laod\n", "utf-8")
    (tmp_path / "annotated.py").write_text(
        "from lorplan import Action, Letter, Plan, PlanFile\n\n\n"
        "def f(a: Action, b: Letter, c: Plan, d: PlanFile) -> str:\n"
        "    return a.title + b.attending + str(c.as_of) + str(len(d.rotations))\n",
        "utf-8",
    )
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--no-error-summary",
        "--cache-dir",
        str(tmp_path / "cache"),
        ".",
    ]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False)
    (error,) = done.stdout.splitlines()
    assert error.startswith("misspelled.py:1: error:")


def test_readme_has_the_two_commands() -> None:
    """One command runs the main job and another passes the tests; both set up everything they need."""
    commands = [line for line in README.read_text("utf-8").splitlines() if line.startswith("python3 -m venv")]
    assert len(commands) == 2
    assert commands[0].endswith("lorplan plan examples/rotations.yaml")
    assert ".[dev]" in commands[1]
    assert "pytest" in commands[1]


def test_readme_is_short() -> None:
    """A newcomer reads it in one go."""
    assert len(README.read_text("utf-8").splitlines()) <= 200


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files_and_headings(page: Path) -> None:
    """Every link of a page to a file or a heading of this repository leads somewhere."""
    for target, anchor in LINK.findall(page.read_text("utf-8")):
        file = page.parent / target if target else page
        assert file.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.*)$", file.read_text("utf-8"), re.MULTILINE)
            anchors = {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}
            assert anchor[1:] in anchors, anchor


def update() -> None:
    """Write the present output into the pages."""
    for page in (README, TOUR):
        page.write_text(BLOCK.sub(lambda found: replay(found[1]), page.read_text("utf-8")), "utf-8")
    RULES.write_text(run("lorplan rules --markdown", str(ROOT)), "utf-8")


if __name__ == "__main__":
    update()
