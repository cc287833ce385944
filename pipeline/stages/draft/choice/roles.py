"""What a sentence does in a brief: reason, context, a voice and whose, outlook; the rest are plain facts."""

from __future__ import annotations

import re
from enum import StrEnum

from pipeline.stages.draft.facts import Fact
from pipeline.stages.draft.language.times import MONTH

OUTLOOK = re.compile(
    r"\b(?:will|would|could|may|might|must|should|expects?|expected|until|depends?|remains?|plans? to|set to|due|"
    r"next|scheduled|has \d+ days)\b"
)
NEXT = re.compile(
    r"\b(?:will be signed|to sign|must (?:\w+ )?(?:decide|approve|give|ratify)|has \d+ days|within \d+ days|will take place|"
    r"next (?:step|meeting|summit|round)|scheduled|will host|hosts|deadline|enters? into force|take effect|takes effect|"
    r"will (?:next )?(?:meet|vote|review|decide|return|be reviewed|hold)|plans? to|is due|are due|could (?:begin|still)|"
    r"set to|begins? in|starts? in|by the end of|has not (?:yet )?(?:said|been|decided))\b"
)
"""What comes next: it stands at the end, however many tell it."""
WHY = re.compile(
    r"\b(?:because|so that|in order to|aim(?:s|ed)? (?:to|at)|reduc\w+|reliance|depend\w+|rely|cheaper|cost\w*|risk\w*|"
    r"allow\w*|enabl\w+|benefit\w*|sovereign\w*|compet\w+|means that|matters|first (?:such|time)|the first)\b"
)
CONTEXT = re.compile(
    r"\b(?:had|already|since|previous\w*|earlier version|follow(?:s|ed)|founded|created in|study|survey|in (?:19|20)\d\d|"
    r"similar|series|for years|began|existing|similar path)\b"
)
EARLIER = re.compile(
    rf"^(?:In|Since) (?:{MONTH}|(?:19|20)\d\d)\b|^(?:Months|Years|A (?:month|year)|Weeks) (?:before|earlier)\b"
)
"""What happened before is context, however many tell it."""
SPEECH = re.compile(
    r"\b(?:said|told|warned|argued|added|criticised|criticized|noted|urged|called|pointed out|questioned|welcomed)\b"
)
OFFICIAL = re.compile(
    r"\b(?:[Mm]inist\w+|[Pp]resident|[Ss]ecretary|[Cc]ommission(?:er)?|[Gg]overnments?|[Oo]fficials?|[Ss]enator|[Dd]eputy|"
    r"[Pp]remier|[Cc]hancellor|[Dd]epartment|[Aa]gency|[Aa]uthority|[Ss]pokes\w+ for|statement|[Aa]dministration|"
    r"[Cc]ongress\w*|[Pp]arliament\w*|[Ll]awmakers?|[Gg]overnor|[Mm]ayor|[Aa]mbassador|[Ee]nvoy|regulators?)\b"
)


class Role(StrEnum):
    """The role of a body sentence."""

    FACT = "fact"
    WHY = "why"
    CONTEXT = "context"
    VOICE = "voice"
    OFFICIAL = "official"
    OUTLOOK = "outlook"


def role_of(fact: Fact) -> Role:
    """The role of a fact in its best wording; what several sources tell is the story itself."""
    text = f"{fact.who.role} {fact.text}" if fact.who else fact.text
    found = role(text, late=fact.share > 0.45)
    if found in {Role.VOICE, Role.OFFICIAL}:
        return found
    if NEXT.search(text):
        return Role.OUTLOOK
    if EARLIER.match(text):
        return Role.CONTEXT
    return Role.FACT if len(fact.cites) > 1 or len(fact.told) > 1 else found


def role(text: str, *, late: bool = False) -> Role:
    """The role that a sentence's words give it; `late` tells whether it stands in the article's second half.

    >>> role("Industry analysts said the path reduces the burden."), role("Government officials said it is a pillar.")
    (<Role.VOICE: 'voice'>, <Role.OFFICIAL: 'official'>)
    """
    if said := SPEECH.search(text):
        return Role.OFFICIAL if OFFICIAL.search(text[: said.start()] or text) else Role.VOICE
    if OUTLOOK.search(text) and late:
        return Role.OUTLOOK
    if WHY.search(text):
        return Role.WHY
    return Role.CONTEXT if CONTEXT.search(text) else Role.FACT
