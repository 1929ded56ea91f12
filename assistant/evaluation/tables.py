"""Runs and comparisons as text for a terminal and as Markdown for ``eval/README.md``."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from assistant.evaluation.comparing import Column, Compared, Difference, columns
from assistant.evaluation.run_file import RunFile
from assistant.evaluation.run_means import (
    ARROWS,
    Mean,
    against_floors,
    figure,
    mean_rows,
    outcome_counts,
    outcome_lines,
    section_means,
    weaknesses,
)

VERDICTS = {"better": "更好", "worse": "更差", "even": "不相上下", "none": "无从比较"}
LEGEND = "↑ 越高越好，↓ 越低越好，* 为该行最好；有分数的题数与写成的题数不同时另行写出。"
# What two drafts of one matter share least by chance.
_NEAR = "rouge2.char"
_WIDE = {"W", "F"}


def run_text(sides: Sequence[Column]) -> str:
    """Return the means of columns for a terminal, with what was left out and where the offline writer is weak."""
    # Room for the mark of the best.
    heads = ["指标", *(f"{side.label} " for side in sides)]
    written = [outcome_counts(side)["written"] for side in sides]
    rows = [
        [
            f"{row.scorer.title} {ARROWS[row.scorer.better]}",
            *(_cell(mean, count) for mean, count in zip(row.means, written, strict=True)),
        ]
        for row in mean_rows(sides)
    ]
    counts = ["写成的题数", *(f"{count} " for count in written)]
    notes = [LEGEND, *outcome_lines(sides)]
    weak = [text for run in _runs(sides) if (text := weaknesses(run))]
    return "\n".join([*aligned([heads, counts, *rows]), *notes, *weak]) + "\n"


def _cell(mean: Mean, written: int) -> str:
    count = f"（{mean.n}题）" if mean.value is not None and mean.n != written else ""
    return f"{figure(mean.value)}{count}{'*' if mean.best else ' '}"


def _runs(sides: Iterable[Column]) -> list[RunFile]:
    return list({id(side.run): side.run for side in sides}.values())


def comparison_text(result: Compared) -> str:
    """Return a comparison for a terminal."""
    rows = [
        [
            f"{each.scorer.title} {ARROWS[each.scorer.better]}",
            figure(each.base),
            figure(each.other),
            _difference(each),
            "" if each.interval is None else f"{each.interval.p:.4f}",
            "" if each.holm is None else f"{each.holm:.4f}",
            str(each.n),
            VERDICTS[each.verdict],
        ]
        for each in result.differences
    ]
    heads = ["指标", "基准", "对照", "差（95% 区间）", "p", "校正 p", "n", "对照比基准"]
    return (
        "\n".join(
            [
                f"基准：{result.base.label}　对照：{result.other.label}",
                *(f"注意：{warning}" for warning in result.warnings),
                *aligned([heads, *rows]),
                result.signature,
            ]
        )
        + "\n"
    )


def _difference(each: Difference) -> str:
    if each.interval is None:
        return "–"
    low, high = figure(each.interval.low, signed=True), figure(each.interval.high, signed=True)
    return f"{figure(each.interval.mean, signed=True)}（{low} 至 {high}）"


def aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield rows as lines with their cells below one another; a Chinese character is two columns wide."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    for first, *rest in rows:
        cells = [" " * (width - _width(cell)) + cell for cell, width in zip(rest, widths[1:], strict=True)]
        yield "  ".join([first + " " * (widths[0] - _width(first)), *cells]).rstrip()


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in _WIDE else 1 for character in text)


def run_tables(run: RunFile) -> str:
    """Return a run as Markdown: how often each system wrote, the means, and the signatures they depend on."""
    sides = columns({"": run})
    heads = [f"{side.system} ({side.label})" for side in sides]
    said = [*outcome_lines(sides), *_weak_points(run)]
    lines = [
        f"{len(run.cases)} cases. ↑ higher is better, ↓ lower is better, bold is the row's best; n is the number of values.",
        "",
        *_markdown(["scorer", *heads], _mean_cells(run, sides)),
        "",
        *(f"- {line}" for line in said),
        "",
        f"Run: `{run.signature.line()}`",
        "",
        *_markdown(["scorer", "signature"], ([s.name, f"`{_escaped(s.signature)}`"] for s in run.scorers)),
    ]
    return "\n".join(lines) + "\n"


def _weak_points(run: RunFile) -> Iterator[str]:
    """Yield in English where the offline writer is weak: against each floor, and by section."""
    results = against_floors(run)
    for result in results:
        named = {
            verdict: ", ".join(each.scorer.name for each in result.differences if each.verdict == verdict)
            for verdict in ("worse", "even")
        }
        yield (
            f"Where `{result.other.system}` is weak, paired over the cases, Holm-corrected at 5 %: worse than "
            f"`{result.base.system}` on {named['worse'] or 'nothing'}; no different on {named['even'] or 'nothing'}."
        )
    for side in [result.other for result in results[:1]]:
        means = section_means(side, _NEAR)
        told = ", ".join(f"{name} {figure(mean.value)} (n {mean.n})" for name, mean in means.items())
        yield f"How near `{side.system}` comes to the reference ({_NEAR}), by section, the weakest first: {told}."


def _mean_cells(run: RunFile, sides: Sequence[Column]) -> Iterator[list[str]]:
    for group in dict.fromkeys(scorer.group for scorer in run.scorers):
        for row in mean_rows(sides):
            if row.scorer.group == group:
                name = f"{row.scorer.name} ({row.scorer.title}) {ARROWS[row.scorer.better]}"
                yield [name, *(_bold(mean) for mean in row.means)]


def _bold(mean: Mean) -> str:
    value = f"**{figure(mean.value)}**" if mean.best else figure(mean.value)
    return value if mean.value is None else f"{value} (n {mean.n})"


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")


def _markdown(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield "|" + "---|" * len(heads)
    for row in rows:
        yield f"| {' | '.join(row)} |"
