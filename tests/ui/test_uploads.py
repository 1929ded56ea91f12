"""What nobody took of the uploads."""

import os
import time
from pathlib import Path

from assistant.ui.uploads import DAY, sweep


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
    assert set(uploads.rglob("*")) - {old.parent} == {new, new.parent}
    assert elsewhere.exists()
    sweep(tmp_path / "no such folder")
