"""Text from outside, made safe to store and print."""

from __future__ import annotations

import re
import unicodedata

# C0 and C1 controls but tab and line feed, soft hyphens, zero-width, direction-override and tag characters, lone
# surrogates, U+FFFE/F.
UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ud800-\udfff\ufeff\ufffe\uffff"
    "\U000e0000-\U000e007f]"
)
# Letters of other alphabets that look like Latin ones.
TWINS = str.maketrans("аеорсухіјѕԁһВЕКМНОРСТХАІЈЅαορνΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aeopcyxijsdhBEKMHOPCTXAIJSaopvABEZHIKMNOPTYX")
FOREIGN = re.compile("[\u0370-\u052f\uff10-\uff5a\U0001d400-\U0001d7ff]")
WORD = re.compile(r"\w+")
LATIN = re.compile(r"[A-Za-z]")
STYLED = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\U0001d400-\U0001d7ff]+")  # full-width and mathematical


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


def shortened(text: str, length: int) -> str:
    """Text of at most so many characters, cut at a word where there is one.

    >>> shortened("Ministers sign a treaty", 15)
    'Ministers sign…'
    """
    if len(text) <= length:
        return text
    return (text[:length].rpartition(" ")[0].rstrip() or text[: length - 1]) + "…"


def one_script(text: str) -> str:
    r"""Text whose words are not spelt with look-alike letters: a word that mixes alphabets becomes Latin.

    >>> one_script("p\u0430id in Москва")
    'paid in Москва'
    """
    if not FOREIGN.search(text):
        return text
    text = STYLED.sub(lambda m: unicodedata.normalize("NFKC", m[0]), text)
    return WORD.sub(lambda m: m[0].translate(TWINS) if LATIN.search(m[0]) else m[0], text)
