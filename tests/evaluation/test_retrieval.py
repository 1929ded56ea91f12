import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.documents.parsing import parse
from assistant.documents.passages import cut_passages, has_body
from assistant.documents.reading import read_text
from assistant.evaluation.beir import RetrievalSet, SetDocument, read_set
from assistant.evaluation.retrieval import measure
from assistant.models.embedding import OfflineEmbedder
from assistant.models.remote_embedding import REMOTE_WEIGHT
from assistant.retrieval.index import Index
from assistant.text.masks import show_masks
from assistant.text.near import signature
from assistant.text.sentences import sentences
from assistant.text.terms import words
from assistant.types import Passage, Report, ReportData, Role
from tests.conftest import ROOT
from tests.evaluation.conftest import DOCUMENTS, QUERIES, Written

NAMES = ["hit@1", "hit@5", "MRR@10", "nDCG@10"]
DIMENSIONS = 48


class KnowingEmbedder:
    """Stands for a good model: it knows which text answers a query, and errs by a noise of its own.

    Texts lie anywhere on a sphere; a query lies at its answer, pushed aside by ``noise``.
    """

    weight = REMOTE_WEIGHT
    batch = 64

    def __init__(self, source: RetrievalSet, *, noise: float) -> None:
        self.name = f"knowing-{noise}"
        self._noise = noise
        # Masks are shown to an embedder as ××.
        texts = {document.id: show_masks(document.text) for document in source.documents}
        self._answers = {
            text: texts[next(iter(source.judgements[query]))] for query, text in source.queries.items()
        }

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        return [self._embed(text) for text in texts]

    def _embed(self, text: str) -> list[float]:
        centre = _unit(_gauss(self._answers.get(text, text)))
        return _unit([at + self._noise * aside for at, aside in zip(centre, self._aside(text), strict=True)])

    def _aside(self, text: str) -> list[float]:
        return _gauss(f"aside {text}") if text in self._answers else [0.0] * DIMENSIONS


def _gauss(seed: str) -> list[float]:
    rng = random.Random(seed)
    return [rng.gauss(0, 1) for _ in range(DIMENSIONS)]


def _unit(vector: list[float]) -> list[float]:
    length = sum(number * number for number in vector) ** 0.5
    return [number / length for number in vector]


@pytest.fixture(scope="module")
def hard() -> RetrievalSet:
    """Return the passages of the shipped reports, asked for by a few words out of one of their sentences."""
    rng = random.Random(3)
    passages = [
        passage
        for path in sorted((ROOT / "corpus").glob("*.txt"))
        for passage in cut_passages(parse(read_text(path), name=path.name), tokens=100)
        if has_body(passage)
    ]
    asked = [
        (passage.id, passage.text[start:end])
        for passage in passages
        for start, end in sentences(passage.text)
        if end - start > 20
    ]
    chosen = rng.sample(asked, 150)
    queries = {f"q{number}": _some_words(text, rng) for number, (_, text) in enumerate(chosen)}
    return RetrievalSet(
        name="hard",
        sha="0" * 12,
        documents=tuple(SetDocument(passage.id, "", passage.text) for passage in passages),
        queries=queries,
        judgements={f"q{number}": {id_: 1.0} for number, (id_, _) in enumerate(chosen)},
    )


def _some_words(text: str, rng: random.Random) -> str:
    found = [word for word in words(text) if len(word) > 1]
    return " ".join(rng.sample(found, min(2, len(found))))


def test_easy_questions_find_their_answers(written: Written) -> None:
    quality = measure(read_set(written()), OfflineEmbedder())
    assert (quality.set, quality.queries) == ("题库", 3)
    assert [list(each) for each in (quality.lexical, quality.vector, quality.fused)] == [NAMES] * 3
    assert quality.lexical["hit@1"] == quality.fused["hit@1"] == 1.0


def test_fusion_ranks_as_a_search_does(written: Written, tmp_path: Path) -> None:
    embedder = OfflineEmbedder()
    passages = [Passage(id_, "r", "r", Role.WORK, (), 0, len(text), text) for id_, text in DOCUMENTS.items()]
    report = Report("r", "r", "\n".join(DOCUMENTS.values()), None, None, ())
    with Index.create_or_open(tmp_path / "index", embedder=embedder) as index:
        with index.writing() as ingestion:
            ingestion.bring(
                report, passages, ReportData(None, None, None, None), signature=signature(report.text)
            )
        found = [hit.passage.id for hit in index.search(QUERIES["q1"], count=4)]
    assert sorted(found) == sorted(DOCUMENTS)
    judged_by_search = "".join(f"q1\t{id_}\t{4 - rank}\n" for rank, id_ in enumerate(found))
    assert measure(read_set(written(qrels=judged_by_search)), embedder).fused["nDCG@10"] == 1.0


def test_a_title_is_searched_too(written: Written) -> None:
    corpus = (
        '{"_id": "d1", "title": "农村户厕新建改建", "text": "共1200座。"}\n{"_id": "d2", "text": "农村。"}\n'
    )
    source = read_set(written(corpus=corpus, qrels="q1\td1\t1\n"))
    assert measure(source, OfflineEmbedder()).fused["hit@1"] == 1.0


def test_a_query_without_a_word_finds_nothing(written: Written) -> None:
    source = read_set(written(queries='{"_id": "q1", "text": "？？"}\n', qrels="q1\td1\t1\n"))
    quality = measure(source, OfflineEmbedder())
    assert quality.lexical == quality.vector == quality.fused == dict.fromkeys(NAMES, 0.0)


def test_the_signature_says_what_the_figures_depend_on(written: Written) -> None:
    source = read_set(written())
    usual = measure(source, OfflineEmbedder()).signature
    fields = dict(part.split(":", 1) for part in usual.split("|"))
    assert fields["set"] == "题库"
    assert fields["sha"] == source.sha
    assert fields["embedder"] == "offline-hash-512-v1"
    assert fields["weights"] == "lexical=1,vector=0.05"
    assert {"gongwen", "tantivy", "chromadb", "rjieba", "k", "depth", "queries", "passages"} <= fields.keys()
    other = measure(source, OfflineEmbedder(), weight=1.0, k=10).signature
    assert "vector=1|k:10|" in other


def test_progress_ends_where_it_should(written: Written) -> None:
    heard: list[tuple[str, int, int]] = []
    measure(read_set(written()), OfflineEmbedder(), progress=lambda *what: heard.append(what))
    assert heard[-1][1:] == (3, 3)
    assert ("收入段落", 4, 4) in heard


def test_the_offline_vectors_never_spoil_the_words(hard: RetrievalSet) -> None:
    quality = measure(hard, OfflineEmbedder())
    assert 0.5 < quality.lexical["hit@1"] < 0.95
    assert quality.vector["hit@1"] < quality.lexical["hit@1"]
    for name in NAMES:
        assert quality.fused[name] >= quality.lexical[name] - 0.002


@pytest.mark.parametrize("noise", [0.25, 0.3, 0.35])
def test_with_good_vectors_fusion_beats_either_list(hard: RetrievalSet, noise: float) -> None:
    quality = measure(hard, KnowingEmbedder(hard, noise=noise))
    assert quality.fused["hit@1"] > max(quality.lexical["hit@1"], quality.vector["hit@1"])
    assert quality.fused["nDCG@10"] > max(quality.lexical["nDCG@10"], quality.vector["nDCG@10"])
