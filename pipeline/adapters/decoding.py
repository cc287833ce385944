"""Bytes as text: by mark, by UTF-8's own proof, by what is declared, by what is detected, in this order."""

from __future__ import annotations

import re
from collections.abc import Iterable

from charset_normalizer import from_bytes

MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
# Publishers say the left and mean the right (as browsers read it).
MEANT = {
    **dict.fromkeys(("iso-8859-1", "latin-1", "latin1", "ascii", "us-ascii", "windows-1252"), "cp1252"),
    **dict.fromkeys(("gb2312", "gbk", "x-gbk", "chinese"), "gb18030"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis"), "cp932"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "ksc5601"), "cp949"),
    "iso-8859-9": "cp1254",
    "x-mac-roman": "mac-roman",
}
# UTF-7 hides markup, the others are no writing of text at all.
NEVER = re.compile(r"utf-?_?7|punycode|idna|(?:raw_)?unicode_escape|undefined|mbcs|oem", re.IGNORECASE)
CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
HEAD = 2048  # bytes in which a document must declare itself
SAMPLE = 20_000  # bytes that the detection looks at
DAMAGE = 200  # one bad character in so many is a slip, more is the wrong encoding
FOREIGN = 0.3  # share of letters beyond ASCII that no Western language has
WESTERN = 0.05  # the same of the languages that cp1252 is for: French has 4 %, Polish 7 %, Czech 15 %
WIDE = 200_000  # bytes in which that share is counted
SIGNS = "£€¥§°©®™«»‘’“”–—…•·\xa0".encode("cp1252")  # stand in texts of any language
BETWEEN_TAGS = re.compile(rb"[<>]")


def decode(body: bytes, content_type: str = "") -> str:
    """The text of a page or feed; never raises. Characters that cannot be read are U+FFFD."""
    for mark, name in MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    declared = declarations(body, content_type)
    if b"\x1b" not in body[:HEAD] or "iso-2022-jp" not in declared:
        try:
            return body.decode("utf-8")
        except UnicodeDecodeError:
            pass
    for name in declared:
        if (text := _as(body, name)) is not None:
            return text
    if (text := _as_utf8_with_slips(body)) is not None:
        return text
    if _looks_western(body) and (text := _as(body, "cp1252")) is not None:
        return text
    found = from_bytes(body[:SAMPLE]).best()
    text = _as(body, found.encoding) if found else None
    return text if text is not None else body.decode("cp1252", "replace")


def declarations(body: bytes, content_type: str) -> list[str]:
    """What the server and the document say, Western last: it is what servers say of everything.

    >>> declarations(b'<meta charset="gb2312">', "text/html; charset=ISO-8859-1")
    ['gb18030', 'cp1252']
    """
    said = [*CHARSET.findall(content_type.encode("ascii", "ignore")), *CHARSET.findall(body[:HEAD])]
    names = [MEANT.get(name, name) for name in (s.decode("ascii").lower() for s in said)]
    return sorted(dict.fromkeys(n for n in names if not NEVER.fullmatch(n)), key=lambda name: name == "cp1252")


def _as_utf8_with_slips(body: bytes) -> str | None:
    """The text if more of what is not ASCII is right UTF-8 than wrong."""
    text = body.decode("utf-8", "replace")
    beyond, bad = sum(c > "\x7f" for c in text), text.count("\ufffd")
    return text if beyond > 2 * bad else None


def _looks_western(body: bytes) -> bool:
    r"""Whether the texts that are not all ASCII nearly are; the detection guesses wildly from a few bytes.

    >>> [_looks_western(b"<p>%b</p>" % b) for b in (b"worth \xa340 million, said the mayor of Ealing", b"\xd3\xcf\xd7")]
    [True, False]
    """
    texts = [t for t in BETWEEN_TAGS.split(body[:WIDE]) if not t.isascii()]
    return not _foreign(b" ".join(texts).translate(None, SIGNS).decode("cp1252", "replace"), WESTERN)


def _as(body: bytes, name: str) -> str | None:
    """The text if the bytes can be in this encoding."""
    try:
        text = body.decode(name, "replace")
    except (LookupError, ValueError, UnicodeError):
        return None
    if text.count("\ufffd") * DAMAGE > len(text):
        return None
    return None if name == "cp1252" and _foreign(text, FOREIGN) else text


def _foreign(text: Iterable[str], share: float) -> bool:
    letters = [c for c in text if c.isalpha() or c > "\x7f"]
    return sum(c > "\x7f" for c in letters) > share * len(letters)
