"""House style for one sentence: no dateline, no weekday, no filler, reported tense, straight apostrophes."""

from __future__ import annotations

import re
from functools import lru_cache, partial

from pipeline.domain.text import clean
from pipeline.stages.draft.language.datelines import DATELINE
from pipeline.stages.draft.language.hints import changes
from pipeline.stages.draft.language.times import timeless

LABEL = re.compile(
    r"^(?:UPDATED?|Updated?|BREAKING|Breaking|EXCLUSIVE|Exclusive|NEW|CORRECTION|Correction)\b[^:]{0,12}(?::\d\d ?(?:[ap]\.?m\.?)?)?: |"
    r"^\*{0,2}[A-Z][\w-]*(?: [\w-]+){0,3}:\*{0,2} (?=(?:[Tt]he|[Aa]n?|[Nn]o|[Aa]ll|[Ee]ach) )"
)
"""What a sentence is labelled with, not part of it."""
FILLERS = (
    "However|Meanwhile|Moreover|Furthermore|Additionally|Nevertheless|Nonetheless|Still|Instead|For example|"
    "For instance|In addition|In the meantime|For now|On the other hand|On the one hand|At the same time|In fact|Indeed|Of course|Notably|"
    "Crucially|Importantly|Separately|Finally|That said|Even so|Similarly|Likewise|As a result|In turn|In short|"
    "Overall|Interestingly|Significantly|Ultimately|Specifically|In particular|More importantly|To that end|After all|"
    "By comparison|By contrast|In other words|Sadly|Unsurprisingly|Surprisingly|Recently|Shortly after|"
    "Shortly afterwards?|Afterwards?|Looking ahead|Looking forward|In response|To be sure|Earlier|Later|Previously|Today|"
    "For the sake of [a-z ]{4,40}|For context|For comparison|On top of that|Beyond that|Among other things|First|Second|Third|Fourth|Fifth|Last|Lastly|"
    "As expected|As it stands|In practice|In reality|In essence|In effect|In general|Generally|Broadly|To recap|"
    "More broadly|Equally|Equally important|Once again|Again|Curiously|Tellingly|Remarkably|Perhaps unsurprisingly|"
    "At its core|At their core|In summary|In conclusion|To sum up|Concretely|Historically|Predictably"
)
ADVERB = (
    r"(?!Initially|Originally|Currently|Nationally|Globally|Internationally|Domestically|Locally|Privately|Publicly|"
    r"Theoretically|Potentially|Technically|Legally|Allegedly|Reportedly|Supposedly|Formerly|Only|Italy|July|Family)[A-Z][a-z]+ly"
)
"""An adverb of the writer's ahead of the sentence; those that limit what it says stay."""
CONNECTIVE = re.compile(rf"^(?:(?:{FILLERS}|{ADVERB}), |(?:But|And|Yet|So|Also|Plus|Or)(?:,)? (?!far\b|too\b))")
EDITS = changes(
    (r"[\u2018\u2019\u02bc]", "'"),
    (r"[\u201c\u201d]", '"'),
    (r"\u2026", "..."),
    (r"(?<![\w'])''(?=\w)|(?<=[\w.,!?])''(?!\w)", '"'),
    (r"\[([^\]]{1,60})\]\([^)]*\)", r"\1"),  # a link of Markdown
    (r"\*\*|__", ""),
    (r"(?<![\w*])\*([^*\n]{1,160})\*(?![\w*])", r"\1"),  # slanted letters of Markdown
    (r"(?<=[\w\"%]) ?(?:\u2014| \u2013 | -- ) ?([a-z][^,\u2014\u2013.;:\"]{5,100}?) ?(?:\u2014| \u2013 | -- ) ?(?=(?:is|are|was|were|has|have|had|will|would|can|could|may|must|to|said|[a-z]+ed|[a-z]+s) )", r", \1, "),
    (r"\s+", " "),
    (r" \((?:[A-Z]{1,6}\.[A-Z]{1,3}|[A-Z][A-Za-z. ]{1,12}: ?[A-Z][A-Z0-9.]{0,6})\)", ""),  # a ticker
    (r"\b((?:Article|Chapter|Section|Part|Title|Annex) (?:\d+|[IVX]+|[A-Z])) \(([A-Z][^()\d]{3,60})\)", r"\1 on \2"),  # without its name it says nothing
    (r"(?<!\d) ?\((?!(?:s|es)\))[^()]{1,120}\)(?=[ ,.;:'])(?! (?:Act|Bill|Regulation|Order|Rules)\b)", ""),
    (r"\bA\.I\.(?=[ ,;:'s-])", "AI"),
    (r"(?<![\w.])US(?=\.(?: |$))", "U.S"),
    (r"\bU\.?S\.?A\.?(?=[ ,;:.')-]|$)|\bU\.S\.(?= )|(?<![\w.])US(?![\w.$])", "U.S."),
    (r"(?<=\b[A-Z]\.[A-Z]\.) [\u2013-] (?=[A-Z]{2})|(?<=\b[A-Z]{2}) [\u2013-] (?=[A-Z]{2}|U\.S)", "-"),
    (r"\b(?:Mr|Mrs|Ms|Shri|Smt)\.? (?=[A-Z])|\b[Tt]he (?:Right )?Hono[u]?rable (?=\w)|\b(?:His|Her|Their) Excellency (?=[A-Z])", ""),
    (r"^[^,.]*(?:, [^,.]*){0,3} (?:is|are) (?:pleased|proud|delighted|happy|honou?red) to announce that (?=[A-Z]|the )", ""),
    (r"^(?:Today,? )?[Ww]e(?:'re| are) (?:today )?announcing (?:today )?that (?=[A-Z]|the )", ""),
    (r"(?<=ed) here(?= on | in | at | with | to |,|\.)", ""),
    # Reported tense and fillers.
    (r"(?<!, but )(?<!, and )(?<!when she )(?<!when he )\bsays\b", "said"),
    (r"(?<=[a-z]s )(?<!\bdoes )say\b(?! (?:in\b|over (?!\d)))", "said"),
    (r"\b(?:told|tells) (?:Reuters|AFP|AP|The Associated Press|the Associated Press|CNBC|CNN|NPR|the BBC|BBC News|[A-Z]\w+(?! (?:that )?(?:it|they) | (?:in an? (?:[\w-]+ ){1,3})?to ))(?: News| Times| Post)?(?: in an? (?:interview|e-?mail|statement|phone call|message))?(?: that)?(?=[ ,.] ?)(?! and| to | [A-Z])", "said"),
    (r"\b(?:told|tells) (?:reporters|journalists|parliament|Parliament|lawmakers|MPs|Congress|senators|a (?:news|press) (?:conference|briefing))(?: in a letter)?(?=[,.]| (?:on|that)\b|$)(?: that)?", "said"),
    (r"(?<=\bsaid),? in an? (?:(?:written|joint|brief|press|prepared|blog|news|radio|television) )?(?:statement|post|blogpost|release|interview|e-?mail)\b(?! that| which)(?: to \w+)?", ""),
    (r"^(?:In|During) an? (?:interview|interaction|e-?mail|phone call|briefing|message) (?:with|to|for) (?:the )?[A-Z][\w.]*(?: [A-Z]\w*)*, (?=[A-Z])", ""),
    (r"(?<=[\w,])(?<!\bthat)(?<!\bwhich)(?<!\bwho) also (?!appl)(?=\w)", " "),
    (r", however,(?= (?:[A-Z]\w+|the|an?|many|some|most|it|they|this|that|he|she|other) (?:\w+ ){0,5}?(?:is|are|was|were|has|have|had|will|would)\b)", ";"),
    (r",? (?:for example|for instance|of course|however|nevertheless|nonetheless|meanwhile|in fact|indeed|moreover|though|notably|instead|in turn|likewise|in contrast|by contrast|interestingly|curiously|tellingly|surprisingly|for (?:his|her|its|their) part),(?= )", ""),
    (r"^((?!In |At |On |For |With |From |By )[^,]*), (?:too|as well),(?= [a-z])", r"\1"),
    (r",? (?:too|as well),(?= )", ","),
    (r",? (?:too|as well|however|instead|though|either)\.$", "."),
    (r"(?<=[a-z])(?<!until)(?<!only)(?<!\bas)(?<!\bvery)(?<!\bmost)(?<!\bmore) (?:recently|currently) (?=[a-z])", " "),
    (r"(?<=[a-z]) however (?=[a-z])", " "),
    (r"(?<=[a-z]) instead (?=[a-z]+(?:s|ed)\b)|(?<=\b(?:would|could)) instead (?=[a-z])|(?<=\bwill) instead (?=[a-z])", " "),
    (r"(?<=[a-z])(?<!\b[Bb]y)(?<!since)(?<!until)(?<!from) (?:therefore|thus|thereby) (?=[a-z]{2,}(?:ed|s)?\b)(?!(?:in|at|by|be|president|prime|governments)\b)", " "),
    (r"\b(will|must|have|would|could|shall|is|are) then (?=[a-z])", r"\1 "),
    (r"\b(will|must|would|can|may) now (?=[a-z])", r"\1 "),
    (r"^(?:Today|Yesterday) (?=the |[A-Z])", ""),
    (r"^In an? (?:major|big|significant|historic|landmark|first|rare|surprise)\b[^,]{0,70}, (?=(?:the )?[A-Z])", ""),
    (r"(?<=[a-z]) as a whole(?=[ ,.])", ""),
    (r"\b(has|have) since (?=[a-z]+ed\b(?!(?:,| in| on)? \d))", r"\1 "),
    (r"(?P<what>\b(?:draft|letter|e-?mail|filing|proposal|document|memo)) (?:seen|obtained|reviewed|viewed) by (?:Reuters|AFP|AP|Bloomberg(?: News)?|POLITICO|Politico|Euractiv|CNBC|CNN|NPR|BBC|Axios|TechCrunch|WIRED|Wired|Nikkei(?: Asia)?|Yonhap|Kyodo)(?= (?:showed|shows|said|says)\b)", r"\g<what>"),
    (r" this (?:year|month|week) alone(?=[,.])", ""),
    (r"^In an? (?:radio |television )?(?:interview|statement|speech|briefing)(?: (?:on|to|with|at|in) [\w' -]{2,40}?)?(?: this (?:morning|afternoon|evening)| yesterday| today)?,? (?=(?:the |[A-Z])[^.]{2,70}? said )", ""),
    (r"(?P<thing>\b(?:the|an?|its|their) (?:[\w-]+ ){0,3}(?!sa[iy]|[a-z]+ed\b|told\b|found\b|knew\b|wrote\b|that\b|when\b|because\b|after\b|before\b|until\b|if\b|as\b|while\b)[a-z]+) "
     r"(?:(?:which|that) )?(?:it|they) had [a-z]+(?:ed|ld|nt|de|en|wn) (?:only |just )?(?:[a-z]+|\d+) (?:hours?|days?|weeks?|months?) (?:earlier|before)(?=[,.])", r"\g<thing>"),
    (r"\b(the|a|an|of|to|in|and|that) \1\b", r"\1"),
    (r" (\"?[,.;:])", r"\1"),
    (r",,+", ","),
    (r",\.", "."),
    (r"\s+", " "),
)  # fmt: skip
SPELT = {
    "won't": "will not",
    "can't": "cannot",
    "shan't": "shall not",
    "it's": "it is",
    "there's": "there is",
    "that's": "that is",
    "they're": "they are",
    "they've": "they have",
    "they'll": "they will",
    "who's": "who is",
}
CONTRACTED = re.compile(rf"\b(?:{'|'.join(SPELT)})\b|(?<=[a-z])n't\b", re.I)
ENDING_QUOTE = re.compile(r'(?<=[\w,] )("[a-z][^"]*)[.,]"\.?$')
"""A quotation inside a sentence ends before the sentence's stop, where the citation goes."""
SCARE = re.compile(
    r"(?<![\w\"])(?<!become )(?<!becomes )(?<!became )(?<!called )(?<!named )(?<!words )(?<!reads )\"([^\"]{1,40})\"(?![\w\"])"
)
SCARE_WORDS = 3


@lru_cache(maxsize=20_000)
def edited(raw: str, *, day: bool = False) -> str:
    """A sentence in house style; what it states stays the same. With `day` it keeps the weekday of its report.

    >>> edited("PARIS (Reuters) - However, the bank says on Monday it paid.")
    'The bank said it paid.'
    >>> edited("The minister on Tuesday signed a deal with the US, which is \u201cnew\u201d.")
    'The minister signed a deal with the U.S., which is new.'
    """
    text = CONNECTIVE.sub("", LABEL.sub("", DATELINE.sub("", clean(raw).strip())))
    for pattern, plain in EDITS:
        text = pattern.sub(partial(_outside, text, plain) if '"' in text else plain, text)
    text = ENDING_QUOTE.sub(r'\1".', text)
    text = SCARE.sub(lambda m: m[1].strip() if len(m[1].split()) <= SCARE_WORDS and m[1][-1] != "." else m[0], text)
    text = QUOTED.sub(lambda m: m[0] if m[0][0] == '"' else CONTRACTED.sub(_spelt, m[0]), text)
    text = CAPITAL_AI.sub(_plain_ai, text.replace("artificial-intelligence", "artificial intelligence"))
    text = timeless(CONNECTIVE.sub("", text.strip()), day=day)
    text = COMMAS.sub(lambda m: " " if m["which"] else ",", text)
    return text[:1].upper() + text[1:]


COMMAS = re.compile(r"(?P<which>(?:(?<=\bwhich)|(?<=\bthat)),, )|,,")
"""Where a time has gone that stood between two commas."""


def _outside(text: str, plain: str, match: re.Match[str]) -> str:
    """The change, but not inside a quotation: what somebody said stays as it is."""
    return match[0] if text.count('"', 0, match.start()) % 2 and '"' not in match[0] else match.expand(plain)


CAPITAL_AI = re.compile(r"(?P<before>(?:\S+ ){1,2})Artificial Intelligence(?P<after> \S+|[,.;:]|$)")


def _plain_ai(match: re.Match[str]) -> str:
    """Small letters for the field itself; a name that it is part of keeps its capitals.

    >>> CAPITAL_AI.sub(_plain_ai, "a resolution on Artificial Intelligence."), CAPITAL_AI.sub(_plain_ai, "a Pact on Artificial Intelligence.")
    ('a resolution on artificial intelligence.', 'a Pact on Artificial Intelligence.')
    """
    around = f"{match['before']} {match['after']}"
    return (
        match[0]
        if re.search(r"[A-Z\"]", around)
        else match[0].replace("Artificial Intelligence", "artificial intelligence")
    )


QUOTED = re.compile(r'"[^"]*"|[^"]+')


def _spelt(match: re.Match[str]) -> str:
    """A contraction in full, outside quotations."""
    full = SPELT.get(match[0].lower(), " not")
    return full[:1].upper() + full[1:] if match[0][:1].isupper() else full
