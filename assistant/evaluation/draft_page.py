"""A comparison as one self-contained page: no script, no file or address besides it."""

from pathlib import Path

from assistant.evaluation.comparison import Comparison, Said, Trait
from assistant.evaluation.comparison_form import summary
from assistant.evaluation.draft_page_view import bars, draft_blocks, reference_blocks, rows
from assistant.text.masks import show_masks

_PAGES = Path(__file__).with_name("pages")
_OF_REFERENCE = ((Said.WHOLE, "写到"), (Said.PARTLY, "缺半句"), (Said.NOT, "漏写"))
_OF_DRAFT = ((Said.WHOLE, "有对应"), (Said.PARTLY, "多半句"), (Said.NOT, "多写"))


def render(comparison: Comparison, *, draft_name: str = "草稿", reference_name: str = "参考稿") -> str:
    """Return the page; names are what a reader knows the two texts by. All text is escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_PAGES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["masks"] = show_masks
    environment.filters["in_units"] = in_units
    return environment.get_template("draft.html").render(
        comparison=comparison,
        summary=summary(comparison),
        names=(draft_name, reference_name),
        blocks=(draft_blocks(comparison), reference_blocks(comparison)),
        bars=(
            ("参考稿", bars(comparison.reference, _OF_REFERENCE)),
            ("草稿", bars(comparison.draft, _OF_DRAFT)),
        ),
        scores=rows(comparison.scores),
    )


def in_units(value: float | None, trait: Trait) -> str:
    """Return a value of a trait with its unit; of one without a unit whether it is there."""
    if value is None:
        return "—"
    if not trait.unit:
        return "有" if value else "无"
    return f"{value:g}{trait.unit}"
