"""Text from outside, made safe to store and print."""

from __future__ import annotations

import re
import unicodedata

# C0 and C1 controls but tab and line feed, zero-width and direction-override characters, lone surrogates, U+FFFE/F.
UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)


def clean(text: str) -> str:
    r"""NFC text without control, zero-width or direction-override characters, and with LF alone.

    >>> clean("a\x00b\r\nc\u202e")
    'ab\nc'
    """
    return UNWANTED.sub("", unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")))


def one_line(text: str) -> str:
    r"""Clean text with every run of white space folded to one space.

    >>> one_line(" A\n  title ")
    'A title'
    """
    return " ".join(clean(text).split())
