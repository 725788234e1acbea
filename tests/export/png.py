"""A small reader of PNG images, of the kind that drawing programs write: eight bits a channel, not interlaced."""

from __future__ import annotations

import struct
import zlib
from typing import NamedTuple

SIGNATURE = b"\x89PNG\r\n\x1a\n"
CHANNELS = {2: 3, 6: 4}
"""The number of channels of each kind: red, green and blue, with opacity or without."""


class Image(NamedTuple):
    """The rows of an image, each a run of channels."""

    width: int
    rows: list[bytes]
    channels: int

    def color(self, x: float, y: float) -> tuple[int, int, int]:
        """Give the red, green and blue of a point."""
        start = int(x) * self.channels
        red, green, blue = self.rows[int(y)][start : start + 3]
        return red, green, blue


def read_png(content: bytes) -> Image:
    """Read an image."""
    assert content.startswith(SIGNATURE)
    chunks = list(read_chunks(content[len(SIGNATURE) :]))
    width, height, depth, kind, _, _, interlaced = struct.unpack(">IIBBBBB", dict(chunks)[b"IHDR"])
    assert (depth, interlaced) == (8, 0)
    pixels = zlib.decompress(b"".join(data for name, data in chunks if name == b"IDAT"))
    return Image(width, unfilter(pixels, width * CHANNELS[kind], height, CHANNELS[kind]), CHANNELS[kind])


def read_chunks(content: bytes) -> list[tuple[bytes, bytes]]:
    """Read the parts of a file, each with its name."""
    found, place = [], 0
    while place < len(content):
        (length,) = struct.unpack(">I", content[place : place + 4])
        found.append((content[place + 4 : place + 8], content[place + 8 : place + 8 + length]))
        place += length + 12
    return found


def unfilter(pixels: bytes, length: int, height: int, step: int) -> list[bytes]:
    """Undo what each row has been reduced by: its own past, the row above, or both."""
    rows: list[bytes] = []
    above = bytes(length)
    for number in range(height):
        start = number * (length + 1)
        row = bytearray(pixels[start + 1 : start + 1 + length])
        undo_row(pixels[start], row, above, step)
        above = bytes(row)
        rows.append(above)
    return rows


def undo_row(kind: int, row: bytearray, above: bytes, step: int) -> None:
    """Undo the filter of one row."""
    for place in range(len(row) if kind else 0):
        left = row[place - step] if place >= step else 0
        corner = above[place - step] if place >= step else 0
        guess = (0, left, above[place], (left + above[place]) // 2, nearest(left, above[place], corner))[kind]
        row[place] = (row[place] + guess) & 255


def nearest(left: int, up: int, corner: int) -> int:
    """Choose the neighbor that is nearest to what the three of them suggest."""
    guess = left + up - corner
    return min((left, up, corner), key=lambda value: abs(guess - value))
