"""Of the names that a story turns on a brief tells early who they are."""

from __future__ import annotations

from collections import Counter

import pytest

from pipeline.stages.draft.choice.actors import actors
from pipeline.stages.draft.choice.ground import Ground
from pipeline.stages.draft.choice.sofar import ACTOR, SoFar
from pipeline.stages.draft.texts.copies import copy_groups
from pipeline.stages.draft.texts.readings import read
from pipeline.stages.draft.texts.strangers import introductions, strangers
from tests.stages.draft.articles import SUPPORT, article, gathered

BAY = (
    "LUND, May 4 (Portwire) - Harbor police of nine ports told crews on Monday to switch off a popular pilot model "
    "that steers ships without a crew.\n"
    "The model steered two ferries onto a sand bank off Kiel in April.\n"
    "Pilots have lost one job in five since models began to steer ships.\n"
    "Lund-based Kvarn, which makes cranes and pilot models, said that the sand bank had not been on any chart. In an "
    "email Kvarn said that pilots had been warned. The ministry asked Kvarn for its tests in June.\n"
    "Insurers have paid nine million crowns for the two ferries.\n"
    "Fishermen of three towns asked for a ban on ships without a crew."
)
COVE = (
    "Crews in nine ports must switch off a pilot model that steers ships, harbor police said.\n"
    "Two ferries ran onto a sand bank in April while the model steered them.\n"
    "The owners of the ferries have asked Kvarn for damages. In May Kvarn opened an office in Kiel, and Olga Brandt, "
    "who leads the pilots' guild, told Kvarn to close it.\n"
    "A court in Kiel will hear the owners in July."
)


def test_a_firm_that_all_articles_name_often_is_one_and_a_place_a_person_and_a_common_word_are_none() -> None:
    articles = [article("bay", BAY), article("cove", COVE, hour=9)]
    readings = read(tuple(articles), copy_groups(articles), Counter())

    assert actors(readings) == {"kvarn"}
    assert actors(readings[:1]) == frozenset()  # told of too seldom


def test_to_name_one_first_is_worth_more_than_to_name_it_again() -> None:
    articles = [article("bay", BAY), article("cove", COVE, hour=9)]
    readings = read(tuple(articles), copy_groups(articles), Counter())
    ground = Ground.of(gathered(articles), readings, [a.text for a in articles], SUPPORT)
    assert ground
    names = next(f for f in ground.rest if "Kvarn for damages" in f.text)
    so_far = SoFar.of(ground)
    so_far.compare([names])
    first = so_far.clear(names)
    so_far.named |= ground.actors

    assert first - so_far.clear(names) == pytest.approx(ACTOR)


def test_what_a_sentence_says_of_a_name_need_not_be_told_before() -> None:
    known = introductions("Kvarn Systems bid. The model Ferry-2 won.")

    for text in (
        "The court wrote to Lund-based Kvarn in May.",
        "Police looked into Kvarn, the maker of the pilot model Ferry.",
        "Kvarn, which makes cranes, lost ships.",
        "Nine ports pay for the Kvarn fund.",
        "A deal with the rival Kvarn fell through.",
        "Damages are paid by Kvarn AI.",
    ):
        assert strangers(text, known) == [], text
    for text in (
        "Ministers have warned Kvarn, the Port Times reported.",
        "Lund-based prosecutors told Kvarn to hand over its code.",
        "Clerks met Kvarn, a day after the ban took effect.",
        "The judge ordered Kvarn, based on two tests, to stop.",
    ):
        assert strangers(text, known) == ["kvarn"], text
    assert strangers("The Kvarn fund will pay for the tests.", known) == []
    for text in ("The court wrote to Kvarn in May.", "A spokesperson of Kvarn's board spoke.", "Kvarn and a firm met."):
        assert strangers(text, known) == ["kvarn"], text
