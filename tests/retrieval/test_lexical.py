import threading
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import CorpusError
from assistant.retrieval import lexical
from assistant.retrieval.lexical import LexicalIndex, LexicalWriter
from assistant.retrieval.records import embedding_text
from assistant.text.terms import terms
from assistant.types import Passage, Role

RIVER = Passage("river", "r1", "甲.txt", Role.WORK, ("一、生态环境",), 0, 9, "清理河道36公里，水质持续改善。")
MONEY = replace(RIVER, id="money", role=Role.PROBLEMS, heading_path=(), text="河道管护资金投入不足。")
CARS = replace(RIVER, id="cars", report="r2", heading_path=(), text="培育新能源汽车产业，GDP增长3.5%。")


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> LexicalIndex:
    return filled(tmp_path_factory.mktemp("词 语"))


@pytest.fixture
def index(tmp_path: Path) -> LexicalIndex:
    return filled(tmp_path)


def filled(folder: Path) -> LexicalIndex:
    index = LexicalIndex(folder / "words", create=True)
    with index.writer() as writer:
        add(writer, RIVER, MONEY, CARS)
    return index


def add(writer: LexicalWriter, *passages: Passage) -> None:
    writer.add(passages, [" ".join(terms(embedding_text(passage))) for passage in passages])


def found(index: LexicalIndex, text: str, **limits: Role | set[str]) -> list[str]:
    return [id_ for id_, _ in index.query(text, 10, **limits)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("清理河道", ["river", "money"]),
        ("管护资金", ["money"]),
        ("生态环境", ["river"]),
        ("ＧＤＰ", ["cars"]),
        ("3.5", ["cars"]),
        ("军民融合", []),
        ("，。*×", []),
        ("", []),
    ],
)
def test_passages_are_found_by_words_of_text_and_headings(
    shared: LexicalIndex, query: str, expected: list[str]
) -> None:
    assert found(shared, query) == expected


def test_scores_fall(shared: LexicalIndex) -> None:
    scores = [score for _, score in shared.query("河道管护资金水质汽车", 10)]
    assert len(scores) == 3
    assert scores == sorted(scores, reverse=True)


def test_role_and_excluded_reports(shared: LexicalIndex) -> None:
    assert found(shared, "河道", role=Role.PROBLEMS) == ["money"]
    assert found(shared, "河道汽车", exclude={"r1"}) == ["cars"]
    assert found(shared, "汽车", role=Role.PROBLEMS) == []


def test_included_reports(shared: LexicalIndex) -> None:
    assert found(shared, "河道汽车", include={"r2", "r9"}) == ["cars"]
    assert found(shared, "河道汽车", include=set()) == []
    assert shared.query("汽车", 1) == shared.query("汽车", 1, include={"r2"})


def test_a_role_adds_nothing_to_the_score(shared: LexicalIndex) -> None:
    assert shared.query("资金", 1) == shared.query("资金", 1, role=Role.PROBLEMS)


@given(st.text(max_size=40) | st.text('+-&|!(){}[]^"~*?:\\/河道 AND OR', max_size=40))
def test_any_text_is_a_query(shared: LexicalIndex, text: str) -> None:
    assert set(found(shared, text)) <= {"river", "money", "cars"}


def test_ids_of_all_and_of_a_report(shared: LexicalIndex) -> None:
    assert set(shared.ids()) == {"river", "money", "cars"}
    assert set(shared.ids("r1")) == {"river", "money"}
    assert shared.ids("r9") == []


def test_what_is_deleted_may_be_added_anew(index: LexicalIndex) -> None:
    with index.writer() as writer:
        writer.delete(["river"])
        add(writer, replace(RIVER, text="修复湿地。"))
    assert found(index, "湿地") == ["river"]
    assert found(index, "清理") == []
    assert len(index.ids()) == 3


def test_deleting_leaves_the_others(index: LexicalIndex) -> None:
    with index.writer() as writer:
        writer.delete(["river", "unknown"])
    assert set(index.ids()) == {"money", "cars"}


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    empty = LexicalIndex(tmp_path / "words", create=True)
    assert empty.ids() == []
    assert empty.query("河道", 5) == []


def test_a_reader_sees_what_another_wrote(index: LexicalIndex) -> None:
    other = LexicalIndex(index.folder)
    with index.writer() as writer:
        writer.delete(["cars"])
    assert set(other.ids()) == {"river", "money"}


def test_what_came_before_an_error_is_kept(index: LexicalIndex) -> None:
    def breaking() -> None:
        with index.writer() as writer:
            writer.delete(["cars"])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        breaking()
    assert set(index.ids()) == {"river", "money"}


def test_a_second_writer_is_told_to_wait(index: LexicalIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexical, "WAIT_SECONDS", 0.0)
    with index.writer(), pytest.raises(CorpusError, match=r"另一个程序正在写入.*再试"), index.writer():
        pass
    with index.writer() as writer:
        writer.delete(["cars"])
    assert "cars" not in index.ids()


def test_a_second_writer_waits_for_the_first(index: LexicalIndex) -> None:
    first = index.writer()
    first.__enter__()
    threading.Timer(0.3, first.__exit__, (None, None, None)).start()
    with index.writer() as writer:
        writer.delete(["cars"])
    assert "cars" not in index.ids()
