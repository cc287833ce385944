"""What must stand in a brief before a sentence may: the noun after "the", the long form of an acronym."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.stages.draft.language.nouns import ALIKE, EVENT, HOME, POINTING, UNIQUE, heard, met
from pipeline.stages.draft.language.verbs import AUXILIARY, BASE, verb_like
from pipeline.stages.draft.language.words import FREE, stem, stems

KNOWN = frozenset(
    "AI US UN EU UK UAE USA CEO CTO NATO WHO WTO OECD UNESCO BRICS ASEAN IMF GPU GPUS API PDF IBM BBC NASA GDP G7 G20 "
    "COVID LLM LLMS AMD FBI CIA IT PR OK TV II III IV".split()
)
ACRONYM = re.compile(r"(?<![\w.])[A-Z]{2,}[A-Z0-9]*(?![\w.])")
SELF = re.compile(r"^(?:of|for|that|which|who|whose|to|between|behind|on|in)\b")
DEMONYM = re.compile(r"^The (?:[A-Z]\w+(?:an|ese|ish|ch)|U\.S\.) ([a-z]{4,})\b")
SIDES = re.compile(
    r"\b[Tt]he (?:two|three|four|five) (?:countries|governments|nations|sides|states|capitals)\b|\b[Bb]oth (?:sides|countries|governments|nations|capitals)\b"
)
LEADERS = re.compile(
    r"\b[Tt]he (?:two|three|four) (?:leaders|presidents|ministers)\b|\b[Bb]oth (?:leaders|presidents|ministers)\b"
)
PEOPLE = frozenset(stem(w) for w in "leaders president premier minister chancellor".split())
ACTOR = re.compile(
    r"\b[Tt]he (?:[a-z-]+ )?(?:company|firm|maker|startup|start-up|developer|lab|laboratory|publisher|bank)\b(?!'|s\b)"
)
"""One of many: that others of its kind were told of does not tell which one is meant."""
BROUGHT = re.compile(r"\b(?:[Aa]n?|[Aa]nother|[Oo]ne|[Tt]wo|[Tt]hree|[Ss]everal|[Ss]ome|\d+) ((?:[\w-]+ ){0,3}[\w-]+)")
EACH = re.compile(
    r"\b[Ee]ach (?:of the )?(?!year|month|week|day|quarter|country|nation|state|party|member|government|side|other\b)([a-z]+)"
)
SEVERAL = re.compile(
    r"\b(?:[Tt]he (?:two|three|four)|[Bb]oth) (institutes|institutions|bodies|agencies|organi[sz]ations|companies|firms|ministries|groups|"
    r"parties|universities|foundations)\b"
)
NOBODY = frozenset({"\0"})
"""A need that no brief meets."""
ADJECTIVE = re.compile(r"(?:an|ese|ish|ch|U\.S\.)$")
LARGE = re.compile(
    r"\b[Tt]he (Dialogue|Fund|Convention|Declaration|Code|Panel|Registry|Register|Network|Agreement|Guidelines|Memorandum|Charter|"
    r"Foundation|Institute|Secretariat|Statement|Framework|Plan|Program(?:me)?|Summit|Treaty|Pledge|Report|Alliance)(?= (?:Council|Board|Office|Committee)\b| [a-z]|[,.])"
)
"""Names that a text writes large and the reader has to have heard."""
DEFINITE = re.compile(r"\b[Tt]he (?=(?:[\u00a3\u20ac$]?\d[\w.,-]* )?((?:[a-z][\w'-]*[ ,.;]*)+))")


def needs(text: str, article: str, at: int = 0) -> tuple[frozenset[str], ...]:
    """Sets of stems; the brief must hold one of each set before the sentence may stand there.

    `at` is the sentence's place in the article: "the room" leans on a room that was told of before.

    >>> [sorted(need) for need in needs("The outer panel has no charter.", "")]
    [['board', 'commission', 'committe', 'council', 'group', 'out', 'panel']]
    >>> [sorted(need) for need in needs("Nurses locked the room.", "Nurses have a room in Lund.", 99)]
    [['room']]
    """
    found = [
        need
        for m in DEFINITE.finditer(text)
        if (need := _pointed(text, m, article)) and not met([need], heard(stems(text[: m.start()])))
    ]
    if (whose := DEMONYM.match(text)) and stem(whose.group(1)) not in HOME | UNIQUE:
        noun = stem(whose.group(1))
        found.append(frozenset({noun}) | ALIKE.get(noun, frozenset()))
    found += _told_before(text, article, at)
    found += [
        frozenset({stem(m[1].lower())}) | ALIKE.get(stem(m[1].lower()), frozenset())
        for m in LARGE.finditer(text)
        if not met([frozenset({stem(m[1].lower())})], heard(stems(text[: m.start()])))
    ]
    found += [frozenset({stem(m[1])}) | ALIKE.get(stem(m[1]), frozenset()) for m in SEVERAL.finditer(text)]
    found += [frozenset({stem(m[1])}) for m in EACH.finditer(text) if stem(m[1]) not in UNIQUE]
    found += [frozenset({stem(a.lower())}) for a in _acronyms(text, article)]
    found += [frozenset({stem(m.group(1))}) for m in re.finditer(r"\b[Tt]he (\d+) \w+s\b(?! of| that| who)", text)]
    found += [PEOPLE for m in LEADERS.finditer(text) if len(re.findall(r"\b[A-Z]\w+", text[: m.start()])) < 2]
    found += [
        frozenset({"countr", "nation", "government", "minist", "sid", "capital"})
        for m in SIDES.finditer(text)
        if len(re.findall(r"\b[A-Z]\w+", text[: m.start()])) < 2
    ]
    return tuple(dict.fromkeys(found))


def _told_before(text: str, article: str, at: int) -> list[frozenset[str]]:
    """The nouns after "the" that the article brought in, as "a room" or "two rooms", before this sentence."""
    found: list[frozenset[str]] = []
    for match in DEFINITE.finditer(text):
        noun, rest = _head(match.group(1))
        if not noun or stem(noun) in UNIQUE | HOME or SELF.match(rest) or ACTOR.match(text, match.start()):
            continue
        if any(place < at and stem(noun) in nouns for place, nouns in _brought(article)):
            need = frozenset({stem(noun)}) | ALIKE.get(stem(noun), frozenset())
            if not met([need], heard(stems(text[: match.start()]))):
                found.append(need)
    return found


@lru_cache(maxsize=200)
def _brought(article: str) -> tuple[tuple[int, frozenset[str]], ...]:
    """Where an article brings things in with "a", "another" or a number, and the words that may be the thing's noun."""
    return tuple((m.start(), frozenset(stem(w) for w in m[1].split())) for m in BROUGHT.finditer(article))


def _pointed(text: str, match: re.Match[str], article: str) -> frozenset[str]:
    """What one "the …" of a text leans on."""
    actor = ACTOR.match(text, match.start())
    if actor and _acts(text[actor.end() :]):
        return frozenset() if _named(text[: match.start()], article) else NOBODY
    return _definite(match.group(1), opening=match.start() == 0)


def _named(text: str, article: str) -> bool:
    """Whether a name stands in the text: a capital that is neither an adjective of a country nor a common word's.

    >>> _named("Mistral said ", "Mistral said the company"), _named("Instead of an American system, ", "instead")
    (True, False)
    """
    common = {"the", "instead", *re.findall(r"[a-z][\w'-]*", article)}
    capitals = re.findall(r"\b[A-Z][\w'-]*", text)
    return any(w.lower().removesuffix("'s") not in common and not ADJECTIVE.search(w) for w in capitals)


def _acts(rest: str) -> bool:
    """Whether the noun before `rest` stands alone: a verb, a small word or a stop follows, no other noun, no name."""
    if re.match(r" [A-Z\u00c0-\u00de]", rest):
        return False
    word = re.match(r" ([a-z][\w'-]*)", rest)
    return word is None or word[1] in FREE | AUXILIARY or _verb(word[1], rest[word.end() :])


def _acronyms(text: str, article: str) -> list[str]:
    """Acronyms that the sentence does not explain and the reader cannot know."""
    found = [m.group() for m in ACRONYM.finditer(text)]
    spelt = "".join(w[0] for w in re.findall(r"\b[A-Z]\w+", text))
    return [a for a in found if a not in KNOWN and a not in spelt.replace(a[0] + a, "") and _explained(a, article)]


def _explained(acronym: str, article: str) -> bool:
    """Whether the article spells the acronym out somewhere; one that nobody spells out is a name."""
    return bool(re.search(rf"\({acronym}\)|, (?:or|known as) {acronym}\b|, {acronym},", article))


def _words_of(after: str) -> tuple[list[str], str]:
    """The words of a noun phrase up to its noun, without a genitive's mark, and what follows it."""
    head: list[str] = []
    rest = after
    for n, match in enumerate(re.finditer(r"([a-z][\w'-]*)([ ,.;]*)", after)):
        word = match.group(1)
        noun = word in BASE and not (head and head[-1].endswith("s"))  # "plan" behind "action" is no verb
        if word in FREE or word in AUXILIARY or (n and not noun and _verb(word, after[match.end() :])):
            break
        head.append(word.removesuffix("'s").removesuffix("s'"))
        rest = match.group(2).strip() + after[match.end() :]
        if match.group(2).strip() or word.endswith("'s") or n == 3:
            break
    return head, rest.lstrip()


def _head(after: str) -> tuple[str, str]:
    """The noun alone, and what follows it.

    >>> _head("old control room of the port")
    ('room', 'of the port')
    """
    head, rest = _words_of(after)
    return (head[-1] if head else "", rest)


def _definite(after: str, *, opening: bool) -> frozenset[str]:
    """The noun of "the …": the last word before one that cannot belong to it, and its like."""
    words, rest = _words_of(after)
    head = [stem(w) for w in words]
    if not head or UNIQUE & set(head) or SELF.match(rest):
        return frozenset()
    noun = head[-1]
    if noun in HOME or (opening and noun in EVENT) or not (opening or noun in POINTING):
        return frozenset()
    return frozenset({noun, *head[:1]}) | ALIKE.get(noun, frozenset())


CLAIMING = frozenset(
    "calls called asks asked provides provided allows allowed pays paid applies accounts stands".split()
)
"""Verbs that go with "for"."""
VERB_AHEAD = re.compile(r"^ ?(?:the|an?|that|to|in|for|from|how|no|its|their|on|with|all|any|each|more|about)\b")


def _verb(word: str, rest: str) -> bool:
    """Whether a word after a noun is the sentence's verb.

    >>> _verb("calls", " for joint tests"), _verb("plans", " for joint tests"), _verb("calls", " on ports")
    (True, False, True)
    """
    if rest.lstrip().startswith(("of ", "for ")):
        return word in CLAIMING and rest.lstrip().startswith("for ")
    return verb_like(word) or (word.endswith("s") and VERB_AHEAD.match(rest) is not None)
