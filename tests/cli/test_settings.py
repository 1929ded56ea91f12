from pathlib import Path

import pytest

from tests import endpoint as play
from tests.cli.conftest import ALONE, DRAFT, REPORT, complaint
from tests.conftest import RunGongwen
from tests.endpoint import KEY, MODEL, LoopbackEndpoint

TEXT = "一是学习不够。"


def embeddings(server: LoopbackEndpoint) -> dict[str, str]:
    return {
        "GONGWEN_EMBEDDING_BASE_URL": server.url,
        "GONGWEN_EMBEDDING_API_KEY": KEY,
        "GONGWEN_EMBEDDING_MODEL": "m3",
    }


@pytest.mark.parametrize("name", ["OPENAI_API_KEY", "OPENAI_BASE_URL", "GONGWEN_API_KEY"])
def test_what_may_stand_there_for_another_program_asks_for_no_model(
    gongwen: RunGongwen, notes: Path, name: str
) -> None:
    done = gongwen(*ALONE, env={name: KEY})
    assert done.returncode == 0
    assert "不联网" in done.stderr


def test_the_names_of_the_openai_client_serve_too(gongwen: RunGongwen, notes: Path) -> None:
    with LoopbackEndpoint(play.ok(TEXT)) as server:
        once = {"GONGWEN_REVISIONS": "0"}
        theirs = {"OPENAI_BASE_URL": server.url, "OPENAI_API_KEY": KEY, "GONGWEN_MODEL": MODEL, **once}
        assert gongwen(*ALONE, env=theirs).stdout == TEXT + "\n"
        assert {received.headers["authorization"] for received in server.requests} == {f"Bearer {KEY}"}
        ours = {"GONGWEN_BASE_URL": server.url, "GONGWEN_API_KEY": "another-key"}
        gongwen(*ALONE, env={**theirs, "OPENAI_BASE_URL": "http://127.0.0.1:9/v1", **ours})
        assert server.requests[-1].headers["authorization"] == "Bearer another-key"


def test_a_dotenv_file_beside_the_work_is_read(gongwen: RunGongwen, notes: Path, tmp_path: Path) -> None:
    with LoopbackEndpoint(play.ok(TEXT)) as server:
        lines = [f"{name}={value}" for name, value in server.environment().items()]
        (tmp_path / ".env").write_text("\n".join(["# 接口", *lines]), "utf-8")
        assert gongwen(*ALONE).stdout == TEXT + "\n"
        assert "不联网" in gongwen(*ALONE, env={"GONGWEN_OFFLINE": "1"}).stderr
        assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GONGWEN_MODLE", "x"),
        ("GONGWEN_TIMEOUT", "soon"),
        ("GONGWEN_TIMEOUT", "0"),
        ("GONGWEN_OFFLINE", "maybe"),
        ("GONGWEN_TEMPERATURE", "3"),
        ("GONGWEN_PROMPT_TOKENS", "10"),
    ],
)
def test_an_unusable_setting_is_named(
    gongwen: RunGongwen, notes: Path, tmp_path: Path, name: str, value: str
) -> None:
    assert name in complaint(gongwen(*ALONE, env={name: value}))
    (tmp_path / ".env").write_text(f"{name}={value}\n")
    assert name in complaint(gongwen(*ALONE))


@pytest.mark.parametrize(
    ("env", "words"),
    [
        ({"GONGWEN_MODEL": "m", "GONGWEN_PROVIDER": "deepseak"}, "deepseak"),
        ({"GONGWEN_MODEL": "m", "GONGWEN_PROVIDER": "deepseek"}, "GONGWEN_API_KEY"),
        ({"GONGWEN_MODEL": "m", "GONGWEN_BASE_URL": "example.com"}, "GONGWEN_BASE_URL"),
        ({"GONGWEN_PROVIDER": "ollama"}, "GONGWEN_MODEL"),
    ],
)
def test_settings_that_do_not_go_together(
    gongwen: RunGongwen, notes: Path, env: dict[str, str], words: str
) -> None:
    assert words in complaint(gongwen(*ALONE, env=env))


def test_changing_the_embedder_and_back(gongwen: RunGongwen, shelf: Path) -> None:
    with LoopbackEndpoint() as server:
        sentence = complaint(gongwen("search", "党建", env=embeddings(server)))
        assert "gongwen ingest --rebuild" in sentence
        assert "gongwen ingest --rebuild" in complaint(gongwen("ingest", REPORT, env=embeddings(server)))
        rebuilt = gongwen("ingest", "--rebuild", env=embeddings(server))
        assert rebuilt.returncode == 0
        assert "80个段落" in rebuilt.stderr
        assert gongwen("search", "党建", env=embeddings(server)).returncode == 0
    complaint(gongwen("search", "党建"))
    assert gongwen("ingest", "--rebuild").returncode == 0
    assert gongwen("search", "党建").returncode == 0


def test_nobody_is_told_offline_while_an_endpoint_embeds_the_notes(gongwen: RunGongwen, notes: Path) -> None:
    with LoopbackEndpoint() as server:
        gongwen("ingest", REPORT, env=embeddings(server))
        asked = len(server.requests)
        done = gongwen(*DRAFT, env=embeddings(server))
        assert len(server.requests) > asked
        assert "不联网" not in done.stderr
        assert server.url in done.stderr
        asked = len(server.requests)
        assert "不联网" in gongwen(*ALONE, env=embeddings(server)).stderr
        assert len(server.requests) == asked


def test_rebuilding_may_bring_files_in_as_well(gongwen: RunGongwen) -> None:
    assert gongwen("ingest", REPORT).returncode == 0
    with LoopbackEndpoint() as server:
        done = gongwen("ingest", "--rebuild", REPORT, env=embeddings(server))
    assert done.returncode == 0
    assert "新增0段" in done.stderr


def test_an_embedding_endpoint_that_fails_is_one_sentence(gongwen: RunGongwen, notes: Path) -> None:
    with LoopbackEndpoint(embeddings=[play.unauthorized()]) as server:
        assert "GONGWEN_EMBEDDING_API_KEY" in complaint(gongwen("ingest", REPORT, env=embeddings(server)))
    with LoopbackEndpoint() as server:
        gongwen("ingest", REPORT, env=embeddings(server))
    at_once = {**embeddings(server), "GONGWEN_RETRIES": "0"}
    for arguments in (("search", "党建"), DRAFT):
        assert "连不上接口" in complaint(gongwen(*arguments, env=at_once))
