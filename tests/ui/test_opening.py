"""Where the page listens and who may enter."""

import socket
from pathlib import Path

import pytest

from tests.conftest import RunGongwen

PASSWORD = "一个够长的口令吧"


@pytest.fixture
def accounts(tmp_path: Path, run_gongwen: RunGongwen) -> Path:
    path = tmp_path / "users"
    for name in ("li", "王芳"):
        done = run_gongwen("ui-user", str(path), name, stdin=f"{PASSWORD}\n{PASSWORD}\n")
        assert done.returncode == 0, done.stderr
    return path


def test_a_taken_port_is_one_sentence(run_gongwen: RunGongwen) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = run_gongwen("ui", "--no-open", "--port", str(taken.getsockname()[1]))
    assert (done.returncode, done.stdout) == (2, "")
    assert "请用 --port 换一个端口。" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.20", "::", "office.example"])
def test_without_accounts_only_this_machine_may_come(run_gongwen: RunGongwen, host: str) -> None:
    done = run_gongwen("ui", "--no-open", "--host", host)
    assert done.returncode == 2
    assert "--auth-file" in done.stderr


def test_an_account_file_that_will_not_do_is_named(run_gongwen: RunGongwen, tmp_path: Path) -> None:
    path = tmp_path / "users"
    for contents, message in (
        (None, "找不到用户文件"),
        ("", "没有用户"),
        ("li:secret\n", "第1行"),
        ("# 用户\n\nli:scrypt$AA==$AA==\n", "第3行"),
    ):
        if contents is not None:
            path.write_text(contents, "utf-8")
        done = run_gongwen("ui", "--no-open", "--auth-file", str(path))
        assert done.returncode == 2
        assert message in done.stderr
        assert "secret" not in done.stderr


def test_passwords_are_hashed_and_private(accounts: Path, run_gongwen: RunGongwen) -> None:
    assert PASSWORD not in accounts.read_text("utf-8")
    assert accounts.stat().st_mode & 0o077 == 0
    done = run_gongwen("ui-user", str(accounts), "li", stdin="一个口令甲甲\n另一个口令\n")
    assert (done.returncode, "不一样" in done.stderr) == (2, True)
    done = run_gongwen("ui-user", str(accounts), "li", stdin="短\n短\n")
    assert (done.returncode, "太短" in done.stderr) == (2, True)
