import math
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import ModelError
from assistant.models.embedding import Embedder, OfflineEmbedder, make_embedder
from assistant.models.endpoint import Endpoint
from assistant.models.remote_embedding import RemoteEmbedder
from assistant.settings import Settings
from tests import endpoint as play
from tests.endpoint import KEY, Behaviour, LoopbackEndpoint

NOTE = "基层医疗机构人员不足，设备老化。"


def remote(server: LoopbackEndpoint) -> RemoteEmbedder:
    return RemoteEmbedder(Endpoint(server.url, KEY, "demo-embedding", timeout=5.0, retries=1))


def cosine(first: list[float], second: list[float]) -> float:
    return sum(a * b for a, b in zip(first, second, strict=True))


@given(st.lists(st.text(alphabet=st.characters(codec="utf-8"), max_size=40), max_size=3))
def test_offline_vectors_have_length_one_and_do_not_depend_on_company(texts: list[str]) -> None:
    embedder = OfflineEmbedder(dimensions=64)
    vectors = embedder.embed(texts)
    assert [len(vector) for vector in vectors] == [64] * len(texts)
    assert all(math.isclose(math.hypot(*vector), 1) for vector in vectors)
    assert vectors == [embedder.embed([text])[0] for text in texts]


@pytest.mark.parametrize("text", ["", " \n", "，。！", "******"])
def test_a_text_without_terms_still_has_a_vector(text: str) -> None:
    [vector] = OfflineEmbedder().embed([text])
    assert math.isclose(math.hypot(*vector), 1)


def test_similar_texts_are_closer() -> None:
    note, near, far = OfflineEmbedder().embed(
        [NOTE, "基层医疗机构设备老化、人员不足。", "全年完成道路绿化12公里。"]
    )
    assert cosine(note, near) > 0.8
    assert cosine(note, far) < 0.3


def test_repetition_counts_less_than_in_proportion() -> None:
    once, often, mixed = OfflineEmbedder().embed(["道路", "道路" + "，道路" * 9, "道路，绿化"])
    assert cosine(once, often) == pytest.approx(1)
    [heavy] = OfflineEmbedder().embed(["道路，" * 10 + "绿化"])
    assert cosine(once, mixed) < cosine(once, heavy) < 0.99


def test_offline_vectors_are_the_same_in_every_process(clean_environment: dict[str, str]) -> None:
    code = f"from assistant.models.embedding import OfflineEmbedder; print(OfflineEmbedder().embed(['{NOTE}'])[0])"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**clean_environment, "PYTHONHASHSEED": "1"},
    )
    assert done.stdout.strip() == str(OfflineEmbedder().embed([NOTE])[0])


def test_other_dimensions_have_another_name() -> None:
    assert OfflineEmbedder().name == "offline-hash-512-v1"
    assert OfflineEmbedder(dimensions=256).name != OfflineEmbedder().name


def test_remote_vectors_are_those_of_the_texts_in_order() -> None:
    texts = [f"第{number}段" for number in range(150)]
    with LoopbackEndpoint() as server:
        embedder = remote(server)
        vectors = embedder.embed(texts)
        bodies = [received.body for received in server.requests]
    for text, vector in zip(texts, vectors, strict=True):
        raw = play.vector(text)
        assert vector == pytest.approx([number / math.hypot(*raw) for number in raw])
    assert [text for body in bodies for text in body["input"]] == texts
    assert {body["encoding_format"] for body in bodies} == {"float"}
    assert len(bodies) == 3
    assert embedder.name == "demo-embedding@127.0.0.1"


@pytest.mark.parametrize(("limit", "batch"), [(64, 64), (32, 25), (16, 10), (10, 10)])
def test_batches_shrink_to_what_the_endpoint_takes(limit: int, batch: int) -> None:
    texts = [f"第{number}段" for number in range(100)]
    with LoopbackEndpoint(embeddings=[play.vectors(limit=limit)]) as server:
        embedder = remote(server)
        assert len(embedder.embed(texts)) == 100
        assert embedder.batch == batch
        refused = sum(len(received.body["input"]) > limit for received in server.requests)
    assert refused <= 2


def test_an_empty_text_is_not_sent_empty() -> None:
    with LoopbackEndpoint() as server:
        assert len(remote(server).embed(["", "甲"])) == 2
        assert all(text.strip() for text in server.requests[0].body["input"])
        assert remote(server).embed([]) == []


@pytest.mark.parametrize(
    ("behaviour", "words"),
    [
        (play.unauthorized(), "GONGWEN_EMBEDDING_API_KEY"),
        (play.no_model(), "没有模型 demo-embedding"),
        (play.failure(400, "unknown field"), "“unknown field”"),
        (play.web_page(), "网页"),
        (play.document(200, "hello", kind="text/plain"), "看不懂接口"),
        (play.document(200, {"error": {"message": "busy"}}), "看不懂接口"),
        (play.document(200, {"data": [{"index": 0}, {"index": 1}]}), "看不懂接口"),
        (play.document(200, play.embedded([[1.0]])), "返回了 1 个向量"),
        (play.document(200, play.embedded([[1.0], [1.0, 2.0]])), "维数不一致"),
        (play.document(200, play.embedded([[], []])), "维数不一致"),
        (play.document(200, play.embedded([[0.0, 0.0], [1.0, 0.0]])), "不可用的向量"),
        (play.slow(), "没有回应超过 0.5 秒"),
        (play.rate_limited(60), "429"),
    ],
)
def test_each_failure_is_one_sentence(behaviour: Behaviour, words: str) -> None:
    with LoopbackEndpoint(embeddings=[behaviour]) as server:
        endpoint = Endpoint(
            server.url,
            KEY,
            "demo-embedding",
            timeout=0.5 if "0.5" in words else 5.0,
            retries=0,
            prefix="GONGWEN_EMBEDDING_",
        )
        with pytest.raises(ModelError) as caught:
            RemoteEmbedder(endpoint).embed(["甲", "乙"])
    message = str(caught.value)
    assert words in message
    assert message.count("。") == 1
    assert message.endswith("。")
    assert KEY not in message


def test_the_dimension_may_not_change_between_batches() -> None:
    with LoopbackEndpoint(
        embeddings=[play.vectors(), play.document(200, play.embedded([[1.0, 0.0]]))]
    ) as server:
        embedder = remote(server)
        embedder.embed(["甲"])
        with pytest.raises(ModelError, match="维数"):
            embedder.embed(["乙"])


def test_settings_choose_the_embedder() -> None:
    chosen: Embedder = make_embedder(Settings(embedding_model="e", base_url="http://127.0.0.1:1/v1"))
    assert chosen.name == "e@127.0.0.1"
    assert isinstance(make_embedder(Settings(embedding_model="e", offline=True)), OfflineEmbedder)
    offline = make_embedder(Settings(model="m", base_url="http://127.0.0.1:1/v1"))
    assert isinstance(offline, OfflineEmbedder)
    assert 0 < offline.weight < chosen.weight
