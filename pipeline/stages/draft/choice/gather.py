"""The usable sentences of a story's articles as facts: each in its wordings, with the sources that tell all of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.ports import Support
from pipeline.stages.draft.choice.leads import LEAD_WORDS, written
from pipeline.stages.draft.evidence.conflicts import odds
from pipeline.stages.draft.evidence.matching import SAYING, unsupported
from pipeline.stages.draft.evidence.support import check
from pipeline.stages.draft.facts import COPY_WORDS, Cite, Fact, Form
from pipeline.stages.draft.language.content import bag, overlap
from pipeline.stages.draft.language.datelines import with_its_day
from pipeline.stages.draft.language.letters import Letters
from pipeline.stages.draft.language.nouns import heard, met
from pipeline.stages.draft.language.times import timeless, undated
from pipeline.stages.draft.language.words import count, longest_run, stem, stems, tokens
from pipeline.stages.draft.standing.needs import NOBODY, needs, spelt_out
from pipeline.stages.draft.standing.referents import introduced, literal, person_of
from pipeline.stages.draft.standing.refuse import refused
from pipeline.stages.draft.standing.things import thing_of
from pipeline.stages.draft.texts.people import NAME, Person, lone_names
from pipeline.stages.draft.texts.readings import JUDGING, Reading, Story
from pipeline.stages.draft.texts.rivals import unclear
from pipeline.stages.draft.texts.strangers import strangers
from pipeline.stages.draft.texts.windows import Window
from pipeline.stages.draft.wording.apart import variants
from pipeline.stages.draft.wording.cuts import shorter
from pipeline.stages.draft.wording.edits import edited
from pipeline.stages.draft.wording.speech import fronted, reported
from pipeline.stages.draft.wording.tight import tightened
from pipeline.stages.draft.wording.variation import dated
from pipeline.stages.draft.wording.variation import turned as placed

LONGEST = 34
"""Words of a body sentence."""
LOOSE = 0.5
"""From this share of words on another source is likely to tell the same: enough to rank by, not to cite."""
SHARED = 3
"""Words that another source must share to be near at all."""
FORMS = 8
ONWARD = 3
"""Wordings of a sentence that goes on from the one before."""
OTHERS = 2
"""Other wordings of a sentence that copies a long run, of which one at least should pass the check."""
FULL = 28
"""Words from which on a sentence may be too long to lead."""
LEADS, HEADS = 5, 2
"""Wordings that are made for a lead, and sentences of an article that may be one."""
WHOLE = 0.9
"""The share of a sentence's words that a wording keeps on which the next sentence may lean."""


def gather(
    readings: Sequence[Reading],
    withheld: list[str],
    dropped: Counter[str],
    support: Support,
) -> list[Fact]:
    """Every usable sentence; what fails the check is noted in `withheld`, what cannot stand is counted in `dropped`."""
    story = Story.of(readings)
    facts: list[Fact] = []
    for reading in readings:
        others = [r for r in readings if r.group != reading.group]
        before: Fact | None = None
        for i in range(len(reading.sentences)):
            before = _fact(reading, i, others, story, withheld, dropped, support, before)
            facts += [before] if before else []
    return facts


def _fact(
    reading: Reading,
    i: int,
    others: Sequence[Reading],
    story: Story,
    withheld: list[str],
    dropped: Counter[str],
    support: Support,
    told: Fact | None,
) -> Fact | None:
    """The sentence as a fact, if it can stand somewhere; `told` is the fact of the one before it."""
    sentence = reading.sentences[i]
    plain = edited(sentence.raw)
    text, named_in = thing_of(plain, reading, i)
    text, who = person_of(text, reading, i)
    text = reported(text, story.letters) or text
    if who is None:
        text, who = person_of(text, reading, i)
    texts = _named(text, _standing(text, sentence.raw, who, story, dropped, first=not i))
    if reading.tells_of_itself(text):
        dropped["newsroom"] += 1
        return None
    literals = {form: literal(form, plain, who) for form in (_agreed(texts) if texts else ())}
    forms = list(_passing(literals, reading, i, story, withheld, who))
    forms += _leading(reading, i, story, literals)
    before = reading.sentences[i - 1] if i and sentence.line - reading.sentences[i - 1].line < 2 else None
    behind = not forms and before is not None and told is not None and any(f.whole for f in told.forms)
    if behind:
        if refused(plain, behind=True):
            return None
        text, who, named_in = plain, None, None
        standing = _standing(plain, sentence.raw, None, story, Counter(), behind=True)
        literals = {form: form for form in standing[:ONWARD]}
        forms = list(_passing(literals, reading, i, story, withheld, None))
    if not forms:
        return None
    near = _near(text, others)
    if not behind:
        spans = [windows for _, windows in near]
        forms = [replace(f, cites=(*f.cites, *_cites(f.text, near, support)), odds=odds(f.text, spans)) for f in forms]
    if (reading.opinion or JUDGING.search(text)) and not SAYING.search(text) and all(len(f.cites) < 2 for f in forms):
        dropped["opinion"] += 1
        return None
    if before and told and all(NOBODY in f.needs for f in forms):
        behind = True
        forms = [replace(f, needs=tuple(n for n in f.needs if n != NOBODY)) for f in forms]
    introduces = who and reading.sentences[who.at]
    ahead = reading.sentences[named_in] if named_in is not None else None
    return Fact(
        forms=tuple(sorted(forms, key=_worth)), article=reading.n, group=reading.group, place=sentence.place,
        line=sentence.line, share=sentence.place / max(1, len(reading.sentences)),
        told=frozenset(r.group for r, windows in near if windows), person=who,
        who_span=(introduces.start, introduces.end) if introduces else None, ahead=(ahead.start, ahead.end) if ahead else None,
        before=(before.start, before.end) if before else None,
        ends=i + 1 == len(reading.sentences) or reading.sentences[i + 1].line != sentence.line,
        opens=not i or reading.sentences[i - 1].line != sentence.line, behind=behind,
    )  # fmt: skip


def _passing(
    literals: Mapping[str, str], reading: Reading, i: int, story: Story, withheld: list[str], who: Person | None
) -> Iterator[Form]:
    """The wordings that pass the check, each as its source has it, with their own source cited; `who` will be named in full."""
    sentence, article = reading.sentences[i], reading.article
    ahead = article.text[: sentence.start]
    own = Cite(article=reading.n, group=reading.group, start=sentence.start, end=sentence.end)
    words = tokens(sentence.raw)
    for form, told in literals.items():
        if tokens(told) != words and (why := check(told, sentence.raw, ahead)):
            withheld.append(f"{article.outlet or article.id}: {form[:60]} ({why})")
            continue
        names = (
            *_unknown(form, reading, story.surnames),
            *(
                need
                for name in strangers(form, story.introduced - reading.known_words)
                for need in spelt_out(name.upper(), article.text)
            ),
            *(frozenset({stem(n.lower())}) for n in lone_names(form, ahead) if who is None or n != who.surname),
        )
        leaning = needs(form, article.text, sentence.start)
        yield Form(
            text=form, cites=(own,), needs=(*leaning, *names), names=(*names, *_from_afar(leaning, reading, i)),
            whole=overlap(sentence.raw, form) >= WHOLE,
        )  # fmt: skip


def _from_afar(leaning: Sequence[frozenset[str]], reading: Reading, i: int) -> tuple[frozenset[str], ...]:
    """The nouns that the article has told before the last sentence and not in it, so that to stand behind that is not enough."""
    if not i:
        return ()
    before = reading.sentences[i - 1]
    far, near = heard(stems(reading.article.text[: before.start])), heard(stems(before.raw))
    return tuple(need for need in leaning if met([need], far) and not met([need], near))


def _leading(reading: Reading, i: int, story: Story, have: Mapping[str, str]) -> Iterator[Form]:
    """More wordings of a sentence at the head of an article that have room in a lead: with the day, or in fewer words."""
    sentence = reading.sentences[i]
    if sentence.place >= HEADS:
        return
    published = reading.article.published
    dated = with_its_day(sentence.raw, published.date() if published else None)
    days = (edited(dated),) if dated else ()
    texts = (*days, *((edited(sentence.raw, day=True),) if published else ()), edited(sentence.raw))
    turned = [turn for text in texts if (turn := fronted(text, story.letters))]
    full = dict.fromkeys(form for text in (*texts, *turned) for form in (text, *shorter(text)))
    tight = dict.fromkeys(
        form
        for text in full
        for form in (text, *(tightened(text) if count(text) > FULL or refused(timeless(text)) else ()))
        if written(form) < LEAD_WORDS and form not in have
    )
    apart = dict.fromkeys(other for form in tight for other in _uncopied(form, sentence.raw, story.letters))
    fit = [
        form
        for form in sorted(apart, key=lambda form: -len(bag(form)))
        if not refused(timeless(form), first=not i)
        and not unclear(form, story.homes, story.rivals, pair=story.pair)
        and longest_run(form, sentence.raw) <= COPY_WORDS
    ]
    several = {bag(form): form for form in reversed(fit)}  # of wordings that tell the same the least changed
    best = list(several.values())[: -LEADS - 1 : -1]
    yield from _passing(
        {form: form for form in best}, reading, i, story, [], None
    )  # the sentence itself is not withheld


def _uncopied(form: str, raw: str, letters: Letters) -> Iterator[str]:
    """The wording, and where it copies too long a run others that say the same."""
    yield form
    if longest_run(form, raw) > COPY_WORDS:
        yield from (*variants(form), fronted(form, letters) or form)


def _named(text: str, forms: Sequence[str]) -> list[str]:
    """The wordings that keep who a person is where the sentence introduces them, if there is one."""
    told = INTRODUCED.match(text)
    kept = [f for f in forms if f.startswith(told[0])] if told else []
    return kept or list(forms)


INTRODUCED = re.compile(rf"^{NAME}, (?:an?|the|who|whose|[a-z]+ of)\b")


def _agreed(texts: Sequence[str]) -> list[str]:
    """The wordings, and at last the first without its date, in case sources differ about the date."""
    plain = undated(texts[0])
    return [*texts, *([plain] if plain not in texts and not refused(plain) else [])]


def _unknown(form: str, reading: Reading, surnames: frozenset[str]) -> Iterator[frozenset[str]]:
    """Persons that another article introduces and this one names by surname alone."""
    for name in surnames - reading.known.keys():
        if name in form and re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", form):
            alone = not re.search(rf"\b[A-Z][\w'.-]+ {re.escape(name)}\b", form)
            if alone:
                yield frozenset({stem(name.lower())})


def _worth(form: Form) -> tuple[int, bool, int]:
    """More sources first, then wordings of at most 28 words, then the one that tells more."""
    return (-len(form.cites), form.words > 28, -form.words)


def _standing(
    text: str,
    raw: str,
    who: Person | None,
    story: Story,
    dropped: Counter[str],
    *,
    behind: bool = False,
    first: bool = False,
) -> list[str]:
    """The wordings of a sentence that can stand alone, as the `first` of its article or `behind` the one before, and copy no long run."""
    fit = []
    reason = ""
    for form in [text, *_forms(text, story)]:
        whole = introduced(form, who) if who else form
        if why := refused(whole, behind=behind, first=first):
            reason = reason or why
        elif who and re.search(rf"{re.escape(who.surname)},? said (?:that )?(?:it|they|its|their)\b", form):
            reason = reason or "loose pronoun"
        elif unclear(form, story.homes, story.rivals, pair=story.pair):
            reason = reason or "one of two"
        elif count(form) > LONGEST:
            reason = reason or "too long"
        elif longest_run(form, raw) > COPY_WORDS:
            other = [v for v in variants(form) if longest_run(v, raw) <= COPY_WORDS]
            reason = reason or ("" if other else "too long")
            fit += other[:OTHERS]
        else:
            fit.append(form)
        if len(fit) >= FORMS:
            break
    if not fit and reason:
        dropped[reason] += 1
    return fit[:FORMS]


def _forms(text: str, story: Story) -> Iterator[str]:
    """Shorter wordings, and the attribution in front where it stood behind: that also breaks a copied run."""
    turned = fronted(text, story.letters)
    if turned:
        yield turned
    for turn in (dated, placed):
        if ahead := turn(text, story.letters):
            yield ahead
    yield from shorter(text)
    if turned:
        yield from shorter(turned)


def _near(text: str, others: Sequence[Reading]) -> list[tuple[Reading, list[Window]]]:
    """For each other source the windows that share at least half of the sentence's words."""
    wanted = bag(text)
    least = max(SHARED, 0.4 * len(wanted))
    return [(r, [w for w in r.windows if len(wanted & bag(w.text)) >= least]) for r in others]


def _cites(form: str, near: Sequence[tuple[Reading, Sequence[Window]]], support: Support) -> Iterator[Cite]:
    """Of each other source's windows that pass every gate the one most likely to support the wording."""
    for reading, windows in near:
        fit = [w for w in windows if not unsupported(form, w) and longest_run(form, w.text) <= COPY_WORDS]
        if fit:
            best = (
                fit[0]
                if len(fit) == 1
                else max(fit, key=lambda w: (round(support.score(form, [w.text]), 3), w.start - w.end))
            )
            yield Cite(article=reading.n, group=reading.group, start=best.start, end=best.end)
