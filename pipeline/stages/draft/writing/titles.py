"""A brief's title: the plain headline of an article that brings in nothing uncited, or the lead cut short."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from pipeline.domain.lint.layout import layout
from pipeline.domain.lint.novelty import titled
from pipeline.domain.text import one_line
from pipeline.stages.draft.choice.likeness import likeness
from pipeline.stages.draft.facts import Fact
from pipeline.stages.draft.language.content import bag
from pipeline.stages.draft.language.times import undated
from pipeline.stages.draft.language.verbs import BASE, finite
from pipeline.stages.draft.language.words import count
from pipeline.stages.draft.texts.readings import Reading
from pipeline.stages.draft.wording.cuts import shorter
from pipeline.stages.draft.wording.wholeness import ends_well, whole

TITLE_WORDS = 12
LEAST = 4
NEAR = 0.3
"""How much like the lead another article's title is at least."""
OWN = 0.1
"""What it is worth that a title is that of the lead's own article."""
TITLE_BREAK = re.compile(r": | - | \| | \u2013 | \u2014 | and (?=\w+s\b)| after |, |; ")
QUOTED = re.compile(r"""^['"][^'"]+['"]: |: ['"][^'"]+['"]$""")
"""What somebody said, ahead of the headline or behind it."""
WILL = re.compile(r"[A-Z][^,:]{2,40} to [a-z]+ ")
HALF = 0.5
"""The share of the lead's words that a lead cut short still has to tell, or another title is taken,"""
FARTHER = 0.2
"""from this likeness on."""
TAG = re.compile(
    r"^(?:MEDIA STATEMENT|PRESS RELEASE|NEWS RELEASE|STATEMENT|JOINT COMMUNIQU\u00c9|ANALYSIS|EXPLAINER|UPDATE)s?: |^(?:Client [Aa]lert|Legal [Uu]pdate|Media statement|Media release|Press release|News release|Analysis): |^\((?:[A-Z0-9a-z]+ )?(?:LEAD|LD|URGENT|UPDATE|Update)[^)]*\) ?| ?\((?:adds?|updates?|recasts?|corrects?|releads?)\b[^)]*\)$"
)
"""What an agency says of its own copy."""
PREVIEW = re.compile(
    r"\b(?:set to|due to|braces? for|ahead of|prepares? (?:to|for)|gears? up|begins? to arrive|expected|could|might|to vote|to decide|"
    r"explained)\b|^(?:live|as it happened|q&a|opinion|commentary|analysis|explainer|newsletter|podcast|watch|keep)\b",
    re.I,
)
"""A title of what was still to come, or of a kind of article."""
SUM = re.compile(
    r"(?<!nearly )(?<!about )(?<!over )(?<!than )(?<!almost )(?:(?:[A-Z]{0,3}[$\u20ac\u00a3\u00a5]|\bRs\.? ?)\d[\d.,]*(?:[- ](?:million|billion|trillion|mln|bln)|bn|m)?|\b\d[\d.,]*(?:m|bn)-[a-z]+) "
    r"(?!(?:million|billion|trillion|mln|bln|bn|for|in|to|of|on|from|by)\b)"
)
"""A sum in another currency than the article's sentences may have."""
CHATTY = re.compile(
    r"\?|!|(?-i:(?<![A-Z])\. [A-Z])|^The [^:]+: |\b(?:what|why|how|here's|just|you|we|i|this|these|explained|need to know|takeaways|opinion)\b",
    re.I,
)
BREAK = re.compile(
    r"[,;:](?!\d)| (?:that|which|who|whose|when|where|while|after|before|because|since|in a bid|in order) "
)
DANGLING = re.compile(
    r"\b(?:that|which|who|whose|when|where|while|after|before|because|since)(?: \w+)?$|\b(?:said|says|found|finds|announced|warned|told|argued|agreed|showed|shows|that)$"
)
"""A clause of which a cut leaves the beginning alone."""
OPEN = re.compile(
    r"(?:\bthan|\bmore|\ba|\bthe|,|\bthat \w+|\bto \w+|\b(?:under|into|over|about|against|up|down|off|out|back|how|whether|what|why)|\b[a-z]+ed|\b(?:weaker|stronger|faster|slower|higher|lower|larger|smaller|better|worse|cheaper|safer|longer|shorter|harder|easier|fewer|less)|\d)$"
)
"""Where no phrase may be left off: its noun, its object or its verb comes behind."""
TERMS = re.compile(r"\b(?:unless|if|but|only|without|until|except|provided|despite)\b")
"""Without such an end the beginning of a headline may say more than was done."""
PHRASE = re.compile(
    r" (?:to|in|for|with|by|on|at|from|and|but|as|over|under|about|against|during|into|through|between|after|(?:\w+ )?(?:hours|days|weeks|months|years) after|"
    r"(?:made|used|meant|built|designed|intended) (?:for|to|by|in|with)) "
)
"""Where a phrase begins that a title can do without."""


def title_of(lead: Fact, readings: Sequence[Reading], cited: Sequence[str]) -> str:
    """The plain article title of at most 12 words nearest to the lead that brings in nothing uncited; else such a title or the lead cut short."""
    own = next(one_line(r.article.title) for r in readings if r.n == lead.article)
    of_lead = tuple(_plainly((own, TITLE_BREAK.split(own)[0])))
    titles = tuple(_plainly(one_line(r.article.title) for r in readings))
    for some in _candidates(lead, of_lead, titles):
        if fit := [t for t in some if _fits(t, cited, readings)]:
            if not any(t in of_lead for t in fit):  # the beginning of the lead's own may tell more of it
                cuts = [(t, full[len(t) :]) for full in of_lead for t in _beginnings([full])]
                fit += [t for t, lost in cuts if not TERMS.search(lost) and _fits(t, cited, readings)]
            ours = {t for t in fit if t in of_lead}
            return _unstopped(max(fit, key=lambda t: (likeness(bag(t), lead.bag) + OWN * (t in ours), t)).strip())
    return _clipped(undated(lead.text))


def _candidates(lead: Fact, of_lead: Sequence[str], titles: Sequence[str]) -> Iterator[Sequence[str]]:
    """Headlines, beginnings of them, the lead cut short where that tells enough, and headlines less like it: the first that fit are taken."""
    near = (*of_lead, *(t for t in titles if likeness(bag(t), lead.bag) >= NEAR))
    yield near
    yield _beginnings(near)
    clipped = _clipped(undated(lead.text))
    yield (clipped,) if len(bag(clipped) & lead.bag) >= len(lead.bag) * HALF else ()
    yield [t for t in titles if likeness(bag(t), lead.bag) >= FARTHER]


def _beginnings(titles: Iterable[str]) -> list[str]:
    """What is left of titles cut before a phrase, where it still states something."""
    return [cut for t in titles for cut in _phrases(t) if _states(cut)]


def _fits(title: str, cited: Sequence[str], readings: Sequence[Reading]) -> bool:
    """Whether it is short, plain, no preview, and brings in nothing uncited."""
    plain = not (CHATTY.search(title) or PREVIEW.search(title) or title.isupper())
    return LEAST <= count(title) <= TITLE_WORDS and plain and _borne(title, cited, readings)


def _states(title: str) -> bool:
    """Whether the beginning of a headline says what was or will be done, and is no mere noun.

    >>> [_states(t) for t in ("Oslo to close its port", "Oslo's port", "Oslo closes its port", "Oslo, Lund sign a pact")]
    [True, False, True, True]
    """
    verb = next((w for w in title.split() if w.islower()), "")
    return verb in BASE or WILL.match(title) is not None or finite(f"{title}.")


def _plainly(titles: Iterable[str]) -> Iterator[str]:
    """Titles without an agency's notes, and those without their sums."""
    for title in titles:
        plain = QUOTED.sub("", TAG.sub("", straight(title))).strip().replace("artificial intelligence", "AI")
        yield plain
        if (bare := SUM.sub("", plain)) != plain:
            yield bare


def straight(text: str) -> str:
    return text.replace("\u2019", "'").replace("\u2018", "'").replace("\u201c", '"').replace("\u201d", '"')


def _borne(title: str, cited: Sequence[str], readings: Sequence[Reading]) -> bool:
    """Whether the title's figures and names stand in the cited sentences, as the linter judges it."""
    page = layout("".join(f"{c.removesuffix('.')} [1].\n" for c in cited) + "End.\n")
    texts = {r.article.id: r.article.text for r in readings}
    return not list(titled(page, {"title": title}, texts))


def _unstopped(title: str) -> str:
    """Without the full stop, unless it is an abbreviation's."""
    return title if re.search(r"\b[A-Z]\.[A-Z]\.$", title) else title.rstrip(".")


def _clipped(text: str) -> str:
    """The shortest statement in the text, cut before a clause or phrase so that no more than 12 words are left.

    >>> _clipped("Oslo accused three companies of setting up more than 24,000 false accounts with its model of the port.")
    'Oslo accused three companies of setting up more than 24,000 false accounts'
    >>> _clipped("The harbour board published guidelines that say which of the many older ships may still enter.")
    'Harbour board published guidelines'
    """
    text = ARTICLE.sub(lambda m: m[1].upper(), _unstopped(text).replace("artificial intelligence", "AI"))
    forms = [_unstopped(f) for f in (text, *shorter(f"{text}."))]
    heads = [text[: m.start()] for m in BREAK.finditer(text)]
    heads = [h for h in heads if not (DANGLING.search(h) or OPEN.search(h)) and finite(f"{h}.")]
    fit = [f for f in (*forms, *heads) if LEAST <= count(f) <= TITLE_WORDS]
    if fit:
        return max(fit, key=count)
    return max(_phrases(text), key=count, default="") or _first_words(text)


ARTICLE = re.compile(r"^(?:An?|The) (\w)")
"""What a headline does without."""


def _first_words(text: str) -> str:
    """As many of the first words as may stand at a title's end."""
    heads = [" ".join(text.split()[:n]).rstrip(".,;:") for n in range(TITLE_WORDS, LEAST - 1, -1)]
    return next((h for h in heads if ends_well(h) and not OPEN.search(h)), heads[0])


def _phrases(text: str) -> Iterator[str]:
    """The text cut before each of its phrases, as far as that is short enough."""
    for match in PHRASE.finditer(text):
        head = text[: match.start()]
        if LEAST < count(head) <= TITLE_WORDS and ends_well(head) and whole(f"{head}.") and not OPEN.search(head):
            yield head
