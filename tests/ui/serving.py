"""The page in a process of its own, and an endpoint whose script each test writes anew."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests import endpoint as play
from tests.conftest import OFFLINE, ROOT
from tests.endpoint import Exchange, LoopbackEndpoint
from tests.processes import heeds_interrupts


@dataclass
class Server:
    """A running page: its address, its data folder and what it said."""

    address: str
    data: Path
    log: Path
    process: "subprocess.Popen[bytes]"


class Script:
    """What an endpoint does, request by request; a request that no test has written for is refused."""

    def __init__(self) -> None:
        self.rest: list[play.Behaviour] = []

    def __call__(self, exchange: Exchange) -> None:
        behaviour = self.rest.pop(0) if self.rest else play.unauthorized()
        behaviour(exchange)


@dataclass
class Stage:
    """A page with a model, which masks whatever it sends."""

    server: Server
    endpoint: LoopbackEndpoint
    script: Script

    def play(self, *behaviours: play.Behaviour) -> None:
        """Write the script for the requests to come."""
        self.endpoint.release.clear()
        self.script.rest[:] = behaviours


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@contextmanager
def running_stage(folder: Path) -> Iterator[Stage]:
    """Run a page and its model until they are no longer wanted."""
    script = Script()
    with LoopbackEndpoint(script) as endpoint:
        asked = {"GONGWEN_RETRIES": "0", "GONGWEN_TIMEOUT": "60", "GONGWEN_MASK": "always"}
        with running_page(folder, env=endpoint.environment() | asked) as server:
            yield Stage(server, endpoint, script)


@contextmanager
def running_page(
    folder: Path, *arguments: str, env: Mapping[str, str] | None = None, port: int | None = None
) -> Iterator[Server]:
    """Run ``gongwen ui`` with its data in ``folder`` until it is no longer wanted."""
    port = port or free_port()
    log = folder / f"{port}.log"
    environment = {
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "HOME": str(folder),
        "GONGWEN_DATA": str(folder / "data"),
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(OFFLINE)]),
        **(env or {}),
    }
    command = [sys.executable, "-m", "assistant", "ui", "--no-open", "--port", str(port), *arguments]
    with log.open("wb") as said:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=said, stderr=said, preexec_fn=heeds_interrupts
        )
    try:
        _await_page(f"http://127.0.0.1:{port}/", process, log)
        yield Server(f"http://127.0.0.1:{port}/", folder / "data", log, process)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise


def _await_page(address: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(log.read_text("utf-8"))
