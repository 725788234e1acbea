"""Templates: the user's own before the package's, whole or in parts."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
from jinja2 import Environment

from lorplan.storage.templates import template_loader
from lorplan.text.templates import TemplateFailureError, render_template

FACTS = {"as_of": date(2027, 1, 20), "name": "Zoë"}


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Make a folder for the user's own templates."""
    folder = tmp_path / "templates"
    folder.mkdir()
    return folder


def render(name: str, own: Path) -> str:
    """Render a template with the user's folder."""
    return render_template(name, FACTS, template_loader(own))


def failure(name: str, own: Path) -> str:
    """Say why a template cannot be used."""
    with pytest.raises(TemplateFailureError) as refused:
        render(name, own)
    return str(refused.value)


def finds_the_one_of_the_package(own: Path) -> bool:
    """Whether the loader finds the package's starter file."""
    source, _, _ = template_loader(own).get_source(Environment(autoescape=True), "starter.yaml")
    return source == (files("lorplan") / "templates" / "starter.yaml").read_text("utf-8")


def test_own_template_comes_before_the_one_of_the_package(own: Path) -> None:
    """A file in the user's folder replaces the template of the same name, read as UTF-8."""
    (own / "starter.yaml").write_text("# für {{ name }}\n", encoding="utf-8")
    assert render("starter.yaml", own) == "# für Zoë"


@pytest.mark.parametrize("make", [Path.mkdir, lambda _: None], ids=["empty_folder", "no_folder"])
def test_template_without_an_own_one_is_that_of_the_package(tmp_path: Path, make: object) -> None:
    """The user's folder need not have the template, nor exist."""
    folder = tmp_path / "own"
    assert callable(make)
    make(folder)
    assert finds_the_one_of_the_package(folder)


def test_own_folder_that_is_a_file_is_ignored(tmp_path: Path) -> None:
    """A file where the folder would be has no templates."""
    (tmp_path / "own").write_text("")
    assert finds_the_one_of_the_package(tmp_path / "own")


def test_own_template_can_extend_another_own_one(own: Path) -> None:
    """Templates of the folder can use each other."""
    (own / "base.txt").write_text("Dear {% block who %}{% endblock %}")
    (own / "mine.txt").write_text("{% extends 'base.txt' %}{% block who %}{{ name }}{% endblock %}")
    assert render("mine.txt", own) == "Dear Zoë"


@pytest.mark.parametrize("name", ["../secret.txt", "inner/secret.txt"], ids=["parent", "inner_folder"])
def test_file_outside_the_folder_is_not_a_template(own: Path, name: str) -> None:
    """A template cannot include a file from another folder."""
    for place in (own.parent, own / "inner"):
        place.mkdir(exist_ok=True)
        (place / "secret.txt").write_text("secret")
    (own / "mine.txt").write_text("{% include '" + name + "' %}")
    assert "secret.txt" in failure("mine.txt", own)


def test_unknown_template_is_an_error_with_its_name(own: Path) -> None:
    """Neither the user nor the package has it."""
    assert failure("missing.txt", own).startswith("the template missing.txt cannot be used: ")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(b"a\nname: Zo\xeb", "starter.yaml is not UTF-8: byte 0xEB", id="not_utf_8"),
        pytest.param(b"a\n{{ nobody }}", "starter.yaml:2 cannot be used: 'nobody' is undefined", id="unknown_name"),
        pytest.param(b"a\n{% if %}", "starter.yaml:2 cannot be used: ", id="syntax"),
        pytest.param(b"a\n{{ 1 // 0 }}", "starter.yaml:2 cannot be used: ", id="arithmetic"),
        pytest.param(b"a\n{{ name.__class__.__mro__ }}", "starter.yaml:2 cannot be used: ", id="out_of_the_sandbox"),
        pytest.param(b"a\n{% include 'missing.txt' %}", "starter.yaml:2 cannot be used: ", id="missing_part"),
    ],
)
def test_error_in_an_own_template_is_reported_with_its_place(own: Path, content: bytes, message: str) -> None:
    """The message has the path of the file and, as far as it is known, the line."""
    (own / "starter.yaml").write_bytes(content)
    reported = failure("starter.yaml", own)
    assert f"{own}/{message}" in reported
    assert "\n" not in reported


def test_own_template_that_is_a_folder_is_an_error(own: Path) -> None:
    """A folder with the name of a template is a mistake, and not ignored."""
    (own / "starter.yaml").mkdir()
    assert failure("starter.yaml", own).startswith("the template starter.yaml cannot be used: ")


def test_own_template_that_leads_nowhere_is_an_error(own: Path) -> None:
    """A dangling symlink is a mistake, and not ignored."""
    (own / "starter.yaml").symlink_to("missing")
    assert "No such file or directory" in failure("starter.yaml", own)


@pytest.mark.parametrize("exists", [True, False], ids=["own_folder", "no_own_folder"])
def test_folder_that_may_not_be_entered_is_an_error_only_if_it_exists(
    own: Path, monkeypatch: pytest.MonkeyPatch, *, exists: bool
) -> None:
    """A home that may not be entered, as that of a cron job, is as good as one without templates."""

    def refuse(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    folder = own if exists else own / "missing"
    monkeypatch.setattr(Path, "lstat", refuse)
    if exists:
        assert "Permission denied" in failure("starter.yaml", folder)
    else:
        assert finds_the_one_of_the_package(folder)
