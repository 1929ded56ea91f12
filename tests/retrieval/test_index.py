import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.errors import ModelError
from assistant.retrieval.index import Index
from assistant.retrieval.ingestion import Brought
from assistant.types import Passage, ReportData, Role
from tests.retrieval.conftest import DATA, REPORTS, RecordingEmbedder, as_report, bring, report_passages

Opening = Callable[..., Index]
ALL = [passage for report in REPORTS for passage in report_passages(report)]


def found(index: Index, query: str, **limits: object) -> set[str]:
    return {hit.passage.id for hit in index.search(query, count=9, **limits)}  # type: ignore[arg-type]


def test_a_new_index_is_empty_and_stays(tmp_path: Path, embedder: RecordingEmbedder) -> None:
    with Index.create_or_open(tmp_path / "a" / "b", embedder=embedder) as index:
        assert [index.search("农村"), index.passages(), index.reports(), index.check()] == [[], [], [], []]
    with Index.create_or_open(tmp_path / "a" / "b", embedder=embedder) as index:
        assert bring(index, report_passages("r3")) == [Brought("added", None, 2, 0, 0)]
    with Index.open(tmp_path / "a" / "b", embedder=embedder) as index:
        assert index.passages() == report_passages("r3")


def test_a_creation_cut_short_is_completed(tmp_path: Path, embedder: RecordingEmbedder) -> None:
    with Index.create_or_open(tmp_path, embedder=embedder):
        (tmp_path / "meta.json").unlink()
    with Index.create_or_open(tmp_path, embedder=embedder) as index:
        assert bring(index, report_passages("r3"))[0].added == 2


def test_an_empty_index_binds_no_embedder(tmp_path: Path) -> None:
    for dimensions in (64, 32):
        embedder = RecordingEmbedder(dimensions=dimensions)
        with Index.create_or_open(tmp_path, embedder=embedder) as index:
            assert bring(index, report_passages("r3"))[0].added == 2
            assert len(index.search("基层干部")) == 2
            assert index.remove("r3") == 2


def test_bringing_twice_changes_and_embeds_nothing(
    open_index: Opening, embedder: RecordingEmbedder, folder: Path
) -> None:
    index = open_index()
    parts = sorted(path.name for path in folder.iterdir())
    outcomes = bring(index, *map(report_passages, REPORTS))
    assert outcomes == [Brought("unchanged", None, 0, len(of), 0) for of in REPORTS.values()]
    assert embedder.texts == []
    assert index.passages() == ALL
    assert sorted(path.name for path in folder.iterdir()) == parts


def test_only_what_is_new_is_embedded_and_what_is_gone_leaves(
    open_index: Opening, embedder: RecordingEmbedder
) -> None:
    index = open_index()
    first, _, *rest = report_passages("r1")
    new = replace(first, id="new", start=900, end=910, text="**湿地修复完成。", heading_path=())
    assert bring(index, [first, *rest, new]) == [Brought("replaced", None, 1, 3, 1)]
    assert embedder.texts == ["××湿地修复完成。"]
    assert [hit.passage for hit in index.search("湿地修复", count=1)] == [new]
    assert "r1-1" not in found(index, "垃圾收运体系")


def test_a_name_holds_one_report(open_index: Opening) -> None:
    index = open_index()
    other = [replace(passage, name="r1.txt") for passage in report_passages("r3")]
    fresh = [replace(passage, id=f"x{passage.id}", report="x") for passage in other]
    assert bring(index, fresh) == [Brought("replaced", "r3.txt", 2, 0, 4)]
    assert [(entry.id, entry.name) for entry in index.reports()] == [
        ("x", "r1.txt"),
        ("r2", "r2.txt"),
        ("r3", "r3.txt"),
    ]
    assert index.check() == []
    assert not {"r1-0", "r1-1"} & found(index, "农村人居环境")


def test_a_renamed_report_keeps_its_vectors(open_index: Opening, embedder: RecordingEmbedder) -> None:
    index = open_index()
    renamed = [replace(passage, name="新名.txt") for passage in report_passages("r2")]
    assert bring(index, renamed) == [Brought("unchanged", "r2.txt", 0, 2, 0)]
    assert embedder.texts == []
    assert ("r2", "新名.txt", 2) in [(entry.id, entry.name, entry.passages) for entry in index.reports()]


def test_a_report_may_move_and_leave_its_name_to_another(open_index: Opening) -> None:
    index = open_index()
    new = [replace(passage, id="n", report="n", text="修复湿地。") for passage in report_passages("r2")[:1]]
    moved = [replace(passage, name="moved.txt") for passage in report_passages("r2")]
    for order in ((new, moved), (moved, new)):
        bring(index, *order)
        names = {entry.id: entry.name for entry in index.reports()}
        assert (names["n"], names["r2"]) == ("r2.txt", "moved.txt")
        assert index.check() == []


def test_new_data_of_the_same_text_is_taken_over(open_index: Opening, embedder: RecordingEmbedder) -> None:
    index = open_index()
    bring(index, report_passages("r2"), data=ReportData("题", "工作总结", 2023, "某局"))
    entry = next(entry for entry in index.reports() if entry.id == "r2")
    assert (entry.title, entry.kind, entry.year, entry.unit) == ("题", "工作总结", 2023, "某局")
    assert embedder.texts == []
    assert {id_[:2] for id_ in found(index, "农村汽车", years=[2023], kinds=["工作总结"])} == {"r2"}
    assert found(index, "农村汽车", years=[2022]) == set()


def test_a_near_duplicate_is_kept_marked_and_folded(open_index: Opening) -> None:
    index = open_index()
    first, *rest = report_passages("r1")
    copies = [replace(each, id=f"c{each.id}", report="c", name="c.txt") for each in (first, *rest)]
    copies[0] = replace(copies[0], text=copies[0].text.replace("1200座", "1300座"))
    assert bring(index, copies) == [Brought("near-duplicate", "r1.txt", 4, 0, 0)]
    entries = {entry.id: entry for entry in index.reports()}
    assert (entries["c"].near, entries["r1"].near) == ("r1", None)
    texts = [hit.passage.text for hit in index.search("农村人居环境整治", count=9)]
    assert len(texts) == len(set(texts)) == 8
    assert index.remove("r1.txt") == 4
    assert index.reports()[0].near is None


def test_reports_that_are_not_marked_are_not_folded(open_index: Opening) -> None:
    index = open_index()
    twin = replace(report_passages("r3")[0], id="t-0", report="t", name="t.txt")
    other = replace(twin, id="t-1", text="培育壮大特色产业，" * 20, start=20, end=200)
    assert bring(index, [twin, other])[0].status == "added"
    assert {"r3-0", "t-0"} <= found(index, "基层干部业务能力")


def test_what_was_whole_before_an_error_is_kept(
    tmp_path: Path, embedder: RecordingEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = embedder.embed

    def breaking(texts: list[str]) -> list[list[float]]:
        if any("新能源" in text for text in texts):
            raise ModelError("向量接口没有回应，请稍后重试。")
        return real(texts)

    with Index.create_or_open(tmp_path / "index", embedder=embedder) as index:
        monkeypatch.setattr(embedder, "embed", breaking)
        bring(index, report_passages("r1"))
        with pytest.raises(ModelError):
            bring(index, report_passages("r2"), report_passages("r3"))
        monkeypatch.setattr(embedder, "embed", real)
        assert [entry.id for entry in index.reports()] == ["r1"]
        assert index.check() == []
        statuses = [outcome.status for outcome in bring(index, *map(report_passages, REPORTS))]
        assert statuses == ["unchanged", "added", "added"]
        assert index.passages() == ALL


def test_an_error_of_the_callers_keeps_what_was_brought(tmp_path: Path, embedder: RecordingEmbedder) -> None:
    def breaking() -> Iterator[Passage]:
        raise ZeroDivisionError
        yield

    with Index.create_or_open(tmp_path, embedder=embedder) as index:
        with pytest.raises(ZeroDivisionError):
            bring(index, report_passages("r3"), breaking())
        assert [entry.id for entry in index.reports()] == ["r3"]
        assert index.check() == []


def test_a_removed_report_is_found_no_more(open_index: Opening) -> None:
    index = open_index()
    assert index.remove("r1") == 4
    assert index.remove("r1") == 0
    assert {id_[:2] for id_ in found(index, "农村人居环境整治")} <= {"r2", "r3"}
    assert [entry.id for entry in index.reports()] == ["r2", "r3"]
    assert index.check() == []


def test_removed_and_brought_again_in_one_go(open_index: Opening, embedder: RecordingEmbedder) -> None:
    index = open_index()
    of = report_passages("r1")
    with index.writing() as ingestion:
        assert ingestion.remove("r1") == 4
        assert ingestion.bring(as_report(of), of, DATA, signature=bytes(512)).status == "unchanged"
    assert (index.passages(), index.check(), embedder.texts) == (ALL, [], [])


def test_reports_passages_and_texts_are_listed(open_index: Opening) -> None:
    index = open_index()
    assert [(entry.id, entry.name, entry.passages) for entry in index.reports()] == [
        ("r1", "r1.txt", 4),
        ("r2", "r2.txt", 2),
        ("r3", "r3.txt", 2),
    ]
    assert index.reports()[0].roles == {Role.WORK: 3, Role.PROBLEMS: 1}
    assert index.reports()[0].added.endswith("+00:00")
    assert index.passages() == ALL
    assert {passage.id for passage in index.passages(Role.PROBLEMS)} == {"r1-3", "r3-0"}
    assert index.report_text("r1") == as_report(report_passages("r1")).text
    assert index.report_text("r9") is None


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


def test_role_and_reports_are_kept_to_in_both_lists(open_index: Opening) -> None:
    index = open_index(weight=1.0)
    assert found(index, "农村人居环境", role=Role.PROBLEMS) == {"r1-3", "r3-0"}
    assert {id_[:2] for id_ in found(index, "农村人居环境", exclude=["r1"])} == {"r2", "r3"}
    assert found(index, "农村人居环境", include=["r1"]) == {f"r1-{number}" for number in range(4)}
    assert found(index, "农村人居环境", include=["r1"], exclude=["r1"]) == set()
    assert found(index, "农村", include=["r1", "r3"], role=Role.PROBLEMS) == {"r1-3", "r3-0"}


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
    assert "r2-1" in found(other, "新能源汽车")
    one.remove("r2")
    assert [entry.id for entry in other.reports()] == ["r1", "r3"]
    assert "r2-1" not in found(other, "新能源汽车")
    one.close()
    assert other.search("基层干部", count=1)[0].found_by == ("lexical", "vector")


USES: dict[str, Callable[[Index], object]] = {
    "search": lambda index: index.search("农村"),
    "passages": lambda index: index.passages(),
    "reports": lambda index: index.reports(),
    "report_text": lambda index: index.report_text("r1"),
    "check": lambda index: index.check(),
    "probe": lambda index: index.probe(),
    "repair": lambda index: index.repair(),
    "remove": lambda index: index.remove("r1"),
}


@pytest.mark.parametrize("use", USES.values(), ids=USES)
def test_a_closed_index_says_that_it_is_closed(open_index: Opening, use: Callable[[Index], object]) -> None:
    index = open_index()
    index.close()
    with pytest.raises(RuntimeError, match="has been closed"):
        use(index)
    index.close()


def test_opening_imports_no_heavy_library(made_folder: Path) -> None:
    code = (
        "import sys, pathlib, assistant.retrieval.index as i, assistant.models.embedding as e;"
        "i.Index.open(pathlib.Path(sys.argv[1]), embedder=e.OfflineEmbedder(dimensions=64));"
        "sys.exit(bool({'chromadb', 'numpy', 'openai', 'langchain_core'} & sys.modules.keys()))"
    )
    assert subprocess.run([sys.executable, "-c", code, str(made_folder)], check=False).returncode == 0
