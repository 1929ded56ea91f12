"""The scores on the probes as Markdown tables, and the probes that a check gets wrong."""

from collections.abc import Iterable, Iterator, Sequence

from assistant.evaluation.probe_scores import Judged, ProbeScores, Share, found
from assistant.evaluation.probes import FAULTS, HARMLESS


def tables(scores: ProbeScores) -> str:
    """Return the scores as Markdown."""
    lines = [
        f"{scores.pairs} pairs, {scores.faults} drafts with one planted fault, {scores.rewrites} harmless rewrites;"
        " intervals are Wilson's at 95 %.",
        "",
        *_table(("planted", "family", "found", "n", "recall", "interval"), _recall_rows(scores)),
        "",
        *_table(
            ("rule", "right", "n", "precision", "interval"),
            ((name, *_count(share), *_share(share)) for name, share in scores.precision.items()),
        ),
        "",
        *_table(
            ("harmless", "n", "with an error", "interval", "with any finding", "interval"),
            _alarm_rows(scores),
        ),
    ]
    return "\n".join(lines) + "\n"


def _recall_rows(scores: ProbeScores) -> Iterator[tuple[str, ...]]:
    for name, share in scores.recall.items():
        yield (name, FAULTS[name].family, *_count(share), *_share(share))
    for family, share in scores.families.items():
        yield ("all", family, *_count(share), *_share(share))


def _alarm_rows(scores: ProbeScores) -> Iterator[tuple[str, ...]]:
    rows = {**scores.alarms, "all rewrites": scores.all_alarms, "pairs, any rewrite": scores.any_alarm}
    for name, alarms in rows.items():
        yield (name, str(alarms.errors.total), *_share(alarms.errors), *_share(alarms.warnings))


def _count(share: Share) -> tuple[str, str]:
    return str(share.count), str(share.total)


def _share(share: Share) -> tuple[str, str]:
    if share.total == 0:
        return "–", "–"
    return f"{share.share:.3f}", f"{share.low:.3f}–{share.high:.3f}"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield "|" + "---|" * len(heads)
    for row in rows:
        yield f"| {' | '.join(row)} |"


def wrong(judged: Iterable[Judged]) -> Iterator[str]:
    """Yield as text the probes whose fault is missed, and the rewrites that set off an alarm."""
    for one in judged:
        if one.findings if one.probe.family == HARMLESS else not found(one):
            yield _shown(one)


def _shown(judged: Judged) -> str:
    probe = judged.probe
    draft = probe.draft
    if probe.start is not None and probe.end is not None:
        draft = f"{draft[: probe.start]}【{draft[probe.start : probe.end]}】{draft[probe.end :]}"
    notes = [f"  {note.id}{'*' if note.id in probe.concerned else ' '} {note.text}" for note in probe.notes]
    findings = [
        f"  {finding.level} {finding.rule} “{probe.draft[finding.start : finding.end]}” {finding.message}"
        for finding in judged.findings
    ]
    return "\n".join((f"== {probe.pair} {probe.operator}", draft, *notes, *findings))
