"""Shorter forms of a sentence: whole clauses are left out where what remains is still true and still a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.stages.draft.language.hints import Hinted
from pipeline.stages.draft.language.verbs import BASE, finite, verb_like
from pipeline.stages.draft.language.words import negations
from pipeline.stages.draft.wording.asides import without_asides, without_second, without_terms
from pipeline.stages.draft.wording.joined import without_last
from pipeline.stages.draft.wording.openings import after_opening, bare_subject, first_part, second_part
from pipeline.stages.draft.wording.variation import aimless
from pipeline.stages.draft.wording.wholeness import KEPT, LISTED_ING, NUMBER_COMMA, ends_well, half, whole

LEAST = 7
FAR = 6
"""Words between two commas from which on they belong to two things."""
OVERLONG = 34
AHEAD_OF = re.compile(r" (?:\d+|[a-z]+) (?:days|weeks|months) before [^,]*\.$")
"""When it has to be done: what a sentence that is too long may lose."""
AIMED = 24
"""Words beyond which a sentence may lose the aim at its end."""
"""Words that must be left."""
PURPOSE = re.compile(
    r",? in (?:a bid|an effort|an attempt|order) to [^,]*\.$|, to (?!the\b|an?\b|its\b|their\b|all\b|both\b|every\b)[a-z]+ [^,]*\.$"
)
BODY = "initiative|programme|program|body|project|scheme|network|platform|standard|step|system|fund|plan|agency|group|company|firm|model|tool|framework"
"""What an apposition says that a name is."""
ENDINGS = tuple(map(Hinted.of, (
    re.compile(r", where (?:it|they) (?:announced|agreed|signed|adopted|discussed|pledged|promised|launched|presented) .*\.$"),
    re.compile(r", (?:which|who|whose|where(?! (?:it|they|there|no|such)\b)|when) (?!(?:would|will|means|allows|lets|makes) )(?![^,]*, [a-z]+ (?:said|says))[^,]*(?:, [^,]*)?\.$"),
    re.compile(r",? (?:while|whereas|although|though|even as|even though) (?![a-z]+ing\b).*\.$"),
    re.compile(r"(?<=[a-z]) including .*\.$"),
    re.compile(r", (?:including|among them|such as|especially|particularly) .*\.$"),
    re.compile(r", (?!according|during|following|being|nothing|something|pending|excluding)[a-z]+ing\b[^,]*(?:, [^,]*)?\.$"),
    re.compile(r", (?:aiming|seeking|calling|urging|reflecting|underscoring|emphasi[sz]ing|highlighting|meaning|saying|citing|giving|allowing|letting|enabling|ignoring|worried|fearing|concerned|convinced|betting|hoping) .*\.$"),
    re.compile(r", (?:an?|the) (?!(?:more|less|better|worse|[a-z]+er)\b)(?![^,]* (?:is|are|was|were|has|have|had|will|would)\b)[^,]*\.$"),
    re.compile(r", (?:an?|the) [\w-]+(?: [\w-]+){0,2} (?:who|which|that) [^,]*\.$"),
    re.compile(r", the (?:first|second|third|latest) (?:time|such) [^,]*\.$"),
    re.compile(r", (?:software|systems|models|tools|technology|programs|machines|chips|rules|companies|firms) (?:that|which) [^,]*\.$"),
    re.compile(r", the latest (?:in|of|sign|move|step|effort|attempt|example|salvo|blow|push|twist|test)\b.*\.$"),
    re.compile(r", (?:much|just) as .*\.$"),
    re.compile(r", in (?:one of|the (?:report|first|latest|biggest|largest|most|second)) [^,]*\.$"),
    re.compile(r", in an? (?:[\w-]+ ){0,3}(?:declaration|statement|document|report|deal|agreement|vote|text|plan) (?:that|which) [^,]*\.$"),
    re.compile(r", under (?:an? |(?:agreements|deals|pacts|contracts|plans|rules|terms|arrangements) (?:that|which|with) )[^,]*\.$"),
    re.compile(r", (?:close to|near|(?:east|west|north|south) of|outside|not far from) [^,]*\.$"),
    re.compile(r", part of (?:an?|the|its|their) [^,]*\.$"),
    re.compile(r", and (?:called|described|dubbed|branded|hailed|praised|presented) (?:it|them) [^,]*\.$"),
    re.compile(rf", an? (?:[\w-]+ ){{0,3}}(?:{BODY}) (?:to|that|which|for|of|in|with|set|aimed|designed) (?!.*\b(?:is|are|was|were|will|would|has|have|had)\b.*,).*\.$"),
    re.compile(r", (?:but|so|because|since|as) .*\.$"),
    re.compile(r"(?<!not) because (?!of\b).*\.$"),
    re.compile(r"(?<!\d)(?: - | \u2013 | ?\u2014 ?)(?![A-Z]{2})[^\u2013\u2014]*\.$"),
    re.compile(r"; .*\.$"),
    re.compile(r": (?=[A-Z\d]|an? |the ).*\.$"),
    re.compile(r", with [^,]*\.$"),
    re.compile(r", (?:up|down|compared|based|led|joined|followed|backed) [^,]*\.$"),
    re.compile(r", (?:\d+|one|two|three|half|most|many|some|all|each|none|several) of (?:which|whom|them) .*\.$"),
    re.compile(r", in (?:what|return for|exchange for) .*\.$"),
    re.compile(r"(?<=[a-z0-9]) so that (?:the|an?|its|their|it|they|[A-Z\d][\w-]*) [^,]*\.$"),
    PURPOSE,
)))  # fmt: skip
PRAISED = re.compile(
    r", an? [a-z]+ (?:(?:that|which) )?(?:[\w'-]+ ){1,3}(?:said|call|called|described|valued|estimated) [^,]*\.$"
)
"""What somebody says of it, who goes with that: "a step supporters said was the first"."""
SAYS_OF_IT = re.compile(
    r"(?:(?<=[a-z] )|(?<=, ))(?:that|which) (?:it|they|officials|supporters|ministers|lawmakers|analysts|experts|critics|(?:the|its|their) [a-z]+) (?:said|say|called|hope)\b"
)
"""Who says something of what stands at the end, and of nothing before it: "under a rule that officials said would save money"."""
TOLD_BY = re.compile(
    r", (?!and |but |which |who |while |where )(?P<who>[^,]{3,60} (?:has |have |had )?(?:said|says|found|announced|recommended|concluded|reported|decided|ruled|warned|argued|estimated|showed))(?: (?:in|at|on|during) [^,]*)?\.$"
)
"""Who says all of it: no shorter form is without them."""
ASIDES = tuple(map(Hinted.of, (
    re.compile(r"(?<=^[A-Z]\w{2})(?P<rest>[\w-]*), (?:an?|the|who) [^,]{3,90},(?= (?:said|told|warned|argued|added|called)\b)"),
    re.compile(r", (?:with|including|using|giving|making|bringing) [^,]{5,120}(?=, (?:according to |[^,]* said\b))"),
    re.compile(r", (?:including|such as|among them) (?:[^,]+, ){0,4}[^,]+,(?= (?:to|into|with|for|at|on) (?:the|an?|its|their|[A-Z])[^,]*(?:\.$|, ))"),
    re.compile(r", (?:in a bid|in an effort|in an attempt|in order) to [^,]{5,120}(?=, (?:according to |[^,]* said\b))"),
    re.compile(r"(?: - | \u2013 | ?\u2014 ?)[^\u2013\u2014]{3,120}?(?: - | \u2013 | ?\u2014 ?)(?=[a-z])"),
    re.compile(r"(?<=[a-z0-9A-Z]), (?:passed|adopted|signed|approved|published|issued|released|launched|introduced|presented|made|written|drafted|filed|unveiled) (?:on|by|in|at|under|with) (?:[\w'.]+[ -]){0,10}\w+,(?= [a-z]+)"),
    re.compile(r"(?<=[a-z0-9A-Z]), (?:which|who|whose) (?:[\w'.]+[ -]){1,16}\w+,(?= (?:says?|requires?|sets?|makes?|gives?|obliges?|applies|apply|covers?|asks?|contains?|is|are|was|were|has|have|had|will|would|can|could|may|must|said|told|plans?|agreed|signed)\b)"),
    re.compile(r"(?<=[a-z0-9A-Z]), one of (?:the|its|their|[A-Z][\w.'-]+) [^,]{3,80},(?= (?:to|into|with|for|at|on|in|from|will|would|is|was|has|have|can|could|said|agreed) )"),
    re.compile(r"(?:(?<=[A-Z]\w{2})|(?<=\bbill)|(?<=\blaw)|(?<=\bplan)|(?<=\bfund)|(?<=\bgroup)|(?<=\bmodel)), (?:known|called|founded|based|formed|created|located|backed) (?:\w+[ -]){0,8}\w+,(?= [a-z])"),
)))  # fmt: skip
MORE = re.compile(
    r",? and to (?=[a-z]+ )(?!(?:be|an?|the|its|their|all|both)\b)[^,]*(?P<told>(?:, [^,]{3,50} (?:said|announced))?\.)$"
)
"""A second aim: "to close a gap, and to keep up"."""
DENIED = re.compile(
    r", (?:but|and) (?:not|only(?! after\b)|never|no|so (?:did|does|do|has|have|had|is|are|was|were))\b"
)
"""The other half of what is said: without it the rest says more."""
AFTER_ALL = re.compile(r"^, but only after\b")
"""What came before: that it had to does not limit what was done then."""
APPOSED = re.compile(r", (?:an?|the) ")
SHARED_SUBJECT = re.compile(
    r"(?<=\w),? (?:and|but) (?:will|would|has|have|had|is|are|was|were|can|could|may|might|should|must|plans?|wants?|urged|asked|called|"
    r"agreed|promised|invited?s?|requires?|includes?|offered|pledged|vowed|proposed|warned|ordered) (?:[^,.]|(?<=\d)[.,](?=\d))*(?=\.$|, according to |, [^,.]* said\.$)"
)
MODAL = re.compile(r"\b(?:will|would|can|could|may|might|must|to)\b")
BUT = re.compile(r",? (?:but|yet|although|though|while|whereas)\b")
"""The other half of what somebody thinks."""
SAID = re.compile(r"\b(?:said|says|told|argued|noted|warned|added|called|welcomed)\b")
RULED = re.compile(r"\b(?:ruled|found|held|decided|concluded)\b")
WHICH = re.compile(r"\b(?:that|which|who) (?:is|are|was|were) (?:[a-z]+ly )?[a-z]+(?: [a-z]+ly)?$")
"""Which of many, of which the second half is a condition, too."""
OBLIGED = re.compile(r",? (?:and|but) (?:should|must|would)\b")
LISTED = re.compile(r", [a-z]+$")
"""The verb before the last of three: "collect, compare and learn"."""
SHARED_OBJECT = re.compile(
    rf"\b(?:(?:to|will|would|can|could|may|might|must)(?: then| also| both)?|lets?(?: [\w-]+){{1,4}}|helps?(?: [\w-]+){{1,4}}) (?:{'|'.join(sorted(BASE))})$"
)
"""What is joined to a verb that has no object yet has the object of both."""
BASE_JOINED = re.compile(
    r",? and (?P<verb>[a-z]+) (?!of )(?:[^,.]|(?<=\d)[.,](?=\d))*(?:, [a-z]+(?: [a-z]+)?,? and [a-z]+(?: [a-z]+)?)?(?=\.$|, according to |, [^,.]* said(?: [^,.]*)?\.$)"
)
ALSO_SAID = re.compile(
    r",? and (?:said|added|warned|announced|urged|called for|pledged|promised) [^\"]*\.$|, as (?:it|they|he|she) (?:said|warned|announced|urged|called|pledged) [^\"]*\.$"
)
"""What somebody said beside what they did."""
OTHER_SAID = re.compile(
    r", and the (?:[a-z]+ )?(?:government|company|ministry|regulator|commission|council|court|bank|board|agency|mayor|minister) said "
    r"(?:that )?(?:it|they|he|she|there|no) [^,\"]*\.$"
)
"""What somebody else said of it, and not of what stands before."""
THAT_ONCE = re.compile(r"^(?!.*, that ).*(?: that | said (?:it|they) )")
AND_THAT = re.compile(r",? and that [^,]*\.$")
"""The second thing that somebody agreed to or said."""
THIRD_THAT = re.compile(r"^(?P<first>[^,]* that [^,]*), that (?P<second>[^,]*),? and that [^,]*\.$")
COORDINATED = re.compile(r", (?:and|but) (?=(?P<rest>.*)\.$)")
TELLS = re.compile(r"^[^,]{3,60}? said (?=(?:that|it|they|he|she|there|the|an?|its)\b)")
"""Who says what is left out, and nothing of the rest."""
CONDITION = re.compile(r"\b(?:if|when|unless|whether|where|provided) [^,]*,")
OPEN = re.compile(r", (?:if|when|which|who|whose|where|as|while|including|though) [^,]*$")
"""An aside that is not closed yet."""
NAMED_AHEAD = re.compile(r"\bthe (?:[\w-]+ ){0,3}[\w-]+$")


@lru_cache(maxsize=5_000)
def shorter(text: str) -> tuple[str, ...]:
    """The sentence's shorter forms, each once, the longest first.

    >>> shorter("The office opened a fund on May 2, 2024, opening a round of grants.")
    ('The office opened a fund on May 2, 2024.',)
    """
    if '"' in text and (quoted := QUOTED.sub(_hidden, text)) != text:
        return tuple(form.replace(HIDDEN, ",") for form in shorter(quoted))
    seen = {text}
    waiting = [text]
    found: list[str] = []
    told = TOLD_BY.search(text)
    while waiting:
        for form in _once(waiting.pop(0)):
            attributed = told is None or told["who"] in form
            form = STOPS.sub(".", form)
            if form not in seen and attributed and len(form.split()) >= LEAST and finite(form):
                seen.add(form)
                waiting.append(form)
                if whole(form):
                    found.append(form)
    return tuple(sorted(found, key=lambda f: (-len(f.split()), f)))


STOPS = re.compile(r"(?<!\.)\.\.$")
"""The stop of an abbreviation and that of the sentence."""
QUOTED = re.compile(r'"[^"]*"')
HIDDEN = "\u0002"


def _hidden(match: re.Match[str]) -> str:
    """A quotation without its commas, at which nothing is cut."""
    return match[0].replace(",", HIDDEN)


CONDITIONS = re.compile(r"^To (?:qualify|benefit|join|apply|count|receive|be [a-z]+ed|be eligible)\b")
"""Of several conditions none can go."""


def _once(text: str) -> Iterator[str]:
    if CONDITIONS.match(text):
        return
    for pattern in ENDINGS:
        for match in pattern.finditer(text):
            head = text[: match.start()]
            turned = "because" in match.group() and negations(head)
            turned = turned or DENIED.match(match.group()) is not None
            turned = turned or (APPOSED.match(match.group()) is not None and _no_apposition(head, match.group()))
            turned = turned or _goes_on(match.group()) or LISTED_ING.match(match.group()) is not None
            turned = turned or (match.group().startswith("; ") and not finite(match.group()[2:].capitalize()))
            turned = turned or (
                BUT.match(match.group()) is not None and (SAID.search(head) or RULED.search(head)) is not None
            )
            turned = turned or (match.group().startswith(", to ") and _resumes(head, match.group()))
            turned = turned or (" including " in f" {match.group()}" and _lists_a_subject(match.group()))
            turned = turned or _kept(AFTER_ALL.sub("", SAYS_OF_IT.sub("", match.group())))
            if not turned and not half(head, match.group()) and ends_well(head):
                yield head + "."
    if (praised := PRAISED.search(text)) and ends_well(text[: praised.start()]):
        yield f"{text[: praised.start()]}."
    for pattern in ASIDES:
        for match in pattern.finditer(text):
            if not _kept(match.group()) and not _leans(text[: match.start()], match.group()):
                rest = text[match.end() :].lstrip()
                kept = match.groupdict().get("rest", "") or ("," if _apposed(text[: match.start()]) else "")
                yield text[: match.start()] + kept + ("" if rest.startswith(",") else " ") + rest
    if (other := OTHER_SAID.search(text)) and finite(f"{text[: other.start()]}.") and ends_well(text[: other.start()]):
        yield f"{text[: other.start()]}."
    yield from without_asides(text)
    yield from without_second(text)
    yield from without_terms(text)
    yield from without_last(text)
    if len(text.split()) > AIMED and (plain := aimless(text)) != text:
        yield plain
    if len(text.split()) > OVERLONG and (ahead := AHEAD_OF.search(text)) and ends_well(text[: ahead.start()]):
        yield f"{text[: ahead.start()]}."
    yield from after_opening(text)
    yield from bare_subject(text)
    if (more := MORE.search(text)) and " to " in text[: more.start()] and ends_well(text[: more.start()]):
        yield text[: more.start()] + more["told"]
    yield from _coordinated(text)
    if (told := ALSO_SAID.search(text)) and finite(f"{text[: told.start()]}.") and not _kept(text[: told.start()]):
        yield f"{text[: told.start()]}."
    yield from second_part(text)
    yield from first_part(text)
    if (
        (second := AND_THAT.search(text))
        and THAT_ONCE.match(text[: second.start()])
        and ends_well(text[: second.start()])
    ):
        yield f"{text[: second.start()]}."
    if third := THIRD_THAT.match(text):
        yield f"{third['first']} and that {third['second']}."
        yield f"{third['first']}."
    if MODAL.search(text):
        for match in BASE_JOINED.finditer(text):
            listed = LISTED.search(text[: match.start()]) or (
                match.group().startswith(",") and "," in NUMBER_COMMA.sub("", text[: match.start()])
            )
            if (
                match["verb"] in BASE
                and not SHARED_OBJECT.search(text[: match.start()])
                and not listed
                and not WHICH.search(text[: match.start()])
                and not KEPT.search(match.group())
                and ends_well(text[: match.start()])
            ):
                yield text[: match.start()] + text[match.end() :]
    for match in SHARED_SUBJECT.finditer(text):
        if (
            (obliged := OBLIGED.match(match.group()))
            and SAID.search(text)
            and not _same(obliged[0], text[: match.start()])
        ):
            continue  # what somebody asks for is the point of what they say
        if not KEPT.search(match.group()) and ends_well(text[: match.start()]):
            yield text[: match.start()] + text[match.end() :]


def _lists_a_subject(tail: str) -> bool:
    """Whether the verb of what is listed stands behind the list.

    >>> _lists_a_subject(" including Lund and Kiel were chosen."), _lists_a_subject(" including two that were chosen.")
    (True, False)
    """
    return (
        re.search(
            r"\b(?:is|are|was|were|has|have|had|will|would)\b|[A-Z]\w* [a-z]+ing\b",
            re.split(r"\b(?:that|which|who|whose)\b", tail)[0],
        )
        is not None
    )


COUNTED = re.compile(
    r"\b(?:more|less|fewer) than (?=[\d$\u20ac\u00a3]|(?:an?|one|two|three|four|five|six|half|twice) )|(?:est|most) (?:[\w-]+ ){1,3}yet\b"
)


def _kept(part: str) -> bool:
    """Whether a part limits or attributes what is said; a figure's "more than" and the "yet" of a superlative do not."""
    return KEPT.search(COUNTED.sub("", part)) is not None


def _resumes(head: str, tail: str) -> bool:
    """Whether ", to …" is no purpose: it names to whom, or the sentence goes on with it behind an aside.

    >>> _resumes("Oslo will give preference, in each of its tenders", ", to open models.")
    True
    """
    first = tail.split()[2].strip(".,")
    last = head.rpartition(", ")[2]
    return ", to " in head or first not in BASE or last.startswith("not ") or PLACED.match(last) is not None


def _same(modal: str, head: str) -> bool:
    """Whether what stands before has the same verb ahead: "would spend ... and would ask"."""
    return modal.split()[-1] == "would" and " would " in head


APPOSITION = re.compile(r"^[^,]+, (?:an?|the|[a-z]+(?: [a-z]+)? (?:of|for|at)) [^,]+$")


def _apposed(head: str) -> bool:
    """Whether an apposition opens before an aside and ends with it: "Ana Reyes, chair of the league, which …, said"."""
    return APPOSITION.match(head) is not None


def _no_apposition(head: str, tail: str) -> bool:
    """Whether ", the …" at the end is a clause, the end of a list, or the object behind an aside: "signed, in Oslo, the pact".

    >>> _no_apposition("The team has men of the port, the navy", ", the bank and the mint.")
    True
    """
    if MEANT.match(tail):
        return False
    bare = NUMBER_COMMA.sub("", head)
    last = bare.rpartition(", ")[2]
    aside = len(last.split()) < FAR and last.islower()
    placed = "," in bare and (aside or PLACED.match(last) is not None or last.startswith(("and ", "or ")))
    if REST.match(tail):
        return True
    clause = finite(tail[2:].capitalize()) and not RANKED.match(tail)
    return clause or (" and " in tail and "," in bare) or " or " in tail or placed


def _goes_on(tail: str) -> bool:
    """Whether the sentence goes on behind an aside: "has seen firms, such as Lund, build a pier."

    >>> _goes_on(", such as Lund, build a pier."), _goes_on(", such as Lund, Oslo and Bergen.")
    (True, False)
    """
    parts = tail.split(", ")[2:]
    return ASIDE.match(tail) is not None and any(
        p.split()[0].strip(".,") in BASE or PLACED.match(p) for p in parts if p.split()
    )


REST = re.compile(r", (?:the (?:remaining|remainder|rest|others?)|another)\b")
"""What a second one gives, whose verb the first one has: "Lund pays half and Kiel, a town, the rest"."""
RANKED = re.compile(
    r", the (?:latest|first|second|third|last|largest|biggest|most [a-z]+|newest|only) (?:[\w-]+ )*?(?:to|in|of|by|that|since|from|time|such)\b"
)
"""An apposition, whatever verb stands in it."""
MEANT = re.compile(r", an? [^,]*? (?:meant|designed|intended|aimed|expected|set) (?:to|at|for)\b")
PLACED = re.compile(r"(?:in|at|on|during|with|after|by|before|for|to|from|under)\b")
ASIDE = re.compile(r",? (?:including|such as|among them|especially|particularly)\b")


def _leans(head: str, aside: str) -> bool:
    """Whether what stands before an aside is only half of it: a second apposition, or "the offense" that it names."""
    if aside.startswith(","):
        before, comma, last = NUMBER_COMMA.sub("", head).rpartition(",")
        return bool(comma) and (len(last.split()) < FAR or finite(f"{before}."))
    return NAMED_AHEAD.search(head) is not None or OPEN.search(head) is not None


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
        if "," in bare and (len(last.split()) < LEAST or CONDITION.search(bare) or finite(bare.split(",")[0] + ".")):
            continue  # the third of three clauses, of a list or of what is asked
        opening = rest.split()[:7]
        if (
            rest.startswith("that ")
            or (SAID.search(head) and (BUT.match(match.group() + rest) or negations(rest)))
            or KEPT.search(TELLS.sub("", rest))
            or DENIED.match(match.group() + rest)
            or not any(verb_like(w) for w in opening)
            or not finite(head + ".")
        ):
            continue
        if ends_well(head):
            yield head + "."
