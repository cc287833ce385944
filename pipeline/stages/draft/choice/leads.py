"""Which sentence leads: the one that tells what the articles open with, as a plain report of who did what."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from functools import lru_cache

import numpy as np

from pipeline.ports import Embedder
from pipeline.stages.draft.choice.likeness import NEWS, YEAR
from pipeline.stages.draft.evidence.matching import AHEAD, SAYING
from pipeline.stages.draft.facts import Fact, Form
from pipeline.stages.draft.language.content import bag
from pipeline.stages.draft.language.nouns import KNOWN
from pipeline.stages.draft.language.times import MONTH, WEEKDAY
from pipeline.stages.draft.language.verbs import AUXILIARY, IRREGULAR, PARTICIPIAL, THIRD, certain
from pipeline.stages.draft.language.words import count, figures
from pipeline.stages.draft.standing.needs import ACRONYM, NOBODY
from pipeline.stages.draft.texts.people import NAME
from pipeline.stages.draft.texts.readings import Reading

LEAD_WORDS = 30
MEANT = 2.0
"""What nearness in meaning to the articles' heads is worth."""
PLACES = 12
"""A lead stands near the head of an article."""
PLACE = (0.3, 0.15, -0.3, -0.8)
"""What its place is worth; a later one as much as the last."""
KEPT = 0.4
"""What a revision gives a sentence that the last one has, so that a brief does not change without need."""
CENTRAL = 12
SLIGHT = 0.15
"""What a fuller wording may read worse."""
AGENCY = 0.6
"""What it is worth that an agency's article opens with it, which is written to tell the news first."""
LEANS = 0.5
"""What each noun costs a lead that the reader has not heard of yet."""
FLUFF = re.compile(
    r"\b(?:unexpected turn|real money|taking a closer look|teaming up|a lot of|hit a snag|big|bet|betting|just|game.chang\w+|stunning|shock\w*|dramatic\w*|battle|"
    r"war of|race|gets?|got|ever|dealt a blow|thorny|refers? to|headline|latest twist|won't|don't|can't|isn't|instantly|"
    r"reshape[ds]?|milestone|unprecedented|Cold War|in a (?:move|blow|sign|bid|major|historic)|seismic|showdown|scrambl\w+|"
    r"(?:emphasi[sz]e[ds]?|stresse[ds]|underscore[ds]?|highlight(?:s|ed)) the (?:global )?(?:importance|significance|need|urgency|imperative)|"
    r"demonstrates the|represents? an? (?:significant|major|important)|(?:important|significant|historic) (?:first )?step|marks? (?:a|an|the) (?:significant|major|important|first)|plans are afoot|let out a breath|won the first round|the fact that|the way that|welcom(?:e|ing) development|low bar|nice gift|longer on|reminiscent|it (?:became|is) clear why|in many ways|attempt yet|after all|at any rate|growing list|walk(?:ed|s) away with)\b"
)
"""Words of a writer who wants to be read, or of a speaker who says nothing; a lead does better without."""
DESCRIBING = frozenset(
    "includes requires covers covers applies means allows has contains consists remains needs".split()
)
GOING = re.compile(r"\b(?:is|are) [a-z]+ing\b")
CLAUSE = re.compile(r", (?:which|who|whose|where) [^,]*,")
PREVIEW = re.compile(
    r"\b(?:is|are|was|were) (?:expected|set|due|scheduled|about|poised|likely) to (?:\w+ )?"
    r"(?:hold|meet|gather|discuss|convene|attend|testify|appear|sign|vote|announce|unveil|call|propose)\b|"
    r"\bwhich (?:begins|opens|starts|kicks off)\b|"
    r"\b(?:is|are) (?:addressing|meeting|gathering|discussing|holding|facing|preparing|testifying|attending|considering)\b"
)
DEFINITE = re.compile(
    r"^(?:The|Its|Their) (?!(?:[a-z-]+ ){0,4}[A-Z])[a-z]|^The (?:[a-z-]+ ){1,3}(?=[A-Z])(?!U\.S|UN|EU|UK|AI)"
)
"""A thing of which the reader has not heard."""
EVENT = re.compile(
    r"^[^,]{3,80} (?:was|is|were|are|will be) (?:being )?(?:held|hosted|organi[sz]ed|scheduled)\b|\btook place\b|\bwill take place\b"
)
"""That a meeting is held is less than what it decided."""
AFTERMATH = re.compile(r"^(?:An?|One|Two|Three|Four|Five|Six|Seven|\d+) (?:hours?|days?|weeks?) after\b")
"""What came of the news, and not the news."""
UNNAMED = re.compile(
    r"^[^,]*\bthe (?:company|firm|start-?up|developer|agency|group)'s\b|"
    r"^The (?:Statement|Convention|Declaration|Agreement|Exercise|Fund|Forum|Recommendation|Resolution|Accord|Act|Bill|Treaty|Programme|Program|Plan|Strategy) (?=[a-z])"
)
"""A body or a text that the reader has not met yet."""
AMONG = re.compile(r"\bamong (?:those|the \w+) (?:that|who|which) \w+\.$")
SELF = re.compile(
    r"^[^,]{3,70}(?:, [^,]{3,90},)? said (?:on [A-Z][a-z]+ (?:\d+ )?)?(?:that )?(?:it|they) (?:would|will|had|has|have)\b"
)
"""Whose plan it is says it: that is the news itself."""
BESIDES = re.compile(
    r"^[^,]{3,90} (?:[a-z]+ed|won|lost|held|met|set|made) [^\"]*,? and (?:[^,]{3,40} )?said (?:that )?(?:it|they) would\b"
)
"""What was done, and then what was said of it."""
OVER = re.compile(
    r"^[^,]{1,60}\b(?:summit|meeting|conference|hearing|session|forum|talks|debate)\b[^,]{0,60} (?:closed|opened|ended|began|concluded|started)\b|"
    r"^[^,]{1,60}\b(?:wrapped up|concluded|closed|ended|opened) (?:an?|the|their|its) [^,]{0,40}\b(?:summit|meeting|conference|session|forum|talks)\b"
)
"""That one is over, too."""
FOLLOWS = re.compile(
    r"\b(?:under|after|following|by|in) (?:an?|its|their|the) [^,]*\b(?:signed|adopted|agreed|approved|passed|ratification|vote|decision)\b|\bafter [A-Z][^,]* (?:became|ratified|signed|agreed|voted|approved)\b"
)
"""What was done, behind what will be."""
INTRODUCED = re.compile(
    rf"^(?:The )?{NAME}(?:, [^,]+,)? (?:launched|unveiled|presented|announced|published|introduced|released)\b"
)
"""Who stood before the cameras, and not what was decided."""
WEAK = re.compile(r"^[^,]{3,70} (?:learned|heard|saw|waited|watched|got)\b")
"""What somebody took in, not what was done."""
ORIGIN = re.compile(r"\b(?:was|were) (?:first|originally|initially) [a-z]+ed\b")
"""Where the matter came from, long before the news."""
VOICE = re.compile(
    r"^(?:An?|The) (?:[\w-]+ ){0,3}(?:spokes(?:man|woman|person)|source|insider|executive)\b|"
    r"^[^,]{3,40}, an? (?:[\w-]+ ){0,3}spokes(?:man|woman|person)\b|\bthat \"(?:we|I|our|my)\b"
)
"""Who answers for somebody, where what is answered is the news."""
PRAISE = re.compile(r"^[^,]{3,90} (?:welcomes?|congratulates?|is (?:proud|pleased|delighted))\b")
OPINION = re.compile(
    r"^Most\b|\b(?:may|might|could|should|must|deserves?|quietly|rarely|never|nobody|everyone|fail(?:s|ed)?)\b"
)
STATE = re.compile(
    r"^[^,]{3,70}(?:, [^,]{3,60},)? (?:is|are) (?:(?:one of|among|the|an?)\b|(?:headquartered|based|located|home|known|part)\b)"
)
"""What somebody is, not what was done."""
PERSONS = re.compile(rf"^{NAME}, [^,]+, and {NAME}, ")
"""Who was there, before what was done."""
DECIDED = re.compile(
    r", [^,]* (?:recommended|decided|ruled|said|announced|proposed|agreed|ordered|concluded)(?: on [A-Z][a-z]+(?: \d+)?)?\.$"
)
"""Whose decision it is, behind it."""
HOME = re.compile(
    r"^(?:Governor|Gov\.|Mayor) [A-Z]|^(?:Both |The |A )?(?:[a-z]+ ){0,3}(?:[Pp]arliament|[Hh]ouse of Representatives|[Ll]ower house|[Uu]pper house|[Gg]overnment|[Cc]abinet|[Cc]hambers?|[Ss]enate|[Cc]ommittee|[Mm]inistry|[Ll]awmakers|National Assembly|Supreme Court|Constitutional Court|Cabinet Office)\b(?! (?:of|in) [A-Z])"
)
"""A body that every country has: a lead says whose."""
HERE = re.compile(r"^(?:The government|The ministry|Officials) said (?:on [A-Z][a-z]+ (?:\d+ )?)?(?=[A-Z])")
"""Who says it, of the country that what is said begins with."""
FINDS = re.compile(
    r"^(?:An?|The) (?:[a-z-]+ ){0,3}(?:inquiry|report|study|review|audit|survey|investigation|panel|committee|court|regulator|watchdog)(?: (?:into|of|on|by|in) (?:(?! and )[^,])*?)? (?:said|found|recommended|concluded|ruled|warned)\b"
)
"""Whose finding it is says it: that is the news itself."""
SCENE = re.compile(
    r"^(?:On|In|At|Inside|Outside|Behind) (?:the|an?) (?:[\w-]+ ){0,5}?(?:floor|room|hall|corridor|lobby|street|square|building|kitchen|classroom|desk|registry office|morning|evening)\b"
)
"""Where a reporter stood."""
LONG_AGO = re.compile(
    r"^(?:In|On|By|Since|During) (?:the )?(?:(?:early|late|mid-?|spring|summer|autumn|fall|winter|end|beginning|middle) ?(?:of )?)?(?:(?:the )?(?:spring|summer|autumn|fall|winter) of )?(?:19|20)\d\d\b|^(?:For|Two|Three|Four|Five|Ten|\d+) (?:\w+ )?(?:years|decades)\b"
)
"""Where a feature begins."""
WHILE = re.compile(r"^(?:As|While|With) [a-z]")
HOLLOW = re.compile(
    r"\b(?:signed|concluded|reached) an? (?:(?!\d)[\w-]+ ){0,2}(?:[Mm]emorandum(?: of [Uu]nderstanding)?|[Aa]greement|deal|[Pp]act)\.$|"
    r"\b(?:signed|concluded|reached|struck) an? (?:(?!\d)[\w-]+ ){0,2}(?:[Mm]emorandum(?: of [Uu]nderstanding)?|[Aa]greement|deal|[Pp]act) on (?:[\w-]+ ){1,8}[\w-]+(?: on [A-Z][a-z]+(?: \d+)?)?\.$|\badopted (?:its|a) (?:[\w-]+ )?position on\b|\bannounced the (?:signing|launch|adoption|publication) of\b|\badopted the [A-Z][\w ]* (?:Declaration|Statement|Communiqu\u00e9|Strategy|Framework|Plan)\b(?!.*(?:,| to | that ))|"
    r"\b(?:adopted|issued|published) an? (?:[\w-]+ ){0,2}(?:declaration|statement|strategy|framework)(?: on [\w -]+)?\.$|"
    r"\b(?:adopted|published|released|issued) (?:[\w-]+ )?(?:guidelines|guidance|rules) (?:clarifying|on|about|explaining|for) [^,]*\.$|"
    r"\b(?:tabled|published|released|presented|issued) (?:its|an?|the|their) (?:[\w-]+ ){0,3}report\b|"
    r"\b(?:published|released|presented|issued) (?:its|an?|the|their) (?:[\w-]+ ){0,2}(?:assessment|analysis|evaluation|findings|review)(?:\.$|, (?!finding|saying|warning|showing|which|and )[a-z])|"
    r"\b(?:published|released|presented|issued) (?:its|an?|the|their) (?:[\w-]+ ){0,2}(?:assessment|analysis|evaluation|findings|results|study|review) (?:of|on) (?!.*\b(?:that|which|and [a-z]+ed|finding|showing)\b)[^,]*(?:\.$|, (?:the|an?) )|"
    r"\bwill take time\b|\bsigned [^,]{3,40}(?:, [^,]*,)? into law\.$|"
    r" on an? (?:strategy|plan|program|programme|project|scheme)\.$|"
    r", an? (?:[\w-]+ )?(?:program|programme|plan|project|initiative|scheme|agreement|pact|law|report|deal|fund|body)\.$"
)
"""A pact, a report or an apposition of which nothing is told."""
RELATIVE = re.compile(r"(?<=[a-z]) (?:that|who|which) (?:has |have |had )?said\b.*")
"""What somebody said of whom the sentence tells something else."""
BRIEF, MEATY = 0.1, 14
"""What each word costs that a lead has less than this."""
GERUND = re.compile(r"^[A-Z][a-z]+ing\b(?! (?:to|for) the)")


TOLD = re.compile(r" said (?:on [A-Z][a-z]+(?: \d+)? (?!\d))?(?!on [A-Z][a-z]+(?: \d+)?\.$)")
FEATURE, FAR = 4.0, 0.4
"""What it costs for each step that an article's head is farther than this from the others': of 85 sentences of scenes,
portraits and sides of the matter (below 0.3) 34 in 100 were faulty, of 320 others 19."""
NEWER, ALIKE = 1.5, 0.7
"""What it is worth to open an article that tells, as another does from this cosine on, what came after the others."""
LATE = 1.0
"""What it costs to open an article that came a day or more after two others, and that no other follows."""
SOON = timedelta(hours=20)
"""Articles less than this apart tell of one day."""


def best_lead(facts: Sequence[Fact], readings: Sequence[Reading], embedder: Embedder) -> Fact | None:
    """The lead in its wording, or None where no sentence near the head of an article can lead."""
    leads = [f.in_form(form) for f in facts if f.place < PLACES for form in f.forms if _may_lead(f, form)]
    near = nearness([t for f in leads for t in (f.text, _told(f.text))], readings, embedder)
    meant = {f.text: min(near[f.text], near[_told(f.text)]) for f in leads}
    newest, away = _newest(readings, embedder), apart(readings, embedder)
    late = _late(readings) - newest
    seen = Counter(w for r in readings for s in r.sentences for w in bag(s.raw))
    worth = {
        f.text: _worth(f, readings, seen)
        + MEANT * meant[f.text]
        + NEWER * (f.article in newest and not f.place)
        - FEATURE * away[f.article]
        - LATE * (f.article in late)
        for f in leads
    }
    best = max(leads, key=lambda f: (worth[f.text], -f.article, -f.place), default=None)
    return best and _fullest(best)


def _fullest(lead: Fact) -> Fact:
    """The lead in the wording that tells most, of those that read and are supported as well.

    What the first sentence of an article points at stands in it: nothing was told before.
    """
    fuller = [
        lead.in_form(form)
        for form in lead.forms
        if _may_lead(lead, form)
        and (len(form.cites) >= len(lead.cites) or (_dated(form.text) and not _dated(lead.text)))
        and (set(form.needs) <= set(lead.needs) or (not lead.place and set(form.names) <= set(lead.names)))
        and _manner(form.text) >= _manner(lead.text) - SLIGHT
    ]
    return max((lead, *fuller), key=lambda f: len(f.bag))


def _dated(text: str) -> bool:
    """Whether a wording tells its day, which is worth more than a second source."""
    return ON_DAY.search(text) is not None


ON_DAY = re.compile(rf"\b[Oo]n (?:{WEEKDAY}|{MONTH} \d)")
ON_WEEKDAY = re.compile(rf"\b{WEEKDAY}\b")
WEEK = 0.15
"""What a weekday is worth less than a date: of 56 leads with one 9 were faulted since the brief has no date of it."""


def _told(text: str) -> str:
    """What somebody said, without who; a sentence in which nobody speaks as it is.

    >>> _told("The port, opened in Lund, said its cranes will be shared.")
    'its cranes will be shared.'
    """
    told = TOLD.search(text)
    return text[told.end() :] if told else text


def _newest(readings: Sequence[Reading], embedder: Embedder) -> frozenset[int]:
    """The articles, two or more, that open alike on an event that came after all of the others' articles."""
    dated = sorted((r.article.published, r.n, r) for r in readings if r.article.published)
    rows = embedder.embed([head_of(r) for *_, r in dated])
    for first in range(len(dated) - 2, 0, -1):
        near = rows[first:] @ rows[first:].T
        later = dated[first][0] - dated[first - 1][0] > SOON
        if later and near.min() > ALIKE and near.min() > (rows[first:] @ rows[:first].T).max():
            return frozenset(n for _, n, _ in dated[first:])
    return frozenset()


def _late(readings: Sequence[Reading]) -> frozenset[int]:
    """The articles that came a day or more after at least two others."""
    dated = sorted((r.article.published, r.n) for r in readings if r.article.published)
    return frozenset(n for when, n in dated if len(dated) > 2 and when - dated[1][0] > SOON)


def apart(readings: Sequence[Reading], embedder: Embedder) -> dict[int, float]:
    """How much farther than FAR the head of each article is in meaning from those of the others; 0 where there are but two."""
    rows = embedder.embed([head_of(r) for r in readings])
    near = ((rows @ rows.T).sum(axis=1) - 1) / max(1, len(readings) - 1)
    far = (FAR - near).clip(0).tolist() if len(readings) > 2 else [0.0] * len(readings)
    return {r.n: away for r, away in zip(readings, far, strict=True)}


def head_of(reading: Reading) -> str:
    """What an article tells first: its title and its first two sentences."""
    return f"{reading.article.title}. {' '.join(s.raw for s in reading.sentences[:2])}"


def nearness(texts: Sequence[str], readings: Sequence[Reading], embedder: Embedder) -> dict[str, float]:
    """How near each text is in meaning to what the articles' titles and first sentences tell together, about 0 to 1."""
    heads = [head_of(r) for r in readings]
    titles = [r.article.title for r in readings]
    rows, middle = embedder.embed(texts), embedder.embed(heads).mean(axis=0) + embedder.embed(titles).mean(axis=0)
    return dict(zip(texts, (rows @ middle / np.linalg.norm(middle)).tolist(), strict=True)) if texts else {}


def _may_lead(fact: Fact, form: Form) -> bool:
    """Whether the lead's figures of words hold once AI is spelt out and the marks stand at its end."""
    return (
        written(form.text) + len(form.cites) <= LEAD_WORDS
        and not fact.behind
        and fact.who_in(form.text) is None
        and form.text.count('"') in {0, 2}
        and NOBODY not in form.needs
    )


def written(text: str) -> int:
    """The words of a wording that opens a brief, where AI is spelt out.

    >>> written("Oslo opens AI models."), written("Oslo opens artificial intelligence.")
    (5, 4)
    """
    spelt = "artificial intelligence" not in text and re.search(r"\bAI\b", text) is not None
    return count(text) + spelt


def _worth(fact: Fact, readings: Sequence[Reading], seen: Counter[str]) -> float:
    """How far it tells what the articles open with; then who and when, and an opening sentence before a later one.

    `seen` says in how many sentences each word stands.
    """
    others = [r for r in readings if r.n != fact.article] or readings
    told = sum(overlap_of(_opening(r), fact.bag) for r in others) / len(others)
    titles = sum(overlap_of(bag(r.article.title), fact.bag) for r in readings) / len(readings)
    common = Counter(w for r in others for w in _opening(r) | bag(r.article.title))
    shared = sum(common[w] > (1 if len(others) > 2 else 0) for w in fact.bag) / max(1, len(fact.bag))
    central = sum(seen[w] for w in fact.bag) / max(1, sum(n for _, n in seen.most_common(CENTRAL)))
    place = PLACE[min(fact.place, len(PLACE) - 1)]
    return (
        2 * told + 2 * titles + 0.8 * shared + 0.8 * central + place + 0.15 * (len(fact.cites) - 1) + KEPT * bool(fact.kept)
        + _manner(fact.text) - LEANS * len(fact.needs) + AGENCY * _opens_agency(fact, readings)
    )  # fmt: skip


def _opens_agency(fact: Fact, readings: Sequence[Reading]) -> bool:
    """Whether an agency's article opens with it."""
    return fact.place == 0 and any(r.agency for r in readings if r.n == fact.article)


@lru_cache(maxsize=5_000)
def _manner(text: str) -> float:
    """A date is worth a little; plans told ahead, headlines, opinions and a newsroom's own part cost much.

    >>> rest = "a fund for all the ports of the coast and the towns behind them."
    >>> _manner(f"Oslo opened {rest}") > _manner(f"Oslo opens {rest}") > _manner(f"Oslo is set to open {rest}")
    True
    """
    own = SELF.match(text) or HERE.match(text) or FINDS.match(text)
    dated = _dated(text) or any(YEAR.fullmatch(f) for f in figures(text))
    spoken = SAYING.search(RELATIVE.sub("", text)) and not (own or BESIDES.search(text))
    costs = (
        (
            0.5,
            AHEAD.search(text[: max(60, f"{text},".find(","))].partition(" that ")[0].partition(" and said")[0])
            and not (FOLLOWS.search(text) or own),
        ),
        (0.5, OVER.match(text)),
        (0.6, INTRODUCED.match(text)),
        (0.35, GOING.search(text)),
        (0.3, GERUND.match(text)),
        (0.6, STATE.match(text)),
        (0.7, PERSONS.match(text)),
        (0.2, WEAK.match(text)),
        (0.6, AMONG.search(text)),
        (0.4, headline(text)),
        (0.4, FLUFF.search(text)),
        (0.8, NEWS.match(text)),
        (0.3, spoken and _told(text) != text),
        (0.1, spoken),
        (0.9, HOLLOW.search(text)),
        (1.5, SCENE.match(text)),
        (1.5, LONG_AGO.match(text)),
        (0.5, HOME.match(HERE.sub("", text))),
        (0.5, WHILE.match(text)),
        (BRIEF * max(0, MEATY - count(text)), True),
        (0.6, DEFINITE.match(HERE.sub("", text))),
        (0.5, EVENT.search(text)),
        (0.8, AFTERMATH.match(text)),
        (0.6, UNNAMED.search(text)),
        (0.2, '"' in text),
        (0.4, OPINION.search(text.partition(" that ")[0]) and not (DECIDED.search(text) or FINDS.match(text))),
        (0.4, PRAISE.match(text)),
        (1.5, VOICE.search(text)),
        (1.5, ORIGIN.search(text)),
        (0.4, any(len(a) > 2 and a not in KNOWN for a in ACRONYM.findall(text))),
    )
    return 0.15 * dated - WEEK * bool(ON_WEEKDAY.search(text)) - sum(cost for cost, found in costs if found)


def headline(text: str) -> bool:
    """Whether the main verb stands in the present of headlines and captions: "Oslo opens a fund."

    >>> headline("The mayor urges ports to merge."), headline("The mayor, who leads the talks, urged ports to merge.")
    (True, False)
    """
    words = CLAUSE.sub("", text).split()
    for before, word in itertools.pairwise(words):
        plain = word.strip(",.")
        if plain in THIRD and certain(plain, before.lower()):
            return plain not in DESCRIBING
        if plain in AUXILIARY or plain in IRREGULAR or PARTICIPIAL.match(plain):
            return False
    return False


def preview(text: str) -> bool:
    """Whether a sentence tells of a meeting or vote to come, or in progress: old once it is over.

    >>> preview("The ministers are expected to hold talks."), preview("The fund will open in May.")
    (True, False)
    """
    return PREVIEW.search(text) is not None


def _opening(reading: Reading) -> frozenset[str]:
    return bag(" ".join(s.raw for s in reading.sentences[:2]))


def overlap_of(wanted: frozenset[str], have: frozenset[str]) -> float:
    """The share of some words that stand among others."""
    return len(wanted & have) / len(wanted) if wanted else 0.0
