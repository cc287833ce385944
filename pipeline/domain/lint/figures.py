"""Figures: digits and number words folded to one spelling of their value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

MONTHS = re.findall(r"\w+", "January February March April May June July August September October November December")
SMALL = re.findall(
    r"\w+",
    """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen""",
)
ORDINALS = re.findall(
    r"\w+",
    """zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
    fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth""",
)
TENS = re.findall(r"\w+", "twenty thirty forty fifty sixty seventy eighty ninety")
ONES = {word: n for row in (SMALL, ORDINALS) for n, word in enumerate(row)}
DECADES = {form: 20 + 10 * n for n, word in enumerate(TENS) for form in (word, word.removesuffix("y") + "ieth")}
SCALES = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
}
SHORT_SCALES = {"k": 10**3, "m": 10**6, "mn": 10**6, "b": 10**9, "bn": 10**9, "tn": 10**12}
# These say "some" or keep a list in order more often than they count.
VAGUE = frozenset({"one", "first", "second", "zero"})
_DIGITS = r"(?<![\w.])\d+(?:,\d{3})*(?:\.\d+)?"
_SUFFIX = r"(?:st|nd|rd|th|s)?(?!\w)"
_SCALE = rf"(?:(?:[ -]?(?:{'|'.join(SCALES)})|(?:{'|'.join(SHORT_SCALES)}))\b)?"
_ONES, _DECADES = ("|".join(sorted(row, key=len, reverse=True)) for row in (ONES, DECADES))
_UNIT = rf"(?:(?:{_DECADES})(?:-(?:{_ONES}))?|(?:{_ONES}))(?!\w)"
_LONG = rf"(?:{'|'.join(SCALES)})(?!\w)"
_PHRASE = rf"(?:{_UNIT}|{_LONG})(?:[ -]{_LONG}(?:[ -](?:and )?{_UNIT}(?!-))?)*"
_BEGINS = rf"\b(?=[{''.join(sorted({word[0] for word in (*ONES, *DECADES, *SCALES)}))}])"
FIGURE = re.compile(rf"(?P<digits>{_DIGITS})(?P<scale>{_SCALE}){_SUFFIX}|{_BEGINS}(?P<words>{_PHRASE})", re.IGNORECASE)
PERCENT = re.compile(r"[ -]?(?:%|per ?cent\b)", re.IGNORECASE)
RANGE_PERCENT = re.compile(r"[ ]?(?:-|to|and|or) ?[\w.,]+[ -]?(?:%|per ?cent\b)", re.IGNORECASE)


def figures(text: str, *, claimed: bool = False) -> Iterator[str]:
    """The figures of a text; `claimed` leaves out words that seldom count, such as "one" and "first".

    >>> list(figures("1,000 of two million, 10 per cent, twenty-five and $1.5bn in the 2020s"))
    ['1000', '2000000', '10%', '25', '1500000000', '2020']
    >>> list(figures("One model from 5 to 10% of GPT-4", claimed=True))
    ['5%', '10%', '4']
    >>> list(figures("two five-year plans, five and six, two hundred and five thousand, a dozen"))
    ['2', '5', '5', '6', '205000', '12']
    """
    for match in FIGURE.finditer(text):
        word = match["words"]
        if claimed and word and word.lower() in VAGUE:
            continue
        value = _spelled(word) if word else _digits(match["digits"], match["scale"])
        rest = text[match.end() :]
        unit = "%" if PERCENT.match(rest) or RANGE_PERCENT.match(rest) else ""
        yield f"{value.normalize():f}{unit}"


def _digits(digits: str, scale: str) -> Decimal:
    return Decimal(digits.replace(",", "")) * {**SCALES, **SHORT_SCALES}.get(scale.strip(" -").lower(), 1)


def _spelled(phrase: str) -> Decimal:
    total, current = 0, 0
    for word in re.split(r"[ -]", phrase.lower()):
        if word in SCALES and SCALES[word] >= SCALES["thousand"]:
            total, current = total + max(current, 1) * SCALES[word], 0
        elif word in SCALES:
            current = max(current, 1) * SCALES[word]
        else:
            current += ONES.get(word, 0) + DECADES.get(word, 0)
    return Decimal(total + current)
