"""A text as the strict check compares it: signs with a form, the clause each stands in, and how it was written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.domain.lint.facts import plain
from pipeline.domain.lint.figures import FIGURE, figures
from pipeline.stages.draft.evidence.strict.lexicon import (
    DENIAL,
    FREE,
    FUTURE,
    GUARDED,
    MODALS,
    MONTHS,
    POSSESSED,
    TITLES,
    WEEKDAYS,
)
from pipeline.stages.draft.evidence.strict.stem import root
from pipeline.stages.draft.language.hints import Hinted

AMOUNT = r"(?=(?:US)?[$\u20ac\u00a3\u00a5]?\d|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|a (?:third|quarter|dozen|hundred|thousand|million|billion|decade|year|month|week|day)|an hour)\b)"
PHRASES = tuple(
    (Hinted.of(re.compile(pattern, re.I)), plain_form)
    for pattern, plain_form in (
        (r"\bcan't\b|\bcannot\b", "can not"),
        (r"\bwon't\b", "will not"),
        (r"\bshan't\b", "shall not"),
        (r"n't\b", " not"),
        (r"\b(?:it|he|she|that|there|who|what)'s\b", "is"),
        (r"'ll\b", " will"),
        (r"'re\b|'ve\b|'d\b|'m\b", ""),
        (r"'s\b|(?<=s)'(?=\s|$)", f" {POSSESSED}"),
        (r"\bno longer\b", "not"),
        (r"\bhalf a million\b", "500,000"),
        (r"\bhalf a billion\b", "500,000,000"),
        (r"\ba (?=(?:hundred|thousand|million|billion|trillion)\b)", "one "),
        (r"\bno (?:fewer|less) than\b|\bat least\b|\ba minimum of\b", "ATLEAST"),
        (
            r"\bno more than\b|\bat most\b|\bup to (?=\W?[\d$\u20ac\u00a3])|\bas (?:many|much|long|high|far) as (?=\W?\d)|\ba maximum of\b",
            "ATMOST",
        ),
        (r"\bmore than\b|\bupwards? of\b|\bin excess of\b|\bexceeding\b", "MORETHAN"),
        (rf"\b(?:over|above) {AMOUNT}", "MORETHAN "),
        (r"\b(?:less|fewer) than\b", "LESSTHAN"),
        (rf"\b(?:under|below) {AMOUNT}", "LESSTHAN "),
        (r"\b(?:nearly|almost|close to|just under|not quite)\b", "NEARLY"),
        (r"\bas well as\b|\balong with\b|\btogether with\b|(?<=\w) & (?=\w)", "and"),
        (r"\bin order to\b|\bso as to\b", "to"),
        (r"\bdue to\b|\bowing to\b|\bbecause of\b|\bthanks to\b|\bon account of\b", "because"),
        (r"\bsuch as\b|\bamong them\b", "including"),
        (r"\b(?:is|are|was|were) (?:set|due|going|scheduled|expected|to) to\b", "will"),
        (r"\bin spite of\b", "despite"),
        (r"\bprior to\b", "before"),
        (r"\bset(?:s|ting)? up\b", "establish"),
        (r"\b(?:will have|have|has|be required) to (?=[a-z])", "must "),
        (r"\b(?:enter|com|go)(?:s|es|e|ing)? into (?:force|effect)\b", "take effect"),
        (r"\b(?:entered|came|went) into (?:force|effect)\b", "took effect"),
        (r"\bremainder\b", "rest"),
        (r"\bbiggest\b", "largest"),
        (rf"\ba further {AMOUNT}", "another "),
        (r"\bannually\b|\bper annum\b|\bevery year\b", "each year"),
        (r"\b(start)-(ups?)\b|\b(non)-(profits?)\b", r"\1\2\3\4"),
        (r"\bfar from\b|\bshort of\b|\bfree of\b|\bdevoid of\b", "not"),
        (r"\brul(?:e[ds]?|ing) out\b", "reject"),
        (r"\bturn(?:s|ed|ing)? down\b", "reject"),
        (r"\binstead of\b|\brather than\b|\bas opposed to\b", "rather"),
        (r"\beven though\b|\balbeit\b", "although"),
    )
)
CURRENCIES = {"$": "dollar", "\u20ac": "euro", "\u00a3": "pound", "\u00a5": "yen"}
MONEY = re.compile(rf"(?:UnitedStates|US|A|C)?([$\u20ac\u00a3\u00a5]) ?({FIGURE.pattern})", re.I)
NUMBERED_MONTH = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({'|'.join(m.title() for m in MONTHS)})\b(?: (?=\d{{4}}))?"
)
DATED = re.compile(rf"\b({'|'.join(m.title() for m in MONTHS)}) (\d{{1,2}}), (\d{{4}}),?")
RANGED = re.compile(rf"\b(\d{{1,2}}) (to|and|-) (\d{{1,2}}) ({'|'.join(m.title() for m in MONTHS)})\b")
NUMBERED = re.compile(r"\b([A-Z]\w*)-(\d[\w.]*\w|\d)")
HYPHENED = re.compile(r"\b([A-Z]\w+ [A-Z]\w+)-([a-z]+)\b")
BRACKETED = re.compile(r"\(([A-Z][A-Za-z]{1,7})\)")
SIGN = re.compile(r"[A-Za-z\u00c0-\u024f][\w\u00c0-\u024f]*|\u00a7[\d.]+%?|[,;:()\[\]\u2014\"]|(?<=\s)-(?=\s)|--")
LIKE_NAMES = frozenset("per will so do did has amid just but".split())
BREAKS = frozenset(',;:()[]\u2014"-') | {"--"}


@dataclass(frozen=True, slots=True)
class Sign:
    """One word or figure: the form it is compared by, its kind, how it was written, and its clause."""

    form: str
    kind: str
    word: str
    clause: int
    capital: bool
    place: int

    @property
    def bears(self) -> bool:
        """Whether it must be found again; free words need not."""
        return self.kind != "free"


@lru_cache(maxsize=20_000)
def read(text: str) -> tuple[Sign, ...]:
    """The signs of a sentence in order.

    >>> [s.form for s in read("The U.S. didn't pay $5 million on 3 May 2024.") if s.bears]
    ['unitedst', 'not', 'pay', '\u00a75000000', 'dollar', 'may-month', '\u00a73', '\u00a72024']
    """
    folded = plain(text)
    for pattern, replacement in PHRASES:
        folded = pattern.sub(replacement, folded)
    folded = NUMBERED.sub(r"\1\2", HYPHENED.sub(r"\1\2", BRACKETED.sub(r"\1", folded)))
    folded = DATED.sub(r"\1 \2 \3", RANGED.sub(r"\4 \1 \2 \3", folded))
    folded = NUMBERED_MONTH.sub(r"\2 \1 ", folded)
    folded = MONEY.sub(lambda m: f"{m[2]} {CURRENCIES[m[1]]}", folded)
    folded = _figured(folded)
    signs: list[Sign] = []
    clause = 0
    for match in SIGN.finditer(folded):
        word = match.group()
        if word in BREAKS:
            clause += 1
            continue
        signs.append(_sign(word, clause, len(signs), folded[match.end() : match.end() + 3]))
    return tuple(signs)


def _figured(text: str) -> str:
    """Figures and number words replaced by one mark and their value."""

    def value(match: re.Match[str]) -> str:
        before = text[max(0, match.start() - 1) : match.start()]
        if before.isalpha() or (match["words"] and match["words"].lower() in {"second", "zero"}):
            return match.group()
        rest = text[match.start() : match.end() + 20]
        found = next(iter(figures(rest)), "")
        return f" \u00a7{found} "

    out = FIGURE.sub(value, text)
    return re.sub(r"(\u00a7[\d.]+%) *-?(?:%|per ?cent\b|percent\b)", r"\1", out)


def _sign(word: str, clause: int, place: int, following: str) -> Sign:
    low = word.lower()
    capital = word[0].isupper() and word not in {"MORETHAN", "LESSTHAN", "ATLEAST", "ATMOST", "NEARLY"}
    if word.startswith("\u00a7"):
        return Sign(word, "figure", word, clause, False, place)
    if low in DENIAL:
        return Sign("not", "denial", low, clause, False, place)
    if low == "may" and capital and (place or following.strip()[:1] == "\u00a7"):
        return Sign("may-month", "date", low, clause, capital, place)
    if low in MODALS:
        return Sign(MODALS[low], "modal", low, clause, capital, place)
    if low in CURRENCIES.values() or (low.endswith("s") and low[:-1] in CURRENCIES.values()):
        return Sign(low.removesuffix("s"), "unit", low, clause, capital, place)
    if capital and place and low in LIKE_NAMES and following.strip()[:1].isupper():
        return Sign(low, "content", low, clause, capital, place)  # Per Hansen, Will Smith
    if low in FUTURE or low in FREE or (low in TITLES and following.strip()[:1].isupper()):
        return Sign(low, "free", low, clause, capital, place)
    form = "may-month" if low == "may" else root(low)
    kind = "guard" if word in GUARDED or low in GUARDED or form in _GUARDED_ROOTS else "content"
    if capital and place and kind == "guard" and low not in MONTHS:
        kind = "content"  # a name, such as Last Mile or Back Bay
    if low in WEEKDAYS:
        kind = "weekday"
    if low in MONTHS and (capital or place):
        kind = "date"
    return Sign(form, kind, word if word in GUARDED else low, clause, capital, place)


_GUARDED_ROOTS = frozenset(root(w) for w in GUARDED if w.islower() and len(w) > 3)
