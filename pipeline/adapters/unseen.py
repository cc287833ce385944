"""What of a page no reader sees: hidden by an attribute, an inline style, or a plain rule of the page's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from lxml import etree

HIDDEN = re.compile(
    r"display:none|visibility:hidden|(?:^|;)opacity:0(?![.\d])|clip:rect\(0|"
    r"(?:^|;)font-size:(?:0|[0-3](?:\.\d+)?(?:px|pt)|0?\.[0-2]\d*r?em|\d(?:\.\d+)?%)(?![.\d])|"
    r"(?:^|;)(?:left|top|text-indent):-(?:\d{3}|[3-9]\d(?:\.\d+)?(?:r?em|vw|vh))"
)
COLOURS = re.compile(r"(?:^|;)\s*(background(?:-color)?|color)\s*:\s*(#[\da-f]{3,8}|rgba?\([^)]*\)|[a-z]+)")
NUMBERS = re.compile(r"[\d.]+%?")
NAMED = {"white": "#fff", "snow": "#fffafa", "ivory": "#fffff0", "black": "#000", "transparent": "#fff0"}
ALIKE = 16  # of 255: two colours that differ by no more in any part cannot be told apart
FAINT = 0.1  # a colour of less than this part of its strength is not seen
Colour = tuple[float, float, float, float]
WHITE: Colour = (255, 255, 255, 1)

CSS_BYTES = 300_000  # of all style elements
COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)
# A first look, which few rules pass. That both begin with a colon makes them three times as fast.
HIDES = re.compile(
    r":(?:(?<=y:)\s*(?:none|hidden|0)|\s*-\d\d|(?<=font-size:)\s*(?:0|\.[0-2]|[0-3]p|[1-3]\.\d+p|\d[.\d]*%)|"
    r"(?<=clip:)\s*rect\(\s*0|"
    r"(?<=[{;\s]color:)\s*(?:#[c-f]|white|transparent|rgb))"
)
SHOWS = re.compile(r":(?:(?<=display:)\s*(?!none|\s)|(?<=visibility:)\s*(?!hidden|\s))")
SHEER = re.compile(r"transparent|rgb|#(?:[\da-f]{4}){1,2}\b")
SIMPLE = re.compile(r"[a-z\d]*([.#][\w-]+)$")
NAME = re.compile(r"[.#][\w-]+")

STYLES: Any = etree.XPath(  # that hold on every screen
    "//style[not(@media) or contains('||all|screen|', concat('|', @media, '|'))][not(parent::noscript)]/text()",
    smart_strings=False,
)
CLASSES: Any = etree.XPath("//@class", smart_strings=False)
IDS: Any = etree.XPath("//@id", smart_strings=False)
LABELLED: Any = etree.XPath("//*[@class or @id]")


def is_hidden(style: str) -> bool:
    """Whether an inline style keeps its text from the reader's eye.

    >>> is_hidden("Display: none"), is_hidden("color:#FEFEFE; background: white"), is_hidden("font-size: 0.9em")
    (True, True, False)
    """
    style = style.lower()
    if HIDDEN.search("".join(style.split())):
        return True
    return "color" in style and _has_no_contrast(style, paper=WHITE)


def _has_no_contrast(style: str, paper: Colour | None) -> bool:
    """Whether the text's colour is its background's, or none; `paper` is what lies under a style without one."""
    given = {name.partition("-")[0]: _colour(value) for name, value in COLOURS.findall(style)}
    text = given.get("color")
    if text is None or ("background" in style and "clip" in style):  # the background shows through the letters
        return False
    if text[3] < FAINT:
        return True
    under = given.get("background", paper)
    if under is not None and under[3] < FAINT:
        under = paper
    return under is not None and all(abs(a - b) <= ALIKE for a, b in zip(text[:3], under[:3], strict=True))


def _colour(value: str) -> Colour | None:
    """Red, green and blue up to 255, and the strength up to 1; None for what is none that we know.

    >>> _colour("#fff8"), _colour("rgb(1 2 3 / 50%)"), _colour("inherit")
    ((255.0, 255.0, 255.0, 0.5333333333333333), (1.0, 2.0, 3.0, 0.5), None)
    """
    value = NAMED.get(value, value)
    if value.startswith("#"):
        digits = value[1:] if len(value) > 5 else "".join(2 * d for d in value[1:])
        parts = [float(int(digits[n : n + 2], 16)) for n in range(0, len(digits) - 1, 2)]
        scaled = [*parts[:3], *(p / 255 for p in parts[3:])]
    else:
        found = NUMBERS.findall(value) if value.startswith("rgb") else []
        scaled = [_number(n, 255 if i < 3 else 1) for i, n in enumerate(found)]
    red, green, blue, strength, *_ = [*scaled, 1.0] if len(scaled) >= 3 else [0.0] * 4
    return (red, green, blue, strength) if len(scaled) >= 3 else None


def _number(text: str, whole: int) -> float:
    try:
        return float(text.rstrip("%")) * (whole / 100 if text.endswith("%") else 1)
    except ValueError:  # dots in odd places
        return float(whole)


@lru_cache(32)  # pages of one publisher have one style
def hidden_names(css: str) -> frozenset[str]:
    """Classes (.name) and ids (#name), in small letters, that a rule for all screens hides, and no other rule shows.

    >>> sorted(hidden_names(".a, p#b {display: none} .c {color: red} @media print {.d {display:none}}"))
    ['#b', '.a']
    >>> hidden_names(".a {display: none} @media (min-width: 40em) {.a {display: block}}")
    frozenset()
    """
    css = COMMENT.sub(" ", css.lower()).replace(" :", ":")
    found: set[str] = set()
    for depth, selectors, body in _rules(css, HIDES):
        names = [m[1] for s in selectors.split(",") if (m := SIMPLE.match(s.strip()))]
        if depth <= 1 and names and _rule_hides(body):
            found.update(names)
    shown = (NAME.findall(selectors) for _, selectors, _ in _rules(css, SHOWS)) if found else ()
    return frozenset(found.difference(*shown))


def _rule_hides(body: str) -> bool:
    if HIDDEN.search("".join(body.split())):
        return True
    # Of what lies under a text without a background of its own, other rules tell; it hides where it is sheer.
    coloured = "color" in body and ("background" in body or SHEER.search(body) is not None)
    return coloured and _has_no_contrast(body, paper=None)


def _rules(css: str, signs: re.Pattern[str]) -> Iterator[tuple[int, str, str]]:
    """Depth (1: in no other block), selectors and declarations of each innermost block that shows a sign."""
    depth = end = 0
    for found in signs.finditer(css):
        if found.start() < end:  # a second sign in one block
            continue
        opening = css.rfind("{", end, found.start() + 1)
        before = opening + 1 if opening >= 0 else found.start()
        depth += css.count("{", end, before) - css.count("}", end, before)
        if opening < 0:
            end = before
            continue
        start = max(end - 1, *(css.rfind(sign, end, opening) for sign in "{};")) + 1
        end, closing = before, css.find("}", before)
        body = css[before : closing if closing >= 0 else len(css)]
        yield depth, css[start:opening], body
        end = before + len(body)


def mark(tree: etree._Element) -> None:
    """Give every element that a rule of the page's own style elements hides the attribute `hidden`."""
    css = "\n".join(STYLES(tree))[:CSS_BYTES]
    if not (names := hidden_names(css)):
        return
    classes = {c for c in set(CLASSES(tree)) if not names.isdisjoint(f".{name}" for name in c.lower().split())}
    ids = {i for i in set(IDS(tree)) if f"#{i.lower()}" in names}
    for element in LABELLED(tree) if classes or ids else ():
        hidden = element.get("class") in classes or element.get("id") in ids
        if hidden and not SHOWS.search(element.get("style", "").lower()):
            element.set("hidden", "")


def _hides(_: Any, style: str) -> bool:
    return is_hidden(style)


# Comments have gone when the page was parsed; what else no reader sees is pruned. XPath calls our function by its name.
etree.FunctionNamespace(None)["is_hidden"] = _hides
UNSEEN = (
    "descendant::*[@hidden or @style or self::template or self::font[@color]][not(self::html or self::body)]"
    "[@hidden or self::template or is_hidden(string(@style))"
    " or self::font[is_hidden(concat('color:', @color))][not(ancestor::*[@bgcolor])]]"
)
