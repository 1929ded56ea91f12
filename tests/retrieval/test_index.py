import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.errors import ModelError
from assistant.retrieval.index import Index
from assistant.retrieval.ingestion import Ingested
from assistant.retrieval.lexical import LexicalIndex
from assistant.types import Role
from tests.retrieval.conftest import REPORTS, RecordingEmbedder, report_passages

Opening = Callable[..., Index]


def test_a_new_index_is_empty_and_stays(tmp_path: Path, embedder: RecordingEmbedder) -> None:
    with Index.create_or_open(tmp_path / "a" / "b", embedder=embedder) as index:
        assert [index.search("农村"), index.passages(), index.reports()] == [[], [], []]
    with Index.create_or_open(tmp_path / "a" / "b", embedder=embedder) as index:
        assert index.ingest("r3", report_passages("r3")) == Ingested(added=2, unchanged=0, removed=0)
    with Index.open(tmp_path / "a" / "b", embedder=embedder) as index:
        assert index.passages() == report_passages("r3")


def test_a_creation_cut_short_is_completed(tmp_path: Path, embedder: RecordingEmbedder) -> None:
    LexicalIndex(tmp_path / "words", create=True)
    with Index.create_or_open(tmp_path, embedder=embedder) as index:
        assert index.ingest("r3", report_passages("r3")).added == 2


def test_ingesting_twice_changes_and_embeds_nothing(open_index: Opening, embedder: RecordingEmbedder) -> None:
    index = open_index()
    before = index.passages()
    outcomes = index.ingest_many((report, report_passages(report)) for report in REPORTS)
    assert [(outcome.added, outcome.removed) for outcome in outcomes] == [(0, 0)] * 3
    assert sum(outcome.unchanged for outcome in outcomes) == 8
    assert embedder.texts == []
    assert index.passages() == before


def test_only_what_is_new_is_embedded_and_what_is_gone_leaves(
    open_index: Opening, embedder: RecordingEmbedder
) -> None:
    index = open_index()
    first, _, *rest = report_passages("r1")
    new = replace(first, id="new", start=900, end=910, text="**湿地修复完成。", heading_path=())
    assert index.ingest("r1", [first, *rest, new]) == Ingested(added=1, unchanged=3, removed=1)
    assert embedder.texts == ["××湿地修复完成。"]
    assert [hit.passage for hit in index.search("湿地修复", count=1)] == [new]
    assert "r1-1" not in {hit.passage.id for hit in index.search("垃圾收运体系", count=9)}


def test_a_renamed_report_keeps_its_vectors(open_index: Opening, embedder: RecordingEmbedder) -> None:
    index = open_index()
    renamed = [replace(passage, name="新名.txt") for passage in report_passages("r2")]
    assert index.ingest("r2", renamed) == Ingested(added=0, unchanged=2, removed=0)
    assert embedder.texts == []
    assert ("r2", "新名.txt", 2) in index.reports()


def test_a_role_read_anew_is_found_under_it(open_index: Opening, embedder: RecordingEmbedder) -> None:
    index = open_index()
    index.ingest("r3", [replace(passage, role=Role.PLAN) for passage in report_passages("r3")])
    assert [hit.passage.id for hit in index.search("基层干部", role=Role.PLAN, count=1)] == ["r3-0"]
    assert "r3-0" not in {hit.passage.id for hit in index.search("基层干部", role=Role.PROBLEMS)}
    assert "基层干部业务能力有待加强，工作作风不够扎实。" not in embedder.texts


def test_a_passage_whose_text_changed_is_embedded_anew(
    open_index: Opening, embedder: RecordingEmbedder
) -> None:
    first, second = report_passages("r3")
    changed = replace(first, text="队伍建设仍需加强。")
    assert open_index().ingest("r3", [changed, second]) == Ingested(added=1, unchanged=1, removed=0)
    assert embedder.texts == ["队伍建设仍需加强。"]


@pytest.mark.parametrize("lost", ["words", "vectors"])
def test_ingesting_again_repairs_what_one_list_lost(open_index: Opening, folder: Path, lost: str) -> None:
    index = open_index()
    with index.writing() as ingestion:
        (ingestion.writer if lost == "words" else ingestion.vectors).delete(["r2-0", "r2-1"])
    index.ingest("r2", report_passages("r2"))
    words = LexicalIndex(folder / "words")
    assert words.ids("r2") == {"r2-0", "r2-1"}
    assert index.search("新能源汽车", count=1)[0].found_by == ("lexical", "vector")


def test_ingesting_again_drops_what_only_the_words_still_hold(open_index: Opening, folder: Path) -> None:
    index = open_index()
    with index.writing() as ingestion:
        ingestion.vectors.delete(["r2-1"])
    assert index.ingest("r2", report_passages("r2")[:1]).removed == 1
    assert LexicalIndex(folder / "words").ids("r2") == {"r2-0"}


def test_what_was_embedded_before_an_error_is_kept(
    tmp_path: Path, embedder: RecordingEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = embedder.embed

    def breaking(texts: list[str]) -> list[list[float]]:
        if len(embedder.texts) >= 3:
            raise ModelError("向量接口没有回应，请稍后重试。")
        return real(texts)

    with Index.create_or_open(tmp_path / "index", embedder=embedder) as index:
        monkeypatch.setattr(embedder, "embed", breaking)
        with pytest.raises(ModelError):
            index.ingest("r1", report_passages("r1"))
        monkeypatch.setattr(embedder, "embed", real)
        embedder.texts.clear()
        assert index.ingest("r1", report_passages("r1")) == Ingested(added=1, unchanged=3, removed=0)
        assert len(embedder.texts) == 1
        assert {hit.passage.id for hit in index.search("农村人居环境", count=9)} == {
            passage.id for passage in report_passages("r1")
        }


def test_a_removed_report_is_found_no_more(open_index: Opening) -> None:
    index = open_index()
    assert index.remove("r1") == 4
    assert index.remove("r1") == 0
    assert {hit.passage.report for hit in index.search("农村人居环境整治", count=9)} <= {"r2", "r3"}
    assert [report for report, _, _ in index.reports()] == ["r2", "r3"]


def test_reports_and_passages_are_listed(open_index: Opening) -> None:
    index = open_index()
    assert index.reports() == [("r1", "r1.txt", 4), ("r2", "r2.txt", 2), ("r3", "r3.txt", 2)]
    assert index.passages() == [passage for report in REPORTS for passage in report_passages(report)]
    assert {passage.id for passage in index.passages(Role.PROBLEMS)} == {"r1-3", "r3-0"}


def test_the_best_comes_first_and_says_how_it_was_found(open_index: Opening) -> None:
    best, *_ = open_index().search("培育新能源汽车产业集群")
    assert best.passage == report_passages("r2")[1]
    assert best.found_by == ("lexical", "vector")
    assert best.score > 0


def test_hits_are_spread_over_reports(open_index: Opening) -> None:
    hits = open_index().search("农村人居环境整治", count=2)
    assert [hit.passage.report for hit in hits] == ["r2", "r1"]
    many = open_index().search("农村人居环境资金", count=3)
    assert {hit.passage.report for hit in many} == {"r1", "r2", "r3"}


def test_role_and_exclusion_hold_for_both_lists(open_index: Opening) -> None:
    index = open_index(weight=1.0)
    assert {hit.passage.id for hit in index.search("农村人居环境", role=Role.PROBLEMS)} == {"r1-3", "r3-0"}
    assert {hit.passage.report for hit in index.search("农村人居环境", exclude=["r1"])} == {"r2", "r3"}


def test_without_weight_nothing_is_embedded(open_index: Opening, embedder: RecordingEmbedder) -> None:
    hits = open_index(weight=0.0).search("农村人居环境", count=9)
    assert embedder.texts == []
    assert {hit.found_by for hit in hits} == {("lexical",)}


def test_a_heavy_vector_list_leads(open_index: Opening, monkeypatch: pytest.MonkeyPatch) -> None:
    index = open_index(weight=50.0)
    towards = RecordingEmbedder().embed(["基层干部业务能力有待加强，工作作风不够扎实。"])
    monkeypatch.setattr(RecordingEmbedder, "embed", lambda _self, _texts: towards)
    assert index.search("新能源汽车", count=1)[0].passage.id == "r3-0"


@pytest.mark.parametrize("query", ["", "  ", "，。", "***"])
def test_a_query_without_words_finds_nothing(open_index: Opening, query: str) -> None:
    assert open_index().search(query) == []


@pytest.mark.parametrize("count", [0, -1])
def test_no_hit_is_given_when_none_is_asked_for(open_index: Opening, count: int) -> None:
    assert open_index().search("农村", count=count) == []


def test_two_open_indexes_see_each_other(open_index: Opening) -> None:
    one, other = open_index(), open_index()
    one.remove("r2")
    assert [report for report, _, _ in other.reports()] == ["r1", "r3"]
    one.close()
    assert other.search("基层干部", count=1)[0].passage.id == "r3-0"


def test_opening_imports_no_heavy_library(made_folder: Path) -> None:
    code = (
        "import sys, pathlib, assistant.retrieval.index as i, assistant.models.embedding as e;"
        "i.Index.open(pathlib.Path(sys.argv[1]), embedder=e.OfflineEmbedder(dimensions=64));"
        "sys.exit(bool({'chromadb', 'numpy', 'openai', 'langchain_core'} & sys.modules.keys()))"
    )
    assert subprocess.run([sys.executable, "-c", code, str(made_folder)], check=False).returncode == 0
