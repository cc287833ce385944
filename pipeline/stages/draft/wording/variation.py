"""A sentence in other words that are surely the same: its place or purpose in front, short names after the long ones."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.stages.draft.language.letters import Letters, lowered
from pipeline.stages.draft.language.times import MONTH
from pipeline.stages.draft.language.verbs import finite, verb_like
from pipeline.stages.draft.texts.people import NAME, OFFICE, bare_name
from pipeline.stages.draft.wording.wholeness import KEPT, ends_well

PLACE = re.compile(
    r"^(?P<main>[^,]{25,}?) (?P<end>at (?:the |an? )?[A-Z][\w.'-]*(?: [\w.'-]+){0,7}|in (?!Artificial|AI\b)[A-Z][\w.'-]*(?: (?:[A-Z][\w.'-]*|of|the|and)){0,5})\.$"
)
PURPOSE = re.compile(
    r"^(?P<main>[^,]{3,60} (?:signed|launched|created|opened|established|formed) [^,]{8,60}) (?P<end>to (?:\w+ly )?[a-z]+ [^,]{8,90})\.$"
)
AIM = re.compile(
    r"(?<! ability)(?<! plan)(?<! plans)(?<! right)(?<! need)(?<! effort)(?<! efforts)(?<! attempt)(?<! decision)(?<! way)"
    r"(?<! proposal)(?<! agreed)(?<! likely)(?<! able)(?<! commitment)(?<! power)(?<! steps) to (?:improve|address|secure|achieve|meet|tackle|counter|accelerate|advance|help|ensure|make|keep|"
    r"build|develop|train|protect|understand|curb|limit|promote|strengthen|close|prevent|reduce|support|boost|create|allow|give)\b [^,]*\.$"
)
LEADING = re.compile(
    r"\b(?:[a-z]+ing|desire|will|wish|intention|ambition|goal|aim|readiness|determination|need|time|chance|opportunit\w+|pressure|"
    r"struggl\w+|fails?|hop(?:es?|ed)|manag(?:es?|ed)|intends?|aim(?:s|ed)|attempt(?:s|ed)|continu(?:es?|ed)|decid(?:es?|ed)|offer(?:s|ed)|needs?|"
    r"had|has|have|mandate|authority|obligation|dut(?:y|ies)|push|bid|drive|vow|pledge|promise|willing|ready|eager|set|due|required|expected|"
    r"asked|urged|pledged|promised|vowed|failed|refused|tried|wants?|seeks?|plans?|helps?|enough|how|whether|what|where|designed|used|"
    r"meant|intended|forced|allowed|built|made|created|developed|chosen|called|needed|committed|trained|free|best|first|last|only|hard|easy|difficult|impossible|possible|"
    r"vot(?:ed|es?)(?: \d+(?:-| to )\d+)?|necessary|important|important step|key|unable|capacity|potential|freedom|incentive\w*|measures|tools?|ways?|means|support|call)$"
)
"""What goes on with "to": the aim behind it is no mere addition."""
AIM_LEAST = 10
OFFICED = re.compile(rf"^(?:The )?(?:[A-Z][\w.'-]* ){{0,4}}?{OFFICE} (?P<name>{NAME})(?= )")
LONG = re.compile(r"(?P<the>[Tt]he )?(?P<name>(?:U\.S\. )?[A-Z][\w-]+(?: (?:(?:of|for|and|on) )?[A-Z][\w-]+)+)")
PLAIN = {"United Nations": "UN", "European Union": "EU", "United Kingdom": "UK", "European Commission": "Commission"}


def varied(text: str, cited: Sequence[str], letters: Letters) -> str:
    """The sentence in other words, or as it is where none is surely the same."""
    new = turned(text, letters) or shortened(text, " ".join(cited[1:]))
    return aimless(new) if new == text else new


AIMED = re.compile(r"\bto [a-z]+ (?!to\b)")
"""What was to be done may be the one at the place: "signed a pact to build a port in Oslo"."""
BIDS = re.compile(r"\b(?:oblig|requir|ask|urg|order|allow|forc|permit|enabl|invit|tell|direct|encourag|call)ing\b")
"""Whoever is bidden to do something does it for no purpose of the sentence."""
THEIRS = re.compile(r"\b(?:one another|each other|its|their)\b")
"""Whose it is has to be told first."""
HAPPENED = re.compile(
    r"\b(?:signed|adopted|agreed|met|gathered|opened|launched|unveiled|announced|presented|endorsed|held|spoke|voted|discussed|published|released|proposed|concluded|convened)\b"
)
"""What happened at a place; what is set aside may be set aside for the place alone."""
SUPERLATIVE = re.compile(r"\b(?:first|last|only|largest|biggest|smallest|highest|lowest|most|best|of its kind)\b")
"""What is so at the place need not be so elsewhere."""
CLAUSE = re.compile(r"\b(?:that|which|who|whose|as|since|until|because|once|when|where|while|after|before|if|in)\b")
"""Where one stands, the end of the sentence may belong to it alone."""


def turned(text: str, letters: Letters) -> str:
    """The sentence with its place or purpose in front, or "" where it has none at its end.

    >>> turned("About 60 countries signed a statement at the Harbor Summit in Oslo.", Letters.of(["and about it"]))
    'At the Harbor Summit in Oslo, about 60 countries signed a statement.'
    """
    for pattern in (PLACE, PURPOSE):
        match = pattern.match(text)
        plain = match and not CLAUSE.search(match["main"]) and not re.search(MONTH, match["end"])
        if match and pattern is PURPOSE and (BIDS.search(match["main"]) or THEIRS.search(match["end"])):
            continue
        if (
            match
            and pattern is PLACE
            and (not HAPPENED.search(match["main"]) or AIMED.search(match["main"]) or SUPERLATIVE.search(match["main"]))
        ):
            continue
        low = lowered(match["main"], letters) if match else ""
        if match and plain and low:
            return f"{match['end'][:1].upper()}{match['end'][1:]}, {low}."
    return ""


WHEN = re.compile(
    rf"^(?P<main>[^,]{{25,}}) (?P<when>(?:as of|from|on|by|until|in) (?:\d{{1,2}} {MONTH}(?: \d{{4}})?|{MONTH} \d{{1,2}}(?:, \d{{4}})?|{MONTH} \d{{4}}|(?:early |late |mid-)?\d{{4}}))\.$"
)


SPOKE = re.compile(
    r"\b(?:said|told|promised|announced|asked|warned|argued|called|expects?|hopes?|wants?|plans?|agreed|vowed|pledged)\b"
)
"""The time of what somebody spoke of is not the time when they spoke."""
OTHER_TIME = re.compile(rf"\b{MONTH}\b|\b(?:19|20)\d\d\b|\band (?:its|the|a|another) ")


LEANS = re.compile(r"(?:It|They|He|She|This|That|These|Those|Its|Their|His|Her)\b")
EARLIER = re.compile(
    r"\b(?:is|are) [a-z]+ing\b|\b(?:has|have) [a-z]+(?:ed|en)\b|\b(?:over|about|against|despite|regarding|concerning)\b"
)
"""What goes on now, or was done for something: the time may be that of what lies behind it, as in "fined over leaks in 2020"."""
HOPED = re.compile(
    r"\b(?:hoped-for|targets?|goals?|planned|expected|needed|required|from|to) (?:[\w$\u20ac\u00a3.,-]+ ){0,3}[\w$\u20ac\u00a3.,-]+$"
)
"""The time is that of a sum or a goal which stands before it: "125 million of a hoped-for 300 million"."""


def dated(text: str, letters: Letters) -> str:
    """The sentence with its date in front, or "" where it has none at its end.

    >>> dated("The ports of the outer coast share their cranes from 1 May 2027.", Letters.of(["and the ports"]))
    'From 1 May 2027, the ports of the outer coast share their cranes.'
    >>> dated("The mayor promised a new text for the port by 6 July 2027.", Letters.of(["and the mayor"]))
    ''
    >>> dated("The dialogue of ports opens in Lund in July 2026 and its second round in 2027.", Letters.of(["and the dialogue"]))
    ''
    """
    match = WHEN.match(text)
    if match and (
        LEANS.match(text)
        or HOPED.search(match["main"])
        or match["main"].endswith(" with effect")
        or OTHER_TIME.search(match["main"])
        or (match["when"].startswith(("in ", "on ")) and EARLIER.search(match["main"]))
        or SPOKE.search(match["main"])
    ):
        return ""  # it belongs to what stands before it, or may be the time of the second of two things
    low = lowered(match["main"], letters) if match and not CLAUSE.search(match["main"].replace(" in ", " ")) else ""
    return f"{match['when'][:1].upper()}{match['when'][1:]}, {low}." if match and low else ""


def aimless(text: str) -> str:
    """The sentence without the aim at its end, where enough is left.

    >>> aimless("The firm set up 24,000 false accounts at the bank of the harbor to improve its own model.")
    'The firm set up 24,000 false accounts at the bank of the harbor.'
    """
    match = AIM.search(text)
    enough = (
        match
        and len(text[: match.start()].split()) >= AIM_LEAST
        and not KEPT.search(match.group())
        and not LEADING.search(text[: match.start()])
        and not verb_like(text[: match.start()].split()[-1])
        and finite(f"{text[: match.start()]}.")
        and ends_well(text[: match.start()])
    )
    return f"{text[: match.start()]}." if match and enough else text


def shortened(text: str, told: str) -> str:
    """The sentence with the short name of its subject, as `told` has it, and without an office that is known by then.

    >>> shortened("The Harbor Trade Commission opened a fund.", "The HTC meets in May.")
    'The HTC opened a fund.'
    >>> shortened("Harbor Mayor Ana Reyes opened a fund.", ""), shortened("The General Harbor Administration met.", "")
    ('Ana Reyes opened a fund.', 'The General Harbor Administration met.')
    """
    officed = OFFICED.match(text)
    name = bare_name(officed["name"]) if officed else ""
    at = text.find(name, officed.start("name")) if officed and name else -1
    if officed and at >= 0 and not re.match(rf" and (?:[A-Z]\S+ )?{OFFICE}", text[officed.end() :]):
        return text[at:]
    match = LONG.match(text)
    if match is None:
        return text
    name, the = match["name"], match["the"] or ""
    acronym = "".join(w[0] for w in re.findall(r"[A-Z][\w-]+", name))
    for long, short in (*PLAIN.items(), (name.removeprefix("U.S. "), acronym)):
        if long in name and len(acronym) > 1 and re.search(rf"(?<![\w.]){short}(?![\w.])", told):
            the = the if re.search(rf"\b[Tt]he {short}\b", told) else ""
            new = f"{the}{name.replace(long, short).removeprefix('U.S. ')}"
            return f"{new[:1].upper()}{new[1:]}{text[match.end() :]}"
    return text
