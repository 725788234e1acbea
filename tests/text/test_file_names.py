"""How the name of a plan file is shown, and how a shell reads it."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lorplan.text.file_names import STANDARD_INPUT, display_name, is_file_name, shell_word
from lorplan.text.safe import find_unsafe

NAMES = st.text(
    st.sampled_from("ab-._ '\"$`\\!*?~#&;|<>(){}[]é陳😀\n\t\x1b\u202e\udcff") | st.characters(codec="utf-8"), min_size=1
)
UNSAFE_NAMES = ["a\nb.yaml", "\x1b[31m.yaml", "a\u202eb.yaml", "\udcff.yaml", "'\n'", "-\t"]


def read_as_bash(word: str) -> bytes:
    """Decode a word that is in quotes, or in $'' with escapes, as bash does."""
    if word.startswith("$'"):
        escaped = re.fullmatch(r"\$'((?:[A-Za-z0-9]|\\x[0-9a-f]{2})*)'", word)
        assert escaped, word
        return re.sub(rb"\\x(..)", lambda found: bytes.fromhex(found[1].decode()), escaped[1].encode())
    [read] = shlex.split(word)
    return read.encode("utf-8", "surrogateescape")


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        pytest.param("rotations.yaml", True, id="yaml"),
        pytest.param("../Amina.YML", True, id="yml_in_capitals"),
        pytest.param(STANDARD_INPUT, True, id="standard_input"),
        pytest.param("chen", False, id="id"),
        pytest.param("Dr. Yaml", False, id="name"),
        pytest.param("--", False, id="hyphens"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_word_is_a_file_name_if_it_can_be_nothing_else(word: str, *, expected: bool) -> None:
    """No rotation is called like that."""
    assert is_file_name(word) == expected


class TestDisplayName:
    @pytest.mark.parametrize(
        ("file", "shown"),
        [
            pytest.param("rotations.yaml", "rotations.yaml", id="as_it_is"),
            pytest.param("../my plans/é [x].yaml", "../my plans/é [x].yaml", id="spaces_and_other_characters"),
            pytest.param(STANDARD_INPUT, "standard input", id="standard_input"),
            pytest.param("a\nb\x1b[31m\udcff", "a b\ufffd[31m\ufffd", id="unsafe_characters_are_replaced"),
        ],
    )
    def test_displayed_name_is_safe_and_names_standard_input(self, file: str, shown: str) -> None:
        """A person reads the name of the file on one line."""
        assert display_name(file) == shown


class TestShellWord:
    @pytest.mark.parametrize(
        ("file", "word"),
        [
            pytest.param("rotations.yaml", "rotations.yaml", id="no_quotes_needed"),
            pytest.param("my plan.yaml", "'my plan.yaml'", id="space"),
            pytest.param("it's.yaml", "'it'\"'\"'s.yaml'", id="quote"),
            pytest.param("$(rm -rf .).yaml", "'$(rm -rf .).yaml'", id="command"),
            pytest.param(STANDARD_INPUT, "-", id="standard_input"),
            pytest.param("-plan.yaml", "./-plan.yaml", id="never_an_option"),
            pytest.param("--file", "./--file", id="never_a_long_option"),
            pytest.param("a\nb", "$'a\\x0ab'", id="line_end"),
            pytest.param("é\t", "$'\\xc3\\xa9\\x09'", id="escapes_are_bytes"),
            pytest.param("-\n", "$'\\x2e\\x2f\\x2d\\x0a'", id="unsafe_and_never_an_option"),
        ],
    )
    def test_shell_word_quotes_the_name(self, file: str, word: str) -> None:
        """Quotes are used if necessary, and escapes for unsafe characters."""
        assert shell_word(file) == word

    @given(NAMES)
    @example("'\n'")
    @example("\udcff")
    def test_shell_word_of_any_name_is_safe_and_reads_as_the_same_file(self, file: str) -> None:
        """A person may copy the word from a terminal into bash."""
        word = shell_word(file)
        read = read_as_bash(word).decode("utf-8", "surrogateescape")
        assert read.removeprefix("./") == file.removeprefix("./")
        assert read == STANDARD_INPUT or not read.startswith("-")
        assert find_unsafe(word) is None

    @pytest.mark.system
    @pytest.mark.skipif(not shutil.which("bash"), reason="bash is not installed")
    @pytest.mark.parametrize("file", [*UNSAFE_NAMES, "my plan.yaml", "it's.yaml", "$(echo x)", "-n", "é 陳.yaml"])
    def test_shell_word_reads_as_the_same_file_in_bash(self, file: str) -> None:
        """The real shell reads the word as the name of the file."""
        line = f"printf %s {shell_word(file)}"
        done = subprocess.run(["bash", "-c", line], capture_output=True, timeout=60, check=True)  # noqa: S607 - any bash
        assert done.stdout.decode("utf-8", "surrogateescape").removeprefix("./") == file
