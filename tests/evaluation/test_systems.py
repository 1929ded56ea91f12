"""What the systems write, and from what: never from the case's own report, never from the user's shelf."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.documents.parsing import parse
from assistant.errors import InputError, SettingsError
from assistant.evaluation.cases import Case
from assistant.evaluation.run_shelf import Workroom
from assistant.evaluation.systems import SYSTEMS, chosen_systems
from assistant.paths import shipped
from assistant.settings import Settings
from assistant.types import Role
from assistant.workflow.drafting import draft
from assistant.workflow.events import Finished
from assistant.workflow.requests import DraftRequest
from assistant.writing.templates import load_templates
from tests.endpoint import LoopbackEndpoint, ok
from tests.evaluation.runs_kit import FLOORS, OWN_REPORT, cases_of
from tests.workflow.conftest import connected

REPORT = (shipped("corpus") / OWN_REPORT).read_text("utf-8")


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Case]:
    return {case.id: case for case in cases_of(tmp_path_factory.mktemp("systems"))}


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workroom]:
    with Workroom(Settings(data=tmp_path_factory.mktemp("room") / "data")) as opened:
        yield opened


def test_the_floor_of_notes_is_the_notes(cases: dict[str, Case], room: Workroom) -> None:
    written = SYSTEMS["notes"].write(cases["study"], room)
    assert written.text.split("\n") == [note.text for note in cases["study"].notes]


def test_what_is_retrieved_is_never_of_the_cases_own_report(cases: dict[str, Case], room: Workroom) -> None:
    own, other = room.hits(cases["own"]), room.hits(cases["study"])
    assert own
    assert {hit.passage.name for hit in own} & {OWN_REPORT} == set()
    # Without leaving anything out, that report is in the shelf.
    assert OWN_REPORT in {hit.passage.name for hit in other}


def test_the_nearest_passage_is_copied_from_another_report(cases: dict[str, Case], room: Workroom) -> None:
    written = SYSTEMS["nearest"].write(cases["own"], room)
    assert written.text == room.hits(cases["own"])[0].passage.text
    assert written.text not in REPORT
    assert [text.text for text in written.passages] == [written.text]


def test_other_sections_are_all_but_the_section_itself(cases: dict[str, Case], room: Workroom) -> None:
    written = SYSTEMS["other-sections"].write(cases["own"], room)
    sections = [section for section in parse(REPORT, name=OWN_REPORT).sections if section.level == 1]
    bodies = {section.role: REPORT[section.start : section.end] for section in sections}
    assert bodies[Role.WORK] in written.text
    assert bodies[Role.PLAN] in written.text
    assert cases["own"].reference not in written.text


def test_a_case_without_a_report_is_left_out_with_a_reason(cases: dict[str, Case], room: Workroom) -> None:
    written = SYSTEMS["other-sections"].write(cases["study"], room)
    assert (written.text, written.skipped) == ("", "这一题没有整篇报告")


def test_the_offline_writer_writes_as_for_any_user(cases: dict[str, Case], room: Workroom) -> None:
    case = cases["visits"]
    request = DraftRequest(load_templates()["plan"], case.notes, unit=case.unit, passages=False)
    [ended] = [event for event in draft(request, Settings(offline=True)) if isinstance(event, Finished)]
    assert SYSTEMS["offline"].write(case, room).text == ended.draft.text


def test_the_users_own_shelf_is_left_alone(room: Workroom) -> None:
    assert not (room.settings.data / "index").exists()


def test_the_three_model_systems_differ_in_passages_and_revisions(
    cases: dict[str, Case], tmp_path: Path
) -> None:
    bad, good = (
        f"存在的问题：一是思想教育还有差距。二是党建和业务两张皮。{tail}" for tail in ("投资9万元。", "")
    )
    with LoopbackEndpoint(ok(bad), ok(bad), ok(bad), ok(good)) as server:
        with Workroom(connected(server, tmp_path / "data")) as opened:
            names = ("model", "model-retrieval", "model-revision")
            plain, retrieved, revised = (SYSTEMS[name].write(cases["own"], opened) for name in names)
        asked = [received.body["messages"] for received in server.requests]
    assert "没有可参考的片段" in asked[0][1]["content"]
    assert "〔片段1〕" in asked[1][1]["content"]
    assert [len(messages) for messages in asked] == [2, 2, 2, 4]
    assert (plain.text, plain.passages, plain.revisions) == (bad, (), 0)
    assert (retrieved.text, retrieved.revisions) == (bad, 0)
    assert all(text.text not in REPORT for text in retrieved.passages)
    assert (revised.text, revised.revisions) == (good, 1)
    assert plain.prompts != retrieved.prompts == revised.prompts
    assert plain.prompt_tokens


def test_requests_are_logged_in_the_users_data_folder(cases: dict[str, Case], tmp_path: Path) -> None:
    with (
        LoopbackEndpoint(ok("存在的问题：一是理论学习不够。")) as server,
        Workroom(connected(server, tmp_path / "data")) as opened,
    ):
        SYSTEMS["model-retrieval"].write(cases["study"], opened)
        opened.keep_journal()
    lines = (tmp_path / "data" / "requests.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["kind"] for line in lines] == ["request", "checked"]


def test_without_a_model_its_systems_are_left_out_unless_named() -> None:
    settings = Settings()
    assert [system.name for system in chosen_systems((), settings)] == list(FLOORS)
    with pytest.raises(SettingsError, match="系统 model-retrieval 要用模型"):
        chosen_systems(("notes", "model-retrieval"), settings)


def test_with_a_model_all_systems_write(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, base_url="http://127.0.0.1:9/v1", model="m")
    assert [system.name for system in chosen_systems((), settings)] == list(SYSTEMS)


def test_an_unknown_system_lists_the_known() -> None:
    with pytest.raises(InputError, match=r"没有“gpt”这个系统.*notes、nearest.*model-revision"):
        chosen_systems(("gpt",), Settings())
