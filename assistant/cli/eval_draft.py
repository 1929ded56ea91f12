"""The command that compares a draft with a reference: eval draft."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.app import AsJson, current_settings
from assistant.cli.evaluation import evaluations
from assistant.cli.output import print_json
from assistant.errors import InputError
from assistant.text.masks import show_masks

if TYPE_CHECKING:
    from assistant.evaluation.comparison import Comparison

_PAGE = (".html", ".htm")
# A Chinese character is two columns wide.
_TITLE, _VALUE = 22, 10


@evaluations.command("draft")
def evaluate_draft(
    draft: Annotated[Path, typer.Argument(help="草稿（.txt .md .docx .pdf）。", metavar="DRAFT")],
    reference: Annotated[
        str,
        typer.Option(
            "--reference", help="参考稿：整篇报告或一节的文件，或语料里报告的名称。", metavar="REPORT"
        ),
    ],
    notes: Annotated[
        Path | None, typer.Option("--notes", help="要点文件；写了就连要点一起核对。", metavar="FILE")
    ] = None,
    section: Annotated[
        str | None,
        typer.Option("--section", help="比哪一节，如 problems；不写则从文稿里看。", metavar="NAME"),
    ] = None,
    html: Annotated[
        Path | None, typer.Option("--html", help="另存一份网页，逐句对照。", metavar="OUT")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """拿草稿与参考稿比：漏了什么，多了什么，哪里说法不一，数据有没有出处。不用模型，不联网。"""
    from assistant.documents.notes import parse_notes
    from assistant.documents.reading import read_text
    from assistant.evaluation.comparing_draft import compare
    from assistant.evaluation.comparison_reading import read_reference

    if html is not None:
        _check_page(html)
    comparison = compare(
        read_text(draft),
        read_reference(reference, current_settings()),
        notes=parse_notes(read_text(notes), name=notes.name) if notes else (),
        section=section,
    )
    if as_json:
        from assistant.evaluation.comparison_form import comparison_form

        print_json(comparison_form(comparison))
    else:
        print_comparison(comparison, str(draft))
    if html is not None:
        _save_page(html, comparison, draft.name, Path(reference).name)


def _check_page(path: Path) -> None:
    from assistant.workflow.saving import check_writable

    if path.suffix.lower() not in _PAGE:
        raise InputError(f"--html 后应是以 .html 结尾的文件名，请把“{path}”改正。")
    check_writable(path, option="--html")


def _save_page(path: Path, comparison: "Comparison", draft: str, reference: str) -> None:
    from assistant.cli.live import save_result
    from assistant.evaluation.draft_page import render

    save_result(path, render(comparison, draft_name=draft, reference_name=reference))


def print_comparison(comparison: "Comparison", name: str) -> None:
    """Print a comparison, what matters most first; ``name`` is the draft's."""
    from assistant.evaluation.comparison_form import summary

    if comparison.hint:
        typer.echo(f"注意：{comparison.hint}")
    typer.echo(summary(comparison))
    typer.echo(show_masks(comparison.scope))
    _print_missing(comparison)
    text = comparison.draft.text
    _print_list(
        "多写（草稿有，参考稿里没有对应的话，不一定是错）",
        (f"{_place(name, text, one.start)} “{_line(text, one.start, one.end)}”" for one in comparison.extra),
    )
    _print_list(
        "说法不一",
        (f"{_place(name, text, one.start)} {show_masks(one.message)}" for one in comparison.contradictions),
    )
    where = "要点和参考稿里都没有" if comparison.notes else "参考稿里没有"
    _print_list(
        f"无出处的数据（{where}）",
        (f"{_place(name, text, fact.start)} “{show_masks(fact.surface)}”" for fact in comparison.unfounded),
    )
    _print_scores(comparison)
    _print_traits(comparison)


def _print_missing(comparison: "Comparison") -> None:
    text = comparison.reference.text
    _print_list(
        "漏写（参考稿有，草稿里没有对应的话）",
        (f"“{_line(text, one.start, one.end)}”" for one in comparison.missing if not one.left),
    )
    _print_list(
        "写得不全（有对应的话，但缺一部分内容）",
        (
            f"“{_line(text, one.start, one.end)}”\n     缺：{'、'.join(f'“{_line(text, *span)}”' for span in one.left)}"
            for one in comparison.missing
            if one.left
        ),
    )


def _print_list(title: str, lines: Iterable[str]) -> None:
    for number, line in enumerate(lines, 1):
        if number == 1:
            typer.echo(f"\n{title}")
        typer.echo(f"  {number}. {line}")


def _print_scores(comparison: "Comparison") -> None:
    from assistant.evaluation.draft_page_view import rows

    typer.echo("\n评分")
    for score in rows(comparison.scores):
        typer.echo(
            f"  {_padded(score.title, _TITLE)}{score.value:>6}  {show_masks(score.explanation)}（{score.better}）"
        )


def _print_traits(comparison: "Comparison") -> None:
    from assistant.evaluation.draft_page import in_units

    typer.echo(f"\n{_padded('体例对照', _TITLE + 2)}{_padded('草稿', _VALUE)}参考稿")
    for trait in comparison.traits:
        mine, theirs = (in_units(value, trait) for value in (trait.draft, trait.reference))
        typer.echo(f"  {_padded(trait.title, _TITLE)}{_padded(mine, _VALUE)}{theirs}")


def _padded(text: str, width: int) -> str:
    return text + " " * (width - sum(1 if character.isascii() else 2 for character in text))


def _place(name: str, text: str, at: int) -> str:
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    return f"{name}:{line}:{column}"


def _line(text: str, start: int, end: int) -> str:
    return " ".join(show_masks(text[start:end]).split()).rstrip("、，；：")
