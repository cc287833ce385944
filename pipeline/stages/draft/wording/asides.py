"""Shorter forms of a sentence by its commas: an aside, a consequence or a circumstance between or behind them is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.stages.draft.language.verbs import finite
from pipeline.stages.draft.language.words import negations
from pipeline.stages.draft.wording.wholeness import LISTED_ING, acts, ends_well

RELATIVE = r"(?:(?:under|in|through|by|with|of|for|at|from|during|on|to|after) )?(?:which|whom)|who|whose|where|when"
ASIDE = re.compile(
    rf"(?:{RELATIVE}|(?!according|following|excluding|citing|being|nothing|something|everything|anything)[a-z]+ing|"
    r"(?:first |jointly |widely |also )?(?:issued|agreed|announced|published|reported|adopted|signed|released|unveiled|founded|"
    r"based|backed|led|made|drafted|proposed|introduced|launched|chaired|hosted|attended|written|funded|owned|named|"
    r"called|known|described|formed|created|set|held|joined|followed|seen|due|dated|part|short|home|long|once|"
    r"already|available|dubbed|nicknamed|titled|entitled|[a-z]+ed (?:in|on|at|by|for|to|with|as|after|from|under|more)|(?:alarmed|worried|concerned|convinced|frustrated|angered) that|including|among|along with|together with|alongside|such as)|"
    r"(?:or )?[A-Z]{2,6})\b"
)
"""What may stand between the subject and its verb, or behind a noun, and be left out."""
ENDING = re.compile(
    rf"(?:{RELATIVE}|after|before|amid|despite|following|as|even as|even though|although|though|while|whereas|because|since|"
    r"in an? (?:\w+ )?(?:move|step|bid|blow|sign|deal|decision|effort|push|boost|shift|vote|setback|test|case|attempt|gesture|message)|in the (?:latest|first|second|biggest)|"
    r"an? (?:\w+ ){0,2}(?:move|step|sign|decision|figure|threshold|number|sum|change|promise|idea|deal|rule|target|goal|concession)|"
    r"(?:less|more|fewer|about|roughly|nearly|almost|well|far|up|down|compared|enough|along|together|alongside|among|including|such)\b|"
    r"(?:days|weeks|months|years|hours|minutes|(?:a|one|two|three|four|five|six) (?:day|week|month|year|hour)s?) (?:after|before|ahead)|"
    r"(?:above all|especially|mainly|chiefly|notably|particularly|with|without|thanks to|ahead of|on the|at a|at the|by [a-z]+ing)\b|"
    r"(?!according|excluding|citing|being|nothing|something|everything|anything)[a-z]+ing\b)"
)
"""What may stand at a sentence's end and be left out."""
NOMINAL = re.compile(
    r"(?:in )?an? (?:\w+ ){0,2}(?:move|step|sign|decision|figure|threshold|number|sum|change|promise|idea|deal|rule|target|goal|concession|bid|blow|effort|push|boost|shift|vote|setback)\b"
)
"""What sums up the sentence: who says so tells nothing about the rest."""
TOLD = re.compile(
    r"\b(?:said|says|told|according to|warned|argued|added|claim(?:s|ed)?|believes?|reportedly|allegedly|if|unless|provided|except|lest)\b|\bwhere (?:it|they|there|no|such)\b"
)
"""An attribution or a condition stays."""
LATER = re.compile(r"(?:(?:barely|just|only) )?(?:a|one|two|three|\d+|[a-z]+) (?:hours?|days?|weeks?|months?) after ")
"""What went before: who spoke then tells nothing about the rest, either."""
SAID = re.compile(r" said$|^according to ")
UNDER = re.compile(r"(?:under|in|through|by|with) (?:which|whom)\b|an? (?:[\w-]+ ){0,4}(?:which|that|of)\b")
FIRST = re.compile(r"^(?:and|or|but|nor|not|never|no|only|without|than|of wh(?:om|ich))\b")
"""What begins so belongs to what stands before it."""
COMPANION = re.compile(r"(?:along|together|jointly) with|alongside\b")
"""Who did it, too."""
NUMBER = re.compile(r"(?<=\d),(?=\d{3})|(?<=\d), (?=\d{4})|(?<=Inc|orp|Ltd)\.?, ")
HIDDEN = "\u0001"
BACK = re.compile(
    r"\b(?:the (?:bloc|group|company|country|firm|body|union|alliance|organization|agency|pair|duo)|its|their|it|they)\b"
)


def without_asides(text: str) -> Iterator[str]:
    """The sentence without one aside that its commas hold, or without its end.

    >>> list(without_asides("The pact, signed in Oslo, opens a fund of 40 million dollars, less than mayors had asked for."))
    ['The pact opens a fund of 40 million dollars, less than mayors had asked for.', 'The pact, signed in Oslo, opens a fund of 40 million dollars.']
    >>> list(without_asides("The team has men of the port, the navy, the bank and the mint."))
    []
    """
    parts = [
        p.replace(HIDDEN, ",")
        for p in NUMBER.sub(lambda m: m[0].replace(",", HIDDEN), text.removesuffix(".")).split(", ")
    ]
    for n in range(1, len(parts)):
        head, rest = ", ".join(parts[:n]), parts[n + 1 :]
        if (
            (TOLD.search(parts[n]) and not (NOMINAL.match(parts[n]) or LATER.match(parts[n])))
            or FIRST.match(parts[n])
            or LISTED_ING.match(parts[n])
            or not _closed(parts[n])
            or (MADE.search(head) and parts[n].startswith(("a ", "an ")))
            or (n == 1 and COMPANION.match(parts[n]) and not finite(f"{head}."))
            or not ends_well(head)
        ):
            continue
        if rest and ASIDE.match(parts[n]) and acts(rest[0]) and (n > 1 or not finite(f"{head}.")):
            joined = f"{head} {', '.join(rest)}." if n == 1 else f"{head}, {', '.join(rest)}."
            if n == 1 and not (BACK.search(", ".join(rest)) and re.search(r"[A-Z]", parts[n])):
                yield joined
        elif rest and PLACED.match(rest[0]) and _explains(parts[n], parts[n - 1]):
            yield f"{head} {', '.join(rest)}."
        elif not rest and (ENDING.match(parts[n]) or _apposed(parts[n], parts[n - 1], n)) and finite(f"{head}."):
            yield f"{head}."
        elif len(rest) == 1 and UNDER.match(parts[n]) and SAID.search(rest[0]) and finite(f"{head}."):
            yield f"{head}, {rest[0]}."


MADE = re.compile(
    r"\b(?:make|makes|made|call|calls|called|name|names|named|declare[sd]?|elect(?:s|ed)?|appoint(?:s|ed)?) [^,]+, [^,]+$"
)
"""Who is made what: "to make Lund, home to two yards, a port of the world"."""


def _explains(part: str, before: str) -> bool:
    """Whether a part says what the name before it is: "the Open Port Foundation, a trust in Lund, over …"."""
    named = before.split()[-1:]
    return bool(named) and named[0][:1].isupper() and re.match(r"an? (?!.*\band\b)", part) is not None


def _apposed(part: str, before: str, n: int) -> bool:
    """Whether a last part is a noun with its clause, as in "a pact that will bind both", and no item of a list."""
    placed = (PLACED.match(before) is not None or before.islower()) and len(before.split()) < LONG
    if not re.match(r"an? ", part) or " or " in part or FIRST.match(before) or (n > 1 and (" and " in part or placed)):
        return False
    return not finite(f"{re.split(r' (?:that|which|who|whose|where|in which|under which) ', part)[0].capitalize()}.")


LONG = 7
"""Words from which on a circumstance between commas is no mere place, as in "signed, in Oslo, a pact"."""
PLACED = re.compile(r"(?:in|at|on|during|with|after|by|before|for|to|from|under|over|about|into|through)\b")


def without_second(text: str) -> Iterator[str]:
    """The first of two main clauses that a comma and "and", "but", "yet" or "while" join.

    >>> list(without_second("Twelve states signed a pact on ports, but Oslo declined to sign, leaving it without a bank."))
    ['Twelve states signed a pact on ports.']
    """
    for match in SECOND.finditer(text):
        head, clause = text[: match.start()], match["clause"]
        if SPOKEN.search(head) and (negations(clause) or not match.group().startswith(", and")):
            continue  # the other half of what somebody thinks
        subject = re.match(
            r"(?:the |an? |its |their |some |many |most |all )?[\w.'\u2019-]+(?: [\w.'\u2019-]+){0,6}?(?= (?:is|are|was|were|has|have|had|will|would|did|does|do|said|could|can|must|[a-z]+ed|[a-z]+s)\b)",
            clause,
        )
        if (
            subject
            and "," not in NUMBER.sub("", head).rsplit(" that ", 1)[-1]
            and finite(f"{head}.")
            and ends_well(head)
            and not ATTRIBUTED.search(clause)
        ):
            yield f"{head}."


SECOND = re.compile(
    r", (?:and|but|yet|while|whereas) (?!only\b|not\b|never\b|no\b|if\b|unless\b)(?P<clause>(?:[A-Z]|the |an? |its |their |some |many |most |all |other |critics|officials|experts|campaigners|companies)[^.]*)"
)
SPOKEN = re.compile(r"\b(?:said|says|told|argued|noted|warned|added|called|welcomed)\b")
ATTRIBUTED = re.compile(r", [^,]* said\b|according to")


PACT = "memorandum of understanding|agreement|pact|deal|accord|treaty|memorandum|resolution|declaration"
PLAN = "cent(?:er|re)|facility|hub|supercomputer|charter|plan|law|bill|code|framework|programme|program|scheme|policy|licence|license|strategy"
TERMS = re.compile(
    rf"\b[Aa]n? (?:[\w-]+ ){{0,3}}(?:(?:{PACT})|(?P<more>{PLAN}))(?: [a-z]+ [\w -]{{3,40}}?)?(?P<terms> (?:(?:under|in|by|through) which|"
    r"(?P<that>that) (?:obliges?|requires?|commits?|allows?|bans?|sets?|creates?|establishes|provides?|calls?|asks?|will|would|covers?)) .*)\.$"
)
FULL = 29
"""Words of a sentence that may lose what a plan or a law is to do, too."""


def without_terms(text: str) -> Iterator[str]:
    """The sentence without what an agreement at its end says.

    >>> list(without_terms("Oslo and Lund signed a memorandum of understanding under which ports share cranes."))
    ['Oslo and Lund signed a memorandum of understanding.']
    """
    match = TERMS.search(text)
    tight = match and (match["more"] or match["that"]) and len(text.split()) < FULL
    head = text[: match.start("terms")] if match else ""
    if match and not tight and not TOLD.search(match["terms"]) and finite(f"{head}.") and ends_well(head):
        yield f"{head}."


def _closed(part: str) -> bool:
    """Whether quotation marks and brackets that open in a part close in it."""
    return part.count('"') % 2 == 0 and part.count("(") == part.count(")")
