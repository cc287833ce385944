"""Who speaks: persons as an article introduces them, so that a surname or a "he" gets its full name and office."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.domain.lint.layout import OPENERS
from pipeline.stages.draft.language.words import CAPITAL, FREE
from pipeline.stages.draft.texts.cleaning import Sentence

CAP = rf"[{CAPITAL}][\w\u00c0-\u024f'\u2019-]*[\w\u00c0-\u024f]"
PARTICLE = r"(?:de|da|del|van|von|der|den|al|bin|el|la|di|du|dos|ben|Mc|Mac)"
NAME = rf"{CAP}(?: [A-Z]\.)?(?: {PARTICLE})*(?: {CAP}){{1,4}}"
OFFICE = (
    r"(?:[Pp]resident|[Vv]ice|[Pp]rime|[Mm]inister|[Ss]ecretary|[Ss]enator|[Dd]eputy|[Cc]ommissioner|[Cc]hancellor|"
    r"[Cc]hair(?:man|woman|person)?|CEO|CTO|[Cc]hief|[Ee]xecutive|[Dd]irector|[Pp]rofessor|[Gg]overnor|[Rr]epresentative|"
    r"[Aa]mbassador|[Ss]pokes(?:man|woman|person)|[Ll]awyer|[Rr]esearcher|[Ee]conomist|[Aa]nalyst|[Ll]awmaker|[Ff]ounder|"
    r"[Cc]o-?founder|[Ee]nvoy|[Aa]dviser|[Aa]dvisor|[Mm]ayor|[Jj]udge|[Jj]ustice|[Ss]ecretary-[Gg]eneral|[Mm]anager|"
    r"[Hh]ead|[Oo]fficer|[Mm]ember|[Ss]cientist|[Ee]ngineer|[Ll]eader|[Cc]ouncil(?:lor|or)|[Cc]ongress(?:man|woman)|"
    r"[Ll]inguist|[Pp]olitician|[Pp]remier|[Kk]ing|[Qq]ueen|[Pp]ope|[Gg]eneral|[Cc]olonel|[Tt]reasurer|[Aa]dministrator|[Oo]fficial)"
)
NOT_PERSON = frozenset(
    "institute university council commission ministry department agency party union committee court house senate "
    "parliament congress bank group company corporation association federation center centre foundation society times "
    "post news review summit act law street city state states kingdom republic nations office board authority trust "
    "administration assembly services directorate directorates laboratory labs lab college school alliance network forum fund treaty convention declaration agreement white new "
    "north south east west middle united europe africa asia america pacific caribbean european african american asian chinese artificial intelligence open source "
    "san los las saint hong silicon wall prime chief executive human rights security safety commons framework process "
    "technology technologies digital global international national federal general public world data protection "
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday the a an this that project initiative report supreme civil besides despite amid beyond lake mount fort cape port gulf bay isle river valley".split()
)
TITLES = frozenset(
    "honourable honorable hon president minister secretary senator deputy commissioner chancellor chairman chair ceo director professor governor representative ambassador mayor judge justice pope king queen general premier spokesman spokeswoman spokesperson administrator dr mr mrs ms sir dame lord lady sen rep gov prof mp".split()
)
SAYING = r"(?:said|says|told|added|warned|argued|noted|wrote|explained|called|testified|declined|wants)"
OF = re.compile(rf"{OFFICE} (?:of|for) $")
SPEAKING = re.compile(rf"^ {SAYING}\b")
SPOKEN = re.compile(rf"\b{SAYING} {NAME}$")
APPOSITION = (
    rf"(?:(?:an?|the|who|whose|director|head|chief|professor|founder|president|chair\w*|{OFFICE}|"
    rf"(?:{CAP} )*{CAP}'s?|[a-z-]+ {OFFICE})\b[^,\u201c\u201d\".]{{2,90}})"
)
OFFICIAL = re.compile(rf"(?:Vice-)?{OFFICE}")
PERSON = re.compile(rf"(?<![\w'-]){NAME}(?![\w-])")
TITLED = re.compile(r"\b((?:U\.S\. )?(?:Sen|Rep|Gov|Gen|Prof|Dr|Lt|Col)\.) $")
AFTER = re.compile(rf"^, ({APPOSITION})(?=,)")
AFTER_END = re.compile(rf"^, ({APPOSITION})(?=\.$)")
BEFORE = re.compile(
    rf"((?:(?:[A-Z][\w.'-]*|[a-z]+|an?) ){{0,5}}(?:[Vv]ice-)?{OFFICE}(?: (?:for|of) [A-Z]\w+(?: and [A-Z]\w+)?)?) $"
)
BEFORE_COMMA = re.compile(
    rf"(?<![\w'\u2019])((?:The |the |its |their )?(?:(?:{CAP}['\u2019]s|[A-Z][\w-]*|[a-z-]+(?:['\u2019]s)?) ){{0,4}}{OFFICE}(?: of [\w ]{{3,30}})?), $"
)


AHEAD_OF_ROLE = re.compile(
    rf"^(?!(?:[Tt]he|[Ii]ts|[Tt]heir) )(?:.* (?=(?:the|its|their) )|.*\b(?:{SAYING}|with|by|to|of|for|and|from|as|at) )"
)
"""What of the sentence stands before somebody's office: "travelled with the port's director"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person of an article: full name, the words that introduce them ("" if none), the sentence that does."""

    full: str
    role: str
    before: bool
    at: int

    @property
    def surname(self) -> str:
        return surname(self.full)

    @property
    def introduced(self) -> str:
        """The name with its office, fit for a subject before a verb."""
        if not self.role:
            return self.full
        return f"{self.role} {self.full}" if self.before else f"{self.full}, {self.role},"


def surname(full: str) -> str:
    """The family name: the first word of Chinese and Korean names, else the last.

    >>> surname("Ana Reyes"), surname("Li Qiang"), surname("Yoon Tae-jin"), surname("Jung Lee"), surname("Orla N\u00ed Bhriain")
    ('Reyes', 'Li', 'Yoon', 'Lee', 'N\u00ed Bhriain')
    """
    first, *between, last = full.split()
    if between and between[-1] in OF_IRISH:
        return f"{between[-1]} {last}"
    return first if first in FAMILY and last not in FAMILY else last


OF_IRISH = frozenset({"N\u00ed", "Nic", "\u00d3", "U\u00ed", "Mac"})
"""What belongs to an Irish family name."""


FAMILY = frozenset(
    "Wang Li Zhang Liu Chen Yang Zhao Huang Zhou Wu Xu Sun Zhu Ma Hu Guo He Gao Lin Luo Zheng Liang Xie Song Tang Xi Deng Feng "
    "Han Cao Peng Zeng Xiao Tian Dong Pan Yuan Cai Jiang Yu Ye Du Su Wei Lu Fu Ding Shen Ren Qiu Kim Park Choi Jung Kang Cho Yoon "
    "Jang Lim Oh Seo Shin Kwon Hwang Ahn Hong Moon Nam Ryu Bae Baek Noh Lee".split()
)
"""Family names that stand first."""


def people(sentences: Sequence[Sentence]) -> Mapping[str, Person]:
    """The article's persons by surname; a surname of two persons is left out."""
    found: dict[str, dict[str, Person]] = defaultdict(dict)
    for n, sentence in enumerate(sentences):
        text = _plain(sentence.raw)
        for match in PERSON.finditer(text):
            full = bare_name(match.group())
            if OF.search(text[: match.start()]) and full.count(" ") > 1:
                full = full.partition(" ")[2]  # Secretary of Commerce Ana Reyes
            if not full:
                continue
            role, before = _role(text, match, full)
            known = found[surname(full)].get(full)
            if not role and not _speaks(text, match.end()):
                continue
            if known is None or (not known.role and role):
                found[surname(full)][full] = Person(full=full, role=role, before=before, at=n)
    return {surname: next(iter(them.values())) for surname, them in found.items() if len(them) == 1}


def named(text: str, known: Mapping[str, Person]) -> list[Person]:
    """The known persons that a sentence names, in order of mention.

    >>> named("Nobody spoke.", {})
    []
    """
    plain = _plain(text)
    places = {at: s for s in known if (at := _place(s, plain)) >= 0}
    return [known[s] for _, s in sorted(places.items())]


INNER = re.compile(r"[\w-]")


def _place(name: str, text: str) -> int:
    """Where a name first stands that is no part of another word, or -1."""
    at = text.find(name)
    while at >= 0 and any(map(INNER.match, (text[:at][-1:], text[at + len(name) :][:1]))):
        at = text.find(name, at + 1)
    return at


def lone_names(text: str, before: str) -> list[str]:
    """Surnames that stand alone in a sentence, of persons that the words before it name in full.

    >>> lone_names("Reyes bought a ship in Lund.", "The port of Ana Reyes has a pier.")
    ['Reyes']
    """
    found = []
    for match in LONE.finditer(text):
        ahead = text[: match.start()].split()
        if f" {match[1]}" not in before or (ahead and ahead[-1][:1].isupper() and ahead[-1].lower() not in FREE):
            continue
        places = (m.start() for m in re.finditer(rf" {match[1]}\b", before))
        first = next(filter(None, (FIRST.search(before[max(0, at - NEAR) : at]) for at in places)), None)
        if first and first[1].lower() not in FREE | OPENERS and bare_name(f"{first[1]} {match[1]}"):
            found.append(match[1])
    return found


FIRST = re.compile(rf"\b([{CAPITAL}][a-z\u00df-\u024f]+)(?: [A-Z]\.)?$")
NEAR = 40
"""Letters before a surname in which its first name stands."""
LONE = re.compile(rf"(?<![\w.'-])([{CAPITAL}][a-z\u00df-\u024f]{{3,}})(?= [a-z]|'s |,|\.)")


def bare_name(name: str) -> str:
    """The name without titles before it; nothing for what is no person's name.

    >>> bare_name("Digitalisation Minister Kari Solheim"), bare_name("Sami University College")
    ('Kari Solheim', '')
    """
    words = name.replace("\u2019", "'").removesuffix("'s").split()
    while words and words[0].lower() in OPENERS | FREE:
        words = words[1:]
    offices = [n for n, w in enumerate(words) if w.lower().rstrip(".") in TITLES or OFFICIAL.fullmatch(w)]
    words = words[offices[-1] + 1 :] if offices else words
    if not 2 <= len(words) <= 4 or words[-1].isupper() or any(_no_name(w) for w in words):
        return ""
    return " ".join(words)


def _no_name(word: str) -> bool:
    return word.lower() in NOT_PERSON or (word.isupper() and len(word) > 2) or "'s" in word


def _role(text: str, match: re.Match[str], full: str) -> tuple[str, bool]:
    """What introduces the person, and whether it stands before the name."""
    end = match.end() - (2 if match.group().endswith("'s") else 0)
    if after := AFTER.match(text[end:]) or AFTER_END.match(text[end:]):
        return re.sub(r"^(?:its|their|his|her) ", "the ", after.group(1)), False
    start = match.start() + match.group().index(full.split()[0])
    before = text[:start]
    if (title := TITLED.search(before)) is not None:
        return title.group(1), True
    if ahead := BEFORE.search(before):
        return _office(ahead.group(1)), True
    if ahead := BEFORE_COMMA.search(before):
        role = AHEAD_OF_ROLE.sub("", ahead.group(1))
        return (re.sub(r"^(?:[Ii]ts|[Tt]heir|[Hh]is|[Hh]er) ", "the ", role)), False
    return "", False


def _speaks(text: str, end: int) -> bool:
    """Whether a verb of saying stands beside a name."""
    return SPEAKING.match(text[end:]) is not None or SPOKEN.search(text[:end]) is not None


def _office(words: str) -> str:
    """The office without what stands before it in the sentence.

    >>> _office("the deal, said British Technology Secretary")
    'British Technology Secretary'
    """
    parts = words.split()
    start = len(parts) - 1
    while start > 0 and (
        parts[start - 1][0].isupper()
        or re.fullmatch(OFFICE, parts[start - 1])
        or parts[start - 1]
        in {
            "human",
            "rights",
            "party",
            "tech",
            "trade",
            "national",
            "security",
            "deputy",
            "senior",
            "chief",
            "foreign",
            "digital",
            "finance",
            "policy",
            "science",
            "of",
        }
    ):
        start -= 1
    return " ".join(parts[start:])


def _plain(text: str) -> str:
    return text.replace("\u2019", "'").replace("\u2018", "'")
