from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest

from pipeline.adapters import support as stored
from pipeline.adapters.embedding import embed
from pipeline.domain.sketch import Language
from pipeline.errors import ModelError
from pipeline.stages.draft.evidence.soft import Weights
from pipeline.training.support import fit_support

WORDS = "harbor council fund dredger lock market panel audit grant port crane customs tariff canal".split()


def rows() -> list[dict[str, Any]]:
    """Claims of six words; the supported ones stand in their reference, of the others two words do."""
    random = Random(4)
    found: list[dict[str, Any]] = []
    for n in range(60):
        claim = random.sample(WORDS, 6)
        text = claim if n % 2 else [*claim[:2], *random.sample("rain wind storm cloud hail frost".split(), 4)]
        found.append(
            {"id": n, "claim": " ".join(claim), "references": [" ".join(text)], "supported": bool(n % 2),
             "subset": "ab"[n % 4 // 2]}
        )  # fmt: skip
    return found


def test_fitted_weights_tell_supported_claims_from_others_and_say_how_well() -> None:
    weights, figures = fit_support(rows(), Language(), embed)

    assert weights.weights[0] > 0
    assert figures["cross_validated"]["macro_f1"] >= 0.95
    assert figures["left_out"]["auc"] >= 0.95


def test_weights_are_stored_as_figures_and_read_again(tmp_path: Path) -> None:
    weights = Weights(weights=(1.5, -1.0, 0.5, 2.0), shift=-2.25, threshold=0.4)
    (tmp_path / "words.tsv").write_text("#documents\t3\nfund\t3\n")

    stored.save(tmp_path, weights)

    assert stored.load(tmp_path, {}).weights == weights


@pytest.mark.parametrize("text", ["", "{}", '{"weights": {"told": "x"}, "shift": 0, "threshold": 1}'])
def test_weights_that_cannot_be_read_name_their_file_and_what_to_do(tmp_path: Path, text: str) -> None:
    (tmp_path / "support.json").write_text(text)

    with pytest.raises(ModelError, match=r"support\.json: cannot be read .*policywire model support"):
        stored.load(tmp_path, {})
