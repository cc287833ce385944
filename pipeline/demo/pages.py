"""The pages of the sample site as bytes: how one is built differs from outlet to outlet, as on the web."""

from collections.abc import Sequence

from jinja2 import Environment, PackageLoader, StrictUndefined

from pipeline.demo.content import SampleArticle, SampleContent, SampleOutlet

NOTICE = (
    "Sample page written for Policywire's demo. The outlet, its people and all quotations are invented; "
    "the developments behind the stories are public."
)
RELATED_LIMIT = 5

ENVIRONMENT = Environment(
    loader=PackageLoader("pipeline.demo", "site/templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
ENVIRONMENT.globals["NOTICE"] = NOTICE


def article_path(outlet: SampleOutlet, article: SampleArticle) -> str:
    """The article's path on the server, in the shape that its outlet uses."""
    return f"/{outlet.id}/" + outlet.path.format(published=article.published, slug=article.slug)


def article_page(outlet: SampleOutlet, article: SampleArticle, others: Sequence[SampleArticle], base_url: str) -> bytes:
    """Render one article amid its outlet's furniture: menu, headlines of `others`, comments, sign-up box."""
    shown = [other for other in others if other != article][:RELATED_LIMIT]
    page = ENVIRONMENT.get_template(f"{outlet.template}.html.j2").render(
        outlet=outlet,
        article=article,
        related=[(other.title, article_path(outlet, other)) for other in shown],
        url=base_url + article_path(outlet, article),
        base_url=base_url,
    )
    return page.encode()


def front_page(outlet: SampleOutlet, articles: Sequence[SampleArticle]) -> bytes:
    """Render an outlet's list of headlines."""
    headlines = [(article, article_path(outlet, article)) for article in articles]
    return ENVIRONMENT.get_template("front.html.j2").render(outlet=outlet, headlines=headlines).encode()


def index_page(site: SampleContent) -> bytes:
    """Render the list of all outlets and say what this site is."""
    return ENVIRONMENT.get_template("index.html.j2").render(outlets=site.outlets).encode()
