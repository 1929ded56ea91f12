"""What lies on a desk is there again, whatever happens, and nobody else's is."""

import stat
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import InputError
from assistant.types import Coverage, Draft, Finding, Hit, Level, Note, Passage, Reference, Role, Sentence
from assistant.workflow import desk as desks
from assistant.workflow.desk import Desk, DraftPaper, visitor_folder

HIT = Hit(
    Passage("p1", "r1", "旧稿.txt", Role.PROBLEMS, ("二、问题",), 3, 5, "旧稿"), 0.5, ("bm25", "vector")
)
DRAFT = Draft(
    "一是学习不够。",
    "demo-model",
    "problems",
    (Note("n1", "学习不够"),),
    (Sentence("一是学习不够。", 0, 7, ("n1",), 0.9),),
    (HIT,),
    1.5,
    (Coverage("n1", "partly", ("6次",)),),
    (Finding("fact.changed", Level.ERROR, "请核对。", 0, 2, Reference("note", "n1", 0, 2), "二是"),),
)
PAPER = DraftPaper(
    "plan", "局党组", 2025, "学习不够\n", passages=False, text="一是学习不够。", drafts=(DRAFT,)
)


def make(folder: Path) -> Desk[DraftPaper]:
    return Desk(folder, "draft", DraftPaper)


def test_a_paper_comes_back_as_it_was(tmp_path: Path) -> None:
    make(tmp_path).save(PAPER)
    assert make(tmp_path).load() == PAPER
    kept = make(tmp_path).keep(PAPER, "起草")
    assert list(make(tmp_path).versions()) == [kept]
    assert make(tmp_path / "other").load() is None


@given(st.text(), st.text())
def test_any_text_comes_back(tmp_path_factory: pytest.TempPathFactory, text: str, notes: str) -> None:
    desk = make(tmp_path_factory.mktemp("desk"))
    desk.save(DraftPaper(text=text, notes=notes))
    loaded = desk.load()
    assert loaded is not None
    assert (loaded.text, loaded.notes) == (text, notes)


def test_versions_are_bounded_and_the_oldest_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desks, "MOST", 3)
    for number in range(5):
        make(tmp_path).keep(replace(PAPER, text=str(number)), "修改")
    assert [kept.paper.text for kept in make(tmp_path).versions()] == ["4", "3", "2"]
    assert [kept.id for kept in make(tmp_path).versions()] == ["0005", "0004", "0003"]


def test_the_same_paper_is_kept_once(tmp_path: Path) -> None:
    first = make(tmp_path).keep(PAPER, "起草")
    assert make(tmp_path).keep(PAPER, "检查") == first
    assert len(list(make(tmp_path).versions())) == 1


def test_a_version_is_restored(tmp_path: Path) -> None:
    kept = make(tmp_path).keep(PAPER, "起草")
    make(tmp_path).save(replace(PAPER, text="新"))
    assert make(tmp_path).restore(kept.id) == PAPER
    assert make(tmp_path).load() == PAPER


@pytest.mark.parametrize("version", ["0009", "", "../draft", "１", "-1", "9" * 30])
def test_a_version_that_is_not_there_is_said(tmp_path: Path, version: str) -> None:
    make(tmp_path).save(PAPER)
    with pytest.raises(InputError, match="已不在"):
        make(tmp_path).restore(version)


def test_a_damaged_paper_is_put_aside_and_versions_stay(tmp_path: Path) -> None:
    make(tmp_path).keep(PAPER, "起草")
    (tmp_path / "draft.json").write_bytes(b'{"text": "one"')
    (tmp_path / "draft" / "0002.json").write_bytes(b"")
    with pytest.raises(InputError, match="原样留在"):
        make(tmp_path).load()
    assert make(tmp_path).load() is None
    assert [path.read_bytes() for path in tmp_path.glob("draft.损坏*.json")] == [b'{"text": "one"']
    assert [kept.paper for kept in make(tmp_path).versions()] == [PAPER]
    assert make(tmp_path).keep(replace(PAPER, text="新"), "修改").id == "0003"


def test_a_disk_that_takes_nothing_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    for attempt in (make(tmp_path / "file").save, lambda paper: make(tmp_path / "file").keep(paper, "起草")):
        with pytest.raises(InputError, match="请先复制正文"):
            attempt(PAPER)


def test_files_are_the_owners_only_and_none_is_left_over(tmp_path: Path) -> None:
    folder = visitor_folder(tmp_path, "user:li")
    make(folder).keep(PAPER, "起草")
    make(folder).save(PAPER)
    paths = list((tmp_path / "visitors").rglob("*"))
    assert sorted(path.name for path in paths if path.is_file()) == ["0001.json", "draft.json"]
    assert {stat.S_IMODE(path.stat().st_mode) & 0o077 for path in paths} == {0}


@given(st.text(min_size=1), st.text(min_size=1))
def test_each_visitor_has_a_folder_of_his_own_within_the_data(one: str, other: str) -> None:
    data = Path("data")
    folder = visitor_folder(data, one)
    assert folder.parent == data / "visitors"
    assert folder.name.isalnum()
    assert (folder == visitor_folder(data, other)) == (one == other)


def test_tabs_at_once_do_not_take_each_others_version(tmp_path: Path) -> None:
    papers = [replace(PAPER, text=str(number)) for number in range(12)]
    threads = [threading.Thread(target=make(tmp_path).keep, args=(paper, "修改")) for paper in papers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(int(kept.paper.text) for kept in make(tmp_path).versions()) == list(range(12))
