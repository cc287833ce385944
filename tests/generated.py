"""Proves that what is generated and committed is what would be generated now, or writes it anew (--write).

Generated are the JSON schemas, the tables of DAGs in two READMEs (from the DAGs' docstrings) and the classifier.
"""

from __future__ import annotations

import ast
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from pipeline import settings
from pipeline.adapters import model
from pipeline.adapters.schemas import schemas
from pipeline.training import corpus, train

ROOT = Path(__file__).resolve().parent.parent
ORDER = ["fetch", "extract", "flag", "compile", "approve", "send", "sweep", "reconcile", "train"]
TABLE = re.compile(r"(?<=<!-- dags -->\n).*?(?=<!-- /dags -->)", re.DOTALL)
EQUAL = 1e-6  # probabilities of two trainings on one corpus


def texts() -> Iterator[tuple[Path, str]]:
    """Every generated text file and what should stand in it."""
    for name, text in schemas().items():
        yield ROOT / "config" / "schemas" / name, text
    for readme in (ROOT / "README.md", ROOT / "dags" / "README.md"):
        yield readme, TABLE.sub(lambda _: dag_table(), readme.read_text())


def dag_table() -> str:
    """A row for each DAG, in the order of the data flow: its id and the first line of its manual."""
    names = [p.stem for p in (ROOT / "dags").glob("*.py") if "with DAG(" in p.read_text()]
    names.sort(key=lambda name: (ORDER.index(name.partition("_")[0]), name))
    manuals = {n: ast.get_docstring(ast.parse((ROOT / "dags" / f"{n}.py").read_text())) or "" for n in names}
    rows = [f"| `{n}` | {manuals[n].splitlines()[0]} |" for n in names]
    return "\n".join(["| DAG | does |", "|---|---|", *rows]) + "\n"


def model_change() -> float:
    """The largest change of a probability that training again on the corpus would bring, over the corpus."""
    topics = [topic.id for topic in settings.Settings().topics()]
    items = [(item.title, item.text) for item in corpus(ROOT / "models" / "corpus", topics)]
    with tempfile.TemporaryDirectory() as folder:
        train(ROOT / "models", topics, into=Path(folder))
        again = model.load(Path(folder), topics).score(items)
    shipped = model.load(ROOT / "models", topics).score(items)
    return max(abs(a[t].probability - b[t].probability) for a, b in zip(again, shipped, strict=True) for t in topics)


def main() -> int:
    stale = [(path, text) for path, text in texts() if not path.exists() or path.read_text() != text]
    if "--write" in sys.argv:
        for path, text in stale:
            path.write_text(text)
        return 0
    for path, _ in stale:
        sys.stdout.write(f"{path.relative_to(ROOT)} is stale: run `make generated` and commit the result\n")
    if (change := model_change()) > EQUAL:
        sys.stdout.write(f"models/ is stale by {change:.2g}: run `policywire model train` and commit the result\n")
    return 1 if stale or change > EQUAL else 0


if __name__ == "__main__":
    sys.exit(main())
