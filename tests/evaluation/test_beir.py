import json
from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.evaluation.beir import SetDocument, read_set
from tests.evaluation.conftest import DOCUMENTS, QRELS, QUERIES, Written, json_lines


def failure(folder: Path) -> str:
    with pytest.raises(InputError) as caught:
        read_set(folder)
    message = str(caught.value)
    assert message.count("。") == 1
    assert message.endswith("。")
    return message


def test_a_set_is_read_whole(written: Written) -> None:
    source = read_set(written())
    assert source.name == "题库"
    assert source.documents == tuple(SetDocument(id_, "", text) for id_, text in DOCUMENTS.items())
    assert source.queries == QUERIES
    assert source.judgements == {"q1": {"d1": 1.0}, "q2": {"d2": 2.0, "d3": 1.0}, "q3": {"d3": 1.0}}


@pytest.mark.parametrize(
    "qrels",
    [
        pytest.param(QRELS.split("\n", 1)[1], id="without a header"),
        pytest.param(QRELS.replace("\n", "\r\n"), id="line ends of Windows"),
        pytest.param("\ufeff" + QRELS, id="byte order mark"),
        pytest.param(QRELS + "\n\n", id="empty lines"),
        pytest.param(QRELS + "q1\td4\t0\nq1\td2\t-1\n", id="not relevant"),
    ],
)
def test_judgements_come_in_several_dresses(written: Written, qrels: str) -> None:
    assert read_set(written(qrels=qrels)).judgements == read_set(written()).judgements


def test_a_query_without_a_relevant_text_is_left_out(written: Written) -> None:
    source = read_set(written(qrels="q1\td1\t1\nq2\td2\t0\n"))
    assert list(source.queries) == ["q1"]


def test_titles_empty_texts_and_numbers_as_ids_are_taken(written: Written) -> None:
    corpus = json_lines(
        [{"_id": 1, "title": "标题", "text": ""}, {"_id": "d2", "title": None, "text": "一", "metadata": {}}]
    )
    source = read_set(written(corpus=corpus, qrels="q1\t1\t1\n"))
    assert source.documents == (SetDocument("1", "标题", ""), SetDocument("d2", "", "一"))


def test_a_line_separator_inside_a_text_is_not_a_line_end(written: Written) -> None:
    corpus = '{"_id": "d1", "text": "上\u2028下\x85"}\n'
    source = read_set(written(corpus=corpus, qrels="q1\td1\t1\n"))
    assert source.documents[0].text == "上\u2028下\x85"


def test_the_first_queries_can_be_had_alone(written: Written) -> None:
    source = read_set(written())
    assert list(source.first(2).queries) == ["q1", "q2"]
    assert source.first(None) == source


def test_the_digest_tells_sets_apart(written: Written) -> None:
    first = read_set(written()).sha
    assert read_set(written()).sha == first
    assert read_set(written(qrels=QRELS + "q1\td2\t1\n")).sha != first


@pytest.mark.parametrize("missing", ["corpus.jsonl", "queries.jsonl", "qrels.tsv"])
def test_a_missing_file_is_named(written: Written, missing: str) -> None:
    folder = written()
    (folder / missing).unlink()
    assert missing in failure(folder)


def test_a_folder_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for path in (tmp_path / "nowhere", tmp_path / "file"):
        assert str(path) in failure(path)


@pytest.mark.parametrize(
    ("files", "place"),
    [
        ({"corpus": '{"_id": "d1", "text": "一"}\n{"_id": "d2"'}, "corpus.jsonl 第 2 行"),
        ({"corpus": "\n[1]\n"}, "corpus.jsonl 第 2 行"),
        ({"corpus": '{"_id": "d1"}\n'}, "corpus.jsonl 第 1 行"),
        ({"corpus": '{"_id": "", "text": "一"}\n'}, "corpus.jsonl 第 1 行"),
        ({"corpus": '{"_id": "d1", "text": "一", "title": 3}\n'}, "corpus.jsonl 第 1 行"),
        ({"corpus": json.dumps({"_id": "d1", "text": "\ud800"}) + "\n"}, "corpus.jsonl 第 1 行"),
        ({"corpus": "[" * 100_000 + "\n"}, "corpus.jsonl 第 1 行"),
        ({"queries": '{"_id": "q1", "text": 5}\n'}, "queries.jsonl 第 1 行"),
        ({"queries": '{"_id": "q1", "text": "一"}\n' * 2}, "queries.jsonl 第 2 行"),
        (
            {"queries": '{"_id": "q1", "text": "一"}\n'.encode() + "二".encode("gb18030")},
            "queries.jsonl 第 2 行",
        ),
        ({"qrels": QRELS + "q1 d1 1\n"}, "qrels.tsv 第 6 行"),
        ({"qrels": QRELS + "q1\td1\tyes\n"}, "qrels.tsv 第 6 行"),
        ({"qrels": QRELS + "q1\td1\tnan\n"}, "qrels.tsv 第 6 行"),
        ({"qrels": "q1\td1\tyes\n" + QRELS}, "qrels.tsv 第 1 行"),
        ({"qrels": QRELS + "q9\td1\t1\n"}, "qrels.tsv 第 6 行的编号“q9”不在 queries.jsonl"),
        ({"qrels": QRELS + "q1\td9\t1\n"}, "qrels.tsv 第 6 行的编号“d9”不在 corpus.jsonl"),
    ],
)
def test_what_is_wrong_is_named_by_file_and_line(
    written: Written, files: dict[str, str | bytes], place: str
) -> None:
    assert place in failure(written(**files))


@pytest.mark.parametrize(
    ("files", "name"),
    [
        ({"corpus": ""}, "corpus.jsonl"),
        ({"queries": "\n"}, "queries.jsonl"),
        ({"qrels": "q1\td1\t0\n"}, "qrels.tsv"),
    ],
)
def test_nothing_to_measure_is_said(written: Written, files: dict[str, str], name: str) -> None:
    assert name in failure(written(**files))
