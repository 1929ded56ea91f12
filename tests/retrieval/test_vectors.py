from collections.abc import Iterator
from pathlib import Path

import numpy
import pytest

from assistant.retrieval.vectors import VectorStore, stored_in
from assistant.types import Role

IDS = ["one", "two", "three"]
ROLES = [Role.WORK, Role.PROBLEMS, Role.WORK]
VECTORS = numpy.array([[1.0, 0.0], [0.8, 0.6], [0.0, 1.0]], dtype=numpy.float32)


def filled(folder: Path) -> VectorStore:
    store = stored_in(folder, folder / "chroma-1", create=True)
    store.upsert(IDS, ROLES, VECTORS)
    return store


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VectorStore]:
    store = filled(tmp_path_factory.mktemp("向量 库"))
    yield store
    store.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[VectorStore]:
    store = filled(tmp_path)
    yield store
    store.close()


def nearest(store: VectorStore, vector: list[float], count: int, role: Role | None = None) -> list[str]:
    return [id_ for id_, _ in store.query(vector, count, role=role)]


def test_distance_is_of_the_angle_whatever_the_role(shared: VectorStore) -> None:
    found = shared.query([10.0, 0.0], 3)
    assert [id_ for id_, _ in found] == ["one", "two", "three"]
    assert [distance for _, distance in found] == pytest.approx([0.0, 0.2, 1.0], abs=1e-6)


def test_a_role_is_kept_to(shared: VectorStore) -> None:
    assert nearest(shared, [1.0, 0.0], 5, Role.PROBLEMS) == ["two"]
    assert nearest(shared, [1.0, 0.0], 1, Role.WORK) == ["one"]
    assert nearest(shared, [1.0, 0.0], 5, Role.PLAN) == []


def test_only_listed_ids_are_found(shared: VectorStore) -> None:
    among = {Role.WORK: ["three"], Role.PROBLEMS: ["two"]}
    assert [id_ for id_, _ in shared.query([1.0, 0.0], 5, among=among)] == ["two", "three"]
    assert [id_ for id_, _ in shared.query([1.0, 0.0], 5, among={})] == []


def test_equal_distances_go_by_id(tmp_path: Path) -> None:
    store = stored_in(tmp_path, tmp_path / "chroma-1", create=True)
    store.upsert(["b", "c", "a"], [Role.WORK, Role.PLAN, Role.LEAD], numpy.ones((3, 2), dtype=numpy.float32))
    assert nearest(store, [1.0, 1.0], 2) == ["a", "b"]
    store.close()


def test_ids_are_listed_with_their_roles(shared: VectorStore) -> None:
    assert sorted(shared.ids()) == sorted(shared.whole()) == sorted(zip(IDS, ROLES, strict=True))


def test_a_vector_stored_again_replaces_the_first(store: VectorStore) -> None:
    store.upsert(["one"], [Role.WORK], VECTORS[2:])
    assert dict(store.query([0.0, 1.0], 3))["one"] == pytest.approx(0.0, abs=1e-6)
    assert len(store.ids()) == 3


def test_deleting_leaves_the_others(store: VectorStore) -> None:
    store.delete([("one", Role.WORK), ("two", Role.WORK), ("unknown", Role.PLAN)])
    store.delete([])
    assert {id_ for id_, _ in store.ids()} == {"two", "three"}


def test_what_is_saved_outlives_the_store(store: VectorStore, tmp_path: Path) -> None:
    store.save_after(2)
    store.close()
    store.touch()
    store.close()
    assert list((tmp_path / "chroma-1").glob("*/index_metadata.pickle"))
    again = stored_in(tmp_path, tmp_path / "chroma-1")
    assert nearest(again, [1.0, 0.0], 3) == ["one", "two", "three"]
    again.close()
