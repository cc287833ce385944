"""The pull quote: direct speech that stands in an article, with its speaker beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from pipeline.domain.article import Article
from pipeline.domain.brief import Quote
from pipeline.domain.text import one_line
from pipeline.stages.draft.language.content import bag
from pipeline.stages.draft.language.verbs import AUXILIARY
from pipeline.stages.draft.language.words import CAPITAL, FREE, count, longest_run, tokens
from pipeline.stages.draft.texts.people import OFFICIAL, TITLES, bare_name
from pipeline.stages.draft.texts.sentences import of_line

DIRECT = re.compile(r"(?:\u201c([^\u201c\u201d\"\n]+)\u201d)|(?:\"([^\u201c\u201d\"\n]+)\")")
VERB = r"(?:said|says|warned|warns|argued|argues|added|adds|noted|notes|wrote|writes|explained|complained|declared|remarked|told (?:[a-z]+s|parliament|(?:the|an?) [\w ]{3,30}))"
TITLED = r"(?:(?:Mr|Ms|Mrs|Dr|Prof)\. )?"
NAME = (
    TITLED + rf"[{CAPITAL}][\w'\u2019.-]*(?: (?:de|da|van|von|der|al|bin|el|la))*"
    rf"(?: [{CAPITAL}][\w'\u2019.-]*){{1,3}}"
)
TITLED_NAME = NAME.replace("{1,3}", "{1,6}")
"""A name with a longer office in capitals ahead: "Artificial Intelligence Minister Ana Reyes"."""
OFFICE_WORD = r"(?!(?:for|of|from|to|in|at|on|by|about|with|that|as|after|and)\b)[a-z][\w'\u2019-]*"
"""A word of the office ahead of a name; behind "a spokesperson for" stands another's name."""
ORIGIN = rf"(?:[A-Z]{{2,6}}|[{CAPITAL}][\w.-]+(?:'s|\u2019s)?)"
AFTER = (
    re.compile(rf"^,? {VERB} ({NAME})(?=[,.;]| of| from| at| in|$)"),
    re.compile(rf"^,? ({NAME}),? {VERB}\b"),
    re.compile(rf"^,? {VERB} (?:{OFFICE_WORD} ){{0,4}}{OFFICE_WORD},? ({NAME})(?=[,.;]| of| from| at| in|$)"),
    re.compile(rf"^,? (?:{OFFICE_WORD} ){{1,4}}({NAME}),? {VERB}\b"),
    re.compile(
        rf"^,? {VERB} (?:{ORIGIN} ){{1,2}}(?:{OFFICE_WORD} ){{0,3}}{OFFICE_WORD},? ({NAME})(?=[,.;]| of| from| at| in|$)"
    ),
    re.compile(rf"^,? (?:{ORIGIN} ){{1,2}}(?:{OFFICE_WORD} ){{1,4}}({NAME}),? {VERB}\b"),
)
LONGER = (
    re.compile(
        rf"^,? {VERB} (?P<who>[^\"\u201c\u201d.;]{{5,120}}?)(?=[.;]|, (?:who|whose|which|at|in|on|after|before) |$)"
    ),
    re.compile(rf"^,? (?P<who>[^\"\u201c\u201d.;]{{5,120}}?),? {VERB}\b"),
)
"""A speaker with a longer office: "Uruguay's minister of ports, Ana Reyes, told an audience"."""
FOR_OTHERS = re.compile(
    r"\b(?:spokes\w+|aides?|lawyers?|letter|statement|report|according|behalf|colleagues?|supporters?|friends?)\b|\bto (?:the )?[A-Z]"
)
"""Who speaks for somebody, or to them, is another than the one who is named."""
OFFICE_OF = re.compile(r"^.*\b(?:for|of) (?:the )?[\w-]+ (?=[A-Z])")
ALONE = re.compile(
    rf"^,? (?:{TITLED}(?P<first>[{CAPITAL}][\w'\u2019-]+) {VERB}|{VERB} {TITLED}(?P<last>[{CAPITAL}][\w'\u2019-]+)(?=[.,;]))"
)
"""A surname, whose bearer the article has introduced."""
PRONOUN = re.compile(rf"^,? (?:(?:he|she) {VERB}|{VERB} (?:he|she))\b")
BEFORE = re.compile(
    rf"(?:^|[.!?\"\u201d] |\n)({NAME})(?:, [^.\n\"\u201c]{{3,120}},)? {VERB}(?: [\w ,]{{1,40}})?(?:[:,] |:\n+)$"
)
SIGNED = re.compile(rf"^\s*[\u2013\u2014-] ?(?:(?:[Tt]he|Rt|Right|Hon|Hono[u]?rable)\.? )*({NAME})(?=[,\n]|$)")
"""How press releases name whom they quote: below, behind a dash."""
LOOSE = re.compile(r"^(?:It|They|He|She|This|That|These|Those|But|And|So)\b")
SHARED = 6.0
"""What it is worth that another article quotes it: those are the words that a story is remembered by."""
INSTITUTION = frozenset(
    ["department", "commission", "ministry", "government", "council", "university", "report", "agency", "house"]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    quote: Quote
    rank: tuple[float, ...]


def best_quote(
    articles: Sequence[Article], theme: frozenset[str], body: Sequence[str] = (), cited: Set[str] = frozenset()
) -> Quote | None:
    """The whole quotation of 6 to 30 words that most articles have, nearest to the theme's words; None when no article has one.

    One that the body tells already is taken only where there is no other; of equal ones that of a `cited` article.
    """
    words = [f" {' '.join(tokens(a.text))} " for a in articles]
    found = [f for n, a in enumerate(articles) for f in _quotes(a, theme, [*words[:n], *words[n + 1 :]])]
    fresh = [f for f in found if all(longest_run(f.quote.text, text) < 6 for text in body)]
    other = [
        f for f in fresh if all(len(bag(f.quote.text) & bag(t)) < max(4, 0.5 * len(bag(f.quote.text))) for t in body)
    ]
    found = other or fresh or found
    return max(found, key=lambda f: (f.rank[0], f.quote.article_id in cited, *f.rank[1:])).quote if found else None


def _quotes(article: Article, theme: frozenset[str], elsewhere: Sequence[str]) -> Iterator[_Found]:
    """Each quotation of the article, or those sentences of one that other articles have alone."""
    for match in DIRECT.finditer(article.text):
        group = 1 if match.group(1) else 2
        speaker = _speaker(article.text, match)
        if speaker is None:
            continue
        for at, said in _parts(match.group(group), elsewhere):
            start = match.start(group) + at
            end = start + len(said) - said.endswith(",")
            text = _written(said)
            quote = Quote(text=text, article_id=article.id, start=start, end=end, speaker=speaker)
            yield _Found(quote=quote, rank=_rank(text, said, theme, match.start(), _shared(text, elsewhere)))


def _parts(said: str, elsewhere: Sequence[str]) -> Iterator[tuple[int, str]]:
    """What of a quotation can stand, with its place in it."""
    whole = _whole(said)
    if whole:
        yield 0, said
    if not (whole and _shared(said, elsewhere)):
        parts = ((start, said[start:end]) for start, end in of_line(said) if end - start < len(said))
        yield from ((at, part) for at, part in parts if _whole(part) and _shared(part, elsewhere))


def _written(said: str) -> str:
    """In house style: on one line, with straight apostrophes and a full stop.

    >>> _written("It works,")
    'It works.'
    """
    said = said[:-1] + "." if said.endswith(",") else said
    return one_line(said).replace("\u2019", "'").replace("\u2018", "'")


def _shared(text: str, elsewhere: Sequence[str]) -> int:
    """How many other articles have all of its sentences, be it with the speaker between them."""
    parts = [f" {' '.join(tokens(text[start:end]))} " for start, end in of_line(text)]
    return sum(all(part in words for part in parts) for words in elsewhere)


def _whole(said: str) -> bool:
    """One sentence with a finite verb and what else is said with it, and not part of a longer one."""
    words = tokens(said)
    if not 6 <= count(said) <= 30 or said[-1] not in ".," or not said[0].isupper():
        return False
    if re.search(r"[\[\]]", said) or LOOSE.match(said):
        return False
    return any(w in AUXILIARY or w.endswith(("n't", "ed", "s")) for w in words[1:])


def _speaker(text: str, match: re.Match[str]) -> str | None:
    after, before = text[match.end() : match.end() + 160], text[max(0, match.start() - 260) : match.start()]
    if match.group()[-2] in ",":
        for pattern in AFTER:
            if (named := pattern.search(after)) and (person := _person(named.group(1))):
                title, _, surname = person.partition(" ")
                return (title.lower().rstrip(".") in TITLES and _introduced(surname, text)) or person
        if PRONOUN.match(after):
            return _of_before(before)
        if alone := ALONE.match(after):
            return _introduced(alone["first"] or alone["last"], text)
        for pattern in LONGER:
            if (named := pattern.search(after)) and not FOR_OTHERS.search(named["who"]):
                found = (bare_name(OFFICE_OF.sub("", part)) for part in named["who"].split(", "))
                return next((name for name in found if name and name[0].isupper()), None)
    named = BEFORE.search(before) or SIGNED.match(after)
    return _person(named.group(1)) if named else None


def _of_before(before: str) -> str | None:
    """The one person that the sentence before a quotation names in full, who then is "he"."""
    sentence = re.split(r"(?<=[a-z\d\"\u201d][.!?]) |\n", before.strip())[-1]
    found = {person for m in re.finditer(NAME, sentence) if (person := bare_name(m.group()))}
    return found.pop() if len(found) == 1 and sentence.endswith(".") else None


def _introduced(surname: str, text: str) -> str | None:
    """The one person of that surname whom the article names in full."""
    names = (bare_name(re.split(r"(?<=[a-z])\. ", m.group())[0]) for m in re.finditer(TITLED_NAME, text))
    found = {name for name in names if name.endswith(f" {surname}")}
    return found.pop() if len(found) == 1 else None


def _person(name: str) -> str | None:
    name = name.rstrip(".,")
    if INSTITUTION & set(name.lower().split()) or OFFICIAL.fullmatch(name.split()[-1]):
        return None
    return bare_name(name) or name


def _rank(text: str, said: str, theme: frozenset[str], start: int, shared: int) -> tuple[float, ...]:
    """What other articles quote, then theme words; a full stop inside and 7 to 18 words are worth one word each; then the earlier one."""
    near = len(bag(text) & theme)
    fits = 7 <= count(text) <= 18
    first_person = bool({"we", "i", "our", "my"} & (set(tokens(text)) & FREE))
    return (
        SHARED * min(shared, 2) + near + fits + said.endswith(".") - 2.0 * (first_person and not shared),
        -float(start),
    )
