"""What a writer has checked against the notes is not checked against them again, and the findings are those of a new check."""

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.checks.grounding import check_grounding
from assistant.settings import Settings
from assistant.types import Draft
from assistant.workflow import checking, requests
from assistant.workflow.drafting import draft
from assistant.workflow.events import Finished
from assistant.workflow.papers import bare_draft, checker
from tests import endpoint as play
from tests.endpoint import LoopbackEndpoint
from tests.workflow.conftest import connected, request

GOOD = "一是理论学习抓得不够紧。\n二是责任书签订后无人检查，谈话43人次。"
# A fact that no note has, and a slip of the pen.
BAD = GOOD.replace("43", "48").replace("检查", "检查，截止目前")


@pytest.fixture
def grounded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the texts that are checked against notes, as they come."""
    texts: list[str] = []

    def counted(text: str, *given: object, **more: object) -> object:
        texts.append(text)
        return check_grounding(text, *given, **more)  # type: ignore[arg-type]

    for module in (requests, checking):
        monkeypatch.setattr(module, "check_grounding", counted)
    return texts


def written(settings: Settings) -> Draft:
    *_, last = draft(request(), settings)
    assert isinstance(last, Finished)
    return checker(request())(last.draft)


def test_a_text_is_checked_against_the_notes_once(tmp_path: Path, grounded: list[str]) -> None:
    with LoopbackEndpoint(play.ok(GOOD)) as server:
        written(connected(server, tmp_path))
    assert grounded == [GOOD]


def test_a_revision_is_checked_once_more(tmp_path: Path, grounded: list[str]) -> None:
    with LoopbackEndpoint(play.ok(BAD), play.ok(GOOD)) as server:
        done = written(connected(server, tmp_path, revisions=1))
    assert (grounded, done.text) == ([BAD, GOOD], GOOD)


def test_a_revision_that_is_dropped_leaves_the_findings_of_the_text_that_stays(tmp_path: Path) -> None:
    with LoopbackEndpoint(play.ok(BAD), play.ok(BAD.replace("48", "49"))) as server:
        done = written(connected(server, tmp_path, revisions=1))
    assert done.text == BAD
    assert done.findings == anew(done).findings


@pytest.mark.parametrize("text", [GOOD, BAD])
def test_the_findings_are_those_of_a_new_check(tmp_path: Path, text: str) -> None:
    with LoopbackEndpoint(play.ok(text)) as server:
        done = written(connected(server, tmp_path))
    assert done == replace(anew(done), seconds=done.seconds)
    slips = [done.text[each.start : each.end] for each in done.findings if "截至" in each.message]
    assert bool(slips) == ("截止" in text)


def test_the_offline_writer_is_checked_once_and_keeps_what_it_knows(
    tmp_path: Path, grounded: list[str]
) -> None:
    done = written(Settings(data=tmp_path, offline=True))
    assert grounded == [done.text]
    assert (done.findings, done.coverage) == (anew(done).findings, anew(done).coverage)
    assert [each for sentence in done.sentences for each in sentence.notes] == ["n1", "n2"]


def anew(done: Draft) -> Draft:
    """Return a draft of the same text that nothing has checked yet, checked."""
    return checker(request())(bare_draft(request(), done.text, model=done.model, passages=done.passages))
