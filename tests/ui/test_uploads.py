"""What nobody took of the uploads, and that loading ahead leaves nothing there."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from assistant.ui.uploads import DAY, sweep

# Loads ahead in a process that has loaded nothing yet, and tells what was loaded and whom it would have called.
WARMING = """
import json, socket, sys
from assistant.settings import load_settings
from assistant.ui.warming import start_warming

called = []
for name in ("connect", "connect_ex", "sendto"):
    setattr(socket.socket, name, lambda self, *given: called.append(str(given)))
socket.getaddrinfo = lambda *given, **named: called.append(str(given))
start_warming(load_settings()).join()
print(json.dumps([called, [name for name in json.loads(sys.argv[1]) if name not in sys.modules]]))
"""
LOADED = [
    "langchain_openai.chat_models.base",
    "openai.resources.chat.completions.completions",
    "chromadb.api.rust",
    "tantivy",
    "rjieba",
    "sacrebleu.metrics.bleu",
    "assistant.workflow.exporting",
]


def test_what_is_older_than_a_day_goes_and_nothing_else(tmp_path: Path) -> None:
    uploads = tmp_path / "uploads"
    old, new = uploads / "aa" / "要点.md", uploads / "bb" / "要点.md"
    broken, elsewhere = uploads / "tmpx1", tmp_path / "文稿.json"
    for path in (old, new, broken, elsewhere):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", "utf-8")
    link = uploads / "link"
    link.symlink_to(elsewhere)
    yesterday = time.time() - DAY - 1
    for path in (old, broken, elsewhere, old.parent):
        os.utime(path, (yesterday, yesterday))
    os.utime(link, (yesterday, yesterday), follow_symlinks=False)
    sweep(uploads)
    assert set(uploads.rglob("*")) == {new, new.parent}
    assert elsewhere.exists()
    sweep(tmp_path / "no such folder")


def test_loading_ahead_loads_it_all_and_calls_nobody_and_leaves_everything_as_it_was(
    tmp_path: Path, clean_environment: dict[str, str]
) -> None:
    data = tmp_path / "data"
    index, uploads = data / "index", data / "uploads"
    for folder in (index, uploads):
        folder.mkdir(parents=True)
    (index / "index.json").write_text("不是索引", "utf-8")
    environment = clean_environment | {
        "GONGWEN_MODEL": "someone",
        "GONGWEN_BASE_URL": "http://model.example/v1",
        "GONGWEN_EMBEDDING_MODEL": "embedder",
        "GONGWEN_CHROMA_URL": "http://chroma.example:8000",
        "ALL_PROXY": "http://proxy.example:3128",
    }
    done = subprocess.run(
        [sys.executable, "-c", WARMING, json.dumps(LOADED)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout) == [[], []]
    assert "Traceback" not in done.stderr
    assert {path.relative_to(data).as_posix() for path in data.rglob("*")} == {
        "index",
        "index/index.json",
        "uploads",
    }
