"""Shorter forms of a sentence's beginning: its opening clause, what stands behind its subject, its first half."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from pipeline.stages.draft.language.verbs import AUXILIARY, BASE, IRREGULAR, PARTICIPIAL, certain, finite, verb_like
from pipeline.stages.draft.language.words import negations
from pipeline.stages.draft.wording.wholeness import KEPT, acts, clause

HEADING = frozenset(
    "spearhead propose recognize reaffirm describe back lead call stress warn unveil co-sponsor".split()
)
OPENING_CLAUSE = re.compile(
    r"^(?!Citing|Quoting|Following|During|Including|Regarding|Barring|Assuming|Being|Considering|According|Asked)"
    r"[A-Z][a-z]+(?:ed|ing) [^,]{5,140}, (?=(?:(?:the|an?|both|its) |[A-Z]))"
)
"""What the subject did or had done to it, before it is named: "Backed by Oslo, the fund …"."""
MORE_THAN = re.compile(r"\b(?:more|less|fewer) than (?=\d)")
SUBJECT = re.compile(
    r"^(?!(?:In|On|At|By|For|From|With|Under|After|Before|Since|During|To|As|Of|Amid|Despite) )(?P<who>(?:The|An?) [\w.'-]+(?: [\w.'-]+){0,7}|[A-Z][\w.'-]*(?: [A-Z][\w.'-]*){1,4}|[A-Z][\w.'-]+(?=, (?:an?|the|who) )), "
)
POINTS = re.compile(
    r"\b(?:it|its|them|they|their|he|she|him|his|her|this|that|these|those|there|such|so|doing)\b", re.I
)
BARE_COUNT = re.compile(r"\b(?!(?:19|20)\d\d\b)\d[\d,.]* (?:by|in|on|and|or|to|of|at|from|for)\b|\d[\d,]*\.$")
"""A figure whose noun may stand in the part that is cut."""
JOINED = re.compile(r"(?:^|, )and [A-Z]")
"""Another one who did it."""
SECOND = re.compile(r"(?:[A-Z]|the )[^,]* and (?:the )?[A-Z]")
"""Behind the apposition of the first stands a second who did it: "The Port Board, City of Lund and the Yard Board, City of Kiel, signed"."""
OPENING = frozenset("to that which who whose whether how if when while because as than where".split())
EITHER = frozenset("made put brought found held set let met told said won lost built sent spent paid kept led".split())
"""Past tense and participle in one."""
DIGIT_COMMA = re.compile(r"\d, ?\d")


def after_opening(text: str) -> Iterator[str]:
    """The sentence without a clause in -ed or -ing ahead of its subject.

    >>> list(after_opening("Backed by Oslo, the fund opened in May.")), list(after_opening("Boeing sold ships, jets and a car."))
    (['The fund opened in May.'], [])
    """
    match = OPENING_CLAUSE.match(text)
    if match is None or KEPT.search(MORE_THAN.sub("", match.group())) or not _verbal(text.split()[0].lower()):
        return
    rest = text[match.end() :][:1].upper() + text[match.end() + 1 :]
    if finite(f"{rest.split(', ')[0].rstrip('.')}."):
        yield rest


def _verbal(word: str) -> bool:
    """Whether a word in -ed or -ing is a verb's."""
    base = word.removesuffix("ing").removesuffix("ed")
    return bool({base, f"{base}e", base[:-1], f"{base[:-1]}y" if base.endswith("i") else base} & (BASE | HEADING))


def bare_subject(text: str) -> Iterator[str]:
    """The subject without what stands between commas behind it.

    >>> list(bare_subject("The fund, backed by Oslo, Lund and Bergen, opened in May."))
    ['The fund opened in May.']
    """
    match = SUBJECT.match(text)
    if match is None or any(
        w.islower() and certain(w, before.lower()) for before, w in itertools.pairwise(match["who"].split())
    ):
        return
    parts = text[match.end() :].split(", ")
    for n in range(1, len(parts)):
        if acts(parts[n]) and not acts(parts[0]):
            aside = ", ".join(parts[:n])
            if (
                not any(clause(part) for part in parts[:n])
                and not JOINED.search(aside)
                and not SECOND.match(aside)
                and not KEPT.search(aside)
                and not negations(aside)
                and not aside.startswith(("of whom", "of which"))  # the verb is theirs
                and not DIGIT_COMMA.search(f"{match['who']}, {parts[0]}")
            ):
                yield f"{match['who']} {', '.join(parts[n:])}"
            return


def second_part(text: str) -> Iterator[str]:
    """The second of two things that one subject did, where nothing in it means what the first part names.

    >>> list(second_part("The rule was proposed in May and drew 900 comments."))
    ['The rule drew 900 comments.']
    >>> list(second_part("The mayor called for ports to be built and used with care."))
    []
    """
    words = text.split()
    verb = next((i for i in range(1, min(6, len(words))) if certain(words[i].lower(), words[i - 1].lower())), 0)
    for i in range(verb + 2, len(words) - 3):
        rest = " ".join(words[i + 1 :])
        if (
            verb
            and words[i] == "and"
            and certain(words[i + 1].lower(), words[i])
            and words[i + 2] != "of"
            and "," not in " ".join(words[: i + 1])
            and _parallel(words[verb:i], words[i + 1].lower())
            and not POINTS.search(rest)
            and not BARE_COUNT.search(rest)
        ):
            yield " ".join(words[:verb]) + f" {rest}"


def first_part(text: str) -> Iterator[str]:
    """The first of two things that one subject did.

    >>> list(first_part("A group of ports that share cranes admitted Lund and Kiel and released a report on the tides."))
    ['A group of ports that share cranes admitted Lund and Kiel.']
    >>> list(first_part("The mayor called for ports to be built and used with care."))
    []
    """
    words = text.split()
    plain = [w.strip(",").lower() for w in words]
    verbs = (i for i in range(1, min(14, len(words))) if words[i].islower() and certain(plain[i], plain[i - 1]))
    verb = next((i for i in verbs if not OPENING & set(plain[max(0, i - 2) : i])), 0)
    for i in range(verb + 2, len(words) - 3):
        joined = words[i] == "and" and words[i + 1].islower() and certain(plain[i + 1], "and") and verb
        if joined and _parallel(words[verb:i], plain[i + 1]) and not KEPT.search(" ".join(words[i:])):
            yield f"{' '.join(words[:i]).rstrip(',')}."


def _parallel(first: Sequence[str], second: str) -> bool:
    """Whether the second verb can only have the subject of the first: no other verb stands between them."""
    said = " ".join(first)
    inner = [w.strip(",") for w in first[1:] if w[:1].islower()]
    passive = first[0].lower() in AUXILIARY
    if passive and inner and (PARTICIPIAL.match(inner[0]) or inner[0] in IRREGULAR):
        inner = inner[1:]
    if KEPT.search(said) or negations(said) or any(w in OPENING or verb_like(w) for w in inner):
        return False
    return not passive or second in AUXILIARY or not (PARTICIPIAL.match(second) or second in EITHER)
