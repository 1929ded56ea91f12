import os
import signal
import subprocess
import sys
import time

import numpy
import pytest

from assistant.models.embedding import OfflineEmbedder
from assistant.retrieval import preparing
from assistant.retrieval.preparing import Helper, Preparer, prepare
from tests.conftest import ROOT
from tests.retrieval.conftest import report_passages

TEXTS = ["深入推进农村人居环境整治。", "", "基层干部业务能力有待加强。"] * 3


def test_the_other_process_gives_what_this_one_gives() -> None:
    embedder = OfflineEmbedder(dimensions=32)
    helper = Helper(embedder)
    for texts in (TEXTS, TEXTS[:1]):
        bodies, vectors = helper.start(texts).result()
        expected = prepare(texts, embedder)
        assert bodies == expected[0]
        assert numpy.array_equal(vectors, expected[1])
    helper.close()


def test_large_imports_are_prepared_in_order_beside_the_writing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preparing, "MANY", 3)
    embedder = OfflineEmbedder(dimensions=32)
    preparer = Preparer(embedder)
    chunks = [report_passages("r3"), report_passages("r2"), report_passages("r1")]
    running = [preparer.start(chunk) for chunk in chunks]
    assert [len(each.result()[0]) for each in running] == [2, 2, 4]
    preparer.close()


def test_the_other_process_ends_when_this_one_is_killed() -> None:
    code = (
        "from assistant.retrieval.preparing import Helper;"
        "from assistant.models.embedding import OfflineEmbedder;"
        "helper = Helper(OfflineEmbedder()); helper.start(['农村']).result();"
        "print(helper._process.pid, flush=True); input()"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        text=True,
    )
    assert parent.stdout
    child = int(parent.stdout.readline())
    parent.send_signal(signal.SIGKILL)
    parent.communicate()
    until = time.monotonic() + 10
    while is_running(child) and time.monotonic() < until:
        time.sleep(0.05)
    assert not is_running(child)


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    status = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False
    )
    return not status.stdout.strip().startswith("Z") and bool(status.stdout.strip())
