"""A sentence in slightly other words that are surely the same, so that no long run of a source's words is copied."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache, partial

from pipeline.stages.draft.language.hints import Hinted, changes
from pipeline.stages.draft.language.subjects import subject
from pipeline.stages.draft.language.verbs import certain
from pipeline.stages.draft.texts.people import NAME
from pipeline.stages.draft.wording.joined import LISTED

AMOUNT = r"(?=[\d$\u20ac\u00a3])"
THING = r"(?=(?:the|its|their|his|her|an?|it|they|he|she|there|all|no|any|some|more|most|each|few|many|both|one|two|three) )"
"""How what somebody said begins."""
OBJECT = r"(?=[^,.]{3,40} to [a-z])"
"""Who may do it, and what."""
MODAL = r"(?=(?:has|have|is|are|was|were|can|will|would|could|may|must|does|do|did|had) )"
FREE = r"(?<!would )(?<!could )(?<!should )(?<!may )(?<!might )(?<!must )(?<!will )(?<!not )(?<!to )"
"""No other verb stands before."""
NO_AIM = r"(?<!aim )(?<!aims )(?<!goal )(?<!idea )(?<!plan )(?<!task )(?<!purpose )(?<!step )(?<!intention )(?<!hope )(?<!it )"
"""Of an aim, "is to" says what it is, and not what will be."""
DONE = (
    r"(?:announced|agreed|approved|signed|pledged|ratified|adopted|launched|published|offered|asked|promised|proposed|named|joined|created|"
    r"released|passed|rejected|welcomed|called|warned|ordered|accused|urged|opened|invited|decided|ended|failed|increased|started|finished|"
    r"issued|filed|introduced|extended|delayed|suspended|granted|backed|raised|invested|awarded|moved|fined|sued|banned|told|said|urged)"
)
TO_DO = (
    r"(?:be|open|take|have|give|start|begin|meet|publish|report|run|help|serve|develop|build|receive|host|join|pay|sign|vote|decide|come|go|"
    r"get|lead|test|cover|hold)"
)
SWAPS = changes(
    (r"(?<![,\" ] )\bsaid that (?=\w)", "said "),
    (r"(?<=[a-z] )\bsaid (?=[A-Z][\w.'-]* (?!said\b))", "said that "),
    (rf"(?<=[A-Za-z] )\bsaid {THING}", "said that "),
    (rf"\b(argued|replied|warned|estimated|found|concluded|added|stated|believes|announced|noted|showed) that {THING}", r"\1 "),
    (r"\bover (?=\d)(?!\d+ (?:years|months|weeks|days|hours)\b)", "more than "),
    (r"^Over (?=\d)", "More than "),
    (rf"(?<![Nn]o )(?<![Nn]ot )\bmore than {AMOUNT}", "over "),
    (rf"(?<![Nn]o )(?<![Nn]ot )\b(?:less|fewer) than {AMOUNT}", "under "),
    (r"^(?:Some|Around|Roughly) (?=\d)", "About "),
    (rf"\b(?:around|roughly|approximately) {AMOUNT}|(?<=\w )some (?=\d)", "about "),
    (rf"\babout {AMOUNT}", "around "),
    (r"\bnearly (?=[\d$\u20ac\u00a3a-z])", "almost "),
    (rf"\balmost {AMOUNT}", "nearly "),
    (r"\bper cent\b", "percent"),
    (r"(?<=\d) percent\b", "%"),
    (r"\b10 to the power of (?=\d)", "10^"),
    (r"\bin order to\b", "to"),
    (r"\bprior to\b", "before"),
    (r"\bdue to (?=(?:the|an?|its|their) )", "because of "),
    (r", among them (?=\w)", ", including "),
    (r"(?<=[a-z]{4}) (?:in|at) which (?=(?:an?|the|its|their) )", " where "),
    (rf"(?<=[a-z])(?<!said)(?<!found)(?<!agreed)(?<!announced)(?<!decided)(?<!warned)(?<!so)(?<!such)(?<!now)(?<!fact)(?<! on)(?<! of)(?<! for)(?<! with)(?<! in)(?<! to)(?<! at)(?<! by)(?<! from)(?<! than) that {MODAL}", " which "),
    (r"(?<=[a-z])(?<!says)(?<! said)(?<! on)(?<! of)(?<! so)(?<! in) that (?=(?:allow|require|make|give|cover|contain|include|provide|combine|protect|prevent|create|set|help)s (?:the|an?|any|all|its|their|[a-z]+s?) )", " which "),
    (rf"(?<=[a-z]{{4}})(?<! that)(?<!says)(?<!about) which {MODAL}", " that "),
    (r"\bwould be required to\b", "would have to"),
    (r"(?<!not )\bwill have to (?=[a-z])", "must "),
    (rf"(?<=[a-z] ){NO_AIM}\b(?:is|are) to (?={TO_DO}\b)", "will "),
    (r"\bbegan\b", "started"),
    (r"\bbegins\b(?! (?:with|by)\b)", "starts"),
    (r"(?<=[a-z\d]), but (?=[a-z])", ", yet "),
    (r"(?<=[a-z\d]) because (?=(?:the|its|their|an?|it|they|[A-Z][\w-]+) )", " since "),
    (r"(?<=\d)%(?=[ ,.])", " percent"),
    (r"\b(million|billion|euros|dollars|pounds|hours|tons|tonnes|times|units|people) a (?=(?:year|month|week|day|hour)\b)", r"\1 per "),
    (r"\bboth (?=(?:the )?[\w-]+(?: [\w-]+)? and )", ""),
    (r"(?<![A-Z]\w )\bcompanies\b(?!')", "firms"),
    (r"(?<=\bAI )companies\b(?!')", "firms"),
    (r"(?<=[a-z] )said (?=[a-z]+s (?:should|would|will|had|have|were|are|could|must|can)\b)", "said that "),
    (r"(?<![A-Z]\w )\bcountries\b(?!')", "nations"),
    (r"\bbuy (?=[a-z])", "purchase "),
    (r"\bestablishes (?=(?:the|an?|its|their) )", "sets up "),
    (r"\bsetting up (?=(?:the|an?|its|their) )", "establishing "),
    (r"(?<=\b(?:to|ld|ll) )set up (?=(?:the|an?|its|their) )", "establish "),
    (r"\beach other\b", "one another"),
    (rf"\ballow(s?) {OBJECT}", r"permit\1 "),
    (rf"\ballowing {OBJECT}", "permitting "),
    (rf"(?<!be )(?<!is )(?<!are )(?<!was )(?<!were )\ballowed {OBJECT}", "permitted "),
    (r"\bcommence(s|d)?\b", r"start\1"),
    (r"\butili[sz](es?|ed|ing)\b", r"us\1"),
    (r"\bthe United States(?! of)(?=[ ,.])(?!\.$)", "the U.S."),
    (r"\bthe European Union\b(?! [A-Z])", "the EU"),
    (r"\bthe United Nations\b(?!'| [A-Z])", "the UN"),
    (r"\bthe United Nations'(?= [a-z])", "the UN's"),
    (r"(?<=[a-z\d]), (?P<who>the [a-z]+(?: (?!has |had |have )[a-z]+)?|[A-Z][\w'-]+(?: [A-Z][\w'-]+){1,2}|officials|organizers) said\.$", r", according to \g<who>."),
    (r"\bat least (?=\d[\d,]* [a-z]+s\b)(?!\d+ (?:years|months|weeks|days|hours|times)\b)", "no fewer than "),
    (r"\b(\d[\d.,]*(?: (?:million|billion))?) euros\b(?!')", "\u20ac\\1"),
    (r"(?<!\ba )(?<!\bA )\u20ac(\d[\d.,]*(?: (?:million|billion))?)(?= (?:in|for|to|over|from|a year|of which)\b|[,.] |\.$)", r"\1 euros"),
    (r"\b([Hh]alf|[Aa]ll) of (?=(?:the|its|their) )", r"\1 "),
    (r"(?<=(?:to|ll|ay|ld) )begin\b(?! (?:with|by)\b)", "start"),
    (r"(?<=[a-z\d,] )beginning (?=(?:in|on) )", "starting "),
    (r"\b([Tt])he remainder\b", r"\1he rest"),
    (r"\b([Tt])he rest(?= (?:of|is|are|was|were|will|would|comes|came|goes|coming|from)\b|[,.])(?! of the (?:world|country|region|continent|year)\b)", r"\1he remainder"),
    (r"\bbiggest\b", "largest"),
    (r"\blargest\b", "biggest"),
    (r"\b([Aa])nother (?=[$\u20ac\u00a3\d])", r"\1 further "),
    (r"\b([Aa]) further (?=[$\u20ac\u00a3\d])", r"\1nother "),
    (r"\bAlthough\b", "Though"),
    (r"\b(?<!as )although\b", "though"),
    (r"\bannually\b", "each year"),
    (r"\beach year\b", "every year"),
    (r"\b([Ss]tart)-(ups?)\b", r"\1\2"),
    (r"\b([Nn]on)-(profits?)\b", r"\1\2"),
    (r"(?<=s), including (?=(?:the )?[A-Z])", ", among them "),
    (r"\b(?:enters|comes) into (?:force|effect)\b", "takes effect"),
    (r"\b(?:enter|come) into (?:force|effect)\b", "take effect"),
    (r"\b(?:entered|came) into (?:force|effect)\b", "took effect"),
    (r"\btook effect\b", "came into force"),
    (r"\b(is|are|was|were) located (?=(?:in|at|near|outside) )", r"\1 "),
    (r"\btowards\b", "toward"),
    (r"\bwhilst\b", "while"),
    (r"\bamongst\b", "among"),
    (r"\bupon\b", "on"),
)  # fmt: skip
PERFECT = changes(
    (rf"{FREE}\bhad (?=(?:said|told|asked|warned|urged) )", ""),
    (rf"{FREE}\b(?:has|have) (?={DONE}\b)(?!.*\b(?:since|yet|already|so far)\b)", ""),
    (rf"{FREE}\bhas been (?=[a-z]+(?:ed|en)\b)(?!.*\b(?:since|yet|already|so far|for)\b)", "was "),
    (rf"{FREE}\bhave been (?=[a-z]+(?:ed|en)\b)(?!.*\b(?:since|yet|already|so far|for)\b)", "were "),
)
COMING = re.compile(r"\b(?:when|once|after|until|if|unless|before|as soon as|whether|where)\b[^,]*$", re.I)
"""Where what "has been signed" is not signed yet."""
AMERICAN = changes(
    (r"\b(program)me(s?)\b", r"\1\2"),
    (r"\b(cent|theat|met)re(s?)\b", r"\1er\2"),
    (r"\b(licen|defen|offen)ce(s?)\b", r"\1se\2"),
    (r"\b(fav|lab|col|neighb|hon|endeav|behavi)our(s|ed|ing|able|hood)?\b", r"\1or\2"),
    (
        r"\b(author|recogn|organ|critic|priorit|minim|maxim|util|standard|harmon|modern|digit|emphas|penal|final|public|special|summar|formal|"
        r"custom|mobil|central|categor|apolog|optim)is(e[sd]?|ing|ations?)\b",
        r"\1iz\2",
    ),
    (r"\b(label|cancel|travel|model|signal|channel|fuel)l(ed|ing)\b", r"\1\2"),
    (r"\banalys(e[sd]?|ing)\b", r"analyz\1"),
)
"""House style is American; names and quotations keep their spelling."""
PAIR = re.compile(r"(?<=[a-z]{3}) and (?!an? (?:half|quarter|third)\b)((?:the|its|their|an?) [^,.\"]{3,60})(?=[,.])")
BETWEEN = re.compile(r"\b(?:between|both|among)\b[^,]*$")
QUOTED = re.compile(r'("[^"]*")|[^"]+')


@lru_cache(maxsize=5_000)
def variants(text: str) -> tuple[str, ...]:
    """The sentence with one such change each, then with all of them; quotations stay as they are.

    >>> variants("The port said over 40 members will join.")[0]
    'The port said more than 40 members will join.'
    """
    changed = {change: other for change in CHANGES if (other := _outside_quotes(change, text)) != text}
    every = text
    for change in changed:
        every = _outside_quotes(change, every)
    return tuple(dict.fromkeys((*changed.values(), every))) if changed else ()


def _outside_quotes(change: Callable[[str], str], text: str) -> str:
    return QUOTED.sub(lambda m: m[1] or change(m[0]), text) if '"' in text else change(text)


def _american(text: str) -> str:
    for pattern, spelling in AMERICAN:
        text = pattern.sub(spelling, text)
    return text


def _past(text: str, pattern: Hinted, past: str) -> str:
    """What has been done as what was done."""
    return pattern.sub(lambda m: m[0] if COMING.search(text[: m.start()]) else past, text)


def _listed(text: str) -> str:
    """The second of two things behind other words: "the code as well as the weights"."""
    return PAIR.sub(lambda m: m[0] if _more(text[: m.start()], m[1]) else f" as well as {m[1]}", text)


def _more(before: str, second: str) -> bool:
    """Whether "and" joins more than two things (the last of a list, or a clause), two that belong together, or two that give something each."""
    return (
        LISTED.search(before) is not None
        or BETWEEN.search(before) is not None
        or any(map(str.isdigit, second))
        or any(certain(word, "") for word in second.split())
    )


SOURCE = re.compile(r'^According to (?P<who>[^,"]{3,60}), (?P<told>[^"]+)\.$')
SPEAKER = re.compile(
    r'^(?P<who>(?:The|An?) [^,"]{3,50}|[A-Z][\w\'-]+(?: [A-Z][\w\'-]+)+) said (?:that )?(?P<told>(?=(?:the|an?|all|any|some|more|most|each|few|many|both|two|three) )[^",]{30,})\.$'
)


def _behind(text: str) -> str:
    """Who says it, behind what is said.

    >>> _behind("According to the league, the port has 40 cranes.")
    'The port has 40 cranes, according to the league.'
    >>> _behind("The league said that the port will open a yard for its 40 cranes.")
    'The port will open a yard for its 40 cranes, the league said.'
    """
    if source := SOURCE.match(text):
        return f"{source['told'][:1].upper()}{source['told'][1:]}, according to {source['who']}."
    spoken = SPEAKER.match(text)
    if spoken is None or " that " in spoken["who"] or " who " in spoken["who"]:
        return text
    who, told = spoken["who"], spoken["told"]
    who = f"{who[:1].lower()}{who[1:]}" if who.startswith(("The ", "A ", "An ")) else who
    return f"{told[:1].upper()}{told[1:]}, {who} said."


WILL = re.compile(rf" will (?={TO_DO}\b)")
MUST = re.compile(rf" must (?={TO_DO}\b)")
ONE_SUBJECT = re.compile(r"(?:(?:The|An?) (?!.*\b(?:and|or)\b)(?!.*[A-Z]\w*s$)|(?:[A-Z][\w'-]*[^\Ws] ?)+$)")
"""A subject whose number its last word tells: no names in the plural, which may be one country."""
MANY = re.compile(r"[^sui]s$|\b(?:police|people|men|women|children|media|data)$")


def _many(who: str) -> bool:
    """Whether a subject is many things, as the noun ahead of "of" and the like tells.

    >>> _many("The results of each test"), _many("The list of cranes")
    (True, False)
    """
    return MANY.search(re.split(r" (?:of|for|in|on|from|to|with|by|at) ", who)[0]) is not None


OFFICE = re.compile(
    rf"^(?P<name>{NAME}), the (?P<role>(?!only |lone |first |then |late )(?:[a-z-]+ ){{0,3}}(?:minister|commissioner|president|chief|director|secretary|chair(?:man|woman)?|adviser|envoy|senator|ambassador)), "
    r"(?=(?:has |had )?(?:said|told|warned|argued|called|asked|urged|added|wrote) )"
)


def _titled(text: str) -> str:
    """Somebody's office ahead of the name."""
    return OFFICE.sub(lambda m: f"{m['role'][:1].upper()}{m['role'][1:]} {m['name']} ", text)


def _is_to(text: str) -> str:
    """What will be as what is to be.

    >>> _is_to("The first cranes will begin in May."), _is_to("The port will open in May.")
    ('The first cranes are to begin in May.', 'The port is to open in May.')
    """
    who = subject(text)
    if not ONE_SUBJECT.match(who) or not WILL.match(text[len(who) :]):
        return text
    return f"{who} {'are' if _many(who) else 'is'} to{text[len(who) + len(' will') :]}"


def _has_to(text: str) -> str:
    """What must be as what has to be.

    >>> _has_to("The first cranes must open in May."), _has_to("Lund must report each fault.")
    ('The first cranes have to open in May.', 'Lund has to report each fault.')
    """
    who = subject(text)
    if not ONE_SUBJECT.match(who) or not MUST.match(text[len(who) :]):
        return text
    return f"{who} {'have' if _many(who) else 'has'} to{text[len(who) + len(' must') :]}"


CHANGES: tuple[Callable[[str], str], ...] = (
    *(partial(pattern.sub, new) for pattern, new in SWAPS),
    *(partial(_past, pattern=pattern, past=past) for pattern, past in PERFECT),
    _american,
    _listed,
    _behind,
    _titled,
    _is_to,
    _has_to,
)
