from __future__ import annotations

import pytest

from pipeline.stages.draft.evidence.support import check, second_refused
from pipeline.stages.draft.texts.copies import copy_groups
from tests.stages.draft.articles import HARBOR, MARKET, article, story

SOURCE = (
    "Ostrava and Lund signed the pact on March 4, 2025, and agreed to share 12 models with Ghana. "
    "The pact does not cover military systems, said Ines Moreau of the Lund office. "
    "The council could widen the pact in 2026."
)


@pytest.mark.parametrize("claim", SOURCE.replace(". ", ".|").split("|"))
def test_a_verbatim_sentence_passes(claim: str) -> None:
    assert check(claim, SOURCE) is None


def test_every_sentence_of_an_article_passes_against_it() -> None:
    claims = [s.strip() + "." for s in MARKET.replace("\n", " ").split(".") if s.strip()]

    assert [c for c in claims if check(c, MARKET)] == []


@pytest.mark.parametrize(
    "claim, reason",
    [
        ("Ostrava and Lund signed the pact on March 4, 2025, and agreed to share 21 models with Ghana.", "new: 21"),
        ("Ghana and Lund signed the pact on March 4, 2025, and agreed to share 12 models with Ostrava.", "order"),
        ("Ostrava and Lund signed the pact on March 12, 2025, and agreed to share 4 models with Ghana.", "order"),
        ("Ostrava and Lund signed the pact on May 4, 2025, and agreed to share 12 models with Ghana.", "new: may"),
        ("Ostrava and Lund never signed the pact on March 4, 2025, and agreed to share 12 models.", "negation"),
        ("The pact does cover military systems, said Ines Moreau of the Lund office.", "negation"),
        ("The council could not widen the pact in 2026.", "negation"),
        ("The council will widen the pact in 2026.", "modality"),
        ("Ostrava and Lund signed the pact with Kenya on March 4, 2025.", "new: kenya"),
    ],
)
def test_a_changed_claim_is_refused(claim: str, reason: str) -> None:
    assert check(claim, SOURCE) == reason


def test_a_sentence_cut_short_passes() -> None:
    assert check("Ostrava and Lund signed the pact on March 4, 2025.", SOURCE) is None


def test_nothing_is_supported_by_an_empty_text() -> None:
    assert check("Ostrava signed the pact.", "") is not None


@pytest.mark.parametrize(
    "claim, window, reason",
    [
        ("The city of Lund shares 12 models.", "The city of Lund shares its models.", "figures"),
        ("The city of Lund shares models.", "The city of Malmo shares models.", "names"),
        ("The city shares models, data and chips for schools.", "The city shares models.", "untold"),
        ("Lund does not share models with schools.", "Lund does share models with schools.", "negation"),
    ],
)
def test_a_second_source_must_tell_the_same(claim: str, window: str, reason: str) -> None:
    assert second_refused(claim, window) == reason


def test_copies_share_a_group_and_independent_texts_do_not() -> None:
    harbor, market, valley = story()
    cut = article("cut", HARBOR[: len(HARBOR) // 2])

    assert copy_groups([harbor, market, cut, valley]) == [1, 2, 1, 3]
