"""A run: the same again for the same command, whole in its file, and never lost."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from assistant.errors import InputError
from assistant.evaluation.run_file import RunFile
from assistant.evaluation.run_scores import changed_scores, rescored, values
from assistant.evaluation.run_storage import Unfinished, check_new, read_run, write_new
from assistant.evaluation.scorers import SCORERS
from assistant.settings import Settings
from tests.endpoint import KEY, LoopbackEndpoint, ok, server_error
from tests.evaluation.runs_kit import CASES, FLOORS, made_run
from tests.workflow.conftest import connected


@pytest.fixture(scope="module")
def run(floors_run: RunFile) -> RunFile:
    return floors_run


def without_timings(run: RunFile) -> dict[str, Any]:
    return run.model_dump(exclude={"timings"})


def altered(run: RunFile, **more: Any) -> str:
    return json.dumps(json.loads(run.text()) | more, ensure_ascii=False)


def test_the_same_command_gives_the_same_run_but_for_timings(run: RunFile, tmp_path: Path) -> None:
    assert without_timings(made_run(tmp_path)) == without_timings(run)


def test_every_case_is_written_by_every_system_and_put_on_every_scorer(run: RunFile) -> None:
    assert {(draft.system, draft.case) for draft in run.drafts} == {
        (system, case) for system in FLOORS for case in ("own", "study", "visits")
    }
    written = {(draft.system, draft.case) for draft in run.drafts if draft.outcome == "written"}
    assert len(written) == 10
    assert {(score.system, score.case, score.scorer) for score in run.scores} == {
        (*key, scorer) for key in written for scorer in SCORERS
    }


def test_a_saved_run_is_scored_the_same_again(run: RunFile, tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    write_new(path, run.text())
    again = rescored(read_run(path))
    assert again == run
    assert changed_scores(run, again) == 0


def test_what_a_scoring_changes_is_counted(run: RunFile) -> None:
    draft = run.drafts[-1].model_copy(update={"text": ""})
    changed = rescored(run.model_copy(update={"drafts": (*run.drafts[:-1], draft)}))
    differing = [key for key, value in values(run).items() if values(changed)[key] != value]
    assert changed_scores(run, changed) == len(differing) > 5


@pytest.mark.parametrize(
    ("more", "complaint"),
    [
        ({"note": 1}, r"坏\.json 的 note 不是认识的键"),
        ({"signature": {}}, r"坏\.json 的 signature\.gongwen 没有写明"),
        ({"complete": "也许"}, r"坏\.json 的 complete 的值不合要求"),
        ({"format": "gongwen-run-9"}, r"坏\.json”是另一版本的评测（gongwen-run-9）"),
        (
            {"timings": {"made": "", "seconds": {"own": {"own": float("nan")}}}},
            r"seconds\.own\.own 的值不合要求",
        ),
        ({"cases": []}, r"坏\.json 提到了它没有列出的“own”"),
        ({"systems": []}, r"坏\.json 提到了它没有列出的“nearest”"),
        ({"scorers": []}, r"坏\.json 提到了它没有列出的“additions”"),
        ({"passages": {}}, r"坏\.json 提到了它没有列出的"),
    ],
)
def test_a_faulty_run_names_file_and_key(
    run: RunFile, tmp_path: Path, more: Mapping[str, Any], complaint: str
) -> None:
    path = tmp_path / "坏.json"
    path.write_text(altered(run, **more), "utf-8")
    with pytest.raises(InputError, match=complaint):
        read_run(path)


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[]"])
def test_what_is_no_run_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "坏.json"
    path.write_bytes(content)
    with pytest.raises(InputError, match="坏"):
        read_run(path)


def test_a_run_is_never_written_over_a_file(tmp_path: Path) -> None:
    path = tmp_path / "旧.json"
    path.write_text("我的", "utf-8")
    with pytest.raises(InputError, match="已经存在"):
        check_new(path)
    with pytest.raises(InputError, match="已经存在"):
        write_new(path, "新")
    assert path.read_text("utf-8") == "我的"
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == ["旧.json"]


class Stopper:
    """A progress that stops the run after a number of drafts, as Ctrl-C does."""

    def __init__(self, after: int) -> None:
        self.after = after

    def __call__(self, what: str, done: int, total: int) -> None:
        if done == self.after:
            raise KeyboardInterrupt


def test_an_interrupted_run_keeps_what_is_done_and_can_be_resumed(run: RunFile, tmp_path: Path) -> None:
    kept = Unfinished(tmp_path / "run.json")
    with pytest.raises(KeyboardInterrupt):
        made_run(tmp_path, kept=kept, progress=Stopper(5))
    assert kept.path.name == "run.未完成.json"
    unfinished = read_run(kept.path)
    assert (unfinished.complete, len(unfinished.drafts)) == (False, 5)
    assert without_timings(made_run(tmp_path, earlier=unfinished)) == without_timings(run)


def test_resuming_takes_over_drafts_and_asks_only_for_the_rest(tmp_path: Path) -> None:
    with LoopbackEndpoint(
        ok("存在的问题：一是学习不够。"), server_error(), ok("存在的问题：后写的。")
    ) as server:
        settings = connected(server, tmp_path / "data")
        kept = Unfinished(tmp_path / "run.json")
        with pytest.raises(KeyboardInterrupt):
            made_run(tmp_path, "model", settings=settings, kept=kept, progress=Stopper(2))
        first, failed = read_run(kept.path).drafts
        done = made_run(tmp_path, "model", settings=settings, earlier=read_run(kept.path))
    assert (first.outcome, failed.outcome) == ("written", "failed")
    assert [draft.text for draft in done.drafts] == [
        first.text,
        "存在的问题：后写的。",
        "存在的问题：后写的。",
    ]
    assert len(server.requests) == 4


def test_a_run_of_other_cases_cannot_be_resumed(run: RunFile, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="与现在不同"):
        made_run(tmp_path, text=CASES.replace("43人次", "44人次"), earlier=run)


def test_another_unfinished_run_is_left_as_it_is(tmp_path: Path) -> None:
    older = tmp_path / "run.未完成.json"
    older.write_text("旧", "utf-8")
    kept = Unfinished(tmp_path / "run.json")
    with pytest.raises(KeyboardInterrupt):
        made_run(tmp_path, "notes", kept=kept, progress=Stopper(1))
    assert (older.read_text("utf-8"), kept.path.name) == ("旧", "run.未完成2.json")


def test_a_whole_run_leaves_nothing_unfinished_behind(tmp_path: Path) -> None:
    made_run(tmp_path, "notes")
    assert list(tmp_path.glob("*未完成*")) == []


def test_a_draft_that_fails_is_told_with_its_reason_and_scores_nothing(tmp_path: Path) -> None:
    with LoopbackEndpoint(server_error(), ok("存在的问题：一是学习不够。")) as server:
        run = made_run(tmp_path, "model", settings=connected(server, tmp_path / "data"))
    failed, *rest = run.drafts
    assert failed.outcome == "failed"
    assert "服务出错（500）" in str(failed.reason)
    assert [draft.outcome for draft in rest] == ["written", "written"]
    assert {score.case for score in run.scores} == {"study", "visits"}


def test_a_dead_endpoint_is_not_asked_for_ever(tmp_path: Path) -> None:
    more = "".join(
        CASES.split("\n\n[[case]]")[1].join(["\n\n[[case]]", ""]).replace("study", f"s{n}") for n in range(4)
    )
    with LoopbackEndpoint(server_error()) as server:
        run = made_run(
            tmp_path, "model", "notes", settings=connected(server, tmp_path / "data"), text=CASES + more
        )
    assert len(server.requests) == 3
    reasons = [draft.reason or "" for draft in run.drafts if draft.system == "model"]
    assert [reason.startswith("连续3题失败，没有再试：") for reason in reasons] == [False] * 3 + [True] * 4
    assert {draft.outcome for draft in run.drafts if draft.system == "notes"} == {"written"}


def test_a_run_tells_the_model_but_neither_key_nor_address(tmp_path: Path) -> None:
    with LoopbackEndpoint(ok("存在的问题：一是学习不够。"), server_error()) as server:
        run = made_run(tmp_path, "model", settings=connected(server, tmp_path / "data"))
        place = urlsplit(server.url).netloc
    assert (run.signature.model, run.signature.endpoint) == ("demo-model", "local")
    assert KEY not in run.text()
    assert place not in run.text()
    assert "127.0.0.1" not in run.text()


def test_what_numbers_depend_on_is_in_the_signature(run: RunFile, tmp_path: Path) -> None:
    other_cases = made_run(tmp_path / "a", "notes", text=CASES.replace("43人次", "44人次"))
    other_cut = made_run(tmp_path / "b", "notes", settings=Settings(data=tmp_path / "c", passage_tokens=200))
    assert other_cases.signature.cases != run.signature.cases
    assert other_cut.signature == run.signature.model_copy(update={"passage_tokens": 200})
    assert "|passage_tokens:200|" in other_cut.signature.line()
