"""The shipped classifier: it bears any text, explains itself, and is not talked round by repetition."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from pipeline import settings
from pipeline.adapters import model
from pipeline.adapters.classifier import ThreeViews
from pipeline.adapters.explanation import FUNCTION_WORDS
from pipeline.training import corpus

TOPICS = [t.id for t in settings.Settings().topics()]
OPEN, STATES = TOPICS
SHIPPED = model.load(settings.CHECKOUT / "models", TOPICS)
TREATY = (
    "Nine states sign a treaty on artificial intelligence",
    "The weather was fine. Ministers of nine states signed a treaty on the safety of AI in Lisbon on Monday. "
    "Coffee was served.",
)


@pytest.fixture
def classifier() -> ThreeViews:
    return SHIPPED


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "the of and to in a is",
        "🤖" * 500,
        "a" * 1_000_000,
        "treaty on AI " * 400_000,
        "\x00\x01",
        "智能 条约",
        "\ud800".encode("utf-8", "replace").decode(),
    ],
    ids=["empty", "blank", "stop words", "emoji", "1 MB token", "5 MB", "control", "Chinese", "surrogate"],
)
def test_fault_59_any_text_gets_a_probability_within_a_second(classifier: ThreeViews, text: str) -> None:
    classifier.score([TREATY])  # the word vectors are loaded once
    start = time.process_time()

    scores = classifier.score([("", text), (text, ""), (text, text)])

    assert time.process_time() - start < 3  # three items
    assert all(0 <= s[topic].probability <= 1 for s in scores for topic in TOPICS)


@given(title=st.text(max_size=200), text=st.text(max_size=600))
@hypothesis_settings(max_examples=100, deadline=None)
def test_fault_59_made_up_texts_get_probabilities(title: str, text: str) -> None:
    [score] = SHIPPED.score([(title, text)])

    assert all(0 <= score[topic].probability <= 1 for topic in TOPICS)


def test_no_items_get_no_scores(classifier: ThreeViews) -> None:
    assert classifier.score([]) == []


def test_fault_61_repeated_key_words_do_not_come_out_on_top(classifier: ThreeViews) -> None:
    honest = [
        (
            "Ministers weigh a ban on open-weight models",
            "The debate is about who may publish weights, and at what risk.",
        ),
        ("Why a French lab opens its models", "Open source is its answer to closed American rivals, the founder says."),
    ]
    stuffed = [("open source AI policy", "open source AI policy " * 500), ("open source AI policy " * 20, "")]

    scores = [s[OPEN].probability for s in classifier.score([*honest, *stuffed])]

    assert min(scores[:2]) > max(scores[2:])
    assert max(scores[2:]) < settings.Settings().topics()[0].threshold


def test_a_score_names_the_sentence_that_says_most_and_words_of_the_text(classifier: ThreeViews) -> None:
    [score] = classifier.score([("News from Lisbon", TREATY[1])])

    assert score[STATES].sentence.startswith("Ministers of nine states signed a treaty")
    assert score[STATES].sentence in TREATY[1]
    assert score[STATES].terms
    assert all(term in TREATY[1].lower() for term in score[STATES].terms)


def test_no_term_of_an_explanation_is_made_of_function_words(classifier: ThreeViews) -> None:
    frozen = corpus(settings.CHECKOUT / "models" / "frozen", TOPICS)

    scores = classifier.score([(item.title, item.text) for item in frozen])

    terms = [term for score in scores for topic in TOPICS for term in score[topic].terms]
    assert len(terms) > 100
    assert not [t for t in terms if t.split()[0] in FUNCTION_WORDS or t.split()[-1] in FUNCTION_WORDS]


def test_an_item_that_nobody_would_ask_about_has_no_sentence(classifier: ThreeViews) -> None:
    [score] = classifier.score([("Cup final", "The rovers won on penalties.")])

    assert (score[OPEN].sentence, score[STATES].sentence) == ("", "")


def test_a_batch_scores_as_its_items_do_alone(classifier: ThreeViews) -> None:
    items = [TREATY, ("Cup final", "The rovers won."), ("", "Zzyzx")]

    together = classifier.score(items)

    for item, score in zip(items, together, strict=True):
        [alone] = classifier.score([item])
        assert alone[STATES].probability == pytest.approx(score[STATES].probability, abs=1e-6)
