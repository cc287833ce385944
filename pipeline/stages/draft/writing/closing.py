"""The closing: the brief's main fact with what comes next, and two voices that differ, all from what is cited."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.domain.brief import Statement
from pipeline.domain.lint.facts import facts
from pipeline.domain.lint.novelty import novel
from pipeline.ports import Embedder
from pipeline.stages.draft.choice.leads import FLUFF, headline
from pipeline.stages.draft.choice.likeness import NEWS, again, alike, gist
from pipeline.stages.draft.choice.plan import Plan
from pipeline.stages.draft.choice.roles import NEXT, OUTLOOK, SPEECH
from pipeline.stages.draft.evidence.conflicts import ACCOUNT
from pipeline.stages.draft.facts import COPY_WORDS
from pipeline.stages.draft.language.content import bag, counts
from pipeline.stages.draft.language.letters import lowered
from pipeline.stages.draft.language.nouns import heard, met
from pipeline.stages.draft.language.subjects import follows, same, subject
from pipeline.stages.draft.language.times import undated
from pipeline.stages.draft.language.verbs import finite
from pipeline.stages.draft.language.words import count, figures, longest_run, names, negations, stems
from pipeline.stages.draft.standing.needs import needs
from pipeline.stages.draft.standing.refuse import refused
from pipeline.stages.draft.wording.cuts import shorter
from pipeline.stages.draft.wording.variation import varied
from pipeline.stages.draft.writing.voices import AGAINST, contrast

AHEAD = re.compile(
    r"\b(?:will|aims? to|seeks? to|is due|are due|is set to|are set to|is scheduled|are scheduled|is expected to|are expected to|must|plans? to|"
    r"takes? effect|enters? into force|has \d+ days|have \d+ days)\b"
)
"""What comes next for certain: what may or could come is no outlook of the whole story."""
LIMIT = re.compile(
    r"^(?!.*\b(?:said|says|told|argued)\b).*\b(?:not|without|excludes?|excluded|leaves? out|left out|(?:is|are|remains?) (?:voluntary|non-binding)|no [a-z]+)\b|"
    r"^[^,]{3,60} (?:declined|refused|withdrew|abstained|stayed away|criticised|criticized|warned|questioned|opposed?|opposes|objected|rejected|regretted|complained)\b"
)
"""What a matter does not reach, or who is against it."""
SEVERAL = re.compile(r", (?:and|but|which|while|because)\b|;|:| and (?:the|an?|will|would)\b")
PURPOSE = re.compile(r"\b(?:aims?|seeks?) to\b")
OPENING = re.compile(r"^(?:If|When|Under|Because|While|Although|Once|In|On|At|For|After|Before)\b")
CLAUSE = re.compile(r"\b(?:that|which|who|to|as|when|where)\b")
POINTS = re.compile(
    r"\b(?:it|they|them|he|she|this|these|those|there)\b|^The (?:first|second|third|others?) (?:is|are|will)\b", re.I
)
RELATED = 0.25
"""From this cosine on two sentences of the body speak of one matter."""
LEAST = 7
MOST = 36
MAIN = 10
"""Words that the main fact keeps."""
BUT = re.compile(r"\b(?:but|unless|except|only)\b")
"""What the main fact is not true without."""
SECOND = 20
TOGETHER = 44
AGAIN = 0.5
JOINTS = (
    ("but", AGAINST, 0.0, 1.0),
    ("and", AHEAD, 0.1, 1.0),
    (
        "while",
        re.compile(r"^[^,]{3,60} (?:said|argued|noted|urged|asked|called|wants?|requested|demanded|plans?) "),
        0.1,
        0.6,
    ),
)
"""How a sentence of each kind joins the main fact, from which cosine on it speaks of the same, and up to which it adds.

None of the joints says that one follows from the other. A warning is about the main fact whatever its words.
"""
KNOWN = 0.75
"""Share of a closing's content words that the cited sentences must already hold."""


def closing_of(
    plan: Plan, statements: Sequence[Statement], texts: Sequence[str], embedder: Embedder, *, short: bool
) -> str:
    """The main fact in other or fewer words than the lead's, with what comes next where both are one thought.

    `texts` are the articles', of which no long run may stand here. Where two of the voices differ, a second sentence sets them side by side; a short brief has room for one of the two.
    """
    last = statements[-1].text
    lonely = set(map(_bare, plan.lonely))
    statements = [
        s
        for s in statements
        if not s.text.startswith(ACCOUNT) and (figures(s.text) or _bare(s.text) not in lonely or SPEECH.search(s.text))
    ]
    cited = [s.text for s in statements]
    main = _main(plan, cited)
    coming = _coming(plan, statements)
    joined = [text for t in coming if (text := _joined(main, t, plan))]
    alone = [t for t in coming if _bare(t) not in map(_bare, cited) and _sources(t, statements, plan) > 1]
    known = _bare(main) in map(_bare, cited)
    second = contrast(cited, plan.letters)
    beside = "" if second else _beside(main, statements, plan, embedder)
    whole = " ".join(cited)
    fresh = facts(whole)
    balanced = "" if second else _balance(coming, plan, statements, embedder)
    ends = (*joined, balanced, beside, *(alone if known else ()), main, undated(plan.lead.text))
    fit = (t for t in ends if t and not novel(t, fresh, whole))
    first = next((t for t in fit if all(longest_run(f"{last} {t}", a) <= COPY_WORDS for a in texts)), plan.lead.text)
    if short:
        return first if joined or not second else second
    return f"{first} {second}".strip()


def _beside(main: str, statements: Sequence[Statement], plan: Plan, embedder: Embedder) -> str:
    """The main fact and, in one sentence with it, a doubt, a step to come or a voice of the brief; "" where none fits."""
    if re.search(r"\b(?:while|but)\b", main) or finite(f"{main.partition(', and ')[0]}.") is (", and " in main):
        return ""
    told = heard(stems(main))
    for joint, fits, least, most in JOINTS[-1:] if SPEECH.search(main) else JOINTS:
        found = [
            low
            for s in statements[1:]
            for t in (s.text, *shorter(s.text))
            if fits.search(t) and _side(t) and not _one(subject(main), subject(t))
            if fits is not AHEAD or not SPEECH.search(t)
            if met(needs(t, ""), told)
            if alike(t, main, plan.rarity) <= AGAIN and (low := lowered(t, plan.letters))
        ]
        fit = [t for t in dict.fromkeys(found) if count(main) + count(t) < TOGETHER]
        rows = embedder.embed([main, *fit])
        near = zip((rows[1:] @ rows[0]).tolist(), fit, strict=True)
        best = max((pair for pair in near if least <= pair[0] <= most), default=(0.0, ""))
        if best[1]:
            return f"{main[:-1]}, {joint} {best[1]}"
    return ""


def _balance(coming: Sequence[str], plan: Plan, statements: Sequence[Statement], embedder: Embedder) -> str:
    """What limits the matter or is held against it, and what comes next with the same, both from the body; "" where one is missing."""
    cited = [s.text for s in statements[1:]]
    lead = statements[0].text
    limits = [
        t
        for c in cited
        for t in (c, *shorter(c))
        if LIMIT.search(t) and _alone(t) and (AGAINST.search(t) or follows(subject(t), lead))
    ]
    nexts = [t for t in coming if _alone(t)]
    rows = embedder.embed([*limits, *nexts])
    pairs = [
        (float(rows[m] @ rows[len(limits) + n]), f"While {low[:-1]}, {then}")
        for m, limit in enumerate(limits)
        for n, ahead in enumerate(nexts)
        if alike(limit, ahead, plan.rarity) <= AGAIN and not _one(subject(limit), subject(ahead))
        if count(limit) + count(ahead) < TOGETHER
        if (low := lowered(limit, plan.letters)) and (then := lowered(ahead, plan.letters))
    ]
    near = max(pairs, default=(0.0, ""))
    return near[1] if near[0] >= RELATED else ""


def _alone(text: str) -> bool:
    """Whether a sentence is a plain clause that points at nothing before it."""
    return _side(text) and POINTS.search(text) is None


def _one(mine: str, theirs: str) -> bool:
    """Whether two subjects are one, or somebody and their surname."""
    names = re.findall(r"\b[A-Z][\w'-]+", theirs)
    return bool(mine and theirs) and (same(mine, theirs) or (bool(names) and mine.endswith(names[-1])))


def _side(text: str) -> bool:
    """Whether a sentence is one plain clause that stands beside another."""
    return (
        LEAST <= count(text) <= SECOND
        and not re.search(r"[,;:\"]", text)
        and OPENING.match(text) is None
        and not FLUFF.search(text)
        and refused(text) is None
    )


def _main(plan: Plan, cited: Sequence[str]) -> str:
    """The lead's event as another source words it, if that brings in nothing; else the lead's shortest form."""
    told = heard(stems(" ".join(cited)))
    core = min((gist(form.text) for form in plan.lead.forms), key=len)
    others = [
        form.text
        for f in plan.spare
        if f.who is None and not f.behind and f.place < 2 and again(f, plan.lead, plan.rarity)
        for form in f.forms
        if met(form.needs, told)
        and _plain(form.text)
        and _known(form.text, cited)
        and _covers(form.text, core)
        and (not form.text.startswith("The ") or follows(subject(form.text), plan.lead.text))
    ]
    if others:
        return undated(max(others, key=lambda t: (len(bag(t) & bag(plan.lead.text)), -count(t), t)))
    lead = undated(plan.lead.text)
    forms = [t for t in shorter(lead) if count(t) >= MAIN and (BUT.search(t) or not BUT.search(lead))]
    return varied(min([lead, *forms], key=count), cited, plan.letters)


def _covers(text: str, core: frozenset[str]) -> bool:
    return len(gist(text) & core) >= 0.5 * len(core)


def _plain(text: str) -> bool:
    return not (FLUFF.search(text) or NEWS.match(text) or SPEECH.search(text) or SEVERAL.search(text) or headline(text))


def _coming(plan: Plan, statements: Sequence[Statement]) -> list[str]:
    """Sentences on what comes next, the best first: told by several, dated steps, then those of middling length."""
    cited = [s.text for s in statements]
    told = heard(stems(" ".join(cited)))
    spare = [
        form.text
        for f in plan.spare
        if f.who is None and not f.behind
        for form in f.forms
        if _ahead(form.text) and met(form.needs, told) and _known(form.text, cited) and max(alike(form.text, c, plan.rarity) for c in cited) > 0.5
    ]  # fmt: skip
    own = [t for c in cited[1:] for t in (c, *shorter(c))]
    fit = [t for t in dict.fromkeys((*own, *spare)) if _ahead(t) and _second(t)]
    return sorted(
        fit,
        key=lambda t: (
            -_sources(t, statements, plan),
            NEXT.search(t) is None,
            not figures(t),
            abs(count(t) - 12),
            t,
        ),
    )


def _second(text: str) -> bool:
    """Whether a sentence is one plain clause."""
    plain = not (SPEECH.search(text) or SEVERAL.search(text) or FLUFF.search(text) or '"' in text)
    return plain and 6 <= count(text) <= SECOND and OPENING.match(text) is None and refused(text) is None


def _ahead(text: str) -> bool:
    """Whether it tells what comes next."""
    return bool(AHEAD.search(text)) and any(p.search(text) for p in (OUTLOOK, PURPOSE, NEXT))


def _sources(text: str, statements: Sequence[Statement], plan: Plan) -> int:
    """How many sources tell the cited statement that the text is most like."""
    return len(max(statements, key=lambda s: alike(text, s.text, plan.rarity)).sources)


def _joined(main: str, coming: str, plan: Plan) -> str:
    """Main fact and outlook as one sentence, or "" where they are two thoughts."""
    if count(main) + count(coming) > MOST or SPEECH.search(main) or re.search(r" and \w+(?:ed|s)\b|, and ", main):
        return ""
    if len(bag(coming) & bag(main)) > 0.6 * len(bag(coming)):
        return ""
    mine, theirs = subject(main), subject(coming)
    if not mine or not theirs:
        return ""
    if same(mine, theirs):
        rest = coming.removeprefix(theirs)
        return f"{main[:-1]}{',' if CLAUSE.search(main) else ''} and{rest}" if "," not in main + coming else ""
    low = lowered(coming, plan.letters)
    return f"{main[:-1]}, and {low}" if low and follows(theirs, main) else ""


def _bare(text: str) -> str:
    return text.replace("artificial intelligence", "AI")


def _known(text: str, cited: Sequence[str]) -> bool:
    """Nothing new in it, and no sentence of the brief over again."""
    whole = " ".join(cited)
    if figures(text) - figures(whole) or counts(text) - counts(whole) or '"' in text:
        return False
    if names(f". {text}") - names(whole) - frozenset(stems(whole)) or negations(text) > negations(whole):
        return False
    share = len(bag(text) & bag(whole)) / max(1, len(bag(text)))
    return (
        LEAST <= count(text) <= COPY_WORDS
        and share >= KNOWN
        and max(longest_run(text, c) for c in cited) < min(9, count(text) - 2)
    )
