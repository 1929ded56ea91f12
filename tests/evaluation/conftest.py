"""Small retrieval sets, written as files; a run; a browser."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from assistant.evaluation.run_file import RunFile
from tests.browser import running_browser
from tests.evaluation.runs_kit import made_run

Written = Callable[..., Path]
DOCUMENTS = {
    "d1": "农村人居环境整治提升行动扎实推进，新建改建农村户厕1200座。",
    "d2": "理论学习中心组全年集中学习12次，开展专题研讨4次。",
    "d3": "廉政风险点排查不够深入，个别科室防控措施照抄照搬。",
    "d4": "新能源汽车产业集群加快培育，充电桩建设提速。",
}
QUERIES = {"q1": "农村户厕新建改建多少座", "q2": "理论学习中心组学了几次", "q3": "廉政风险点排查得怎么样"}
QRELS = "query-id\tcorpus-id\tscore\nq1\td1\t1\nq2\td2\t2\nq2\td3\t1\nq3\td3\t1\n"


def json_lines(records: Iterable[Mapping[str, object]]) -> str:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


@pytest.fixture(scope="session")
def floors_run(tmp_path_factory: pytest.TempPathFactory) -> RunFile:
    """Return a run of the floors and the offline writer over the cases of `runs_kit`, made once."""
    return made_run(tmp_path_factory.mktemp("floors"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with running_browser() as browser:
        yield browser


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Return a function that writes a set into a folder, a good one unless told otherwise."""

    def write(**files: str | bytes | None) -> Path:
        folder = tmp_path / "题库"
        folder.mkdir(exist_ok=True)
        good: dict[str, str | bytes | None] = {
            "corpus": json_lines({"_id": id_, "text": text} for id_, text in DOCUMENTS.items()),
            "queries": json_lines({"_id": id_, "text": text} for id_, text in QUERIES.items()),
            "qrels": QRELS,
        }
        names = {"corpus": "corpus.jsonl", "queries": "queries.jsonl", "qrels": "qrels.tsv"}
        for key, content in {**good, **files}.items():
            if content is not None:
                data = content.encode() if isinstance(content, str) else content
                (folder / names[key]).write_bytes(data)
        return folder

    return write
