"""Time that leans on the day of the report ("on Tuesday", "last month"): taken out where the sentence stands without."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.stages.draft.language.verbs import finite

WEEKDAY = r"(?:(?<!Black )(?<!Good )(?<!Super )(?<!Holy )(?<!Ash )(?<!Giving )(?<!Cyber )(?<!Bloody )(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
"""A day of the week that is no name, as in "Black Friday"."""
MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
PART = r"(?: (?:morning|afternoon|evening|night))?"
DATED = re.compile(rf"\b(?:on )?{WEEKDAY},? (?:the )?(?={MONTH} \d|\d{{1,2}} {MONTH})", re.I)
POSSESSIVE = re.compile(rf"(?<=[a-z] ){WEEKDAY}'s (?=[a-z])")
HOURS = re.compile(rf" (?:in|during) the (?:early|small|late) hours of {WEEKDAY}(?=[ ,.])")
OPENING = re.compile(rf"^(?:(?:Late |Early )?(?:[Oo]n )?(?:late |early )?{WEEKDAY}{PART}),? (?=\S)")
PERIOD = r"(?:week|weekend|month|year|spring|summer|autumn|fall|winter|quarter)"
RELATIVE = re.compile(
    rf",? (?:(?:starting|beginning|effective|as of) (?:on )?|(?:late |early )?on |(?:late|early|earlier|later) )?(?:(?:this )?{WEEKDAY}{PART}(?:, [A-Z]\w+(?: [A-Z]\w+)? time)?|(?:this|next) (?:{PERIOD}|{MONTH})|last (?:week|weekend|month)|today|yesterday)"
    r"(?=[ ,.;])(?! of \d)"
)
PART_OF_YEAR = re.compile(
    r" (?:by|in|from|at|during) (?:(?:the )?(?:(?:first|second|third|fourth|last|final) (?:quarter|half)|start|beginning|middle|end|course) of (?:this|next|the) year|(?:early|mid|late)[- ]next year)(?=[,.])|"
    r" (?:from|by|starting|beginning) next (?:year|month|week|spring|summer|autumn|fall)(?=[ ,.])"
)
"""A part of the report's year: what is to be done by then is told without it."""
OPENING_RELATIVE = re.compile(
    rf"^(?:Earlier |Later |Late |Early )?(?:(?:This|this|Next|next) {PERIOD}|[Ll]ast (?:week|month)), (?=\S)"
)
"""Without its "last year" an old thing would pass for a new one: such a sentence is left out instead."""
DAY = re.compile(rf"\b(?P<on>[Oo]n )?(?P<day>{WEEKDAY}){PART}(?=[ ,.])")
NOT_THEN = frozenset(
    "last next by until till from since every before after of this to and or each through between a the another spent spend spends".split()
)
"""Before one of these words a weekday is another than the report's, or not when its news was."""
DATE = re.compile(
    rf",? on {WEEKDAY}{PART}(?=[ ,.])|,? (?:on|of) (?:{MONTH} \d{{1,2}}(?:, \d{{4}},?)?|{MONTH} \d{{4}},?|\d{{1,2}} {MONTH}(?: \d{{4}})?)|"
    rf"^(?:On|In) (?:\d{{1,2}} )?{MONTH} [\d, ]*\d{{4}},? "
)
BARE = re.compile(
    r"\b(?:starts?|begins?|began|ends?|ended|expires?|opens?|closes?|takes? effect|took effect|appl(?:y|ies)|into (?:force|effect|operation|application)|votes?|meets?|(?:and|or) will [a-z]+|is due|are due|by|from|until|since)(?:\.$|,? (?:and|but) )"
)
"""Without its date such a sentence says nothing."""
OPENS = re.compile(r"opens?|opened|starts?|started|begins?|began|closes?|closed|ends?|ended|expires?|expired")
HELD = frozenset(
    "office born founded created launched elected opened of by in for from than since until before after the over during and to with as every each at a next last this or expect expects expected due "
    "between its spent spend spends".split()
)
"""After one of these words the time is part of the phrase."""
AHEAD = re.compile(
    r"\b(?:is|are) (?:to|due to|set to|expected to|scheduled to) (?:\w+ )?(?:meet|hold|open|begin|start|vote|decide|publish|take)\b|"
    r"\bwill (?:meet|hold|open|begin|start|vote|decide|take place|be held)\b|"
    r"^(?:[\w.'-]+ ){1,7}(?:goes|flies|travels|arrives|visits|leaves|returns|votes|meets)\b"
)
"""What is to come says nothing without its day,"""
SPOKEN = frozenset("said announced told wrote added".split())
"""which is not the one on which somebody spoke of it."""
COMPARED = re.compile(r"\b(?:than|compared|versus|up from|down from|rose|fell|grew|dropped)\b")
PARTICIPLE = re.compile(
    r"(?<!was )(?<!were )(?<!been )(?<!be )(?<!is )(?<!are )(?<!has )(?<!have )(?<!had )"
    r"\b(?:announced|published|released|unveiled|passed|proposed|introduced|signed|issued|made|held|launched|adopted|circulated|sent|shared|leaked|presented|submitted|drafted|filed|delivered|tabled|"
    r"approved|obtained|seen|reached|set|agreed|taken)$"
)
DATED_PARTICIPLE = re.compile(
    rf" (?:announced|published|released|unveiled|circulated|presented|submitted|tabled|issued|proposed|signed|adopted|agreed)(?: late| early)? (?:on )?{WEEKDAY}{PART}(?=[ ,.])"
)
"""What only says that a thing is new: "a charter announced Tuesday"."""
DOER = re.compile(r"(?: (?:in|at) [A-Z][\w-]+)? by ")
"""Who did it, which needs the participle: "the pact signed on Thursday in Lund by two ministers"."""
OF = re.compile(r"\b(?:of|from|by|until|since|before|after|for|to|between) $")
"""What stands right before the date itself: "at its meeting of Monday, 13 October"."""
NOUN = re.compile(
    r"\b(?:in|under|of|by|with|for|to|from|[Uu]nder|[Ii]n|[Bb]y|[Ww]ith) (?:an?|the|its|their|new) (?:[a-z-]+ ){0,3}[a-z-]+$"
)
TELLING = re.compile(r", (?!and |but |which |who )(?:the |an? )?[\w .'-]{3,50} $")
"""Who announced it, behind the news."""
FOLLOWED = re.compile(r" (?:by|in|at|to|with|that|an?|the|new|plans?|its|his|her|their|on|under|for|between)\b")


def timeless(text: str, *, day: bool = False) -> str:
    """The sentence without weekdays and the like, where nothing else depends on them; with `day` the report's own stays.

    >>> timeless("On Wednesday, Norway signed, and ministers met Tuesday, Nov. 4, in Delhi.")
    'Norway signed, and ministers met on Nov. 4, in Delhi.'
    >>> timeless("The government had opposed the change until last week.")
    'The government had opposed the change until last week.'
    >>> timeless("Norway on Wednesday signed a pact this week.", day=True)
    'Norway on Wednesday signed a pact.'
    """
    if day and (own := next(days(text), None)):
        held = timeless(f"{text[: own.start()]}{HELD_DAY}{text[own.end() :]}")
        return held.replace(HELD_DAY, own[0] if own["on"] else f"on {own[0]}")
    if TIMELY.search(text) is None:
        text = DONE_ALONE.sub("", text)
        return text[:1].upper() + text[1:]
    told = text
    text = DATED.sub(lambda m: "On " if m.start() == 0 else "" if OF.search(text[: m.start()]) else "on ", text)
    text = HOURS.sub("", text)
    text = POSSESSIVE.sub(lambda m: "the ", text)
    text = OPENING.sub("", OPENING_RELATIVE.sub("", text))
    text = DATED_PARTICIPLE.sub(lambda m: "" if _adds(text, m) and not DOER.match(text[m.end() :]) else m[0], text)
    text = RELATIVE.sub(lambda m: _dropped(text, m), PART_OF_YEAR.sub(lambda m: _undated_year(text, m), text))
    text = NEW_ALONE.sub(lambda m: m[0] if m[0] in told else "", DONE_ALONE.sub("", text))
    return text[:1].upper() + text[1:]


def days(text: str) -> Iterator[re.Match[str]]:
    """The weekdays on which a report says that something was.

    >>> [m["day"] for m in days("Norway signed on Monday what had waited since Friday.")]
    ['Monday']
    """
    for match in DAY.finditer(text):
        before = re.findall(r"[\w']+", text[: match.start()])[-1:]
        if (match["on"] or before) and not (before and before[0].lower() in NOT_THEN):
            yield match


def _adds(text: str, match: re.Match[str]) -> bool:
    """Whether a dated participle belongs to the noun of a circumstance, and the sentence has its verb elsewhere."""
    return NOUN.search(text[: match.start()]) is not None and finite(f"{text[: match.start()]}{text[match.end() :]}")


def _undated_year(text: str, match: re.Match[str]) -> str:
    """The same for a part of a year, unless nothing is said without it: "is due by the end of the year"."""
    return match[0] if BARE.search(text[: match.start()] + text[match.end() :]) else _dropped(text, match)


def _dropped(text: str, match: re.Match[str]) -> str:
    before, after = text[: match.start()], text[match.end() :]
    last = re.findall(r"[\w']+", before)[-1:]
    if (
        not last
        or last[0].lower() in HELD
        or re.match(r" (?:and|or|to|through|until) (?:\w+day|the year|this|next)", after)
    ):
        return match[0]
    if COMPARED.search(text) and "day" not in match[0]:
        return match[0]
    if after.strip() == "." and (OPENS.fullmatch(last[0]) or BARE.search(f"{before}.")):
        return match[0]  # "the register opens" says nothing
    if _hangs(before, after) or (AHEAD.search(text) and last[0] not in SPOKEN and not re.search(r"\d", before + after)):
        return match[0]
    if match[0].startswith(",") and after[:1] == ",":
        return ""  # one of the two commas stays
    return "," if match[0].startswith(",") and after[:1] == " " else ""


def _hangs(before: str, after: str) -> bool:
    """Whether the time completes a participle, as in "a report published last month said"."""
    told = PARTICIPLE.search(before)
    if told and after.strip() == "." and TELLING.search(before[: told.start()]):
        return False
    rest = re.split(r", (?:which|who|whose|where) ", after)[0].rstrip(".")
    return told is not None and FOLLOWED.match(after) is None and finite(f"{before[: told.start()]}{rest}.")


DONE_ALONE = re.compile(r"^(?:Announced|Launched|Unveiled|Published|Released|Signed|Adopted|Opened|Presented), (?=\S)")
"""What is left of "Announced on Monday, the fund ..."."""
NEW_ALONE = re.compile(
    r", (?:which (?:was|were) )?(?:released|published|announced|unveiled|signed|adopted|issued|presented|posted|leaked)(?:,(?= (?!(?:and|but|or|only|with|[a-z]+ed)\b))|(?=\.$))"
)
"""What is left of "the report, which was published on Monday, ..."."""
TIMELY = re.compile(r"day|week|month|year|spring|summer|autumn|fall|winter|quarter|this |next ", re.I)
"""Without one of these a sentence has no such time."""
HELD_DAY = "\0"
LEFT = re.compile(rf"\b(?:and|or|to|until) \d{{1,2}}(?:, \d{{4}}| {MONTH}|[.,])")
"""The second of two days: "on February 10 and 11, 2025"."""


def undated(text: str) -> str:
    """A sentence without its full dates.

    >>> undated("On May 3, 2024, the office spoke. ")
    'The office spoke.'
    >>> undated("The office on May 3, 2024, opened a fund.")
    'The office opened a fund.'
    >>> undated("The office spoke on May 3 and 4, 2024.")
    'The office spoke on May 3 and 4, 2024.'
    """
    plain = re.sub(r",,+", ",", " ".join(DATE.sub("", text).split()))
    if BARE.search(plain) or LEFT.search(plain):
        return text
    return plain[:1].upper() + plain[1:]
