"""What an opening "It" or "Its" is, and which company "the company": by name or noun, where one alone can be meant."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.stages.draft.language.countries import PATTERNS
from pipeline.stages.draft.language.subjects import subject
from pipeline.stages.draft.language.verbs import BASE, IRREGULAR, certain
from pipeline.stages.draft.language.words import CAPITAL
from pipeline.stages.draft.texts.people import OFFICE, bare_name, named
from pipeline.stages.draft.texts.people import SAYING as SPOKE
from pipeline.stages.draft.texts.readings import Reading
from pipeline.stages.draft.wording.asides import without_asides
from pipeline.stages.draft.wording.edits import edited
from pipeline.stages.draft.wording.openings import bare_subject

IT = re.compile(
    r"^It(?= (?:will|would|has|had|is|was|can|could|may|must|does|did|also|[a-z]+ed|[a-z]+s|"
    + "|".join(sorted(IRREGULAR))
    + r")\b)(?! (?:is|was|would be|will be|has been|remains|became|seems|appears|took|takes)(?: not)? (?:[a-z]+ly )?[a-z]+ (?:that|to|for|whether|how|if|who|until|when)\b)"
)
FIRST = re.compile(
    r"^It (?:is|was|will be|would be) (?:not )?the (?:first|second|third|only|latest|last) (?:time|such)\b"
)
"""What was done, and not the thing that it was done with."""
ITS = re.compile(r"^Its(?= [a-z])")
SAID = re.compile(rf"^It(?: also)? {SPOKE}\b")
"""Who spoke goes on speaking."""
SPEAKER = re.compile(rf", (?P<who>[^,]+?) (?:{SPOKE}|reported|announced)\b[^,]*(?:, citing [^,]*)?\.$")
"""Who said what a sentence tells first."""
APPOSED = re.compile(rf", (?:the|an?) (?!.* and |.*\b{SPOKE}\b|.*\bannounced\b)[^,]*\.$")
"""What the sentence's last thing is: the text may go on about that."""
BACKWARD = re.compile(r"\b(?:this|that|these|such)\b(?! (?:year|month|day))")
SPEECH = re.compile(
    rf"\b(?:{SPOKE}|asks?|asked|wonders?|claims?|claimed|announced|believes?|hopes?|reported|according to|showed?|shows|found)\b|\""
)
OTHER = re.compile(
    r"(?<!\bby )(?<!\bwith )(?<!\bunder )(?<!\bthrough )(?<!\bfrom )(?<!\bat )(?<!\bas )\b(?:an?|another|one|its own) (?!(?:year|month|week|day|half|third|quarter|majority|maximum|minimum|total|number|lot|few|way|bid|result|part|time)\b)"
    r"(?:[\w.-]+ ){0,3}?[a-z-]*[a-rt-z]\b"
)
"""One more single thing, which may be meant as well."""
OWN = re.compile(
    r"\b(?:its|their) (?:[a-z-]+ )*(?:report|plan|strategy|model|proposal|statement|position|text|draft|rules?|programme|program|paper)\b"
)
ACTS = re.compile(
    r"^It (?:would|will|could|can|may|must|has|had) (?:need|have) to\b|^It (?:could|can|may|must) (?!be\b)"
)
BODY_NAMED = re.compile(
    r"\bthe (?:[A-Z][\w'-]+ ){0,3}(?:Department|Ministry|Agency|Commission|Board|Office|Institute|Council|Bureau|Authority|Court|Senate|House|Government|Congress|Parliament)\b"
)
ANOTHER = re.compile(r", (?:because|since|as|after|although|though|but|so|while) (?:the|its|their|[A-Z])")
"""Another clause, whose subject may be meant."""
NAMED_BESIDE = re.compile(r"(?<!\bin )(?<!\bat )(?<!\bfrom )(?<!\bof )(?<!\bon )\b[A-Z][\w-]+")
EQUALS = re.compile(r"(?:is|was|are|were|remains?|became|will be|has been|would be)(?: now| also| not)? $")
"""Behind it stands what the subject is."""
BODY = re.compile(
    r"\b(?:commission|institute|agency|ministry|department|company|firm|government|council|office|assembly|bank|foundation|parliament|"
    r"party|group|union|alliance|committee|panel|board|court|university|association|authority|regulator|bureau|cabinet|secretariat|lab|"
    r"start-?up|developer|maker|publisher|senate|house|congress|coalition|consortium|organi[sz]ation)s?\b", re.I
)  # fmt: skip
DOCUMENT = re.compile(
    r"\b(?:act|agreement|declaration|convention|fund|code|memorandum|mou|treaty|pact|deal|bill|law|rule|statement|text|strategy|plan|"
    r"programme|program|project|model|system|licen[cs]e|charter|resolution|order|guide|framework|report|centre|center|arrangement|accord|"
    r"summit|meeting|conference|network|tool|assistant|initiative|scheme|proposal|draft|document|version|policy)\b", re.I
)  # fmt: skip
STATE = re.compile(
    r"^It (?:is|was|will be|has been|would be|has now been|is to be|remains|applies|covers|asks?|costs?|takes effect|enters|entered|runs|contains|expires|starts|begins)\b"
)
"""What a thing is or has done to it; of somebody who does things it says little."""
MADE = re.compile(
    r"^It (?:is|was|has been) (?:established|founded|created|formed|launched|set up|based|led|headed|run|chaired|valued|known)\b"
)
"""Of somebody, too."""
PROVIDES = re.compile(
    r"^It (?:also )?(?:imposes|forbids|bans|prohibits|requires|obliges|covers|allows|sets|limits|exempts|applies|asks|calls|creates|establishes|provides|contains|"
    r"includes|states|permits|punishes|defines|protects|promises|commits|binds|takes effect|enters|needs|leaves|lets|does not (?:define|require|say|ban|forbid|oblige|cover|apply|set|name|contain|mention|ask))\b"
)
"""What a law or a pact does."""
RULE = re.compile(
    r"\b(?:[Aa]ct|[Aa]greement|[Dd]eclaration|[Cc]onvention|[Cc]ode|[Mm]emorandum|[Tt]reaty|[Pp]act|[Dd]eal|[Bb]ill|[Ll]aw|[Rr]ules?|[Cc]harter|[Rr]esolution|[Oo]rder|[Aa]ccord|[Dd]ecree|[Rr]egulation|[Ss]tandard|[Dd]irective|[Aa]rticle|[Rr]uling|[Ll]icen[cs]e)(?: [A-Z]?\d[\w/-]*)?\b"
)
ACTED = re.compile(
    r"^It (?:also )?(?:(?:has |had )?(?:asked|argued|ordered|rejected|warned|promised|urged|proposed|denied|withdrew|pulled|gave|told|found|asked|called|traced|imposed|demanded|offered|accused|concluded|ruled|refused|counted|left|recommended)|"
    r"wants|expects|plans|hopes|argues|denies|promises|proposes|recommends|estimates|points to|did not (?:order|say|name|give|rule|decide|impose)|(?:will|may|can) (?:ask|appeal|publish|decide))\b"
)
"""What somebody does who was the subject before."""
LAWSUIT = re.compile(r"\b(?:case|lawsuit|suit|complaint|petition)$")
"""It tells nobody anything: who did is spoken of."""
PLURAL = re.compile(r"[a-z](?<!s)(?<!u)(?<!i)s$")
OFFICER = re.compile(rf"\b(?:[Tt]he|[Aa]n?|[Oo]ne) (?:[\w-]+ ){{0,2}}{OFFICE}$")
CAPITALS = re.compile(
    r"(?!(?:They|He|She|It|We|I|You|This|That|These|Those|Both|Some|Many|Most|All|Each|Nobody|Everyone)\b)(?:The )?[A-Z0-9][\w.&'-]*(?: (?:of|for|on|and|the|de|by|[A-Z0-9][\w.&'-]*))*"
)
NOUN = re.compile(r"(?:The|An?) (?:[\w.&-]+ ){0,5}[\w.&-]+")
BEHIND = re.compile(
    r" (?:of|for|in|on|at|from|to|by|with|under|between|that|which|who|proposed|adopted|signed|set|presented|called|named)\b.*$"
)
LONGEST = 9


def thing_of(text: str, reading: Reading, i: int) -> tuple[str, int | None]:
    """The sentence with a name or noun for its opening "It" or "Its", or for "the company", and the place of the one that has it."""
    if FIRST.match(text):
        return text, None
    its = ITS.match(text)
    if not (its or IT.match(text)):
        return _company_named(text, reading, i)
    if (
        i == 0
        or reading.sentences[i].line - reading.sentences[i - 1].line > 1
        or COMPARED.match(reading.sentences[i - 1].raw)
    ):
        return text, None
    before, _ = thing_of(edited(reading.sentences[i - 1].raw), reading, i - 1)
    thing = _thing(text, before, reading)
    if not thing or (its and BEHIND.search(thing)):
        return text, None
    return f"{thing}'s{text[3:]}" if its else f"{thing}{text[2:]}", i - 1


COMPARED = re.compile(r"(?:By|In|For) (?:comparison|contrast)\b|Elsewhere\b|Unlike\b|Like\b")
"""What only stands beside the matter: the text goes on about the matter itself."""
COMPANY = re.compile(
    r"\b[Tt]he (?:[A-Z][a-z]+(?:-based)? )?(?:company|firm|start-?up|developer|lab|maker)(?! (?:that|which|who|behind|of|[a-z]+ed)\b)(?='s\b|[ ,.])"
)
KINDS = r"(?:company|firm|start-?up|developer|lab|laboratory|maker|publisher)"
NAMED = rf"(?P<name>[{CAPITAL}][\w&.-]*(?: [{CAPITAL}][\w&-]+){{0,2}})"
COMPANIES = (
    re.compile(rf"\b{KINDS},? (?:called |named )?{NAMED}"),
    re.compile(rf"{NAMED}(?:,| Inc\.,| Co\.,) (?:an?|the) (?:[\w.'-]+ ){{0,5}}{KINDS}\b"),
    re.compile(
        r"\b(?P<name>Google|Microsoft|Meta|OpenAI|Nvidia|Amazon|Apple|IBM|Anthropic|Alibaba|DeepSeek|Mistral|Huawei|Samsung|xAI|Baidu|Tencent)\b"
    ),
)
"""How a text names a company, or one that needs no telling."""


def _company_named(text: str, reading: Reading, i: int) -> tuple[str, int | None]:
    """The sentence with the name of the one company of which the article has spoken before, and the place of the name."""
    found = _companies(tuple(s.raw for s in reading.sentences)) if COMPANY.search(text) else ()
    if len(found) != 1 or found[0][1] >= i or found[0][0].split()[0] in text:
        return text, None
    return COMPANY.sub(found[0][0], text, count=1), found[0][1]


@lru_cache(maxsize=200)
def _companies(sentences: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    """The companies that an article names, each with the place of the first sentence that does."""
    names: dict[str, tuple[str, int]] = {}
    for n, raw in enumerate(sentences):
        for match in (m for pattern in COMPANIES for m in pattern.finditer(edited(raw))):
            name = match["name"].removesuffix(" Co").removesuffix("'s").rstrip(".")
            names.setdefault(name.split()[0], (name, n))
    return tuple(names.values())


def _thing(text: str, before: str, reading: Reading) -> str:
    """The subject of the sentence before, or "" where it is no single thing or another one stands beside it."""
    for form in (before, *bare_subject(before), *without_asides(before)):
        found = subject(form)
        if found and len(found.split()) <= LONGEST:
            break
    else:
        return ""
    rest = form[len(found) :]
    head = BEHIND.sub("", found) if not CAPITALS.fullmatch(found) else found
    if (
        not (CAPITALS.fullmatch(found) or NOUN.fullmatch(head))
        or _several(head, rest)
        or _somebody(found, head, reading)
    ):
        return ""
    if re.search(rf" of the (?:[A-Z]|{DOCUMENT.pattern})", found) or re.search(r"\d(?:st|nd|rd|th)$", found):
        return ""
    if (who := SPEAKER.search(before)) and SAID.match(text):
        return who["who"] if CAPITALS.fullmatch(who["who"]) and not _somebody(who["who"], who["who"], reading) else ""
    if APPOSED.search(rest) and not (SAID.match(text) or ACTED.match(text)):
        return ""
    if LAWSUIT.search(head) and (SAID.match(text) or ACTED.match(text)):
        return ""
    rules = RULE.search(head.split()[-1]) or (RULE.search(head) and CAPITALS.fullmatch(found))
    if rules and PROVIDES.match(text) and not (RULE.search(rest) or BACKWARD.search(found)):
        return found
    if (BODY.search(head) or CAPITALS.fullmatch(found)) and not rules and ACTED.match(text) and not _bodies(rest):
        return found
    if MEASURE.search(head) or (BY_BODY.search(rest) and not STATE.match(text)):
        return ""
    if (SPEECH.search(before) and not SAID.match(text)) or ANOTHER.search(rest):
        return ""
    if OWN.search(rest):
        return ""
    if ITS.match(text) and NAMED_BESIDE.search(rest) and not CAPITALS.fullmatch(found):
        return ""  # "Its weights" may be the model's that the rule applies to
    if DOCUMENT.search(head.split()[-1]) and ACTS.match(text) and BODY_NAMED.search(rest):
        return ""  # "It would have to give notice" is said of the board that the bill binds
    others = [m for m in OTHER.finditer(rest) if not EQUALS.search(rest[: m.start()])]
    if others or BACKWARD.search(found):
        return ""
    thing = DOCUMENT.search(head.split()[-1]) or (DOCUMENT.search(head) and CAPITALS.fullmatch(found))
    if (
        STATE.match(text)
        and not MADE.match(text)
        and not thing
        and (BODY.search(head) or CAPITALS.fullmatch(found))
        and _objects(rest)
    ):
        return ""
    return f"The {head.split(' ', 1)[1]}" if found.startswith(("A ", "An ")) else found


def _bodies(rest: str) -> bool:
    """Whether another body of which one speaks as of somebody stands in the words behind the subject."""
    return any(BODY.search(m[0]) for m in THE_OTHER.finditer(rest)) or NAMED_BESIDE.search(rest) is not None


MEASURE = re.compile(r"\b(?:target|goal|aim|price|figure|number|ceiling|deadline|limit|sum|amount|cost|threshold)$")
"""It is rarely a figure that goes on to do something."""
BY_BODY = re.compile(rf"\bby (?:the|an?) (?:[\w-]+ ){{0,3}}?{BODY.pattern}", re.I)
THE_OTHER = re.compile(r"\b(?:the|told|an?) (?:[\w-]+ ){0,3}?[\w-]+\b(?:'s)?")


def _several(head: str, rest: str) -> bool:
    """Whether a subject is more than one thing, as its verb at the beginning of the rest may show."""
    last, verb = head.split()[-1], (rest.split() or [""])[0]
    if verb in BASE | {"are", "were", "have", "do"} or re.fullmatch(r"[A-Z]{2,}s", last):
        return True
    if PLURAL.search(head) and " " not in head:
        return True  # "Developers" opens a sentence large
    both = head.split(" and ")
    if len(both) > 1 and all(any(p.fullmatch(part) for p in PATTERNS.values()) for part in both):
        return True
    return (" and " in head and not CAPITALS.fullmatch(head)) or (
        PLURAL.search(last) is not None and not last[:1].isupper()
    )


def _somebody(found: str, head: str, reading: Reading) -> bool:
    """Whether a subject is a person or a country, of which an "It" seldom speaks."""
    if named(found, reading.known) or OFFICER.search(head):
        return True
    return (CAPITALS.fullmatch(found) is not None and bool(bare_name(found))) or any(
        p.fullmatch(found.removeprefix("The ")) for p in PATTERNS.values()
    )


def _objects(rest: str) -> bool:
    """Whether the words behind the subject hold another thing, and not only what the subject is."""
    words = rest.split()
    verb = next((n for n, w in enumerate(words) if certain(w.lower(), words[n - 1].lower() if n else "")), 0)
    return not re.match(r"(?:is|was|has|will be)$", words[verb]) or len(words) - verb > LONGEST
