from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.retrieval.vectors import VectorStore
from assistant.types import Passage, Role

ONE = Passage("one", "r1", "甲.txt", Role.WORK, ("一、“工作”",), 0, 4, "清理河道")
TWO = replace(ONE, id="two", role=Role.PROBLEMS, start=4, end=8, text="资金不足")
THREE = replace(ONE, id="three", report="r2", name="乙.txt", text="培育产业")
VECTORS = [[1.0, 0.0], [0.8, 0.6], [0.0, 1.0]]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VectorStore]:
    store = VectorStore(tmp_path_factory.mktemp("向量 库"), create=True)
    store.upsert([ONE, TWO, THREE], VECTORS)
    yield store
    store.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[VectorStore]:
    store = VectorStore(tmp_path / "chroma", create=True)
    store.upsert([ONE, TWO, THREE], VECTORS)
    yield store
    store.close()


def test_passages_come_back_whole_and_in_the_order_asked_for(shared: VectorStore) -> None:
    assert shared.get(["three", "unknown", "one"]) == [THREE, ONE]
    assert shared.get([]) == []


def test_passages_are_listed_by_name_and_place(shared: VectorStore) -> None:
    assert shared.all() == [THREE, ONE, TWO]
    assert shared.of_report("r1") == [ONE, TWO]
    assert shared.ids() == {"one", "two", "three"}


def test_distance_is_of_the_angle(shared: VectorStore) -> None:
    nearest = shared.query([10.0, 0.0], 3)
    assert [id_ for id_, _ in nearest] == ["one", "two", "three"]
    assert [distance for _, distance in nearest] == pytest.approx([0.0, 0.2, 1.0], abs=1e-6)


def test_role_and_excluded_reports_are_left_out_however_far_down_the_rest_is(shared: VectorStore) -> None:
    assert [id_ for id_, _ in shared.query([1.0, 0.0], 1, role=Role.PROBLEMS)] == ["two"]
    assert [id_ for id_, _ in shared.query([1.0, 0.0], 2, exclude={"r1"})] == ["three"]
    assert shared.query([1.0, 0.0], 2, role=Role.PLAN) == []


def test_a_rare_role_is_found_below_many_others(tmp_path: Path) -> None:
    store = VectorStore(tmp_path / "chroma", create=True)
    many = [replace(ONE, id=str(number)) for number in range(150)]
    store.upsert([*many, TWO], [[150.0, float(number)] for number in range(150)] + [[0.0, 1.0]])
    assert [id_ for id_, _ in store.query([1.0, 0.0], 5, role=Role.PROBLEMS)] == ["two"]
    store.close()


def test_a_passage_stored_again_replaces_the_first(store: VectorStore) -> None:
    store.upsert([replace(ONE, text="疏浚河道")], [[0.0, 1.0]])
    assert store.get(["one"]) == [replace(ONE, text="疏浚河道")]
    assert len(store.ids()) == 3


def test_relabelling_keeps_the_vector(store: VectorStore) -> None:
    renamed = replace(ONE, name="丙.txt")
    store.relabel([renamed])
    assert store.get(["one"]) == [renamed]
    assert [id_ for id_, _ in store.query([1.0, 0.0], 1)] == ["one"]


def test_deleting_leaves_the_others(store: VectorStore) -> None:
    store.delete({"one", "unknown"})
    store.delete(set())
    assert store.ids() == {"two", "three"}


def test_what_is_stored_outlives_the_store(store: VectorStore) -> None:
    store.close()
    again = VectorStore(store.folder)
    assert again.get(["two"]) == [TWO]
    again.close()
