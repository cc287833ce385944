"""Finite verbs by closed lists and endings: enough to tell a sentence from a fragment."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.domain.lint.figures import MONTHS

AUXILIARY = frozenset(
    "is are was were has have had will would can could may might must should shall do does did cannot isn't aren't "
    "wasn't weren't won't can't don't doesn't didn't hasn't haven't".split()
)
IRREGULAR = frozenset(
    "said told gave made put took left brought found held set let met ran began came went became grew cut rose fell "
    "won lost built sent spent paid kept led saw knew wrote drew stood drove chose fought sought bought thought broke "
    "spoke shook wore threw flew understood got hit read sold felt dealt meant laid lay sat hung struck taught caught "
    "swore withdrew overcame undertook bound bet quit stole froze fled hid tore rode overtook oversaw forbade beat "
    "withstood upheld overran rewrote redrew sank slid swung clung".split()
)
PRESENT = (
    "say want give ask put make take leave bring find hold set let meet run begin come go become grow need remain rise "
    "fall win lose build send spend pay keep lead show see know write draw fit bind call use provide include allow "
    "require support face carry plan aim seek hope expect warn urge argue claim believe think consider propose offer "
    "help work move turn start stop open close join sign pledge agree vote share apply cover depend differ exist appear "
    "seem look feel mean tell add note point lack own cost reach pass rely serve treat train test publish release host "
    "fund back lay deal lie sit stand learn gain press receive produce create develop enter exempt extend limit bar "
    "read ban block oppose mark represent reflect follow raise reduce cut lower increase contain define describe "
    "recommend suggest indicate estimate operate manage maintain protect promote compete charge buy sell trade export "
    "import invest process store collect track monitor report review assess evaluate measure outline state "
    "break hire handle commit convert decide enforce fail fear fight flag force form gather govern guide ignore impose "
    "improve issue judge label launch license like link list live lobby love miss name negotiate object obtain occur "
    "order oversee perform permit pick prefer prepare prevent prohibit prove pursue push range reject repeat replace "
    "resist resolve respond restrict retain reveal reward save scale select settle shift sort spread strengthen strip "
    "study submit succeed suffer supply target teach threaten tighten transfer translate undermine update value violate "
    "wait watch weaken weigh welcome worry employ contribute pose drop check restore introduce assist attend exceed deliver award "
    "achieve act adapt admit advance affect afford aid amend answer arrive assume attract avoid await belong broaden "
    "capture cause challenge clarify combine complain comply conclude conduct confirm consist continue criticize demand "
    "deny deploy determine discuss disclose double ease embrace emerge emphasize encourage endorse engage ensure escape "
    "establish examine expand explain explore focus generate grant identify illustrate inform insist intend interpret "
    "investigate invite involve maintain matter notify offer organize participate persuade preserve proceed qualify "
    "recall recognize refer refuse regulate reinforce remind renew resemble secure simplify solve specify suspend sustain "
    "oblige assure appoint return sympathise criticise criticize organise recognise emphasise prioritise finance "
    "approve adopt appeal arise attack attribute bear borrow breach bring broker calculate campaign cancel chair circulate cite collapse commission "
    "compensate concede confront contest contradict contrast coordinate correct count credit debate decline delay demonstrate "
    "denounce depart designate differ dismiss distribute dominate doubt elect employ enable envisage equip exclude exercise "
    "facilitate favor favour forbid foresee grapple guarantee halt hesitate hinder imply incorporate inspect integrate invest "
    "lament lapse loom mandate meet mention merge modify object outlaw overtake participate penalise phase praise preside "
    "proclaim question reach reckon reconsider redistribute regret reiterate relate relax remove replace reserve resume revise "
    "revoke stipulate stress summarise supervise surpass swap tolerate undergo urge veto waive widen wish worsen "
    "abandon absorb accelerate accept accommodate accompany accomplish accumulate accuse acknowledge acquire "
    "activate adhere adjust administer advertise advise advocate aggravate allege allocate alter analyse analyze "
    "announce anticipate apologise apologize arrange arrest articulate assert assign authorise authorize automate "
    "bail boast bolster bother browse buckle bypass cease certify characterise circumvent classify collaborate "
    "commence compare compel compile comprise conceal conceive condemn confer configure conform congratulate connect "
    "conquer construct consult consume convene convince cooperate cope criminalise curb curtail customise dedicate "
    "deem deepen defend defer defy delete deliberate depict deprive derive deserve detect deter deteriorate devise "
    "devote dictate diminish disagree disappear discourage discover discriminate dismantle dispatch disrupt dissolve "
    "divert divide donate earn educate elaborate elevate eliminate embark embed emit empower enact encounter "
    "endanger endure enhance enjoy enlarge enlist enrich enrol ensue entail entitle envision erode escalate eschew "
    "evolve exacerbate exaggerate excuse execute exert exhaust expose fade flourish forgo formulate foster frustrate "
    "fulfil fulfill generalise glean graduate guess hamper harmonise harvest hasten haunt heal hear heed hide impair "
    "impede imperil implement impress imprison inaugurate incite incur induce inflict inherit inhibit initiate "
    "innovate inquire insert instruct insulate intensify interact intercept interfere interrupt intervene invent "
    "invoke isolate jeopardise jeopardize justify legislate lessen linger locate magnify manipulate manufacture "
    "mediate migrate misuse mitigate mobilise mobilize moderate modernise modernize motivate multiply necessitate "
    "neglect nominate normalise nurture obey observe obstruct occupy omit opt originate outpace outperform outweigh "
    "overhaul overlook overrule overturn owe patrol penetrate persist pioneer plague plunge ponder populate portray "
    "possess postpone pour preclude predict prescribe presume pretend prevail procure prolong prompt pronounce "
    "propel prosecute provoke publicise punish ratify realise realize reap reassure rebuild recede reclaim recommit "
    "reconcile recover recruit recur refrain refresh refund regain rehearse reinstate relay relieve relocate remark "
    "render reopen repair repay repeal reproduce rescind reshape reside resign resort restate restructure retire "
    "retrieve reunite revert revisit revive revolve rewrite rip rotate sack sacrifice safeguard satisfy scan scatter "
    "scrape scrutinise scrutinize separate shed shelve shield shine shorten shrink sideline simulate sink soar "
    "soften solicit span speak specialise speculate stabilise standardise strive subscribe subsidise subsidize "
    "substitute summon suppress surrender surround survive sympathize synchronise tempt thrive transcend transmit "
    "tumble uncover underline underpin understate unfold unlock unravel upgrade uphold utilise utter validate vanish "
    "verify volunteer weave wield withhold withstand wrestle "
    "tackle tend transform trigger try understand unite unveil vary withdraw"
).split()
THIRD = frozenset(
    (
        w[:-1] + "ies"
        if w.endswith("y") and w[-2] not in "aeou"
        else w + ("es" if w.endswith(("s", "sh", "ch", "x", "o")) else "s")
    )
    for w in PRESENT
)
BASE = frozenset(PRESENT)
PARTICIPIAL = re.compile(
    r"(?!(?:seed|feed|speed|breed|indeed|hundred|exceed|proceed|embed|naked|sacred|wicked|greed|creed|kindred)$)[a-z]{2,}ed$"
)
SUBORDINATE = re.compile(
    r"\b(?:that|which|who|whose|where|when|because|if|whether|what|how|why|while|although|after|before|since|as|until)\b"
)


BESIDE = re.compile(
    r"^(?:(?!that|which|who|if|when|because)[\w'-]+,? ){1,9}?(?!this|its|his|us|as|is|was|does|days|weeks|months|years|hours|times)[a-z]{3,}s (?:the|an?|that|its|how)\b|"
    r"^(?:(?!that|which|who|if|when|because)[\w'-]+,? ){0,9}?[a-z]+s (?!and |but |nor |with |from |for |into |over |than |[a-z]+ing )[a-z]{3,} (?:them|the|an?)\b"
)


PLURAL_OF = re.compile(
    r"^(?:The (?:[\w'-]+ ){0,3})?[A-Za-z][a-z]+s (?:of|in|from|for|at|on|with) (?:the |its |their |an? )?(?:(?!(?:to|that|which|who|and|or)\b)[\w'-]+ ){1,7}?"
    r"(?:(?:start|begin|open) (?:on|in)|apply|remain|become|need|want|face|say|get|make|include|require|belong|depend|exist|differ|expect|seem|appear|keep|receive|agree|believe|fear|hope)\b"
)
"""Many of a thing before a plain verb that is no noun: "Copies of the model remain available"."""
MANY = re.compile(
    r"^(?:[\w'-]+ )?(?:[\d,.]+|Some|Many|Most|Several|(?:Thirty|Forty|Fifty|Sixty|Twenty)(?:-[a-z]+)?|[A-Z][a-z]+teen|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Eleven|Twelve) "
    r"[a-z]+s (?:in|of|from|at|on) (?:the )?(?:[\w'-]+ ){1,6}?"
    rf"(?:{'|'.join(PRESENT)}) (?:to|with|for|in|on|to|at|the|an?|that|their|from)\b"
)
"""A number of people or things with their place before a plain verb: "About 60 clerks in Lund work with it"."""
COSTS = re.compile(
    r"^(?:[\w'-]+,? ){1,8}cost (?:(?:about|around|some|nearly|more than|over|up to|a combined|an estimated) )?[A-Z]{0,3}[\u00a3\u20ac$\u00a5\d]"
)
"""A thing and its price."""
WHO_FACE = re.compile(
    r"^[A-Z][a-z]+s (?:that|which|who) (?:[\w'-]+ ){1,8}?(?:face|risk|need|receive|pay|lose|get) (?:fines?|penalt|up to|the|an?|no|at|about|[\d$\u20ac\u00a3])"
)
"""Many who do something, and what they meet: "Firms that do not comply face fines"."""
ASIDE = re.compile(r"^[^,]*s\b[^,]*, (?:which|who|including|such as|[a-z]+ed) [^,]*,$")
"""Many things and an aside about them: a verb may follow in its plain form."""
AMOUNT = re.compile(r"(?:[A-Z]{0,3}[\u00a3\u20ac$\u00a5]|\d)[^,]*, ")
"""A sum with what belongs to it: "$10m a year, affiliates included."."""


def verb_like(word: str) -> bool:
    """Whether a word can be a finite verb.

    >>> [w for w in "the report says that nobody agreed on ports".split() if verb_like(w)]
    ['report', 'says', 'agreed']
    """
    plain = word.strip("\"',.;:()").lower()
    return plain in AUXILIARY or plain in IRREGULAR or plain in THIRD or plain in BASE or bool(PARTICIPIAL.match(plain))


ON_DAY = re.compile(r" on [A-Z][a-z]+ \d{1,2}(?= [a-z])")
"""A day before the verb is no number of what the verb describes: "Oslo on May 3 approved a fund"."""


HYPHEN = re.compile(r"(?<=\b(?:co|re))-(?=[a-z]+ed\b)")
SINCE = re.compile(
    rf"(?:^S|(?<= )s)ince (?:(?:early|late|mid) ?-?)?(?:\d{{4}}|{'|'.join(MONTHS)})\b(?: \d{{1,2}}\b)?(?: of)?(?: \d{{4}})?,?"
)
"""From when on: no clause follows."""
KNOWN_AS = re.compile(
    r"(?<=\w), (?:also |better )?known as (?:the )?[A-Z][\w-]*(?: [A-Z][\w-]*){0,3},|(?<=s),? such as [A-Z][\w-]*(?:(?:, (?:and )?| and | or )[A-Z][\w-]*)*,?|(?<= of) that(?=, )"
)
"""A name that is no part of a clause."""
MOSTLY = re.compile(
    r"^(?!.*\b(?:that|which|who|whose)\b)[A-Z][^,]*s (?:already|mostly|still|often|also|rarely|usually|generally|largely|mainly|typically) "
    rf"(?:{'|'.join(PRESENT)}) "
)
"""Many who do something by and large: "Yards mostly keep their keys"."""
TWO = re.compile(
    r"^(?:(?:The )?[A-Z][\w-]+(?: [A-Z][\w-]+)*,? )+and (?:the )?[A-Z][\w-]+(?: [A-Z][\w-]+)* (?:want|plan|hope|aim|seek|need|agree|intend) "
)
"""Several by their names, and what they do."""


@lru_cache(maxsize=50_000)
def finite(text: str) -> bool:
    """Whether a sentence has a finite verb outside a clause that depends on another; a guess that errs on no.

    >>> finite("The council published its plan."), finite("Researchers who work on the plan."), finite("A pact on models.")
    (True, False, False)
    """
    raw = KNOWN_AS.sub("", SINCE.sub("", ON_DAY.sub("", HYPHEN.sub("", text)))).split()
    words = [w.strip("\"',.;:()").lower() for w in raw]
    if len(words) > 1 and words[0] in THIRD and words[1] in {"the", "a", "an", "that", "to", "how", "its"}:
        return False
    if words[1:2] == ["on"] and words[0] in THIRD and AUXILIARY.isdisjoint(words):
        return False
    if words and words[0] in _OPENING and not SINCE.match(text) and not _goes_on(text):
        return False
    if words[:2] == ["according", "to"] and ", " not in text and " that " in text:
        return False
    if AMOUNT.match(text) and not any(verb_like(w) for w in text.partition(",")[0].split()):
        return False
    if BESIDE.search(text):
        return True
    if (
        MOSTLY.search(text)
        or TWO.match(text)
        or MANY.match(text)
        or PLURAL_OF.match(text)
        or COSTS.match(text)
        or WHO_FACE.match(text)
    ):
        return True
    for i, word in enumerate(words):
        if (i == 0 and word not in AUXILIARY) or (i and raw[i][:1].isupper()):
            continue
        if word in BASE and raw[i - 1].endswith(",") and ASIDE.search(" ".join(raw[:i])):
            return True
        if word == "set" and words[i + 1 : i + 2] == ["of"]:
            continue  # a noun: "an evaluation set of 40 tests"
        if word in THIRD and raw[i].endswith(",") and (i < 9 or _COUNT.fullmatch(words[i - 1])):
            continue  # "five systems, 640 task prompts, two teams": a verb seldom ends so
        if not certain(word, words[i - 1] if i else "") or _participle(words, i, text):
            continue
        opened = SUBORDINATE.search(" ".join(words[max(0, i - 4) : i]))
        if opened and _own_verb(words, i):
            return True
        if not opened or _second_verb(words, i + 1) or words[0] in _OPENING:
            return True
    return False


def _goes_on(text: str) -> bool:
    """Whether a main clause follows a clause that opens with "since" or the like."""
    parts = text.split(", ")[1:]
    return any(finite(f"{part[:1].upper()}{part[1:].rstrip('.')}.") or BARE_VERB.match(part) for part in parts)


BARE_VERB = re.compile(
    r"(?:(?:the|an?|its|their|his|her|some|many|most|several|few|all|both) )?[\w' -]{2,60}? (?:\w+ly )?(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|did|does|do|said)\b"
)
_AFTER_NOUN = re.compile(r"^(?:in|at|on|for|under|with|by|from) (?:an?|the) (?:[a-z-]+ ){1,3}$")
_BY_ITSELF = frozenset(
    "responded ended started increased decreased declined expanded dropped climbed jumped surged gained".split()
)
"""Verbs that "by" follows although they are not passive."""


def _participle(words: Sequence[str], i: int, text: str) -> bool:
    """Whether a word in -ed belongs to the noun before it: "signed by 28 countries", "in a report published in May"."""
    if words[i] in _IRREGULAR_DONE and words[i + 1 : i + 2] == ["by"] and words[i - 1] not in AUXILIARY | _SIMPLE:
        return True
    if not PARTICIPIAL.match(words[i]) or words[i - 1] in AUXILIARY:
        return False
    if tuple(words[i : i + 2]) in REDUCED or (words[i] in _TRANSITIVE and words[i + 1 : i + 2][:1] in _BEHIND):
        return True
    if words[i + 1 : i + 2] == ["by"] and words[i] not in _BY_ITSELF and words[i - 1] not in _SIMPLE:
        return True
    return "," not in text and _AFTER_NOUN.match(" ".join(words[:i]) + " ") is not None


_TRANSITIVE = frozenset(
    "trained published released developed created designed issued adopted produced funded affected covered named made built "
    "appointed elected used located listed required needed held hosted stored".split()
)
"""Verbs that a preposition follows only as participles."""
_BEHIND = [["with"], ["on"], ["in"], ["for"], ["from"], ["at"], ["under"], ["as"], ["since"], ["during"], ["between"]]
REDUCED = frozenset(
    tuple(pair.split("-"))
    for pair in (
        "suspected-of accused-of charged-with convicted-of based-in based-on linked-to related-to associated-with "
        "aimed-at named-after dubbed-the located-in considered-the believed-to designed-to intended-to"
    ).split()
)
"""Participles behind a noun, as in "a man suspected of arson"."""
_IRREGULAR_DONE = frozenset("led run held built made won sent bought paid put set told met sold taught".split())
"""Participles of irregular verbs that look like their past."""
_SIMPLE = frozenset("who which that also later then".split())
_OPENING = frozenset("if while although when because since as after before until though once where whereas".split())
_DETERMINERS = frozenset(
    "the a an its his her their our this that these those of in for on with by from more most".split()
)


_COUNT = re.compile(r"(?!(?:19|20)\d\d$)\d[\d.,]*")
"""What a participle behind it describes things of, unless it is a year: "2,000 advanced chips"."""


def certain(word: str, before: str) -> bool:
    """Whether a word in small letters is surely a finite verb after the word before it."""
    if word in AUXILIARY or word in IRREGULAR or word.endswith("n't"):
        return True
    if PARTICIPIAL.match(word):
        return before not in _DETERMINERS and before not in {"be", "been", "being"} and not _COUNT.fullmatch(before)
    if word in THIRD:
        return before not in _DETERMINERS and not before.endswith(("'s", "s'"))
    return word in BASE and before.endswith("s") and before not in _DETERMINERS and not before.endswith("'s")


def _own_verb(words: list[str], i: int) -> bool:
    """Whether the dependent clause before a verb has one of its own already."""
    opener = max((j for j in range(max(0, i - 4), i) if SUBORDINATE.match(words[j])), default=i)
    return words[i - 1] not in AUXILIARY and any(verb_like(w) for w in words[opener + 1 : i])


def _second_verb(words: list[str], i: int) -> bool:
    """Whether another finite verb follows, so that the first may belong to the dependent clause alone."""
    after = [j for j, w in enumerate(words) if j >= i and certain(w, words[j - 1] if j else "")]
    return any(words[j - 1] not in AUXILIARY for j in after)
