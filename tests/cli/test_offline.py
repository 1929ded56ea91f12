"""Without a key nothing goes out: what ``make demo`` runs, with no route, and with a witness on every proxy."""

import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.conftest import RunGongwen
from tests.workflow.conftest import REPORTS

DEMO = [sys.executable, "-m", "assistant", "demo"]
SEALED = ["unshare", "--net", "--map-root-user"]
# Every name by which Python, curl and the vendors' clients know a proxy.
PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy")


class Witness:
    """A port of this machine that counts who comes."""

    def __init__(self) -> None:
        self.visits = 0
        self._server = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._count, daemon=True).start()

    @property
    def environment(self) -> dict[str, str]:
        address = f"http://127.0.0.1:{self._server.getsockname()[1]}"
        return dict.fromkeys(PROXIES, address)

    def _count(self) -> None:
        while True:
            try:
                visitor, _ = self._server.accept()
            except OSError:
                return
            self.visits += 1
            visitor.close()

    def close(self) -> None:
        # A closed listener does not wake a thread that waits in accept; a shutdown does.
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()


@pytest.fixture
def witness() -> Iterator[Witness]:
    witness = Witness()
    yield witness
    witness.close()


def run(command: Sequence[str], env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def check_demo(done: subprocess.CompletedProcess[str], data: Path) -> None:
    assert done.returncode == 0, done.stderr
    assert "不联网" in done.stderr
    taken = [line for line in done.stdout.splitlines() if line.startswith("已收入 ")]
    assert [line.split("：")[0] for line in taken] == [f"已收入 {path.name}" for path in REPORTS]
    [saved] = data.rglob("存在的问题.md")
    text = saved.read_text("utf-8")
    assert text in done.stdout
    assert str(saved) in done.stdout
    assert "43人次" in text


def why_not_sealed() -> str | None:
    """Return why a process cannot be run without a network here, or none where it can."""
    if shutil.which(SEALED[0]) is None:
        return "unshare is not installed (util-linux, Linux only)"
    tried = subprocess.run([*SEALED, "true"], capture_output=True, encoding="utf-8", check=False)
    return (
        f"this machine lets no process leave the network: {tried.stderr.strip()}"
        if tried.returncode
        else None
    )


def test_the_demonstration_needs_no_route_out(clean_environment: dict[str, str], tmp_path: Path) -> None:
    if reason := why_not_sealed():
        pytest.skip(reason)
    inside = run(
        [*SEALED, sys.executable, "-c", "import socket; print(socket.if_nameindex())"], clean_environment
    )
    assert inside.stdout.strip() == "[(1, 'lo')]"
    done = run([*SEALED, *DEMO], clean_environment)
    check_demo(done, tmp_path / "data")


def test_the_demonstration_asks_nobody_for_anything(
    clean_environment: dict[str, str], witness: Witness, tmp_path: Path
) -> None:
    check_demo(run(DEMO, {**clean_environment, **witness.environment}), tmp_path / "data")
    assert witness.visits == 0


def test_the_witness_sees_who_comes(witness: Witness, clean_environment: dict[str, str]) -> None:
    code = "import urllib.request as r; r.urlopen('http://example.com', timeout=5)"
    assert run([sys.executable, "-c", code], {**clean_environment, **witness.environment}).returncode != 0
    assert witness.visits == 1


def test_the_demonstration_leaves_the_shelf_of_the_user_alone(gongwen: RunGongwen, shelf: Path) -> None:
    before = {path: path.read_bytes() for path in (shelf / "index").rglob("*") if path.is_file()}
    first, second = (gongwen("demo") for _ in range(2))
    assert (first.returncode, second.returncode) == (0, 0)
    assert second.stdout.count("新增0段") == len(REPORTS)
    assert {path: path.read_bytes() for path in (shelf / "index").rglob("*") if path.is_file()} == before
