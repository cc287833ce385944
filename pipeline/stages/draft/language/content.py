"""The content of a text as words that compare: spelling, money and words of one meaning made equal."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.stages.draft.language.hints import Hinted
from pipeline.stages.draft.language.words import content_words, figures, stem

SCALES = {"m": "million", "mn": "million", "bn": "billion", "b": "billion", "tn": "trillion", "k": "thousand"}
MONEY = {"\u00a3": "pounds", "\u20ac": "euros", "$": "dollars", "\u20b9": "rupees", "\u00a5": "yen"}
AMOUNT = Hinted.of(
    r"(?:US|A|C)?([\u00a3\u20ac$\u20b9\u00a5]) ?(\d[\d,]*(?:\.\d+)?) ?(million|billion|trillion|mn|bn|tn|m|b|k)?\b"
)
DIGIT = re.compile(r"\d")
SCALED = re.compile(r"\b(\d[\d,]*(?:\.\d+)?) ?(mn|bn|tn|m|k)\b")
MONTHS = {m[:3]: m for m in "january february march april june july august september october november december".split()}
AMERICA = Hinted.of(r"(?<![\w.])(?:U\.S\.(?:A\.)?|USA?(?![\w.$]))|\bUnited States(?: of America)?\b")
"""Written small, as words are compared, the country would be the pronoun."""
NAIRA = Hinted.of(r"\bN(?=\d[\d,.]* ?(?:million|billion|trillion|bn|m|tn)\b)")
INITIALS = re.compile(r"\b([A-Z])\. ?([A-Z])\.(?= [A-Z][a-z])")
SET_UP = Hinted.of(r"\b(?:sets?|setting) up\b")
STARTUP = Hinted.of(r"\b([Ss]tart|[Nn]on|[Cc]o)-(ups?|profits?|operat\w+)\b")
TAKE_PART = Hinted.of(r"\b(?:takes?|took|taking) part\b")
EFFECT = Hinted.of(
    r"\b(?:takes|took|taking) effect\b|\b(?:enter|com|go)(?:s|es|e|ing|ed)? into (?:force|effect)\b|\b(?:came|went) into (?:force|effect)\b"
)
SHORT_MONTH = Hinted.of(r"\b(Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?")
SHORT = 4
"""Letters of a word that is spelt in one way."""
SPELLING = (
    (re.compile(r"isation"), "ization"), (re.compile(r"is(e[sd]?|ing)$"), r"iz\1"), (re.compile(r"our(s|ed|ing|able|ite)?$"), r"or\1"),
    (re.compile(r"^programme"), "program"), (re.compile(r"^licence"), "license"), (re.compile(r"^centre"), "center"),
    (re.compile(r"^defence"), "defense"), (re.compile(r"^labell"), "label"), (re.compile(r"^cancell"), "cancel"),
    (re.compile(r"^judgement"), "judgment"),
)  # fmt: skip
CLASSES = (
    "publish release disclose post",
    "build develop create establish form",
    "need require must oblige",
    "approve pass adopt endorse",
    "begin start launch",
    "share swap exchange",
    "money funding fund",
    "test evaluate evaluation assess assessment testing tests evaluations",
    "nation country state",
    "pact deal agreement accord memorandum treaty convention partnership",
    "amendment change exemption carve-out",
    "program plan scheme project initiative",
    "company firm business",
    "fine penalty",
    "law act bill legislation",
    "chamber house",
    "exempt free",
    "contribute pay provide give add",
    "restrict limit curb restriction",
    "call urge propose proposal introduce",
    "worth value",
    "deputy lawmaker legislator",
    "warn caution warning",
    "critic opponent",
    "support back backing",
    "host hold hosting",
    "summit edition gathering conference",
    "serve act function",
    "base headquarter locate",
    "buy purchase procure",
    "worker staff employee",
    "obstacle barrier hurdle",
    "safeguard guardrail",
    "mandatory compulsory obligatory",
    "voluntary optional",
    "agency authority administration",
    "compute computing",
    "twice two",
    "delegate representative envoy",
    "announce unveil present",
    "commit commitment pledge promise",
    "join sign signatory ink",
    "report study paper",
    "due expect expected",
    "half 50",
    "american america washington",
    "canadian canada ottawa",
    "australian australia canberra",
    "russian russia moscow",
    "indonesian indonesia jakarta",
    "oversee supervise",
    "lend loan",
    "obtain secure win gain",
    "run operate",
    "employ hire recruit",
    "halt stop suspend pause",
    "unanimous unanimously consensus",
    "joint jointly together collaborate collaboration cooperate cooperation",
    "investigate investigation probe inquiry",
    "refuse decline",
    "chip semiconductor",
    "chinese china beijing",
    "british britain uk london",
    "european europe eu",
    "indian india delhi",
    "french france paris",
    "german germany",
    "japanese japan tokyo",
    "korean korea seoul",
    "brazilian brazil",
    "norwegian norway",
    "weights weight",
    "leader head chair",
    "draft write drafted wrote written",
    "train training",
    "language languages",
    "license licence licensing",
    "artificial ai",
    "decide decision",
    "cost price",
    "use usage",
    "violation breach break",
    "allow permit let",
    "sector industry",
    "choose pick select",
    "say tell",
    "researcher scientist",
    "grow increase rise",
    "reduce cut lower",
    "ban bar prohibit forbid outlaw",
    "declaration statement",
    "binding bind",
    "annual year yearly",
    "help assist aid",
    "dose dosing dosage",
)
CLASS = {stem(w): stem(group.split()[0]) for group in CLASSES for w in group.split()}
DEVELOPING = Hinted.of(r"\b(?:[Dd]eveloping|[Pp]oorer|[Ll]ow-income)(?= (?:countr|nation|state|world|econom))")
"""Its stem is that of "developed", its meaning is not."""
OPEN = Hinted.of(r"\b[Oo]pen[- ]([Ss]ource|[Ww]eight)s?\b")
"""One thing: what opens a conference is not open-source."""


@lru_cache(maxsize=30_000)
def amounts(text: str) -> str:
    """Money, scales and months spelt alike.

    >>> amounts("The \u00a348m plan starts on Nov. 4.")
    'The 48 million pounds plan starts on november 4.'
    """
    text = AMERICA.sub("American", NAIRA.sub("", text))
    if "." in text[:-1]:
        text = INITIALS.sub(r"\1\2", text)
    if DIGIT.search(text):
        text = AMOUNT.sub(
            lambda m: f"{m[2]} {SCALES.get(m[3] or '', m[3] or '')} {MONEY[m[1]]}".replace("  ", " "), text
        )
        text = SCALED.sub(lambda m: f"{m[1]} {SCALES[m[2]]}", text)
    text = (
        STARTUP.sub(r"\1\2", SET_UP.sub("create", TAKE_PART.sub("join", EFFECT.sub("take effect", text))))
        .replace("United Kingdom", "UK")
        .replace("United Arab Emirates", "UAE")
    )
    text = text.replace("per cent", "percent").replace("%", " percent")
    return SHORT_MONTH.sub(lambda m: MONTHS[m[1][:3].lower()], text)


@lru_cache(maxsize=30_000)
def content(text: str) -> tuple[str, ...]:
    """The content stems of a text in order, one for each class of words that mean the same."""
    joined = OPEN.sub(r"open\1", amounts(DEVELOPING.sub("emerging", text)))
    return tuple(map(_class, content_words(joined.replace("-", " "))))


@lru_cache(maxsize=30_000)
def bag(text: str) -> frozenset[str]:
    """The same as a set.

    >>> sorted(bag("Prices rise.")), bag("Organisations grow.") == bag("Organizations rise.")
    (['cost', 'grow'], True)
    """
    return frozenset(content(text))


@lru_cache(maxsize=30_000)
def counts(text: str) -> frozenset[str]:
    """The figures of a text, money and scales spelt alike; the word "one" counts nothing."""
    return figures(re.sub(r"\b[Oo]ne\b", "a", amounts(text)))


def overlap(claim: str, other: str) -> float:
    """The share of the claim's content words that the other text has, 0 to 1."""
    wanted = bag(claim)
    return len(wanted & bag(other)) / len(wanted) if wanted else 0.0


def _american(word: str) -> str:
    plain = word
    for pattern, american in SPELLING:
        changed = pattern.sub(american, plain)
        if changed != plain:
            return changed
    return plain


@lru_cache(maxsize=20_000)
def _class(word: str) -> str:
    stemmed = stem(_american(word) if len(word) > SHORT else word)
    return CLASS.get(stemmed, stemmed)
