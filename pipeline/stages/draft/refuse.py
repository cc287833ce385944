"""Which sentences cannot stand alone in a brief, and what must stand before the others."""

from __future__ import annotations

import re

from pipeline.stages.draft.words import FREE, count, tokens

RULES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("no full stop", re.compile(r"[^.]$")),
    ("no capital", re.compile(r"^[^A-Z\u00c0-\u00de]")),
    ("byline", re.compile(r"^(?:By [A-Z]\w+ [A-Z]|Photo|Image|Credit|Reporting by|Editing by|Read more|Sign up)")),
    ("quotation", re.compile(r"[\"\u201c\u201d]")),
    ("brackets", re.compile(r"^[^()]*\)|\([^)]*$|[\[\]<>{}|*#]|https?:")),
    ("colon", re.compile(r":(?!\d)")),
    ("question", re.compile(r"[?!]")),
    ("person", re.compile(r"\b(?:I|[Ww]e|[Oo]urs?|[Mm]y|[Mm]e|[Yy]ou|[Yy]our|us)\b")),
    (
        "leading pronoun",
        re.compile(
            r"^(?:He|She|It|They|This|That|These|Those|His|Her|Its|Their|Such|Both|Another|Others?|Neither|Either|"
            r"Some of|Many of|One of them|All of|Most of|Each|Among|Here|There|"
            r"One (?:official|example|reason)|By (?:that|then)|Nor|Or)\b"
        ),
    ),
    (
        "leading definite",
        re.compile(
            r"^The (?:first|second|third|next|latter|former|same|two|three|others?|government|company|"
            r"firm|circle|officials|idea|reason|timing|argument)\b"
        ),
    ),
    (
        "two of what",
        re.compile(
            r"\bboth (?!of\b)\w+s\b(?! and)|\bthe (?:two|three|others?) \w+|\b(?:theirs|hers)\b|"
            r"\b(?:is|are) the (?:second|third|other)\b|\bthe same \w+(?! as\b)|"
            r"\bdid not (?:sign|agree|join|vote)\.$"
        ),
    ),
    ("loose object", re.compile(r"^(?:\S+ ){1,7}them\b|\bthem\.$")),
    ("loose group", re.compile(r"^\w+(?: \w+){0,3} (?:among|of) them\b")),
    (
        "relative time",
        re.compile(
            r"\b(?:today|yesterday|tomorrow|tonight|ago|recently|currently|(?:last|this|next|past) (?:week|month|year|"
            r"spring|summer|autumn|fall|winter)|earlier|so far|the same day|(?:week|month|year)s? (?:later|before)|"
            r"A year|A month|A week)\b", re.I,
        ),
    ),
    ("demonstrative", re.compile(r"\b(?:this|these|those|such) (?!who\b|with\b|of\b|as\b|that\b|whose\b|from\b)\w+")),
    ("demonstrative", re.compile(r"\b(?:of|by|from|under|that|with|to|after|in) that (?:\w+)(?=[.,;]| of\b)")),
    ("pronoun speaker", re.compile(r"\b(?:he|she|they|it) (?:said|says|warned|added|argued|noted)\b")),
    ("pronoun after opening", re.compile(r"^[A-Z][^,]*, (?:he|she|they|it|his|her|their)\b")),
    (
        "demonstrative",
        re.compile(
            r"\b(?:of|in|by|how \w+|ties|under|at|to|below|above) that (?:interval|line|measure|time|year|day|approach|picture|gap|risk|"
            r"rule|reason|way|summit|meeting|move|view|figure|model|plan|country|company|support|duty)\b"
        ),
    ),
    ("which model", re.compile(r"^(?!.*\bmodels?\b.* the model\b).* the model\b")),
    ("tail", re.compile(r"\b(?:consequences|reasons|questions|points) follow\b|\b(?:repeat|do|see|change) that\b")),
    ("back reference", re.compile(r"\b(?:the former|the latter|respectively|as follows|did not respond|the above)\b")),
)  # fmt: skip
PERSONAL = re.compile(r"\b(?:he|she|his|her|him)\b")
NEUTER = re.compile(r"\b(?:it|its|they|their|them)\b")
PERSON = re.compile(r"\b[A-Z][\w'.-]+ (?:[a-z]{2,3} )?[A-Z][\w'-]+")
AUXILIARY = frozenset(
    [
        "is",
        "are",
        "was",
        "were",
        "has",
        "have",
        "had",
        "will",
        "would",
        "can",
        "could",
        "may",
        "might",
        "must",
        "should",
        "do",
        "does",
        "did",
        "said",
        "told",
        "says",
        "wants",
        "want",
        "gives",
        "gave",
        "asks",
        "puts",
        "put",
        "makes",
        "made",
        "takes",
        "took",
        "leaves",
        "left",
        "brings",
        "brought",
        "found",
        "finds",
        "holds",
        "held",
        "sets",
        "set",
        "lets",
        "let",
        "met",
        "meets",
        "runs",
        "ran",
        "began",
        "begins",
        "came",
        "comes",
        "went",
        "goes",
        "became",
        "becomes",
        "grew",
        "cut",
        "needs",
        "need",
        "remains",
        "rose",
        "fell",
        "won",
        "lost",
        "built",
        "sent",
        "spent",
        "paid",
        "kept",
        "led",
        "shows",
        "saw",
        "knew",
        "wrote",
        "drew",
        "fits",
        "binds",
        "sees",
        "say",
        "urge",
        "warn",
        "agree",
    ]
)
MINIMUM = 7


def refused(text: str) -> str | None:
    """Why the sentence is left out, or None.

    >>> refused("They said the plan was late and costly for all.")
    'leading pronoun'
    >>> refused("The council published the plan in Oslo on May 2, 2024.")
    """
    if count(text) < MINIMUM:
        return "too short"
    for reason, pattern in RULES:
        if pattern.search(text):
            return reason
    return _loose(text) if _finite(text) else "no finite verb"


def _finite(text: str) -> bool:
    words = tokens(text)
    return (
        any(w in AUXILIARY or w.endswith("n't") for w in words)
        or any(w.endswith("ed") for w in words[1:])
        or re.search(r" [a-z]{3,}s (?:the|an?|that|to|of|for|in|no|its|how|from|with|more|small|open)\b", text)
        is not None
    )


def _loose(text: str) -> str | None:
    """A pronoun whose noun cannot stand before it in the sentence."""
    personal, neuter = PERSONAL.search(text), NEUTER.search(text)
    if personal and not PERSON.search(text[: personal.start()]):
        return "loose pronoun"
    if neuter and not _singular_or_many(text[: neuter.start()], neuter.group()):
        return "loose pronoun"
    return None


def _singular_or_many(before: str, pronoun: str) -> bool:
    """Whether a noun for it (one thing) or them (many) can stand in the words before."""
    words = before.split()
    if sum(t not in FREE for t in tokens(before)) < 2 and words[:1] != ["The"]:
        return pronoun in {"it", "its"} and len(words) > 1 and _is_verb(words[1])
    if pronoun in {"they", "their", "them"}:
        return any(len(w) > 3 and w.rstrip(",").endswith(("s", "people", "ren", "men")) for w in words)
    named = re.search(r"\b(?:[Aa]n?|[Tt]he|[Ee]ach|[Ee]very|[Nn]o) \w+|(?<=\s)[A-Z]\w+|^\w+'s \w+", before)
    return bool(named) or (len(words) > 1 and _is_verb(words[1]))


def _is_verb(word: str) -> bool:
    return word in AUXILIARY or word.endswith("ed")
