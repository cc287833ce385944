from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.domain.sketch import Language
from pipeline.stages.draft.evidence.soft import FEATURES, Soft, Weights, features, rarity

NEWS = Language(documents=1000, words={"fund": 400, "council": 300, "dredger": 2})
WEIGHTS = Weights(weights=(2.0, -1.0, 1.0, 1.0), shift=-2.0, threshold=0.5)


def flat(texts: Sequence[str]) -> NDArray[np.float32]:
    """Every text means the same."""
    return np.tile(np.array([[1.0, 0.0]], np.float32), (len(texts), 1))


def read(claim: str, *references: str) -> dict[str, float]:
    return dict(zip(FEATURES, features(claim, references, rarity(NEWS), flat), strict=True))


def test_a_claim_in_its_reference_is_told_whole() -> None:
    found = read("The council bought a dredger for 12 million.", "The council bought a dredger for 12 million.")

    assert found == pytest.approx({"told": 1.0, "figures missing": 0, "runs": 1.0, "meaning": 1.0})


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    claim = "The council fund bought a dredger."

    assert read(claim, "A dredger.")["told"] > read(claim, "A council.")["told"]
    assert rarity(NEWS)("zorv") == pytest.approx(np.log(500))


def test_neighboring_sentences_tell_together_and_distant_ones_do_not() -> None:
    claim = "The council sold its dredger in Lund."
    far = " Nothing more was said." * 4

    assert read(claim, "The council met. It sold the dredger. Lund was glad.")["told"] == 1.0
    assert read(claim, f"The council met.{far} It sold the dredger.{far} Lund was glad.")["told"] < 1.0


def test_figures_that_the_best_window_lacks_are_counted_up_to_three() -> None:
    assert read("Lund paid 12 and 15.", "Lund paid 12 and 16.")["figures missing"] == 1
    assert read("Lund paid 1, 2, 3, 4 and 5.", "Lund paid.")["figures missing"] == 3


def test_references_count_together() -> None:
    claim = "Lund sold its dredger."

    assert read(claim, "Lund waited.", "The dredger was sold.")["told"] == 1.0


@pytest.mark.parametrize("claim, references", [("Lund paid.", []), ("Lund paid.", ["", " "]), ("", ["Lund paid."])])
def test_nothing_is_supported_by_nothing(claim: str, references: list[str]) -> None:
    assert Soft(rare=rarity(NEWS), embed=flat, weights=WEIGHTS).score(claim, references) == 0.0


def test_a_score_is_a_probability_that_rises_with_what_is_told() -> None:
    soft = Soft(rare=rarity(NEWS), embed=flat, weights=WEIGHTS)
    claim = "The council bought a dredger."

    scores = [soft.score(claim, [text]) for text in ("Rain fell.", "The council met.", claim)]

    assert scores == sorted(scores)
    assert 0 < scores[0] < scores[-1] < 1


def test_each_text_of_a_story_is_placed_once_and_as_before() -> None:
    placed: list[str] = []

    def counted(texts: Sequence[str]) -> NDArray[np.float32]:
        placed.extend(texts)
        return np.array([[len(text), 1.0] for text in texts], np.float32).reshape(-1, 2)

    of_story = Soft(rare=rarity(NEWS), embed=counted, weights=WEIGHTS).of_story()
    texts = ["Lund paid.", "Kiel waited.", "Lund paid."]

    rows = [of_story.embed(texts), of_story.embed(texts[:1])]

    assert [row.tolist() for row in rows] == [[[10, 1], [12, 1], [10, 1]], [[10, 1]]]
    assert of_story.embed([]).shape == (0, 2)
    assert placed == ["Lund paid.", "Kiel waited."]
