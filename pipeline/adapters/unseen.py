"""What of a page no reader sees: hidden by an attribute, an inline style, or a plain rule of the page's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
# A first look, which most rules do not pass.
HIDES = re.compile(r"y\s*:\s*(?:none|hidden|0)|:\s*-\d\d|font-size\s*:\s*[0-3.]|rect\(\s*0")
TEXT_COLOUR = re.compile(r"(?:^|;)\s*color\s*:")
SIMPLE = re.compile(r"[a-z\d]*([.#][\w-]+)$")
NAMED_ELEMENTS = etree.XPath("descendant-or-self::*[@class or @id]")
NAME = re.compile(r"[.#][\w-]+")
SHOWS = re.compile(r"display\s*:\s*(?!none|\s)|visibility\s*:\s*(?!hidden|\s)")


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


def hidden_names(css: str) -> set[str]:
    """Classes (.name) and ids (#name), in small letters, that a rule for all screens hides, and no other rule shows.

    >>> sorted(hidden_names(".a, p#b {display: none} .c {color: red} @media print {.d {display:none}}"))
    ['#b', '.a']
    >>> hidden_names(".a {display: none} @media (min-width: 40em) {.a {display: block}}")
    set()
    """
    rules = list(_rules(COMMENT.sub(" ", css.lower())))
    found = {
        name[1]
        for depth, selectors, body in rules
        if depth == 1 and _rule_hides(body)
        for name in (SIMPLE.match(s.strip()) for s in selectors.split(","))
        if name
    }
    if not found:
        return found
    shown = (NAME.findall(selectors) for _, selectors, body in rules if SHOWS.search(body))
    return found.difference(*shown)


def _rule_hides(body: str) -> bool:
    if HIDES.search(body) and HIDDEN.search("".join(body.split())):
        return True
    # Of what lies under a text without a background of its own, other rules tell.
    coloured = "color" in body and ("background" in body or "rgba" in body or "transparent" in body)
    return coloured and bool(TEXT_COLOUR.search(body)) and _has_no_contrast(body, paper=None)


def _rules(css: str) -> Iterator[tuple[int, str, str]]:
    """Depth (1: in no other block), selectors and declarations of each innermost block."""
    depth = 0
    before, _, rest = css.partition("{")
    for piece in rest.split("{"):
        depth += 1
        body, *after = piece.split("}")
        if after:
            yield depth, before, body
        depth = max(depth - len(after), 0)
        before = after[-1] if after else body.rpartition(";")[2]


def mark(tree: etree._Element) -> None:
    """Give every element that a rule of the page's own style elements hides the attribute `hidden`."""
    css = "\n".join(str(s.text or "") for s in tree.iter("style") if _always_holds(s))[:CSS_BYTES]
    if not (names := hidden_names(css)):
        return
    classes = {name[1:] for name in names if name.startswith(".")}
    elements: Any = NAMED_ELEMENTS(tree)
    for element in elements:
        hidden = not classes.isdisjoint(element.get("class", "").lower().split())
        hidden = hidden or f"#{element.get('id', '')}".lower() in names
        if hidden and not SHOWS.search(element.get("style", "").lower()):
            element.set("hidden", "")


def _always_holds(style: etree._Element) -> bool:
    parent = style.getparent()
    return style.get("media", "") in {"", "all", "screen"} and (parent is None or parent.tag != "noscript")


def _hides(_: Any, style: str) -> bool:
    return is_hidden(style)


# Comments have gone when the page was parsed; what else no reader sees is pruned. XPath calls our function by its name.
etree.FunctionNamespace(None)["is_hidden"] = _hides
UNSEEN = (
    "descendant::*[@hidden or @style or self::template or self::font[@color]][not(self::html or self::body)]"
    "[@hidden or self::template or is_hidden(string(@style))"
    " or self::font[is_hidden(concat('color:', @color))][not(ancestor::*[@bgcolor])]]"
)
