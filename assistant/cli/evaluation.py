"""Commands that measure: eval retrieval, eval probes."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.app import AsJson, app, current_settings
from assistant.cli.output import notice, print_json, warn_outside

if TYPE_CHECKING:
    from assistant.evaluation.retrieval import RetrievalQuality

LISTS = {"lexical": "按词", "vector": "按向量", "fused": "融合"}

evaluations = typer.Typer(help="评测。", no_args_is_help=True)
app.add_typer(evaluations, name="eval")


@evaluations.command("retrieval")
def evaluate_retrieval(
    folder: Annotated[
        Path, typer.Argument(help="放有 corpus.jsonl、queries.jsonl、qrels.tsv 的文件夹。", metavar="DIR")
    ],
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="只用前几个问题。")] = None,
    weight: Annotated[
        float | None, typer.Option("--weight", min=0, help="融合时向量的分量（词为 1），默认按向量模型而定。")
    ] = None,
    k: Annotated[int | None, typer.Option("--k", min=0, help="融合公式“分量/(k+名次)”中的 k。")] = None,
    as_json: AsJson = False,
) -> None:
    """在一套 BEIR 格式的检索题上评测按词、按向量和融合的检索。"""
    from assistant.evaluation.beir import read_set
    from assistant.evaluation.retrieval import measure
    from assistant.models.embedding import make_embedder
    from assistant.retrieval.fusion import RANK_CONSTANT

    settings = current_settings()
    source = read_set(folder).first(limit)
    warn_outside(settings, "评测用的全部段落和问题")
    quality = measure(
        source,
        make_embedder(settings),
        weight=weight,
        k=RANK_CONSTANT if k is None else k,
        progress=lambda what, done, total: notice(f"{what}：{done}/{total}"),
    )
    if as_json:
        print_json(asdict(quality))
    else:
        _print_table(quality)


def _print_table(quality: "RetrievalQuality") -> None:
    typer.echo(f"{quality.set}：{quality.queries}个问题")
    typer.echo(" " * 8 + "".join(f"{name:>9}" for name in quality.lexical))
    for name, title in LISTS.items():
        # A Chinese character is two columns wide.
        label = title + " " * (8 - 2 * len(title))
        typer.echo(label + "".join(f"{value:9.4f}" for value in getattr(quality, name).values()))
    typer.echo(quality.signature)


@evaluations.command("probes")
def evaluate_probes(
    folder: Annotated[
        Path | None, typer.Argument(help="放题目（*.toml）的文件夹，默认用自带的。", metavar="[DIR]")
    ] = None,
    as_json: AsJson = False,
    out: Annotated[
        Path | None, typer.Option("--out", help="把表格写进这个 Markdown 文件的标记之间。", metavar="FILE")
    ] = None,
    show: Annotated[
        str | None, typer.Option("--show", help="列出某种改动漏报、误报的稿子。", metavar="OPERATOR")
    ] = None,
    seed: Annotated[int | None, typer.Option("--seed", help="随机数种子。")] = None,
) -> None:
    """在埋了错的稿子上评测 gongwen check：各种错查出多少，无害改写误报多少。"""
    from assistant.evaluation.marked import put_between_marks
    from assistant.evaluation.probe_pairs import read_pairs
    from assistant.evaluation.probe_scores import judge, scores
    from assistant.evaluation.probe_tables import tables, wrong
    from assistant.evaluation.probes import SEED, known_operator, make_probes
    from assistant.paths import shipped

    operator = known_operator(show)
    pairs = read_pairs(folder or shipped("eval/probes"))
    judged = list(judge(make_probes(pairs, seed=SEED if seed is None else seed, operator=operator)))
    if operator:
        for text in wrong(judged):
            typer.echo(text)
        return
    result = scores(judged)
    if out:
        put_between_marks(out, "probes", tables(result))
    if as_json:
        print_json(asdict(result))
    elif not out:
        typer.echo(tables(result), nl=False)
