"""Shorter forms of a sentence: whole clauses are left out where what remains is still true and still a sentence."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from pipeline.stages.draft.verbs import AUXILIARY, BASE, IRREGULAR, PARTICIPIAL, REDUCED, certain, finite, verb_like
from pipeline.stages.draft.words import negations

LEAST = 7
"""Words that must be left."""
KEPT = re.compile(
    r"\b(?:said|says|according|told|warned|argued|added|if|unless|provided|except|only|without|claimed?|believes?|"
    r"alleged(?:ly)?|reportedly|lest|than)\b"
)
"""An attribution, a condition or an exception is never cut: without it the rest says more than the source."""
PURPOSE = re.compile(r",? in (?:a bid|an effort|an attempt|order) to [^,]*\.$|, to [a-z]+ [^,]*\.$")
ENDINGS: tuple[re.Pattern[str], ...] = (
    re.compile(r", (?:which|who|whose|where|when) (?![^,]*, [a-z]+ (?:said|says))[^,]*(?:, [^,]*)?\.$"),
    re.compile(r",? (?:while|whereas|although|though|even as|even though) (?![a-z]+ing\b).*\.$"),
    re.compile(r", (?:including|among them|such as|especially|particularly) .*\.$"),
    re.compile(r", (?!according|during|following|being|nothing|something|pending|excluding)[a-z]+ing\b[^,]*(?:, [^,]*)?\.$"),
    re.compile(r", (?:aiming|seeking|calling|urging|reflecting|underscoring|emphasi[sz]ing|highlighting|meaning|saying|citing) .*\.$"),
    re.compile(r", (?:an?|the) (?!(?:more|less|better|worse|[a-z]+er)\b)(?![^,]* (?:is|are|was|were|has|have|had|will|would)\b)[^,]*\.$"),
    re.compile(r", (?:but|so|because|since|as) .*\.$"),
    re.compile(r"(?<!not) because (?!of\b).*\.$"),
    re.compile(r"(?<!\d)(?: - | \u2013 | ?\u2014 ?)[^\u2013\u2014]*\.$"),
    re.compile(r"; .*\.$"),
    re.compile(r", with [^,]*\.$"),
    re.compile(r", (?:up|down|compared|based|led|joined|followed|backed) [^,]*\.$"),
    re.compile(r", (?:\d+|one|two|three|half|most|many|some|all|each|none|several) of (?:which|whom|them) .*\.$"),
    re.compile(r", in what .*\.$"),
    PURPOSE,
)  # fmt: skip
ASIDES: tuple[re.Pattern[str], ...] = (
    re.compile(r"(?<=^[A-Z]\w{2})(?P<rest>[\w-]*), (?:an?|the|who) [^,]{3,90},(?= (?:said|told|warned|argued|added|called)\b)"),
    re.compile(r", (?:with|including|using|giving|making|bringing) [^,]{5,120}(?=, (?:according to |[^,]* said\b))"),
    re.compile(r", (?:in a bid|in an effort|in an attempt|in order) to [^,]{5,120}(?=, (?:according to |[^,]* said\b))"),
    re.compile(r"(?: - | \u2013 | ?\u2014 ?)[^\u2013\u2014]{3,120}?(?: - | \u2013 | ?\u2014 ?)(?=[a-z])"),
    re.compile(r"(?<=[a-z0-9A-Z]), (?:which|who|whose) (?:\w+[ -]){1,10}\w+,(?= (?:is|are|was|were|has|have|had|will|would|can|could|may|must|said|told|plans?|agreed|signed)\b)"),
    re.compile(r"(?<=[A-Z]\w{2}), (?:known|called|founded|based|formed|created|located|backed) (?:\w+[ -]){0,8}\w+,(?= [a-z])"),
)  # fmt: skip
HEADING = frozenset(
    "spearhead propose recognize reaffirm describe back lead call stress warn unveil co-sponsor".split()
)
AIM = re.compile(r", [a-z]+ing ")
OPENING_CLAUSE = re.compile(
    r"^(?!Citing|Quoting|Speaking|Following|During|Including|Regarding|Barring|Assuming|Being|Considering|According|Asked)"
    r"[A-Z][a-z]+(?:ed|ing) [^,]{5,140}, (?=(?:(?:the|an?|both|its) |[A-Z]))"
)
"""What the subject did or had done to it, before it is named: "Backed by Oslo, the fund …"."""
SUBJECT = re.compile(
    r"^(?P<who>(?:The|An?) [\w.'-]+(?: [\w.'-]+){0,4}|[A-Z][\w.'-]*(?: [A-Z][\w.'-]*){1,4}|[A-Z][\w.'-]+(?=, (?:an?|the|who) )), "
)
MORE = re.compile(r",? and to (?=[a-z]+ )(?!be\b)[^,]*\.$")
"""A second aim: "to close a gap, and to keep up"."""
SHARED_SUBJECT = re.compile(
    r"(?<=\w),? (?:and|but) (?:will|would|has|have|had|is|are|was|were|can|could|may|must|plans?|wants?|urged|asked|called|"
    r"agreed|promised|invited?s?|requires?|includes?) (?:[^,.]|(?<=\d)[.,](?=\d))*(?=\.$|, according to |, [^,.]* said\.$)"
)
MODAL = re.compile(r"\b(?:will|would|can|could|may|might|must|to)\b")
BASE_JOINED = re.compile(
    r",? and (?P<verb>[a-z]+) (?:[^,.]|(?<=\d)[.,](?=\d))*(?=\.$|, according to |, [^,.]* said(?: [^,.]*)?\.$)"
)
COORDINATED = re.compile(r", (?:and|but) (?=(?P<rest>.*)\.$)")
POSTPOSED = re.compile(r", [^,]* said$")
HANGING = re.compile(
    r"\b(?:and|or|but|of|to|in|for|with|by|the|an?|that|as|at|from|on|which|who|than|is|are|was|were|be|not|between|even|just|only|such|especially|particularly|both|either|about|because|so)$"
)
DASH = re.compile(r" - | \u2013 | ?\u2014 ?")
HOLLOW = re.compile(
    r"\b(?:different|following|one|two|three|same|certain|simple) (?:reason|way|factor|question|problem|goal|condition|thing|point)s?$"
)
"""A noun that says nothing without what comes behind it."""
NAMED_AHEAD = re.compile(r"\bthe (?:[\w-]+ ){0,3}[\w-]+$")
POINTS = re.compile(
    r"\b(?:it|its|them|they|their|he|she|him|his|her|this|that|these|those|there|such|so|doing)\b", re.I
)
OPENING = frozenset("to that which who whose whether how if when while because as than where".split())
EITHER = frozenset("made put brought found held set let met told said won lost built sent spent paid kept led".split())
"""Past tense and participle in one."""
THAT = re.compile(
    r"\b(?:said|told|announced|added|warned|argued|noted|reported|confirmed|found|believed?s?|stated|agreed|decided)\b[^,]{0,40}? that ([^,]*)(?:,|\.$)"
)
SAYS = re.compile(r"^[^,]{3,80} (?:said|say) (?!in |at |on |to |about |nothing )([^,]*)\.$")
SAID = frozenset("said told added warned argued noted".split())
RELATIVE = frozenset("who which whose where when".split())
BY = re.compile(r"[\w-]+(?:ed|n) by\b")
DIGIT_COMMA = re.compile(r"\d, ?\d")
NUMBER_COMMA = re.compile(r"\d,\d{3}|\b\d{1,2}, \d{4}")


def shorter(text: str) -> Iterator[str]:
    """The sentence's shorter forms, each once, the longest first.

    >>> list(shorter("The office opened a fund on May 2, 2024, opening a round of grants."))
    ['The office opened a fund on May 2, 2024.']
    """
    seen = {text}
    waiting = [text]
    found: list[str] = []
    while waiting:
        for form in _once(waiting.pop(0)):
            if form not in seen and len(form.split()) >= LEAST and finite(form):
                seen.add(form)
                waiting.append(form)
                if whole(form):
                    found.append(form)
    yield from sorted(found, key=lambda f: (-len(f.split()), f))


def _once(text: str) -> Iterator[str]:
    for pattern in ENDINGS:
        for match in pattern.finditer(text):
            head = text[: match.start()]
            turned = "because" in match.group() and negations(head)
            if not turned and not _half(head, match.group()) and not KEPT.search(match.group()) and _ends_well(head):
                yield head + "."
    for pattern in ASIDES:
        for match in pattern.finditer(text):
            if not KEPT.search(match.group()) and not _leans(text[: match.start()], match.group()):
                rest = text[match.end() :].lstrip()
                kept = match.groupdict().get("rest", "")
                yield text[: match.start()] + kept + ("" if rest.startswith(",") else " ") + rest
    yield from _after_opening(text)
    yield from _bare_subject(text)
    if (more := MORE.search(text)) and " to " in text[: more.start()] and _ends_well(text[: more.start()]):
        yield text[: more.start()] + "."
    yield from _coordinated(text)
    yield from _second_part(text)
    if MODAL.search(text):
        for match in BASE_JOINED.finditer(text):
            listed = match.group().startswith(",") and "," in NUMBER_COMMA.sub("", text[: match.start()])
            if (
                match["verb"] in BASE
                and not listed
                and not KEPT.search(match.group())
                and _ends_well(text[: match.start()])
            ):
                yield text[: match.start()] + text[match.end() :]
    for match in SHARED_SUBJECT.finditer(text):
        if not KEPT.search(match.group()) and _ends_well(text[: match.start()]):
            yield text[: match.start()] + text[match.end() :]


def _clause(part: str) -> bool:
    """Whether what stands between two commas is a clause of its own, not an aside."""
    return finite(f"X {part}.") and part.split()[0] not in RELATIVE and not BY.match(part)


def _half(head: str, tail: str) -> bool:
    """Whether a cut goes through something: a pair of dashes, or an aside before the verb of what stands ahead."""
    if DASH.match(tail) and DASH.search(head):
        return True
    if AIM.match(tail) and finite(f"{head}.") and not re.search(r"\bthat\b|, (?:and|but) ", head):
        return False
    return any(_acts(part) for part in tail.split(", ")[2:])


def _acts(part: str) -> bool:
    """Whether a part between commas begins with a verb: ", including Oslo, have signed" is no mere aside."""
    first, second = [*part.lower().strip(".").split()[:2], "", ""][:2]
    passive = BY.match(part) or (first, second) in REDUCED
    return first in AUXILIARY or (certain(first, "") and first not in SAID and not passive)


def _after_opening(text: str) -> Iterator[str]:
    """The sentence without a clause in -ed or -ing ahead of its subject.

    >>> list(_after_opening("Backed by Oslo, the fund opened in May.")), list(_after_opening("Boeing sold ships, jets and a car."))
    (['The fund opened in May.'], [])
    """
    match = OPENING_CLAUSE.match(text)
    if match is None or KEPT.search(match.group()) or not _verbal(text.split()[0].lower()):
        return
    rest = text[match.end() :][:1].upper() + text[match.end() + 1 :]
    if finite(f"{rest.split(', ')[0].rstrip('.')}."):
        yield rest


def _verbal(word: str) -> bool:
    """Whether a word in -ed or -ing is a verb's."""
    base = word.removesuffix("ing").removesuffix("ed")
    return bool({base, f"{base}e", base[:-1], f"{base[:-1]}y" if base.endswith("i") else base} & (BASE | HEADING))


def _bare_subject(text: str) -> Iterator[str]:
    """The subject without what stands between commas behind it.

    >>> list(_bare_subject("The fund, backed by Oslo, Lund and Bergen, opened in May."))
    ['The fund opened in May.']
    """
    match = SUBJECT.match(text)
    if match is None or any(
        w.islower() and certain(w, before.lower()) for before, w in itertools.pairwise(match["who"].split())
    ):
        return
    parts = text[match.end() :].split(", ")
    for n in range(1, len(parts)):
        if _acts(parts[n]) and not _acts(parts[0]):
            aside = ", ".join(parts[:n])
            if (
                not KEPT.search(aside)
                and not negations(aside)
                and not DIGIT_COMMA.search(f"{match['who']}, {parts[0]}")
            ):
                yield f"{match['who']} {', '.join(parts[n:])}"
            return


def _leans(head: str, aside: str) -> bool:
    """Whether what stands before an aside is only half of it: a second apposition, or "the offense" that it names."""
    if aside.startswith(","):
        return "," in NUMBER_COMMA.sub("", head)
    return NAMED_AHEAD.search(head) is not None


def _second_part(text: str) -> Iterator[str]:
    """The second of two things that one subject did, where nothing in it means what the first part names.

    >>> list(_second_part("The rule was proposed in May and drew 900 comments."))
    ['The rule drew 900 comments.']
    >>> list(_second_part("The mayor called for ports to be built and used with care."))
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
            and "," not in " ".join(words[: i + 1])
            and _parallel(words[verb:i], words[i + 1].lower())
            and not POINTS.search(rest)
        ):
            yield " ".join(words[:verb]) + f" {rest}"


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


def whole(form: str) -> bool:
    """Whether no verb hangs behind a comma or is missing behind "that": "They raised money, sold the house."

    >>> whole("They raised money, sold the house."), whole("Ana Reyes, who led the talks, sold the house.")
    (False, True)
    >>> whole("The minister said that leaders from 28 countries.")
    False
    """
    told = THAT.search(form)
    if told and not any(verb_like(word) for word in told[1].split()):
        return False
    plain = SAYS.match(form)
    if plain and not finite(f"{plain[1][:1].upper()}{plain[1][1:]}."):
        return False
    parts = NUMBER_COMMA.sub("0", form).split(", ")
    for n, (before, part) in enumerate(itertools.pairwise(parts)):
        words = part.strip(".").split()
        acts = _acts(part)
        joined = any(word == "and" and certain(after, "") for word, after in itertools.pairwise(words))
        if acts and not joined and (n == 0 or _clause(before)):
            return False
    return True


def _coordinated(text: str) -> Iterator[str]:
    """The first of two main clauses; never a part of a list.

    >>> list(_coordinated("The two will swap test results, and the first models are due in 2027."))
    ['The two will swap test results.']
    >>> list(_coordinated("The plan covers hiring, credit, and loans are not in it."))
    []
    """
    for match in COORDINATED.finditer(text):
        head, rest = text[: match.start()], match["rest"]
        bare = NUMBER_COMMA.sub("", head)
        last = bare.rsplit(",", 1)[-1]
        if "," in bare and (len(last.split()) < LEAST or finite(bare.split(",")[0] + ".")):
            continue  # the third of three clauses, or of a list
        opening = rest.split()[:7]
        if KEPT.search(rest) or not any(verb_like(w) for w in opening) or not finite(head + "."):
            continue
        if _ends_well(head):
            yield head + "."


def _ends_well(head: str) -> bool:
    """No cut inside a list, brackets, a quotation or a figure, and none that leaves a preposition hanging."""
    if head.count("(") != head.count(")") or head.count('"') % 2 or (re.search(r"\d$", head) and head.endswith(",")):
        return False
    if HOLLOW.search(head):
        return False
    if head.endswith(" said"):
        return POSTPOSED.search(head) is not None
    return HANGING.search(head) is None
