"""Passages in any number for benchmarks, made of the sentences of real reports put together anew."""

import json
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from assistant.documents.parsing import parse
from assistant.retrieval.ingestion import Ingestion
from assistant.text.near import signature
from assistant.text.sentences import sentences
from assistant.types import Passage, Report, ReportData, Role

SOURCE = Path("provincial_reports_2025.jsonl")
PASSAGES_A_REPORT = 100
ROLES = {Role.WORK: 0.4, Role.PLAN: 0.4, Role.PROBLEMS: 0.15, Role.LEAD: 0.05}


def make_passages(n: int, seed: int, *, source: Path = SOURCE) -> list[Passage]:
    """Return ``n`` passages of two to five sentences, the same for the same seed, a hundred to a report."""
    chance = random.Random(seed)
    pool = _sentences(source)
    passages: list[Passage] = []
    position = 0
    for number in range(n):
        if number % PASSAGES_A_REPORT == 0:
            position = 0
        text = "".join(chance.choices(pool, k=chance.randint(2, 5)))
        role = chance.choices(list(ROLES), list(ROLES.values()))[0]
        report = f"r{seed}-{number // PASSAGES_A_REPORT}"
        path = ("一、工作情况",) if role is Role.WORK else ()
        passages.append(
            Passage(
                f"p{seed}-{number}", report, f"{report}.txt", role, path, position, position + len(text), text
            )
        )
        position += len(text)
    return passages


def make_queries(n: int, seed: int, *, source: Path = SOURCE) -> list[str]:
    """Return ``n`` queries as notes are: the first thirty characters of sentences."""
    return [text[:30] for text in random.Random(seed).choices(_sentences(source), k=n)]


def bring_all(ingestion: Ingestion, passages: list[Passage]) -> None:
    """Bring passages in, report by report."""
    for report, of in _reports(passages):
        ingestion.bring(report, of, ReportData(None, None, 2025, None), signature=signature(report.text))


def _reports(passages: list[Passage]) -> Iterator[tuple[Report, list[Passage]]]:
    for start in range(0, len(passages), PASSAGES_A_REPORT):
        of = passages[start : start + PASSAGES_A_REPORT]
        yield Report(of[0].report, of[0].name, "".join(each.text for each in of), None, None, ()), of


@cache
def _sentences(source: Path) -> list[str]:
    with source.open(encoding="utf-8") as file:
        texts = [parse(json.loads(line)["text"], name="").text for line in file]
    return [text[start:end] for text in texts for start, end in sentences(text) if end - start >= 15]
