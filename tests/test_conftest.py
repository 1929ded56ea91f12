import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.network import NetworkUsedError, attempts, is_local

# 192.0.2.0/24 is kept for documentation: nothing answers there.
ELSEWHERE = "192.0.2.1"


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1", "127.8.8.8", "::1", "0.0.0.0", "", None, b"localhost"]
)
def test_this_machine_is_local(host: object) -> None:
    assert is_local(host)


@pytest.mark.parametrize(
    "host", ["example.com", ELSEWHERE, "2001:db8::1", b"example.com", "localhost.example.com"]
)
def test_other_machines_are_not_local(host: object) -> None:
    assert not is_local(host)


def test_a_connection_elsewhere_is_refused() -> None:
    with socket.socket() as client, pytest.raises(NetworkUsedError):
        client.connect((ELSEWHERE, 80))
    with pytest.raises(NetworkUsedError):
        socket.create_connection(("example.com", 80))
    assert attempts == [ELSEWHERE, "example.com"]
    attempts.clear()


def test_loopback_stays_open() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as client,
    ):
        assert client.getpeername() == server.getsockname()


def test_a_unix_socket_stays_open(tmp_path: Path) -> None:
    address = os.path.relpath(tmp_path / "s", Path.cwd())
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
        server.bind(address)
        server.listen()
        client.connect(address)
        assert client.getpeername() == address


def test_a_process_of_the_tests_is_refused_too(clean_environment: dict[str, str]) -> None:
    code = f"import socket; socket.create_connection(('{ELSEWHERE}', 80), timeout=1)"
    child = subprocess.run(
        [sys.executable, "-c", code],
        env=clean_environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert child.returncode == 1
    assert "NetworkUsedError" in child.stderr


def test_no_variable_of_the_developer_is_seen() -> None:
    theirs = [
        name for name in os.environ if name.startswith(("GONGWEN_", "OPENAI_", "LANGSMITH_", "LANGCHAIN_"))
    ]
    assert theirs == ["GONGWEN_DATA"]


def test_no_folder_of_the_developer_is_seen(tmp_path: Path) -> None:
    assert Path.cwd() == tmp_path
    assert Path.home().parent == tmp_path
