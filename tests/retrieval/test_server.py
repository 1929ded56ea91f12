"""A real Chroma server on the loopback."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.documents.parsing import parse
from assistant.documents.passages import cut_passages
from assistant.errors import CorpusError, SettingsError
from assistant.models.embedding import OfflineEmbedder
from assistant.retrieval.index import Index
from assistant.types import Passage, Role
from tests.conftest import ROOT
from tests.retrieval.conftest import RecordingEmbedder, bring, report_passages

CORPUS = sorted((ROOT / "corpus").glob("*.txt"))
QUERIES = 200
RUN = "from chromadb.cli.cli import app; app()"


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port, folder = free_port(), tmp_path_factory.mktemp("server")
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, "run", "--path", str(folder), "--host", "127.0.0.1", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with socket.socket() as asking:
            if asking.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait(20)


def real_passages() -> list[list[Passage]]:
    reports = [parse(path.read_text("utf-8"), name=path.name) for path in CORPUS]
    return [cut_passages(report, tokens=60) for report in reports]


def test_the_same_ids_in_the_same_order_as_embedded(tmp_path: Path, server: str) -> None:
    embedder, passages = OfflineEmbedder(weight=1.0), real_passages()
    texts = [passage.text[:40] for of in passages for passage in of]
    queries = (texts * (QUERIES // len(texts) + 1))[:QUERIES]
    with (
        Index.create_or_open(tmp_path / "here", embedder=embedder) as here,
        Index.create_or_open(tmp_path / "there", embedder=embedder, server=server) as there,
    ):
        for index in (here, there):
            bring(index, *passages)
        for number, query in enumerate(queries):
            role = Role.WORK if number % 2 else None
            one, other = here.search(query, count=10, role=role), there.search(query, count=10, role=role)
            assert [hit.passage.id for hit in one] == [hit.passage.id for hit in other]
            assert [hit.found_by for hit in one] == [hit.found_by for hit in other]
        # The passages are only part of the texts that `bring` makes of them.
        assert {fault.kind for index in (here, there) for fault in index.check()} == {"text"}
    assert not list((tmp_path / "there").glob("chroma*"))


def test_indexes_share_a_server_and_each_can_change(tmp_path: Path, server: str) -> None:
    embedder = RecordingEmbedder()
    with (
        Index.create_or_open(tmp_path / "one", embedder=embedder, server=server) as one,
        Index.create_or_open(tmp_path / "two", embedder=embedder, server=server) as two,
    ):
        bring(one, report_passages("r1"), report_passages("r2"))
        bring(two, report_passages("r3"))
        assert one.remove("r1") == 4
        assert {hit.passage.report for hit in one.search("农村人居环境", count=9)} == {"r2"}
        assert (one.check(), two.check()) == ([], [])
        with one.writing() as ingestion:
            ingestion.strike([("r2-0", Role.WORK)], [])
        assert [fault.kind for fault in one.check()] == ["missing-vector"]
        assert one.repair() == 1
        assert Index.rebuild(tmp_path / "one", embedder=embedder, server=server) == 2
        assert one.search("新能源汽车", count=1)[0].found_by == ("lexical", "vector")
        assert (one.check(), two.check()) == ([], [])


def test_vectors_move_to_a_server_and_back_by_rebuilding(folder: Path, server: str) -> None:
    embedder = RecordingEmbedder()
    with pytest.raises(CorpusError, match=r"存放在本机.*GONGWEN_CHROMA_URL.*--rebuild"):
        Index.open(folder, embedder=embedder, server=server)
    assert Index.rebuild(folder, embedder=embedder, server=server) == 8
    with pytest.raises(CorpusError, match=r"存放在 Chroma 服务上.*GONGWEN_CHROMA_URL"):
        Index.open(folder, embedder=embedder)
    with Index.open(folder, embedder=embedder, server=server) as index:
        assert index.check() == []
    assert Index.rebuild(folder, embedder=embedder) == 8
    with Index.open(folder, embedder=embedder) as index:
        assert index.check() == []


def test_a_server_that_does_not_answer_is_named(tmp_path: Path) -> None:
    url = f"http://127.0.0.1:{free_port()}"
    with (
        Index.create_or_open(tmp_path, embedder=RecordingEmbedder(), server=url) as index,
        pytest.raises(CorpusError, match=rf"连接不上 Chroma 服务 {url}.*GONGWEN_CHROMA_URL"),
    ):
        bring(index, report_passages("r1"))


@pytest.mark.parametrize("url", ["127.0.0.1:8000", "ftp://host:1", "http://", "http://host:port"])
def test_an_address_that_is_none_is_refused(tmp_path: Path, url: str) -> None:
    with (
        Index.create_or_open(tmp_path, embedder=RecordingEmbedder(), server=url) as index,
        pytest.raises(SettingsError, match="GONGWEN_CHROMA_URL"),
    ):
        bring(index, report_passages("r1"))
