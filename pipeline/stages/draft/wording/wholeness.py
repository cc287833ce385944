"""Whether what is left of a sentence is a sentence: no verb missing, none left hanging, no list cut in two."""

from __future__ import annotations

import itertools
import re

from pipeline.stages.draft.language.verbs import AUXILIARY, BASE, REDUCED, certain, finite, verb_like

KEPT = re.compile(
    r"\b(?:said|says|according|told|warned|argued|added|if|unless|provided|except|only|without|claimed?|believes?|"
    r"alleged(?:ly)?|reportedly|lest|than|yet)\b"
)
"""An attribution, a condition or an exception is never cut: without it the rest says more than the source."""
AIM = re.compile(r", [a-z]+ing ")
OTHER_HALF = re.compile(r", (?:but|so|because|while|although|though) (?:the|its|their|an?|[A-Z])")
"""A clause of its own, in which an aside and its verb may stand."""
POSTPOSED = re.compile(r", [^,]* said$")
HANGING = re.compile(
    r"\b(?:and|or|but|of|to|in|for|with|by|the|an?|that|as|at|from|on|which|who|than|is|are|was|were|be|not|between|even|just|only|(?<!as )such|especially|particularly|mainly|mostly|largely|partly|chiefly|primarily|simply|solely|both|either|about|because|so)$|[-\u2013\u2014]$|\bor, (?:if|where|when) [^,]*$|"
    r"\b(?:asking|urging|telling|ordering|wanting) (?:it|them|him|her|us|[A-Z][\w-]+)$|\bsaid (?:that )?(?:the|their|its|an?) [a-z]+$"
)
DASH = re.compile(r" - | \u2013 | ?\u2014 ?")
LIST = re.compile(r": [^.]*,[^.]*$")
"""Behind a colon stands a list, which is told whole or not at all."""
OTHER = re.compile(r"^.*, (?:but|yet|while|whereas) (.*)$")
"""A clause that is to follow needs its verb."""
HOLLOW = re.compile(
    r"\b(?:vetoed|signed|passed|approved|adopted|rejected|introduced|tabled|proposed|backed|blocked|drafted)(?: on [A-Z][a-z]+(?: \d+)?)? (?:an?|the) (?:(?:draft|new|proposed) )?(?:bill|law|act|decree|motion|ordinance|amendment|legislation)$|"
    r"\b(?:first|second|third|latest|last|only) (?:[\w.-]+ ){0,4}(?:country|nation|company|firm|state|government|city|lab|startup|developer|group|maker|body)(?: in (?:the )?[A-Z][\w.]*(?: [A-Z]\w+)*)?$|"
    r"\b(?:declaration|statement|report|letter|text|document|study) (?:adopted|published|issued|released|signed|seen|obtained)$|\bwith (?:[a-z]+ ){0,2}(?:members|partners|backers|customers|users|investors|clients|sponsors)$|"
    r"(?<!the )(?<!this )(?<!on )\b(?:exists?|existed|matters?|mattered|lies|stands)$|\b(?:different|following|one|two|three|(?<!in the )same|certain|simple) (?:reason|way|factor|question|problem|goal|condition|thing|point)s?$|"
    r"\b(?:two|three|four|five|six|seven|several) (?:main |key |new |other )?(?:issues|areas|points|questions|measures|pillars|steps|goals|commitments|things|reasons|priorities|conditions|principles|elements|strands|topics)(?:, [^,]{3,40} said)?$|"
    r"\bthe following (?:[a-z]+ )?[a-z]+s$|\b(?:in|by|with|through) an? (?:[a-z-]+ ){1,3}(?:sent|posted|released|published|issued|signed|dated|written)$|"
    r"\b(?:an?|the|its|their) (?:[a-z-]+ ){0,2}(?:push|bid|effort|drive|campaign|attempt|race|fight) (?:by|from|of|among) [^,]*$"
)
"""A noun that says nothing without what comes behind it."""
THAT = re.compile(
    r"\b(?:said|told|announced|added|warned|argued|noted|reported|confirmed|found|believed?s?|stated|agreed|decided|ruled|concluded|reckon(?:s|ed)|thinks?|thought|says|argues|claim(?:s|ed)|estimate[sd]|insist(?:s|ed)|suggest(?:s|ed))\b[^,]{0,40}? that ([^,]*)(?:,|\.$)"
)
SAYS = re.compile(
    r"^(?:[^,]{3,80}|[^,]{3,60}, [^,]{3,90},) (?:said|say) (?!in |at |on |to |about |nothing )(?:that )?([^,]*)\.$"
)
SILENT = re.compile(r"^[^,]{3,80} said (?:in|at|on|during|to) ([^,]*)\.$")
ASKED = re.compile(
    r"\b(?:asked|urged|ordered|obliged|obliges|required|invited|forced|compelled|enabled|instructed) (?:the|its|their|all|[A-Z])(?:(?! to )[^,\"])*(?:, (?:the|an?) (?:(?! to )[^,])*)?\.$(?<!withdrawn\.)|"
    r"\b(?:ordered|urged|asked|instructed|obliged|forced|told) [a-z]+s(?:, [a-z]+s?)* and [a-z]+s (?:that|which|who) (?:(?! to )[^\"])*\.$|"
    r"\b(?:two|three|four|five|six) [a-z]+: [^,]*\.$|"
    r"^[^,]{3,80} said (?:that )?(?:the|an?|[A-Z])[^,]*, (?:which|who|whose) [^,]*\.$"
)
"""What somebody is asked to do is missing, the rest of what is counted, or the verb of what is said."""
LISTED_ING = re.compile(r",? ?[a-z]+ing (?:and|or) ")
"""What looks like a participle is one thing of a list: "for computing, training and tools"."""
LISTED_TO = re.compile(r"(?<!,) to [a-z]+ (?:(?! and to )[^,])+, to [a-z]+ (?:(?!,? (?:and|or|but) )[^,])+\.$")
"""A list of aims without its last: "to open a fund, to hire clerks."."""
AIMS = re.compile(r" to [a-z]+ (?:(?! and | or ).)*$")
THING_BEHIND = frozenset("that which who of and or to from by is was".split())
"""What stands behind a noun that looks like a verb: "to open a yard, work that takes a year"."""
SAID = frozenset("said told added warned argued noted".split())
RELATIVE = frozenset("who which whose where when".split())
DESCRIBED = re.compile(r"(?<=\w) (?:\w+ )?(?:which|whose|where)\b.*$")
BY = re.compile(r"[\w-]+(?:ed|n) by\b")
NUMBER_COMMA = re.compile(r"\d,\d{3}|\b\d{1,2}, \d{4},?")


def clause(part: str) -> bool:
    """Whether what stands between two commas is a clause of its own, not an aside.

    >>> clause("the ships were old"), clause("the port in which the ships were built")
    (True, False)
    """
    told = part if part.split()[0] in RELATIVE else DESCRIBED.sub("", part)
    return finite(f"X {told}.") and part.split()[0] not in RELATIVE and not BY.match(part)


def half(head: str, tail: str) -> bool:
    """Whether a cut goes through something: a pair of dashes, or an aside before the verb of what stands ahead."""
    if DASH.match(tail) and DASH.search(head):
        return True
    if OTHER_HALF.match(tail):
        return False
    if AIM.match(tail) and finite(f"{head}.") and not re.search(r"\bthat\b|, (?:and|but) ", head):
        return False
    parts = [part.split() for part in tail.split(", ")[2:] if part.split()]
    return any(acts(" ".join(part)) or part[0] in BASE or part[0] in {"but", "yet"} for part in parts)


def acts(part: str) -> bool:
    """Whether a part between commas begins with a verb: ", including Oslo, have signed" is no mere aside."""
    first, second = [*part.lower().strip(".").split()[:2], "", ""][:2]
    passive = BY.match(part) or (first, second) in REDUCED
    return first in AUXILIARY or (certain(first, "") and first not in SAID and not passive)


def whole(form: str) -> bool:
    """Whether no verb hangs behind a comma or is missing behind "that": "They raised money, sold the house."

    >>> whole("They raised money, sold the house."), whole("Ana Reyes, who led the talks, sold the house.")
    (False, True)
    >>> whole("The minister said that leaders from 28 countries."), whole("A report published on July 3, 2024, asks for tests.")
    (False, True)
    """
    if LISTED_TO.search(form) or ASKED.search(form) or _unfinished(form):
        return False
    told = THAT.search(form)
    if told and not (verb_like([*told[1].split(), ""][0]) or finite(f"{told[1][:1].upper()}{told[1][1:]}.")):
        return False
    silent = SILENT.match(form)
    if silent and not any(verb_like(word) for word in silent[1].split() if word.islower()):
        return False
    plain = SAYS.match(form)
    if plain and not finite(f"{plain[1][:1].upper()}{plain[1][1:]}."):
        return False
    parts = NUMBER_COMMA.sub("0", form).split(", ")
    last = [*parts[-1].split(), ""][:2]
    if len(parts) > 1 and last[0] in BASE and last[1] not in THING_BEHIND and AIMS.search(", ".join(parts[:-1])):
        return False
    for n, (before, part) in enumerate(itertools.pairwise(parts)):
        words = part.strip(".").split()
        bare = acts(part)
        joined = any(word == "and" and certain(after, "") for word, after in itertools.pairwise(words))
        if bare and not joined and (n == 0 or clause(before)):
            return False
    return True


WHO = re.compile(
    r"(?:, (?:said|according to)|, as) [A-Z][\w'-]+(?: [A-Z][\w'-]+)+$|\bbetween [A-Z][\w-]+(?:(?! and )[^,])*$"
)
"""Whose office is told behind the name, and of two only one."""
FEW = re.compile(r"\bone of (?:the|its) (?:few|only) [^,]*(?:, (?:along|together) with [^,]*)?$")
"""Of how few is said by what follows."""
UNFINISHED = re.compile(
    r"^(?:(?:Under|In|For|With|At|On|By|From) [^,]*, )?(?P<subject>[^,\"]*?) (?:that|who|which) (?P<told>[^,]*)\.$"
)


def _unfinished(form: str) -> bool:
    """Whether the only verb is that of a relative clause: "Under the law, ports that open yards at no charge."

    >>> _unfinished("Ports that open yards at no charge."), _unfinished("Ports that open yards pay no tax.")
    (True, False)
    """
    match = UNFINISHED.match(form)
    if match is None or finite(f"{match['subject']}."):
        return False
    words = match["told"].split()
    verbs = [n for n, w in enumerate(words) if verb_like(w)]
    return not any(certain(words[n], words[n - 1]) for n in verbs[1:])


def ends_well(head: str) -> bool:
    """No cut inside a list, brackets, a quotation or a figure, and none that leaves a preposition hanging."""
    if FEW.search(head) or WHO.search(head):
        return False
    if head.count("(") != head.count(")") or head.count('"') % 2 or (re.search(r"\d$", head) and head.endswith(",")):
        return False
    opened = head.rpartition(": ")[2] if ": " in head else ""
    if HOLLOW.search(head) or LIST.search(head) or (opened and not finite(f"X {opened}.")):
        return False
    other = OTHER.search(head)
    if other and not finite(f"X {other[1]}."):
        return False
    if head.endswith(" said"):
        return POSTPOSED.search(head) is not None
    return HANGING.search(head) is None
