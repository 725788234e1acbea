"""The attending's e-mail address: written beside the name, replaced, and taken away again."""

from __future__ import annotations

import pytest

from edit.recording import FLOW_ROW, ROW, record, remove
from lorplan.errors import PlanFileError

ANN = "ann@example.org"
FLOW = FLOW_ROW + "}\n"

BARE_NAMES = [
    pytest.param("Wei Chen", "{name: Wei Chen, email: ann@example.org}", id="plain"),
    pytest.param('"Wei Chen"', '{name: "Wei Chen", email: ann@example.org}', id="double_quotes"),
    pytest.param("'Wei O''Chen'", "{name: 'Wei O''Chen', email: ann@example.org}", id="single_quotes"),
    pytest.param("Wei O'Chen", "{name: Wei O'Chen, email: ann@example.org}", id="apostrophe"),
    pytest.param("陈伟 😀", "{name: 陈伟 😀, email: ann@example.org}", id="other_scripts"),
    pytest.param("Wei Chen   # on call", "{name: Wei Chen, email: ann@example.org}   # on call", id="comment_beside"),
]
"""A bare name as it is written, and with an address."""

NEEDING_QUOTES = [
    pytest.param("Wei Chen, MD", "{name: 'Wei Chen, MD', email: ann@example.org}", id="comma"),
    pytest.param("Wei [O'Chen]", "{name: 'Wei [O''Chen]', email: ann@example.org}", id="brackets_and_apostrophe"),
    pytest.param("|-\n    Wei Chen", "{name: 'Wei Chen', email: ann@example.org}", id="block_scalar"),
    pytest.param(">-\n    Wei\n    Chen", "{name: 'Wei Chen', email: ann@example.org}", id="folded_scalar"),
]
"""A bare name that cannot stand between braces as it is written, and with an address."""


class TestBareName:
    """A bare name becomes a name with an address, and nothing else in the text changes."""

    @pytest.mark.parametrize(("written", "after"), [*BARE_NAMES, *NEEDING_QUOTES])
    def test_bare_name_gets_an_address_beside_it(self, written: str, after: str) -> None:
        """In the quotes that it has, or in those that it needs between braces."""
        edit = record(ROW.replace("Wei Chen", written), "email", ANN)
        assert edit.after.text == ROW.replace("Wei Chen", after)
        assert edit.after.plan_file.rotations[0].attending.email == ANN
        assert edit.replaced is None

    @pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["lf", "crlf"])
    @pytest.mark.parametrize(("written", "after"), BARE_NAMES)
    def test_removal_of_the_address_restores_the_text(self, written: str, after: str, line_end: str) -> None:
        """Every byte of it."""
        text = ROW.replace("Wei Chen", written).replace("\n", line_end)
        edit = record(text, "email", ANN)
        assert edit.after.text == text.replace(written, after)
        undone = remove(edit.after.text, "email")
        assert (undone.after.text, undone.replaced) == (text, ANN)

    def test_bare_name_between_braces_gets_an_address_and_loses_it_again(self) -> None:
        """A rotation in flow style stays on its line."""
        edit = record(FLOW, "email", ANN)
        assert edit.after.text == FLOW.replace("Wei Chen", "{name: Wei Chen, email: ann@example.org}")
        assert remove(edit.after.text, "email", ANN).after.text == FLOW

    def test_name_with_a_comment_inside_is_left_alone(self) -> None:
        """The comment would be lost, so the place is named instead."""
        text = ROW.replace("Wei Chen", "|- # as on the badge\n    Wei Chen")
        with pytest.raises(PlanFileError, match="email cannot be edited safely here"):
            record(text, "email", ANN)


class TestMapping:
    """A mapping gets the address after the name, in its own style."""

    @pytest.mark.parametrize(
        ("attending", "after"),
        [
            pytest.param("{name: Wei Chen}", "{name: Wei Chen, email: ann@example.org}", id="name_only"),
            pytest.param(
                "{role: chair, name: Wei Chen}",
                "{role: chair, name: Wei Chen, email: ann@example.org}",
                id="role_first",
            ),
            pytest.param(
                "{name: Wei Chen, role: chair}", "{name: Wei Chen, email: ann@example.org, role: chair}", id="role_last"
            ),
            pytest.param(
                "\n    name: Wei Chen # Sr.\n    role: chair",
                "\n    name: Wei Chen # Sr.\n    email: ann@example.org\n    role: chair",
                id="block_style",
            ),
            pytest.param("{email: ~, name: Wei Chen}", "{email: ann@example.org, name: Wei Chen}", id="tilde"),
            pytest.param("{name: Wei Chen, email: ~}", "{name: Wei Chen, email: ann@example.org}", id="no_value"),
        ],
    )
    def test_mapping_gets_an_address_after_the_name(self, attending: str, after: str) -> None:
        """Nothing else changes."""
        edit = record(ROW.replace("Wei Chen", attending), "email", ANN)
        assert edit.after.text == ROW.replace("Wei Chen", after)

    @pytest.mark.parametrize(
        ("written", "after"),
        [
            pytest.param("bob@b.org", """'"o''neil\\"@b.org'""", id="plain"),
            pytest.param("'bob@b.org'", """'"o''neil\\"@b.org'""", id="single_quotes"),
            pytest.param('"bob@b.org"', r'''"\"o'neil\\\"@b.org"''', id="double_quotes"),
            pytest.param("|-\n      bob@b.org", """'"o''neil\\"@b.org'""", id="block_scalar"),
        ],
    )
    def test_address_is_replaced_in_its_quotes(self, written: str, after: str) -> None:
        """With force only; what would end the quotes is escaped."""
        text = ROW.replace("Wei Chen", "\n    name: Wei Chen\n    email: {0}")
        edit = record(text.format(written), "email", """"o'neil\\"@b.org""", replace=True)
        assert (edit.after.text, edit.replaced) == (text.format(after), "bob@b.org")
        assert edit.after.plan_file.rotations[0].attending.email == """"o'neil\\"@b.org"""

    @pytest.mark.parametrize(
        ("attending", "after"),
        [
            pytest.param("\n    name: Wei Chen\n    email: ann@example.org", "\n    name: Wei Chen", id="block_style"),
            pytest.param(
                "{name: Wei Chen, email: ann@example.org, role: chair}",
                "{name: Wei Chen, role: chair}",
                id="with_a_role",
            ),
            pytest.param("{email: ann@example.org, name: Wei Chen}", "{name: Wei Chen}", id="address_first"),
            pytest.param(
                "{name: Wei Chen, # Sr.\n    email: ann@example.org}",
                "{name: Wei Chen, # Sr.\n    }",
                id="with_a_comment",
            ),
        ],
    )
    def test_address_is_removed_from_any_other_mapping(self, attending: str, after: str) -> None:
        """The rest of the mapping stays as it is."""
        edit = remove(ROW.replace("Wei Chen", attending), "email")
        assert edit.after.text == ROW.replace("Wei Chen", after)
        assert edit.after.plan_file.rotations[0].attending.email is None


@pytest.mark.parametrize(
    ("email", "written"),
    [
        pytest.param("o'neil+1@example.org", "o'neil+1@example.org", id="apostrophe_and_plus"),
        pytest.param("#x@example.org", "'#x@example.org'", id="number_sign"),
        pytest.param("{o'x,y}@[1]", "'{o''x,y}@[1]'", id="braces_comma_and_apostrophe"),
    ],
)
def test_address_is_quoted_where_yaml_needs_it(email: str, written: str) -> None:
    """What is read again is what was typed."""
    for text in (ROW, FLOW, ROW.replace("Wei Chen", "{name: Wei Chen}")):
        edit = record(text, "email", email)
        assert f"email: {written}" in edit.after.text
        assert edit.after.plan_file.rotations[0].attending.email == email
