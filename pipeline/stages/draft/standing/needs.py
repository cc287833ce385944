"""What must stand in a brief before a sentence may: the noun after "the", the long form of an acronym."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.stages.draft.language.countries import PATTERNS
from pipeline.stages.draft.language.nouns import ALIKE, EVENT, HOME, KNOWN, UNIQUE, heard, likes, met, points
from pipeline.stages.draft.language.times import MONTH, WEEKDAY
from pipeline.stages.draft.language.verbs import AUXILIARY, BASE, verb_like
from pipeline.stages.draft.language.words import CAPITAL, FREE, stem, stems

ACRONYM = re.compile(r"(?<![\w.])[A-Z]{2,}[A-Z0-9]*(?![\w.])")
SELF = re.compile(
    r"^(?:of|for|that|which|who|whose|to(?! be)|between|behind|on|in|(?:during|under|over|after|in|at|by) which|when|where)\b"
)
WHEN = re.compile(
    rf"(?:on|in|for|by|until|at|during|from) (?:(?:early|late|mid|the) )?(?:{MONTH}\b|{WEEKDAY}\b|\d{{1,2}} {MONTH}|(?:19|20)\d\d\b|"
    r"(?:(?:first|last|next|two|three|four|five|six|seven|eight|nine|ten|several|many|\d+) )?(?:years?|months?|weeks?|days?|time)\b|service\b)"
)
"""Behind a noun it says when, and not which one,"""
TO_BODY = re.compile(r"to [a-z]")
"""behind somebody who is asked or told it says what,"""
BODIES = frozenset(
    map(stem, "ministry department consortium board council committee court agency institute regulator panel".split())
)
MEETING = re.compile(r"(?:meeting|talks|session|conference|ceremony|event)$")
AT = re.compile(r"(?:in|at) [A-Z]")
"""and behind a meeting where."""
MEASURED = re.compile(
    r"(?:[a-z\d]+-(?:year|month|week|day|hour|member|page|point|person|strong)|joint|lower|upper|old)$"
)
"""Which of those that were told of: "the eight-month delay"."""
DEMONYM = re.compile(r"^The (?:[A-Z]\w+(?:an|ese|ish|ch)|Czech|Dutch|U\.S\.) (?=([a-z].*))")
FIRM = re.compile(r"^The [A-Z][\w.]+ (?:company|firm|startup|start-up|developer|lab|maker)\b")
SIDES = re.compile(
    r"\b[Tt]he (?:two|three|four|five) (?:countries|governments|nations|sides|states|capitals)\b|\b[Bb]oth (?:sides|countries|governments|nations|capitals)\b"
)
LEADERS = re.compile(
    r"\b[Tt]he (?:two|three|four) (?:leaders|presidents|ministers)\b|\b[Bb]oth (?:leaders|presidents|ministers)\b"
)
PEOPLE = frozenset(stem(w) for w in "leaders president premier minister chancellor".split())
ACTOR = re.compile(
    r"\b[Tt]he (?:[a-z-]+ |[A-Z][a-z]+(?:-based)? )?(?:company|firm|maker|startup|start-up|developer|lab|laboratory|publisher|bank|group(?= (?:said|says|announced|raised|added|called|warned|argued|wrote|noted|urged|plans|wants|is|was|has|had|will|would)\b))\b(?!'|s\b)"
)
"""One of many: that others of its kind were told of does not tell which one is meant."""
EACH = re.compile(
    r"(?<!\bfor )(?<!\bwill )(?<!\bwould )(?<!\bhave )(?<!\bto )\b[Ee]ach (?:of the )?(?![a-z]+ed\b|year|month|week|day|quarter|country|nation|state|party|member|government|side|other\b)([a-z]+)"
)
SEVERAL = re.compile(
    r"\b(?:[Tt]he (?:two|three|four|five|six|seven)|[Bb]oth) (?!(?:countries|governments|nations|sides|states|capitals|leaders|presidents|ministers|years|months|weeks|days|thirds|quarters)\b)(?:[a-z-]+ )?([a-z]+s)\b(?! (?:of|that|which|who)\b)"
)
ABSENT = re.compile(r"\b(?:did not|will not|would not|will|would) (join|sign|vote|attend|take part)\.$")
"""What somebody did not do is told where the others do it."""
ORDINAL = frozenset(stem(w) for w in "second third fourth fifth next".split())
NOBODY = frozenset({"\0"})
"""A need that no brief meets."""
ADJECTIVE = re.compile(r"(?:an|ese|ish|ch|U\.S\.)$")
LARGE = re.compile(
    r"\b[Tt]he (Dialogue|Fund|Convention|Declaration|Code|Panel|Registry|Register|Network|Agreement|Guidelines|Memorandum|Charter|"
    r"Ministry|Department|Office|Board|Mission|Collective|Agency|Foundation|Institute|Secretariat|Statement|Framework|Plan|Program(?:me)?|Summit|Treaty|Pledge|Report|Alliance)(?= (?:Council|Board|Office|Committee)\b| (?!(?:of|for) [A-Z])[a-z]|[,.]|'s\b)"
)
"""Names that a text writes large and the reader has to have heard."""
AT_PLACE = re.compile(
    r"\b[Tt]he [A-Z][a-z]+ (centre|center|office|unit|branch|hub|secretariat|meeting|summit|plan|fund|case|site)\b"
)
"""One of a kind at a place: "the Nairobi center"."""
PHRASAL = re.compile(r"(?:set|put|cut) (?:aside|up|out|back|off)\b|since\b")
"""What ends a noun phrase, though it may look like a part of it."""
SUPERLATIVE = re.compile(
    r"(?:hard|tough|thorni|sharp|bitter|fierce|strict|deep|grav|strong|heavi|loud|clear|narrow|bold)est$"
)
"""Of all there are one is, whether they were told of or not."""
FIRST = re.compile(
    r"\b[Tt]he first ([a-z]+)\b(?=[,.]| (?:is|was|will|would|has|had|came|comes|calls?|called|found|said|starts?|opens?)\b)"
)
"""One of a row of which something was told: "the first report", but not "the first time"."""
POINT = re.compile(r"\b[Tt]he (?:first|second|third|last) (?:point|question|reason)\b(?! (?:of|is|was|that|for|why)\b)")
PART_OF = re.compile(
    r"\b(?:\d+|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en|[Ee]leven|[Tt]welve|[Mm]ost|[Ss]ome|[Ss]everal|[Mm]any) of the "
    r"([a-z]+s)\b(?! (?:that|which|who|of|in|on|for|to|with|[a-z]+ed)\b)(?!,? (?:including|such))"
)
"""How many of things that were told of: "11 of the questions"."""
OTHERS = re.compile(r"^The other ([a-z]+s)\b")
"""Some more of what was told of: "The other signatories include Lund"."""
WHOSE = re.compile(
    r"\b[A-Z][\w-]+'s (share(?! price)|decision|refusal|request|complaint|objection|proposal|offer|withdrawal|demand|allegation)\b(?! (?:of|in|on|to|that|for|not|against)\b)"
)
"""What a country or a firm did or has, as if it had been told: "Lund's decision"."""
SORTED = re.compile(r"\b[Tt]he (modified|altered|amended|leaked|withdrawn|merged|disputed|contested|tampered) [a-z]")
"""Which of several, by what was done to it."""
ABOUT = re.compile(
    r"\b[Tt]he (?:[a-z]+ )?(group|motion|petition|amendment|lawsuit|complaint|hearing) (?:on|for|to|against) "
)
"""What a name of its matter does not make known: "the working group on cranes"."""
ANSWERED = re.compile(
    r"\b(?:dismissed|rejected|brushed off|shrugged off|disputed|denied|defended|welcomed|critici[sz]ed|condemned|questioned|opposed|echoed|called) "
    r"the (?:[a-z-]+ )?(?!government|country|company|firm|state|move|decision|plan|technology|police|law|bill|public)([a-z]+)(?= (?:an?|the)\b| \"|[,.]| but\b| and\b| as\b| at\b|, saying)"
)
"""What somebody answers to, and which the brief has to have told."""
ANSWERER = re.compile(
    r"(?<!^)\bthe (?:[A-Z][\w.'-]+ ){1,4}(official|diplomat|lawmaker|executive|researcher|adviser|negotiator)s?\b(?! (?:who|that|of|for|in|at)\b)(?! [A-Z])"
)
"""Who was named where the article quoted them first."""
VOICE = re.compile(
    r"\b[Tt]he (?:officials?|spokes(?:person|man|woman)|sources?|executive|diplomats?) (?:said|added|told)\b"
)
"""Somebody without a name whom the article quoted before: "the official said"."""
GROUP = re.compile(r"\b[Tt]he (?:countries|states|nations|governments|companies|firms), (?:including|among them)\b")
"""Some that were named together before: "the countries, including Norway, said"."""
NUMBERED = re.compile(r"\b(?:Article|Annex|Clause|Section|Chapter|Recital) (?:\d+|[IVX]+)\b")
LAWS = frozenset(
    map(
        stem,
        "act law bill code treaty convention regulation constitution statute licence license charter directive".split(),
    )
)
"""What has numbered parts."""
BLOC = re.compile(r"\b[Tt]he bloc\b")
EUROPE = frozenset(map(stem, "eu european asean brics mercosur ecowas".split()))
DAY = re.compile(rf"(?:{WEEKDAY}|{MONTH})\b")
BODY = (
    r"\bthe (?:tax|labou?r market|labou?r|health|finance|interior|defen[cs]e|justice|education|digital|science|trade|economy|foreign|competition|data protection|privacy|"
    r"statistics|space|food|immigration|security|cybersecurity|standards|patent|audit|energy|transport|culture) (?:agency|authority|office|ministry|department|board|regulator|watchdog)\b"
)
"""A body that a country has one of, as its field tells."""
PLAIN = re.compile(
    rf"{BODY}|"
    r"\b(?:familiar with|with knowledge of|close to|briefed on|involved in) the [a-z]+\b|\b[Oo]n the [a-z]+ side\b|\bthe (?:\d{4}(?:[-/]\d+)? )?(?:academic|fiscal|financial|school) year\b"
)
"""What says who told it, or what of the matter it is about, and points at nothing."""
DEFINITE = re.compile(
    r"\b[Tt]he (?=(?:[A-Z]{0,3}[\u00a3\u20ac$]?\d[\w.,-]* (?:[mb]illion )?)?((?:[a-z][\w'-]*[ ,.;]*)+))"
)


def needs(text: str, article: str, at: int = 0) -> tuple[frozenset[str], ...]:
    """Sets of stems; the brief must hold one of each set before the sentence may stand there.

    `at` is the sentence's place in the article: "the room" leans on a room that was told of before.

    >>> [sorted(need) for need in needs("The outer panel has no charter.", "")]
    [['committe', 'out', 'panel']]
    >>> [sorted(need) for need in needs("Nurses locked the room.", "Nurses have a room in Lund.", 99)]
    [['room']]
    """
    text = PLAIN.sub(lambda m: "x" * len(m[0]), text)
    found = [
        need
        for m in DEFINITE.finditer(text)
        if not (_adjective(text, m) or BLOC.match(text, m.start()))
        if (need := _pointed(text, m, article)) and not met([need], heard(stems(text[: m.start()])))
    ]
    whose = DEMONYM.match(text)
    word, behind = _head(whose[1]) if whose else ("", "")
    if (noun := stem(word)) and noun not in HOME | UNIQUE and not behind[:1].isupper():
        found.append(
            NOBODY if FIRM.match(text) and not SELF.match(behind) else frozenset({noun}) | ALIKE.get(noun, frozenset())
        )
    found += _told_before(text, article, at)
    found += [
        frozenset({stem(m[1].lower())}) | ALIKE.get(stem(m[1].lower()), frozenset())
        for m in LARGE.finditer(text)
        if not met([frozenset({stem(m[1].lower())})], heard(stems(text[: m.start()])))
    ]
    found += [frozenset({stem(m[1])}) | ALIKE.get(stem(m[1]), frozenset()) for m in SEVERAL.finditer(text)]
    found += [frozenset({stem(m[1].split()[-1])}) for m in ABSENT.finditer(text)]
    found += [frozenset({stem(m[1])}) for m in EACH.finditer(text) if stem(m[1]) not in UNIQUE]
    found += [likes(m[1]) for m in (*PART_OF.finditer(text), *OTHERS.finditer(text))]
    found += [
        likes(m[1])
        for m in (*WHOSE.finditer(text), *ABOUT.finditer(text), *ANSWERER.finditer(text), *ANSWERED.finditer(text))
    ]
    found += [frozenset({stem(m[1])}) for m in SORTED.finditer(text)]
    found += [likes(m[1]) for m in FIRST.finditer(text) if points(m[1])]
    found += [NOBODY for _ in POINT.finditer(text)]
    found += [NOBODY for m in (*GROUP.finditer(text), *VOICE.finditer(text))]
    found += [LAWS for m in NUMBERED.finditer(text) if not met([LAWS], heard(stems(NUMBERED.sub("", text))))]
    found += [EUROPE for m in BLOC.finditer(text) if not met([EUROPE], heard(stems(text[: m.start()])))]
    found += [need for a in _acronyms(text, article) for need in spelt_out(a, article)]
    found += [frozenset({stem(m.group(1))}) for m in re.finditer(r"\b[Tt]he (\d+) \w+s\b(?! of| that| who)", text)]
    found += [
        frozenset({m[1]}) for m in re.finditer(r"\b[Tt]he (?:\$|\u20ac|\u00a3)?(\d+) (?:million|billion)\b", text)
    ]
    found += [frozenset({stem(m[1])}) | ALIKE.get(stem(m[1]), frozenset()) for m in AT_PLACE.finditer(text)]
    found += [frozenset({stem(m[1])}) for m in re.finditer(r"^The ([a-z]+) of \d+ [a-z]+s\b", text)]
    found += [PEOPLE for m in LEADERS.finditer(text) if len(re.findall(r"\b[A-Z]\w+", text[: m.start()])) < 2]
    found += [
        frozenset({"countr", "nation", "government", "minist", "sid", "capital"})
        for m in SIDES.finditer(text)
        if len(re.findall(r"\b[A-Z]\w+", text[: m.start()])) < 2
    ]
    return tuple(dict.fromkeys(found))


def bare(text: str) -> tuple[frozenset[str], ...]:
    """Every noun behind "the" that the sentence itself does not explain: the brief need not have told of it, but better had.

    >>> [sorted(nouns) for nouns in bare("Nurses closed the door of the room to the visitors.")]
    [['visitor', 'visitors']]
    """
    found = []
    for match in DEFINITE.finditer(text):
        noun, rest = _head(match.group(1))
        if noun and not (_adjective(text, match) or stem(noun) in UNIQUE | HOME or SELF.match(rest)):
            if not met([nouns := likes(noun)], heard(stems(text[: match.start()]))):
                found.append(nouns)
    return tuple(found)


def _adjective(text: str, match: re.Match[str]) -> bool:
    """Whether a name follows all that follows "the" and says what is meant: "the northern German state", "the agency Lund"."""
    behind = text[match.end() + len(match.group(1)) :]
    words, rest = _words_of(match.group(1))
    return (
        not rest
        and match.group(1).endswith(" ")
        and len(words) == len(match.group(1).split())
        and behind[:1].isupper()
        and not DAY.match(behind)
    )


def _told_before(text: str, article: str, at: int) -> list[frozenset[str]]:
    """The nouns after "the" of which the article spoke before this sentence."""
    found: list[frozenset[str]] = []
    for match in DEFINITE.finditer(text):
        words, rest = _phrase(text, match)
        noun = words[-1] if words else ""
        if (
            not noun
            or _adjective(text, match)
            or stem(noun) in UNIQUE | HOME
            or _says_which(words, rest)
            or ACTOR.match(text, match.start())
            or BLOC.match(text, match.start())
            or SUPERLATIVE.match(match.group(1).split()[0])
        ):
            continue
        if stem(noun) in _earlier(article, at):
            need = likes(noun)
            if not met([need], heard(stems(text[: match.start()]))):
                found.append(need)
    return found


@lru_cache(maxsize=2000)
def _earlier(article: str, at: int) -> frozenset[str]:
    """What an article has told up to a place, in stems."""
    return frozenset(stems(article[:at]))


def _pointed(text: str, match: re.Match[str], article: str) -> frozenset[str]:
    """What one "the …" of a text leans on."""
    actor = ACTOR.match(text, match.start())
    if actor and _acts(text[actor.end() :]):
        return frozenset() if _named(text[: match.start()], article) else NOBODY
    return _definite(*_phrase(text, match), opening=match.start() == 0)


def _named(text: str, article: str) -> bool:
    """Whether a name stands in the text: a capital that is neither an adjective of a country nor a common word's.

    >>> _named("Mistral said ", "Mistral said the company"), _named("Instead of an American system, ", "instead")
    (True, False)
    """
    common = {"the", "instead", *re.findall(r"[a-z][\w'-]*", article)}
    capitals = re.findall(r"\b[A-Z][\w'-]*", text)
    return any(
        w.lower().removesuffix("'s") not in common
        and not (ADJECTIVE.search(w) or any(p.fullmatch(w.removesuffix("'s")) for p in PATTERNS.values()))
        for w in capitals
    )


def _acts(rest: str) -> bool:
    """Whether the noun before `rest` stands alone: a verb, a small word or a stop follows, no other noun, no name."""
    if re.match(rf" [{CAPITAL}]", rest):
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
    return bool(re.search(rf"\({acronym}s?\)|, (?:or|known as) {acronym}\b|, {acronym},", article))


def spelt_out(acronym: str, article: str) -> list[frozenset[str]]:
    """What stands for an acronym: itself, or every large word of the name behind which the article has it in brackets.

    >>> [sorted(need) for need in spelt_out("PAL", "On Monday the Port Authority of Lund (PAL) met.")]
    [['authorit', 'pal'], ['lund', 'pal'], ['pal', 'port']]
    """
    short = stem(acronym.lower())
    ahead = re.search(rf"(?P<words>(?:[\w'&-]+ ){{1,{len(acronym) + 4}}})\({re.escape(acronym)}\)", article)
    words = ahead["words"].split() if ahead else []
    for first in range(len(words)):
        large = [w for w in words[first:] if w[0].isupper()]
        letters = iter("".join(w if w.isupper() else w[0] for w in large))
        if words[first][0] == acronym[0] and all(letter in letters for letter in acronym):
            return sorted((frozenset({short, stem(w.lower())}) for w in large if w not in KNOWN), key=sorted)
    return [frozenset({short})]


def _words_of(after: str) -> tuple[list[str], str]:
    """The words of a noun phrase up to its noun, without a genitive's mark, and what follows it."""
    head: list[str] = []
    rest = after
    end = 0
    for n, match in enumerate(re.finditer(r"([a-z][\w'-]*)([ ,.;]*)", after)):
        if match.start() != end:
            break  # a name or a figure stands between
        word, end = match.group(1), match.end()
        noun = word in BASE and not (head and head[-1].endswith("s"))  # "plan" behind "action" is no verb
        if (
            word in FREE
            or word in AUXILIARY
            or PHRASAL.match(after, match.start())
            or (n and not noun and _verb(word, after[match.end() :]))
        ):
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


def _says_which(words: Sequence[str], rest: str) -> bool:
    """Whether what follows a noun with its words ahead says which one is meant.

    >>> [_says_which(["board"], rest) for rest in ("of the port", "to pay", "in May")], _says_which(["old", "plan"], "for Lund")
    ([True, False, False], False)
    """
    return SELF.match(rest) is not None and not (
        WHEN.match(rest)
        or (stem(words[-1]) in BODIES and TO_BODY.match(rest))
        or (MEETING.match(words[-1]) and AT.match(rest))
        or (len(words) > 1 and MEASURED.match(words[0]) and words[-1] not in {"house", "chamber"})
    )


def _phrase(text: str, match: re.Match[str]) -> tuple[list[str], str]:
    """The words behind a "the" up to its noun, and all that follows them."""
    words, rest = _words_of(match.group(1))
    return words, f"{rest.rstrip()} {text[match.end() + len(match.group(1)) :]}".lstrip()


def _definite(words: Sequence[str], rest: str, *, opening: bool) -> frozenset[str]:
    """The noun of "the …": the last word before one that cannot belong to it, and its like."""
    head = [stem(w) for w in words]
    following = len(head) > 1 and head[0] in ORDINAL
    if (
        not head
        or SUPERLATIVE.match(words[0])
        or (UNIQUE & set(head[following:]))
        or (_says_which(words, rest) and not following)
    ):
        return frozenset()
    noun = head[-1]
    if noun in HOME or (opening and noun in EVENT) or not (opening or points(words[-1])):
        return frozenset()
    return likes(words[-1]) | frozenset({} if following else head[:1])


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
