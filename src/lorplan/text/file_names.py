"""How the name of a plan file is shown, and how a shell reads it."""

from __future__ import annotations

import shlex
from typing import Final

from lorplan.text.safe import on_one_line

STANDARD_INPUT: Final = "-"
"""The name that stands for standard input."""

_ASCII: Final = 0x80


def is_file_name(word: str) -> bool:
    """Whether a word can only be meant as the name of a plan file."""
    return word == STANDARD_INPUT or word.lower().endswith((".yaml", ".yml"))


def display_name(file: str) -> str:
    """Write a file's name as a person may see it."""
    return "standard input" if file == STANDARD_INPUT else on_one_line(file)


def shell_word(file: str) -> str:
    """Quote a file's name for a shell: never as an option, with unsafe characters as escapes."""
    named = f"./{file}" if file.startswith("-") and file != STANDARD_INPUT else file
    if named == on_one_line(named):
        return shlex.quote(named)
    raw = named.encode("utf-8", "surrogateescape")
    return "$'" + "".join(chr(b) if chr(b).isalnum() and b < _ASCII else f"\\x{b:02x}" for b in raw) + "'"
