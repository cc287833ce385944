from __future__ import annotations

import ast
from pathlib import Path
from random import Random

import pytest

from tests.stages.draft import independent
from tests.stages.draft.independent import measured, share
from tests.stages.draft.test_brief_mutations import (
    Case,
    Change,
    every_case,
    other_source,
    span_moved,
    swapped_citations,
)

SPAN = "The council of Lund will pay 40 laboratories from May on."


def test_the_measure_imports_nothing_of_the_pipeline() -> None:
    tree = ast.parse(Path(independent.__file__).read_text(encoding="utf-8"))

    names = [n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)]
    names += [a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names]

    assert not [name for name in names if name.startswith(("pipeline", "tests"))]


@pytest.mark.parametrize(
    "sentence, found",
    [
        (SPAN, 1.0),
        ("The council of Lund paid forty laboratories.", 0.8),
        ("The council of Oslo pays 12 museums.", 0.2),
        ("Rain fell on Sunday.", 0.0),
    ],
)
def test_the_share_of_content_words_is_counted(sentence: str, found: float) -> None:
    assert share(sentence, SPAN) == pytest.approx(found, abs=0.01)


@pytest.mark.parametrize("case", every_case(), ids=lambda c: c.record["story"])
def test_every_citation_of_every_brief_is_borne_out(case: Case) -> None:
    figures = measured(case.record, case.articles)

    assert figures.sentences >= 3
    assert (figures.recall, figures.precision) == (1.0, 1.0), (figures.unborne, figures.idle)


@pytest.mark.parametrize("change", [swapped_citations, other_source, span_moved])
def test_the_measure_sees_false_citations(change: Change) -> None:
    found = [new for case in every_case() if (new := change(case, Random(1)))]

    assert found
    assert any(measured(c.record, c.articles).precision < 1 for c in found)
