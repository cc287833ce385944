"""Programs that change a sentence's sense, or only its length; each gives None where the sentence offers no hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random

from pipeline.domain.lint.names import fold_names

MONTHS = "January February March April May June July August September October November December".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
NUMBER = re.compile(r"(?<![\w.,-])\d[\d,]*(?:\.\d+)?(?![\w]|[.,]\d)")
NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+(?: [A-Z][a-z]+)*(?![\w'])")
AUXILIARY = re.compile(r"\b(is|are|was|were|will|would|could|should|must|can|has|have|had)\b(?! not)(?!n't)")
NEGATIVE = re.compile(r"\b(?:(?:did|does|do) not|not|never|no longer)\b |(?<=[a-z])n't\b|\bno (?=[a-z])")
SPEAKER = re.compile(
    r"\b(?:said|says|told reporters|warned|argued) ([A-Z][a-z]+ [A-Z][a-z]+)"
    r"|([A-Z][a-z]+ [A-Z][a-z]+) (?:said|says|warned|argued)\b"
)

Mutation = Callable[[str, Sequence[str], Random], str | None]
"""(sentence, the article's other sentences, random) to the changed sentence."""


def figure_changed(sentence: str, others: Sequence[str], random: Random) -> str | None:
    found = list(NUMBER.finditer(sentence))
    if not found:
        return None
    match = random.choice(found)
    digits = match.group()
    place = random.choice([i for i, c in enumerate(digits) if c.isdigit()])
    other = random.choice([d for d in "123456789" if d != digits[place]])
    return sentence[: match.start()] + digits[:place] + other + digits[place + 1 :] + sentence[match.end() :]


def figures_swapped(sentence: str, others: Sequence[str], random: Random) -> str | None:
    return _swapped(sentence, [m.span() for m in NUMBER.finditer(sentence)], random)


def same_place(one: str, other: str) -> bool:
    """Whether both name one country: to change one for the other changes nothing."""
    return fold_names(one) == fold_names(other)


def names_swapped(sentence: str, others: Sequence[str], random: Random) -> str | None:
    spans = [m.span() for m in NAME.finditer(sentence) if m.group() not in MONTHS + DAYS]
    return _swapped(sentence, spans, random)


def name_of_the_article(sentence: str, others: Sequence[str], random: Random) -> str | None:
    here = [m for m in NAME.finditer(sentence) if m.group().split()[0] not in MONTHS + DAYS]
    there = sorted({m.group() for o in others for m in NAME.finditer(o)} - {m.group() for m in here})
    there = [n for n in there if n.split()[0] not in MONTHS + DAYS and not any(n in m.group() for m in here)]
    there = [n for n in there if not any(m.group() in n or same_place(m.group(), n) for m in here)]
    if not here or not there:
        return None
    match = random.choice(here)
    there = [n for n in there if n[:4] != match.group()[:4]]  # China for Chinese names no other country
    return sentence[: match.start()] + random.choice(there) + sentence[match.end() :] if there else None


def date_changed(sentence: str, others: Sequence[str], random: Random) -> str | None:
    found = list(re.finditer(rf"\b(?:{'|'.join(MONTHS + DAYS)})\b", sentence))
    if not found:
        return None
    match = random.choice(found)
    row = MONTHS if match.group() in MONTHS else DAYS
    other = random.choice([w for w in row if w != match.group()])
    return sentence[: match.start()] + other + sentence[match.end() :]


def negation_inserted(sentence: str, others: Sequence[str], random: Random) -> str | None:
    found = list(AUXILIARY.finditer(sentence))
    if not found:
        return None
    match = random.choice(found)
    return sentence[: match.end()] + " not" + sentence[match.end() :]


def negation_removed(sentence: str, others: Sequence[str], random: Random) -> str | None:
    found = list(NEGATIVE.finditer(sentence))
    if not found:
        return None
    match = random.choice(found)
    return sentence[: match.start()] + sentence[match.end() :]


def speaker_changed(sentence: str, others: Sequence[str], random: Random) -> str | None:
    found = list(SPEAKER.finditer(sentence))
    if not found:
        return None
    match = random.choice(found)
    group = 1 if match.group(1) else 2
    people = {m.group() for o in [*others, sentence] for m in re.finditer(r"(?<=[a-z,] )[A-Z][a-z]+ [A-Z][a-z]+", o)}
    others_ = sorted(people - {match.group(group)})
    if not others_:
        return None
    return sentence[: match.start(group)] + random.choice(others_) + sentence[match.end(group) :]


def spliced(sentence: str, others: Sequence[str], random: Random) -> str | None:
    """The first half of one sentence and the second half of another."""
    rest = [
        o for o in others if len(o.split()) > 9 and not set(o.split()[len(o.split()) // 2 :]) <= set(sentence.split())
    ]
    words = sentence.split()
    if len(words) < 10 or not rest:
        return None
    other = random.choice(rest).split()
    return " ".join(words[: len(words) // 2] + other[len(other) // 2 :])


def shortened(sentence: str, others: Sequence[str], random: Random) -> str | None:
    """Without its last clause."""
    cut = sentence.rfind(", ")
    if cut < 0 or len(sentence[:cut].split()) < 6 or re.search(r"\d$", sentence[:cut]):
        return None
    return sentence[:cut] + "."


def _swapped(sentence: str, spans: Sequence[tuple[int, int]], random: Random) -> str | None:
    told = [(span, sentence[slice(*span)]) for span in spans]
    pairs = [(a, b) for i, (a, one) in enumerate(told) for b, other in told[i + 1 :] if not same_place(one, other)]
    if not pairs:
        return None
    (a, b), (c, d) = random.choice(pairs)
    return sentence[:a] + sentence[c:d] + sentence[b:c] + sentence[a:b] + sentence[d:]


CHANGES: dict[str, Mutation] = {
    "figure changed": figure_changed,
    "figures swapped": figures_swapped,
    "names swapped": names_swapped,
    "another name of the article": name_of_the_article,
    "another month or day": date_changed,
    "negation put in": negation_inserted,
    "negation taken out": negation_removed,
    "another speaker": speaker_changed,
    "two sentences spliced": spliced,
}
