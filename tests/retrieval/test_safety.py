"""Processes that are killed, and processes that read while another writes."""

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from assistant.retrieval.index import Index
from assistant.settings import Settings
from assistant.workflow.shelf import index_folder, open_shelf
from tests.conftest import ROOT
from tests.workflow.conftest import made_shelf, shelf

__all__ = ["made_shelf", "shelf"]

KILLS = 3
PATIENCE = 10_000
IMPORT = (
    "import sys; from pathlib import Path; from assistant.settings import Settings;"
    "from assistant.workflow.importing import import_reports;"
    "print('started', flush=True);"
    "[None for _ in import_reports([Path(sys.argv[2])], Settings(data=Path(sys.argv[1])))]"
)
READ = (
    "import sys, time; from pathlib import Path; from assistant.settings import Settings;"
    "from assistant.workflow.shelf import open_shelf\n"
    "with open_shelf(Settings(data=Path(sys.argv[1]))) as index:\n"
    "    print('ready', flush=True)\n"
    "    while True:\n"
    "        hits = index.search('理论学习和党风廉政建设', count=5)\n"
    "        assert len(hits) == 5, hits\n"
    "        assert all('vector' in hit.found_by or 'lexical' in hit.found_by for hit in hits)\n"
    "        print(len(index.reports()), flush=True)\n"
    "        time.sleep(0.005)\n"
)


def start(code: str, *arguments: object) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        text=True,
    )
    assert process.stdout
    process.stdout.readline()
    return process


def wait_until(happened: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not happened():
        assert time.monotonic() < until
        time.sleep(0.005)


def contents(index: Index) -> tuple[object, ...]:
    queries = ("党建和业务两张皮", "责任落实不够", "下一步打算", "谈话提醒")
    found = [[hit.passage.id for hit in index.search(query, count=10)] for query in queries]
    return index.passages(), found


def test_killed_imports_leave_nothing_half_and_the_next_completes_them(
    tmp_path: Path, made_shelf: Path
) -> None:
    settings, chance = Settings(data=tmp_path / "data"), random.Random(7)
    for _ in range(KILLS):
        process = start(IMPORT, settings.data, ROOT / "corpus")
        begun = index_folder(settings) / "meta.json"
        wait_until(begun.exists)
        until = time.monotonic() + chance.uniform(0.05, 1.0)
        while process.poll() is None and time.monotonic() < until:
            time.sleep(0.005)
        process.kill()
        process.communicate()
        with open_shelf(settings) as index:
            index.search("理论学习")
            assert {fault.kind for fault in index.check()} <= {"interrupted"}
            whole = {entry.id: entry.passages for entry in index.reports()}
            assert sum(whole.values()) == len(index.passages())
    last = start(IMPORT, settings.data, ROOT / "corpus")
    last.communicate(timeout=60)
    assert last.returncode == 0
    with open_shelf(settings) as index, open_shelf(Settings(data=made_shelf)) as calm:
        assert index.check() == []
        assert contents(index) == contents(calm)


def test_readers_read_on_while_a_writer_writes(tmp_path: Path, shelf: Path) -> None:
    reader = start(READ, shelf)
    with open_shelf(Settings(data=shelf)) as index:
        names = [entry.name for entry in index.reports()]
        for name in names[:2]:
            assert index.remove(name) > 0
    writer = start(IMPORT, shelf, ROOT / "corpus")
    writer.communicate(timeout=60)
    assert writer.returncode == 0
    assert reader.stdout
    counts = [int(reader.stdout.readline())]
    while counts[-1] < 5 and len(counts) < PATIENCE:
        counts.append(int(reader.stdout.readline()))
    assert reader.poll() is None
    reader.kill()
    reader.communicate()
    assert set(counts) <= {3, 4, 5}
    assert counts[-1] == 5
