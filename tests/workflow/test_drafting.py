from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.errors import CorpusError, InputError, ModelError, SettingsError
from assistant.settings import Settings
from assistant.types import Draft, Role
from assistant.workflow.drafting import draft, partial_text, preview
from assistant.workflow.events import DraftEvent, Finished, Prompted, Retrieved, Sending, Started, TextDelta
from assistant.writing.templates import load_templates
from tests import endpoint as play
from tests.endpoint import MODEL, LoopbackEndpoint
from tests.workflow.conftest import NOTES, connected, request

TEXT = "一是理论学习还不够深入。\n二是责任落实还不够到位，谈话43人次。"


def finished(events: Iterator[DraftEvent]) -> Finished:
    last = list(events)[-1]
    assert isinstance(last, Finished)
    return last


def check_sentences(draft_: Draft) -> None:
    """Check that the sentences stand where they say and that nothing stands between them."""
    assert [draft_.text[each.start : each.end] for each in draft_.sentences] == [
        each.text for each in draft_.sentences
    ]
    assert "".join("".join(each.text.split()) for each in draft_.sentences) == "".join(draft_.text.split())
    assert {note for each in draft_.sentences for note in each.notes} <= {note.id for note in draft_.notes}


def test_the_offline_writer_reports_each_step(shelf: Path) -> None:
    started, retrieved, *deltas, done = draft(request(passages=True), Settings(data=shelf))
    assert isinstance(started, Started)
    assert (started.model, started.address) == (None, None)
    assert isinstance(retrieved, Retrieved)
    assert isinstance(done, Finished)
    assert {hit.passage.role for hit in retrieved.hits} == {Role.PROBLEMS}
    assert done.draft.passages == retrieved.hits
    assert "".join(each.text for each in deltas if isinstance(each, TextDelta)) == done.draft.text
    assert (done.cut_off, done.prompt_tokens, done.completion_tokens) == (False, None, None)
    check_sentences(done.draft)


@pytest.mark.parametrize("section", load_templates())
def test_every_section_rests_on_every_note(section: str, tmp_path: Path) -> None:
    done = finished(draft(request(section), Settings(data=tmp_path / "none"))).draft
    assert done.section == section
    assert "43人次" in done.text
    assert {note for each in done.sentences for note in each.notes} == {"n1", "n2"}
    check_sentences(done)


@pytest.mark.parametrize("passages", [True, False])
def test_text_comes_while_the_model_is_still_writing(shelf: Path, *, passages: bool) -> None:
    first, rest = TEXT.split("\n")
    with LoopbackEndpoint(play.paused(first, "\n" + rest)) as server:
        events = draft(request(passages=passages), connected(server, shelf))
        begun = [next(events) for _ in range(5)]
        assert not server.release.is_set()
        server.release.set()
        done = finished(events).draft
    assert isinstance(begun[0], Started)
    assert (begun[0].model, begun[0].address) == (MODEL, server.url)
    assert isinstance(begun[1], Retrieved)
    assert isinstance(begun[2], Prompted)
    assert isinstance(begun[3], Sending)
    assert begun[4] == TextDelta(first)
    assert done.text == TEXT
    assert done.passages == begun[1].hits
    assert bool(done.passages) == passages == bool(begun[2].passages)
    check_sentences(done)
    assert [each.notes for each in done.sentences] == [("n1",), ("n2",)]


def test_the_account_of_the_model_arrives(tmp_path: Path) -> None:
    with LoopbackEndpoint(play.ok(TEXT, finish_reason="length")) as server:
        done = finished(draft(request(), connected(server, tmp_path)))
        messages = [message for received in server.requests for message in received.body["messages"]]
        requests = len(server.requests)
    assert done.cut_off
    assert done.draft.text == TEXT
    assert done.remark is None
    assert requests == 2
    assert done.completion_tokens == len(TEXT) * requests
    assert done.prompt_tokens == sum(len(message["content"]) for message in messages)
    assert done.draft.model == MODEL


@pytest.mark.parametrize("passages", [True, False])
def test_the_preview_is_what_is_sent(shelf: Path, *, passages: bool) -> None:
    with LoopbackEndpoint(play.ok(TEXT)) as server:
        [shown] = preview(request(passages=passages), connected(server, shelf))
        assert server.requests == []
        done = finished(draft(request(passages=passages), connected(server, shelf)))
        [received] = server.requests
    assert [(each["role"], each["content"]) for each in received.body["messages"]] == [
        ("system", shown.system),
        ("user", shown.user),
    ]
    assert done.draft.passages == shown.hits
    assert received.body["model"] == MODEL


def test_passages_give_way_to_a_small_budget_and_notes_do_not(shelf: Path) -> None:
    [whole] = preview(request(passages=True), Settings(data=shelf))
    least = preview(request(), Settings(data=shelf))[0].tokens
    [tight] = preview(request(passages=True), Settings(data=shelf, prompt_tokens=(least + whole.tokens) // 2))
    assert tight.hits == whole.hits[: len(tight.hits)]
    assert 0 < len(tight.hits) < len(whole.hits)
    assert tight.tokens <= (least + whole.tokens) // 2
    for line in NOTES.strip().split("\n"):
        assert line.removeprefix("- ") in tight.user
    with pytest.raises(InputError, match="要点太长"):
        preview(request(notes="- " + "很长" * 400), Settings(data=shelf, prompt_tokens=500))


def test_notes_that_do_not_fit_are_not_sent(tmp_path: Path) -> None:
    with LoopbackEndpoint() as server:
        settings = connected(server, tmp_path).model_copy(update={"prompt_tokens": 500})
        with pytest.raises(InputError, match="要点太长"):
            list(draft(request(notes="- " + "很长" * 400), settings))
        assert server.requests == []


@pytest.mark.parametrize("abruptly", [True, False])
def test_what_had_arrived_is_in_the_error(tmp_path: Path, *, abruptly: bool) -> None:
    with (
        LoopbackEndpoint(play.cut("一是学习不够。二是〖待补：次", abruptly=abruptly)) as server,
        pytest.raises(ModelError) as caught,
    ):
        list(draft(request(), connected(server, tmp_path)))
    assert caught.value.partial == "一是学习不够。二是〖待补：次"
    assert partial_text(caught.value) == "一是学习不够。二是"


def test_offline_means_that_no_endpoint_is_asked(shelf: Path) -> None:
    with LoopbackEndpoint() as server:
        settings = connected(server, shelf).model_copy(
            update={"offline": True, "embedding_model": "m3", "embedding_base_url": server.url}
        )
        finished(draft(request(passages=True), settings))
        preview(request(passages=True), settings)
        assert server.requests == []


def test_without_a_shelf_a_draft_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="gongwen ingest"):
        list(draft(request(passages=True), Settings(data=tmp_path / "none")))
    assert not (tmp_path / "none").exists()


def test_an_address_without_a_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="GONGWEN_MODEL"):
        list(draft(request(), Settings(data=tmp_path, base_url="http://127.0.0.1:9/v1")))
