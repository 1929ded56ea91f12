"""A Chroma server on another machine: what goes there is told once, and nothing goes there offline.

The way there leads over a proxy that nobody listens at, so that nothing leaves this machine.
"""

from pathlib import Path

import pytest

from assistant.models.embedding import OfflineEmbedder
from assistant.retrieval.index import Index
from tests.cli.conftest import ALONE, DRAFT, REPORT, complaint
from tests.conftest import RunGongwen

ADDRESS = "http://chroma.example.com:8000"
NOWHERE = "http://127.0.0.1:9"
OUTSIDE = {"GONGWEN_CHROMA_URL": "http://user:secret@chroma.example.com:8000", "HTTP_PROXY": NOWHERE}
USES = [
    ("ingest", REPORT),
    ("search", "党建"),
    DRAFT,
    ("prompt", *DRAFT[1:]),
    ("corpus", "check"),
    ("corpus", "remove", "a.txt"),
]
WARNING = "向量和编号（不含原文）"


@pytest.fixture(autouse=True)
def index(tmp_path: Path, notes: Path) -> None:
    """Make an index whose vectors are to lie at a server."""
    embedder = OfflineEmbedder()
    with Index.create_or_open(tmp_path / "data" / "index", embedder=embedder, server=ADDRESS):
        pass


@pytest.mark.parametrize("arguments", USES, ids=lambda arguments: " ".join(arguments[:2]))
def test_what_goes_there_is_told_once(gongwen: RunGongwen, arguments: tuple[str, ...]) -> None:
    done = gongwen(*arguments, env=OUTSIDE)
    complaint(done)
    assert done.stderr.count(WARNING) == 1
    assert f"存放在 {ADDRESS}，" in done.stderr
    assert "secret" not in done.stderr
    assert "不联网" not in done.stderr


@pytest.mark.parametrize("arguments", USES, ids=lambda arguments: " ".join(arguments[:2]))
def test_offline_it_is_refused(gongwen: RunGongwen, arguments: tuple[str, ...]) -> None:
    done = gongwen(*arguments, env={**OUTSIDE, "GONGWEN_OFFLINE": "1"})
    sentence = complaint(done)
    assert "已设为离线" in sentence
    assert "GONGWEN_CHROMA_URL" in sentence
    assert "secret" not in done.stderr
    assert WARNING not in done.stderr


@pytest.mark.parametrize("offline", ["0", "1"])
def test_a_draft_without_passages_does_not_ask_the_server(gongwen: RunGongwen, offline: str) -> None:
    done = gongwen(*ALONE, env={**OUTSIDE, "GONGWEN_OFFLINE": offline})
    assert done.returncode == 0
    assert WARNING not in done.stderr
    assert "不联网" in done.stderr


@pytest.mark.parametrize("offline", ["0", "1"])
def test_a_server_on_this_machine_is_no_matter(gongwen: RunGongwen, offline: str) -> None:
    for host in ("127.0.0.1", "localhost", "[::1]"):
        env = {"GONGWEN_CHROMA_URL": f"http://{host}:9", "GONGWEN_OFFLINE": offline}
        done = gongwen("search", "党建", env=env)
        assert WARNING not in done.stderr
        assert "连接不上 Chroma 服务" in complaint(done)


@pytest.mark.parametrize(
    "url", ["127.0.0.1:8000", "ftp://host:1", "http://", "http://host:port", "http://[::1"]
)
def test_what_is_no_address_is_named(gongwen: RunGongwen, url: str) -> None:
    for arguments in USES:
        assert "GONGWEN_CHROMA_URL" in complaint(gongwen(*arguments, env={"GONGWEN_CHROMA_URL": url}))


def test_doctor_names_the_contradiction(gongwen: RunGongwen) -> None:
    done = gongwen("doctor", env={**OUTSIDE, "GONGWEN_OFFLINE": "1"})
    assert "✗ 索引：已设为离线" in done.stdout
