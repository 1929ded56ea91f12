import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from pydantic import SecretStr

from assistant.errors import CorpusError, InputError, ModelError
from assistant.settings import Settings
from assistant.types import Passage, Role
from assistant.workflow.importing import Status
from assistant.workflow.importing import import_reports as ingest
from assistant.workflow.shelf import open_shelf, rebuild, remove, search
from tests import endpoint as play
from tests.endpoint import KEY, LoopbackEndpoint
from tests.workflow.conftest import REPORTS

# The first sentence of the passage that tells the problems, in each report.
FIRST_SENTENCES = {
    "000_a63353f37c2cae0e.txt": "经过一年的努力，****党组较好地落实了全面从严治党和党风廉政建设责任，但以更高更严的标准看，"
    "具体工作中也还存在一定差距，主要是学习的系统性不强、党风廉政建设工作压力传导不足、党员监督存在漏洞等问题，"
    "需要在今后的工作中努力加以改进。",
    "001_e2e56286129b04b7.txt": "**在落实全面从严治党方面虽然取得一定成绩，但对照上级党委要求和职工群众期盼还有一定的差距。",
    "002_71d5212a2d8988ed.txt": "今年以来，**局全面从严治党工作虽然取得了一些成绩，但仍存在以下不足：一是思想教育工作还有差距。",
    "003_620eb6ee9917fe79.txt": "尽管开年以来，我们大力抓了党风廉政建设，但也存在一些不容忽视的问题：一是在对*重要讲话精神的学习上，"
    "存在着学习自觉性不高、学习主动性不强的问题。",
    "004_7d90760bf9235187.txt": "今年以来，局党组严格按照中央、自治区党委和市委的要求，各项学习、活动有序推进，"
    "推动了全面从严治党向纵深发展。",
}
REPORT = REPORTS[2].read_text("utf-8")


def settings(data: Path, endpoint: LoopbackEndpoint | None = None) -> Settings:
    if endpoint is None:
        return Settings(data=data)
    return Settings(
        data=data,
        embedding_base_url=endpoint.url,
        embedding_model="m3",
        embedding_api_key=SecretStr(KEY),
    )


def stored(data: Path, endpoint: LoopbackEndpoint | None = None) -> list[Passage]:
    with open_shelf(settings(data, endpoint)) as index:
        return index.passages()


@pytest.mark.parametrize(("name", "sentence"), FIRST_SENTENCES.items(), ids=lambda value: value[:3])
def test_a_sentence_finds_the_passage_it_comes_from(made_shelf: Path, name: str, sentence: str) -> None:
    best = search(sentence, settings(made_shelf), count=5)[0].passage
    assert sentence in best.text
    assert (best.name, best.role) == (name, Role.PROBLEMS)


@pytest.mark.parametrize("role", [Role.PROBLEMS, Role.WORK, Role.PLAN])
def test_a_role_is_kept_to(made_shelf: Path, role: Role) -> None:
    hits = search("理论学习和全面从严治党责任", settings(made_shelf), count=5, role=role)
    assert len(hits) == 5
    assert {hit.passage.role for hit in hits} == {role}


def test_hits_are_spread_over_reports(made_shelf: Path) -> None:
    hits = search("党风廉政建设", settings(made_shelf), count=5)
    assert len({hit.passage.report for hit in hits}) >= 3


def test_ingesting_again_leaves_the_same_passages(shelf: Path) -> None:
    before = stored(shelf)
    results = list(ingest(REPORTS, settings(shelf)))
    assert stored(shelf) == before
    assert [(result.added, result.removed) for result in results] == [(0, 0)] * 5
    assert sum(result.unchanged for result in results) == len(before) == len({each.id for each in before})


def test_a_folder_gives_what_its_files_give_one_by_one(made_shelf: Path, tmp_path: Path) -> None:
    folder = tmp_path / "旧报告"
    folder.mkdir()
    for path in REPORTS:
        shutil.copy(path, folder)
    (folder / "表.xlsx").write_bytes(b"PK")
    (folder / ".隐藏.txt").write_text("不是报告")
    list(ingest([folder], settings(tmp_path / "data")))
    for path in reversed(REPORTS):
        list(ingest([path], settings(tmp_path / "one by one")))
    assert stored(tmp_path / "data") == stored(tmp_path / "one by one") == stored(made_shelf)


def as_docx(path: Path) -> None:
    document = Document()
    for line in REPORT.rstrip("\n").split("\n"):
        document.add_paragraph(line)
    document.save(str(path))


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("a.txt", lambda path: path.write_text(REPORT, "gb18030")),
        ("a.md", lambda path: path.write_text(REPORT, "utf-16")),
        ("a.txt", lambda path: path.write_bytes(b"\xef\xbb\xbf" + REPORT.replace("\n", "\r\n").encode())),
        ("a.docx", as_docx),
    ],
    ids=["GB18030", "UTF-16", "BOM and CRLF", "docx"],
)
def test_a_report_is_the_same_in_every_dress(
    tmp_path: Path, made_shelf: Path, name: str, write: Callable[[Path], object]
) -> None:
    write(tmp_path / name)
    assert [result.reason for result in ingest([tmp_path / name], settings(tmp_path / "data"))] == [None]
    expected = [passage for passage in stored(made_shelf) if passage.name.startswith("002")]
    assert [(passage.role, passage.text) for passage in stored(tmp_path / "data")] == [
        (passage.role, passage.text) for passage in expected
    ]


def test_a_bad_file_does_not_keep_the_good_ones_out(tmp_path: Path) -> None:
    folder = tmp_path / "旧报告"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.txt").write_bytes(bytes(range(256)) * 8)
    (folder / "b.docx").write_text("没有压缩")
    (folder / "c.md").write_text("\n \n")
    (folder / "sub" / "d.txt").write_text(REPORT, "utf-8")
    results = {result.name: result for result in ingest([folder], settings(tmp_path / "data"))}
    assert {name for name, result in results.items() if result.reason} == {"a.txt", "b.docx", "c.md"}
    assert results["sub/d.txt"].status is Status.ADDED
    assert results["sub/d.txt"].added == len(stored(tmp_path / "data")) > 0


@pytest.mark.parametrize(
    "missing", [Path("nowhere"), Path("nowhere.txt"), Path("empty")], ids=["folder", "file", "empty folder"]
)
def test_a_path_without_reports_is_refused_before_anything_is_made(tmp_path: Path, missing: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match=missing.name):
        list(ingest([*REPORTS, missing], settings(tmp_path / "data")))
    assert not (tmp_path / "data").exists()


def test_an_embedding_endpoint_makes_and_searches_an_index(tmp_path: Path) -> None:
    with LoopbackEndpoint() as server:
        list(ingest(REPORTS, settings(tmp_path / "data", server)))
        embedded = [text for received in server.requests for text in received.body["input"]]
        assert len(embedded) == len(stored(tmp_path / "data", server))
        assert not [text for text in embedded if "*" in text]
        asked = next(text for text in embedded if text.startswith("尽管开年以来"))
        best = search(asked, settings(tmp_path / "data", server), count=3)[0]
        assert best.passage.text.startswith("尽管开年以来")
        assert set(best.found_by) == {"lexical", "vector"}
        assert server.requests[-1].body["input"] == [asked]
        assert server.requests[-1].headers["authorization"] == f"Bearer {KEY}"


def test_another_embedder_is_refused_until_the_index_is_rebuilt(shelf: Path) -> None:
    before = stored(shelf)
    with LoopbackEndpoint() as server:
        remote = settings(shelf, server)
        for use in (lambda: search("责任", remote, count=1), lambda: list(ingest(REPORTS, remote))):
            with pytest.raises(CorpusError, match=r"offline-hash.*m3@127\.0\.0\.1.*ingest --rebuild"):
                use()
        assert server.requests == []
        assert rebuild(remote) == len(before)
        assert stored(shelf, server) == before
        assert search("责任", remote, count=1)
    with pytest.raises(CorpusError, match="ingest --rebuild"):
        search("责任", settings(shelf), count=1)


def test_a_failing_endpoint_during_a_rebuild_loses_nothing(shelf: Path) -> None:
    before = stored(shelf)
    with LoopbackEndpoint(embeddings=[play.unauthorized()]) as server, pytest.raises(ModelError, match="401"):
        rebuild(settings(shelf, server))
    assert stored(shelf) == before
    assert search("责任", settings(shelf), count=1)


def test_an_ingest_that_the_endpoint_cut_short_is_completed_by_the_next(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with LoopbackEndpoint() as server:
        list(ingest(REPORTS[:2], settings(data, server)))
        kept = stored(data, server)
    with LoopbackEndpoint(embeddings=[play.unauthorized()]) as server:
        with pytest.raises(ModelError, match="GONGWEN_EMBEDDING_API_KEY"):
            list(ingest(REPORTS, settings(data, server)))
        assert [passage for passage in stored(data, server) if passage in kept] == kept
    with LoopbackEndpoint() as server:
        results = list(ingest(REPORTS, settings(data, server)))
        assert sum(result.unchanged for result in results) >= len(kept) > 0
        assert len(stored(data, server)) == sum(result.added + result.unchanged for result in results)


def test_reports_leave_by_name_all_or_none(shelf: Path) -> None:
    with pytest.raises(InputError, match=r"没有“无此报告\.txt”.*gongwen corpus"):
        remove([REPORTS[0].name, "无此报告.txt"], settings(shelf))
    before = stored(shelf)
    taken = remove([REPORTS[0].name, REPORTS[1].name, REPORTS[0].name], settings(shelf))
    left = stored(shelf)
    assert sum(taken) == len(before) - len(left)
    assert {passage.name for passage in left} == {path.name for path in REPORTS[2:]}
