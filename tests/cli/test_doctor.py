import json
from pathlib import Path
from typing import Any

import pytest

from assistant import __version__
from tests import endpoint as play
from tests.cli.conftest import fits
from tests.conftest import RunGongwen
from tests.endpoint import KEY, MODEL, LoopbackEndpoint

CONDITION = {"name": str, "ok": bool | None, "text": str}


def examined(gongwen: RunGongwen, **env: str) -> dict[str, Any]:
    """Return what ``doctor --json`` says, by name, after checking that the plain words say the same."""
    done, plain = gongwen("doctor", "--json", env=env), gongwen("doctor", env=env)
    conditions = json.loads(done.stdout)
    assert (done.returncode, plain.returncode) == (0, 0)
    assert fits(conditions, [CONDITION])
    assert all(f"{each['name']}：" in plain.stdout for each in conditions)
    return {each["name"]: each for each in conditions}


def test_on_a_new_machine(gongwen: RunGongwen, tmp_path: Path) -> None:
    found = examined(gongwen)
    assert found["索引"]["ok"] is False
    assert "gongwen ingest" in found["索引"]["text"]
    assert "不联网" in found["对话模型"]["text"]
    assert found["gongwen"]["text"] == __version__
    assert not (tmp_path / "data").exists()


def test_with_an_index(gongwen: RunGongwen, shelf: Path) -> None:
    index = examined(gongwen)["索引"]
    assert index["ok"] is True
    assert "5篇报告、80个段落" in index["text"]


@pytest.mark.parametrize(
    ("listing", "words"),
    [
        ([], "可用"),
        ([play.listed(["another"])], "没有 demo-model"),
        ([play.unauthorized()], "401"),
        ([play.server_error()], "500"),
        ([play.web_page()], "网页"),
    ],
    ids=["well", "no such model", "wrong key", "broken", "wrong address"],
)
def test_with_an_endpoint(gongwen: RunGongwen, listing: list[play.Behaviour], words: str) -> None:
    with LoopbackEndpoint(listing=listing) as server:
        found = examined(gongwen, **server.environment(), GONGWEN_EMBEDDING_MODEL=MODEL)
        assert {received.path for received in server.requests} == {"/v1/models"}
        assert {received.headers["authorization"] for received in server.requests} == {f"Bearer {KEY}"}
    assert words in found["对话模型"]["text"]
    assert words in found["向量"]["text"]


def test_nobody_listens(gongwen: RunGongwen) -> None:
    with LoopbackEndpoint() as server:
        environment = server.environment()
    assert "连不上" in examined(gongwen, **environment)["对话模型"]["text"]


def test_offline_nobody_is_asked(gongwen: RunGongwen) -> None:
    with LoopbackEndpoint() as server:
        examined(gongwen, **server.environment(), GONGWEN_OFFLINE="1")
        assert server.requests == []


def test_faults_are_conditions_not_errors(gongwen: RunGongwen, shelf: Path) -> None:
    (shelf / "index" / "meta.json").write_text("{")
    found = examined(gongwen, GONGWEN_PROVIDER="deepseak", GONGWEN_MODEL="m")
    assert (found["索引"]["ok"], found["对话模型"]["ok"]) == (False, False)
    assert "已损坏" in found["索引"]["text"]
    assert "deepseak" in found["对话模型"]["text"]


def test_a_password_in_the_address_is_not_shown(gongwen: RunGongwen) -> None:
    with LoopbackEndpoint() as server:
        address = server.url.replace("127.0.0.1", f"user:{KEY}@127.0.0.1")
        found = examined(gongwen, **{**server.environment(), "GONGWEN_BASE_URL": address})
    assert KEY not in str(found)


def test_the_version(gongwen: RunGongwen) -> None:
    done = gongwen("--version")
    assert (done.returncode, done.stdout) == (0, f"gongwen {__version__}\n")


@pytest.mark.parametrize("arguments", [("--help",), ("-h",), ("draft", "--help"), ("ingest", "-h"), ()])
def test_help_is_chinese(gongwen: RunGongwen, arguments: tuple[str, ...]) -> None:
    printed = gongwen(*arguments).stdout
    assert "选项" in printed
    assert "Options" not in printed.replace("[OPTIONS]", "")
