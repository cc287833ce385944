"""Words as the draft stage compares them: folded tokens, stems, figures and names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.stages.draft.language.hints import Hinted, changes

FOLDS = changes(
    (r"[\u2018\u2019]", "'"),
    (r"\bU\.S\.|\bUnited States\b|\bUSA\b", "US"),
    (r"\bU\.N\.|\bUnited Nations\b", "UN"),
    (r"\bEuropean Union\b|\bE\.U\.", "EU"),
    (re.compile(r"\bartificial[ -]intelligence\b", re.I), "AI"),
    (r",(?<=\d,)(?=\d{3}\b)", ""),
    (r"'s\b|'(?=\s)", ""),
)
CAPITAL = "A-Z\u00c0-\u00de" + "".join(c for c in map(chr, range(0x100, 0x180)) if c.isupper())
"""Capital letters of the Latin scripts, for a class of a pattern."""
TOKEN = re.compile(r"[A-Za-z\u00c0-\u024f]+(?:'t)?|\d+(?:\.\d+)?")
SMALL = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
)
NUMBER_WORDS = {word: str(n) for n, word in enumerate(SMALL.split(), 1)}
DECADES = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
TENS = Hinted.of(re.compile(rf"\b({'|'.join(DECADES)})(?:[- ]({'|'.join(SMALL.split()[:9])}))?\b", re.I))
EMPTY = (
    "a an and are as at be been being but by can could did do does for from had has have he her his i if in into "
    "is it its may might more must no nor not of on or our over own s said say says she should so some such than "
    "that the their them then there these they this those to too under until up us was we were what when where "
    "which while who whose why will with would you your also about after against among before between both during "
    "each every how instead just now only other out same through very percent per never neither"
)
FREE = frozenset(EMPTY.split())
"""Words without content of their own; negations are counted apart."""
NEGATIVE = "not no never neither nor cannot without nobody none nothing"
NEGATIONS = frozenset(NEGATIVE.split())
YEAR = "january february march april may june july august september october november december"
MONTHS = frozenset(YEAR.split())
ENDINGS = "ations ation ingly ments ment ings ing edly ies ied ers ed es er ly s e y"
SUFFIXES = tuple(ENDINGS.split())


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Text with its spelling variants made equal.

    >>> fold("the United States' artificial intelligence, 10,000 chips, Twenty-eight ships")
    'the US AI, 10000 chips, 28 ships'
    """
    for pattern, plain in FOLDS:
        text = pattern.sub(plain, text)
    return TENS.sub(lambda m: str(DECADES[m[1].lower()] + int(NUMBER_WORDS.get((m[2] or "").lower(), "0"))), text)


@lru_cache(maxsize=20_000)
def tokens(text: str) -> tuple[str, ...]:
    """Lower-case words and figures, number words as digits.

    >>> tokens("Three of China's 4.5 points can't wait.")
    ('3', 'of', 'china', '4.5', 'points', "can't", 'wait')
    """
    return tuple([NUMBER_WORDS.get(t, t) for t in map(str.lower, TOKEN.findall(fold(text)))])


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A crude stem: one ending off, at least three letters left.

    >>> stem("restrictions"), stem("restricting"), stem("monitored")
    ('restriction', 'restrict', 'monitor')
    """
    if word.startswith("statement"):
        return "statement"  # a state is another thing
    if word in {"party", "parties"}:
        return "party"  # and so is a part
    for ending in SUFFIXES:
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            return word[: -len(ending)]
    return word


@lru_cache(maxsize=20_000)
def stems(text: str) -> tuple[str, ...]:
    """The content stems of a text, in order, figures and months included."""
    return tuple(map(stem, content_words(text)))


def content_words(text: str) -> Iterator[str]:
    """The words of a text that have content, figures and months included."""
    return (t for t in tokens(text) if t in MONTHS or (t not in FREE and t not in NEGATIONS))


@lru_cache(maxsize=20_000)
def figures(text: str) -> frozenset[str]:
    """The figures of a text; number words count."""
    return frozenset(t for t in tokens(text) if t[0].isdigit())


@lru_cache(maxsize=20_000)
def names(text: str) -> frozenset[str]:
    """Capitalised words after a sentence's first, as stems, months left out.

    >>> sorted(names("Officials met Li Qiang in Shanghai."))
    ['li', 'qiang', 'shanghai']
    """
    folded = fold(text)
    found = re.finditer(rf"(?<![.!?] )(?<!^)\b[{CAPITAL}][\w\u00c0-\u024f]*", folded)
    words = (w.group().lower() for w in found)
    return frozenset(stem(w) for w in words if w not in MONTHS and w not in FREE)


def negations(text: str) -> int:
    """How many negations a text has.

    >>> negations("Nobody said it can't or should not.")
    3
    """
    return sum(t in NEGATIONS or t.endswith("n't") for t in tokens(text))


def count(text: str) -> int:
    """How many words a text has, counted by its spaces.

    >>> count("An open-weight model.")
    3
    """
    return len(text.split())


@lru_cache(maxsize=20_000)
def _joined(text: str) -> str:
    return f" {' '.join(tokens(text))} "


def longest_run(text: str, source: str) -> int:
    """The longest run of words that both texts share."""
    mine, theirs = tokens(text), _joined(source)
    best = 0
    for start in range(len(mine)):
        while start + best < len(mine) and f" {' '.join(mine[start : start + best + 1])} " in theirs:
            best += 1
    return best
