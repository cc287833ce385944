"""Names that a text says what they are, and the sentences that use them as if everybody knew."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.stages.draft.language.countries import PATTERNS
from pipeline.stages.draft.language.nouns import KNOWN
from pipeline.stages.draft.language.words import CAPITAL, FREE

KINDS = (
    "model|system|tool|assistant|chatbot|firm|company|companies|start-?up|developer|maker|lab|laboratory|supplier|vendor|contractor|"
    "platform|consortium|think tank|charity|NGO|group|alliance|coalition|association|foundation|publisher|provider|operator|body|"
    "supercomputer|project|programme|program|dataset|licen[cs]e|software|framework|agency|bank|unit|newspaper|magazine|server|library|"
    "organi[sz]ation|institute|network|union|federation|campaign|fund|authority|regulator|watchdog|university"
)
FIRM = "Systems|Cloud|Labs?|Intelligence|Technolog(?:y|ies)|Computing|Data|Software|Group|Robotics|Networks|Analytics|Solutions|Inc|Corp|Ltd"
"""What a name ends with that is a firm's."""
WORD = rf"(?<![\w-])(?<![{CAPITAL}]\w )[{CAPITAL}][\w\u00c0-\u024f]+(?:-[\w.]+)?\b"
ALONE = rf"(?! (?:[{CAPITAL}]|of\b|for\b))"
KIND = re.compile(
    rf"\b(?:{KINDS})s?,? (?:called |named |known as |dubbed )?(?P<kind>{WORD}){ALONE}|"
    rf"(?:\b(?!of\b|for\b|and\b|on\b|in\b)[a-z][\w'-]* |(?<![{CAPITAL}a-z] ))(?P<long>{WORD}) (?:{FIRM})\b|"
    rf"(?:(?<![{CAPITAL}a-z] )|(?<=\bto )|(?<=\bby )|(?<=\bfrom )|(?<=\bwith )|(?<=\band ))(?P<made>{WORD})(?: [{CAPITAL}][\w-]+){{1,2}}, (?:an?|the|one of the) (?:[\w-]+ ){{0,4}}?(?:[a-z]*maker|{KINDS})\b|"
    rf"(?<![{CAPITAL}a-z] )(?P<apposed>{WORD}), (?:an?|the (?!first|second|same)|based|founded|owned)\b|(?P<of>{WORD})(?: [{CAPITAL}][\w-]+)*, of [{CAPITAL}]|\((?:the )?(?P<short>[A-Z]{{2,}}[a-z]?)\)|"
    r"(?:, or|\bcalled) (?P<other>[A-Z]{2,})(?=[,.])"
)
"""Where a text says what a name of one word is: "the model Ferry-2", "Ferry, a model", "the Port of Lund (PL)"."""
FAMOUS = frozenset(
    "google microsoft meta openai nvidia amazon apple ibm anthropic alibaba deepseek mistral huawei samsung intel tencent baidu facebook "
    "twitter linux reuters brussels beijing washington london paris berlin geneva tokyo seoul delhi africa europe asia america congress "
    "github hugging ovhcloud oracle salesforce sap mozilla nokia ericsson telegram whatsapp wechat tiktok bytedance zhipu moonshot cohere wikipedia "
    "bloomberg tsmc asml arm amd broadcom softbank naver kakao tata reliance infosys ntt mitsui mitsubishi hitachi fujitsu sony toyota hyundai siemens bosch reddit youtube netflix tesla xai wikimedia python myanmar "
    "parliament senate commission council union president minister prime digital information national general state open language artificial".split()
)
RUN = rf"(?!(?:The|In|On|At|Under|For) )({WORD})(?: (?:[{CAPITAL}][\w.-]*|\d[\w.-]*))*"
EXPLAINED = re.compile(
    rf"(?:\b(?:{KINDS}|giant|rival|newcomer|app|service|plan|initiative|case)s?,? (?:called |named |known as |dubbed )?|\b[\w-]+-based (?:(?:[\w-]+ ){{0,2}}(?:{KINDS}) )?){RUN}|"
    rf"{RUN}(?:(?<= AI)|(?<= (?:Inc|Ltd))\.?|(?:,? Inc\.|,? Ltd\.?)?,? \(?(?:(?:an?|the|one of the) (?:[\w-]+ ){{0,4}}?(?:[a-z]*maker|{KINDS}|giant|rival|app|service)s?|which|whose|based (?!on)|founded|owned|led by|part of|formerly|{KINDS}|plan|initiative|app|service)\b|, of [{CAPITAL}])"
)
"""Where a sentence says enough of a name that it uses: "Lund-based Ferry", "the Ferry fund", "Ferry, which makes cranes"."""
LISTED = re.compile(r",? (?:including|among them|such as) .*?(?=, [a-z]|\.$)")
"""Some of many: who each of them is does not matter."""
COMMON = re.compile(r"(?<![\w-])[a-z]\w+")
"""A text's words of which no name is made: "Digital" of a Digital Fund."""
ADJECTIVE = re.compile(r"(?:an|ese|ish|ch|U\.S\.)$")


@lru_cache(maxsize=2000)
def introductions(text: str) -> frozenset[str]:
    """The names of which a text says what they are, each by its first word; a firm's long name says it.

    >>> sorted(introductions("The model Ferry-2 came. Kvarn, a firm in Lund, leads the Outer Port League (OPL)."))
    ['ferry', 'kvarn', 'opl']
    """
    found = {next(filter(None, m.groups())) for m in KIND.finditer(text)}
    plain = {
        w
        for w in found
        if not ADJECTIVE.search(w) and w not in KNOWN and not any(p.fullmatch(w) for p in PATTERNS.values())
    }
    common = set(COMMON.findall(text))
    return frozenset({_first(w) for w in plain} - FAMOUS - FREE - common)


def strangers(text: str, introduced: frozenset[str]) -> list[str]:
    """Names that the story introduces somewhere, and this sentence uses as if they were known.

    >>> strangers("Ferry won.", frozenset({"ferry"})), strangers("The model Ferry won.", frozenset({"ferry"}))
    (['ferry'], [])
    """
    used = {_first(w) for w in re.findall(WORD, LISTED.sub("", text))}
    unknown = introduced & used
    return sorted(unknown - explained(text)) if unknown else []


def explained(text: str) -> frozenset[str]:
    """The names of which a sentence says enough, and those that it introduces.

    >>> sorted(explained("The court wrote to Lund-based Kvarn about Ferry-2, a model of Tern."))
    ['ferry', 'kvarn']
    """
    return introductions(text) | {_first(w) for m in EXPLAINED.finditer(text) for w in m.groups() if w}


def _first(name: str) -> str:
    return name.partition("-")[0].lower()
