import json

import pytest

from tests.cli.conftest import complaint, fits, gongwen
from tests.conftest import RunGongwen
from tests.endpoint import LoopbackEndpoint
from tests.evaluation.conftest import Written

__all__ = ["gongwen"]
METRICS = {"hit@1": float, "hit@5": float, "MRR@10": float, "nDCG@10": float}
QUALITY = {
    "set": str,
    "queries": int,
    "lexical": METRICS,
    "vector": METRICS,
    "fused": METRICS,
    "signature": str,
}


def test_json_has_the_form_of_the_readme(gongwen: RunGongwen, written: Written) -> None:
    done = gongwen("eval", "retrieval", str(written()), "--json")
    assert done.returncode == 0, done.stderr
    quality = json.loads(done.stdout)
    assert fits(quality, QUALITY)
    assert quality["set"] == "题库"
    assert quality["queries"] == 3
    assert "3/3" in done.stderr


def test_the_table_shows_each_list_and_the_signature(gongwen: RunGongwen, written: Written) -> None:
    lines = gongwen("eval", "retrieval", str(written()), "--limit", "2").stdout.splitlines()
    assert lines[0] == "题库：2个问题"
    assert lines[1].split() == list(METRICS)
    assert [line.split()[0] for line in lines[2:5]] == ["按词", "按向量", "融合"]
    assert all(len(line.split()) == 5 for line in lines[2:5])
    assert lines[5].startswith("set:题库|sha:")


def test_weight_and_k_reach_the_fusion(gongwen: RunGongwen, written: Written) -> None:
    done = gongwen("eval", "retrieval", str(written()), "--weight", "0.5", "--k", "7", "--json")
    assert "vector=0.5|k:7|" in json.loads(done.stdout)["signature"]


def test_a_bad_set_is_one_sentence(gongwen: RunGongwen, written: Written) -> None:
    done = gongwen("eval", "retrieval", str(written(qrels="q1\td1\n")))
    assert "qrels.tsv 第 1 行" in complaint(done)
    assert done.stdout == ""


@pytest.mark.parametrize("arguments", [("--limit", "0"), ("--k", "-1"), ("--weight", "-1")])
def test_impossible_numbers_are_refused(
    gongwen: RunGongwen, written: Written, arguments: tuple[str, str]
) -> None:
    assert gongwen("eval", "retrieval", str(written()), *arguments).returncode == 2


def test_the_users_own_index_is_left_alone(gongwen: RunGongwen, written: Written) -> None:
    gongwen("eval", "retrieval", str(written()))
    assert gongwen("search", "学习").returncode == 2


def test_the_embedder_that_is_set_is_measured_and_asked_for_queries_in_batches(
    gongwen: RunGongwen, written: Written
) -> None:
    with LoopbackEndpoint() as server:
        address = {"GONGWEN_EMBEDDING_BASE_URL": server.url, "GONGWEN_EMBEDDING_MODEL": "bge"}
        quality = json.loads(gongwen("eval", "retrieval", str(written()), "--json", env=address).stdout)
        asked = [received.body["input"] for received in server.requests]
    assert "embedder:bge@" in quality["signature"]
    assert [len(texts) for texts in asked] == [4, 3]
