"""Invented articles for the tests of the draft stage, and the score that ranks their evidence."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

from pipeline import settings
from pipeline.adapters import support
from pipeline.domain.article import Article
from pipeline.stages.draft.choice.gather import gather
from pipeline.stages.draft.facts import Fact
from pipeline.stages.draft.texts.readings import read

SUPPORT = support.load(settings.CHECKOUT / "models", settings.Settings().actors())
HARBOR = (
    "The Harbor Council of Brindle approved a fund of 40 million dollars for open-source artificial intelligence on "
    "May 3, 2024. Brindle will pay the money to public laboratories over five years.\n\n"
    "Laboratories that take a grant must publish the weights of their models under a free license. The council "
    "ordered an audit of every grant by an outside panel of nine engineers.\n\n"
    'Mira Tolland, a director of the Quayside Trust, said: "Public money should leave public tools behind it." '
    "Port officials said the models would sort customs papers in twelve languages.\n\n"
    "Critics warned that the fund is small beside the budgets of private developers. Brindle expects the first "
    "grants to be paid in January 2025, and an outside panel will review the fund after two years.\n\n"
    "Brindle already runs an open-source model that predicts the draft of ships in the northern lock. The harbor saved "
    "three million dollars in dredging costs with the lock model in 2023, according to the budget office. A training "
    "course for lock keepers starts at the maritime college in September 2024."
)
MARKET = (
    "Brindle set aside 40 million dollars on May 3, 2024, for public laboratories that build open-source artificial "
    "intelligence. The city votes on budgets each spring.\n\n"
    "An outside panel of nine engineers will audit every grant from the council. Grants come with a duty to publish "
    "model weights under a free license.\n\n"
    "Traders in the grain market hope for cheaper tools. Industry analysts said public weights help small companies "
    "more than large ones. Customs papers in twelve languages are the first task for the models.\n\n"
    "Private developers spend far more than the fund offers. The council could raise the fund in 2026 if the first "
    "grants bring useful models.\n\n"
    "Two banks in the market quarter will lend accelerators to laboratories at night, when trading systems stand idle. "
    "The chamber of trade wants the free license to allow commercial use, and the council agreed to publish a draft "
    "license in July 2024. Insurers asked for a register of models that control cranes, locks or signals."
)
VALLEY = (
    "A vote in Brindle on May 3, 2024, created a fund for open-source artificial intelligence worth 40 million "
    "dollars. Laboratories in the valley plan to apply for grants together.\n\n"
    "The fund pays for computing power, data and engineers. Models made with a grant must carry a free license, and "
    "laboratories must publish the weights.\n\n"
    "Valley mayors asked for a share of the grants. Schools in Dunmore use an open-source model to translate letters "
    "for parents. Government officials said the fund would be open to partners from other cities.\n\n"
    "The panel of engineers has to report to the council each year. Laboratories that break the license must return "
    "the money within six months.\n\n"
    "Dunmore and two neighboring towns wrote to the council in April 2024 and offered rooms for a shared computing "
    "center. Engineers in the valley expect the center to need 600 accelerators and a new power line before any large "
    "model can be trained there. The harbor authority of Dunmore has offered to share its cables with the center."
)


def article(
    name: str, text: str, *, hour: int = 8, title: str = "Brindle creates a fund for open-source AI"
) -> Article:
    """An article of an invented outlet, published on 4 May 2024 at `hour`."""
    return Article(
        id=name,
        url=f"https://{name}.example/story",
        outlet=name.title(),
        title=title,
        text=text,
        published=datetime(2024, 5, 4, hour, tzinfo=UTC),
    )


def story() -> list[Article]:
    """Three independent articles about one vote."""
    return [article("harbor", HARBOR, hour=6), article("market", MARKET, hour=7), article("valley", VALLEY, hour=9)]


def gathered(articles: list[Article]) -> list[Fact]:
    """Every usable sentence of some articles."""
    dropped: Counter[str] = Counter()
    return gather(read(articles, list(range(len(articles))), dropped), [], dropped, SUPPORT)
