"""The texts on a visitor's desk: changes taken or refused, findings mended."""

from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.settings import Settings
from assistant.types import Level
from assistant.workflow.check_papers import CheckPaper, check_paper, mend_certain, mend_finding
from assistant.workflow.desk import Desk
from assistant.workflow.polish_papers import PolishPaper, decide, next_paragraph, places_of
from assistant.workflow.polishing import polish_text
from assistant.writing.changes import Polished

ROUGH = "大家都没去开会，搞了12次活动,花了3万元。\n这事没人管。"
WRONG = "我局贯彻意识形工作要求，截止目前，按装设备12台,加强领导领导。"


def polished(text: str = ROUGH) -> PolishPaper:
    *_, done = polish_text(text, Settings(data=Path("unused")))
    assert isinstance(done, Polished)
    return PolishPaper(text, polished=done)


def test_the_result_has_what_was_taken_and_nothing_else() -> None:
    paper = polished()
    assert paper.polished is not None
    everything = places_of(paper, None)
    assert paper.result == paper.polished.result != ROUGH
    none = decide(paper, everything, wanted=False)
    assert none.result == ROUGH
    assert decide(none, everything, wanted=True) == paper
    first = decide(none, [0], wanted=True)
    change = paper.polished.changes[0]
    assert first.result == ROUGH[: change.start] + change.after + ROUGH[change.end :]


def test_a_kind_is_taken_apart_from_the_others() -> None:
    paper = polished()
    assert paper.polished is not None
    kinds = {change.kind for change in paper.polished.changes}
    assert len(kinds) > 1
    assert sorted(place for kind in kinds for place in places_of(paper, kind)) == list(places_of(paper, None))


def test_a_change_that_is_not_there_cannot_be_refused() -> None:
    with pytest.raises(InputError, match="已不在"):
        decide(polished(), [99], wanted=False)
    with pytest.raises(InputError):
        decide(PolishPaper(), [0], wanted=True)


def test_only_what_a_model_had_a_part_in_is_its() -> None:
    paper = polished()
    assert paper.polished is not None
    assert not paper.by_model
    by_model = PolishPaper(ROUGH, polished=Polished(ROUGH, paper.polished.changes, (), "demo-model"))
    assert by_model.by_model
    assert not decide(by_model, places_of(by_model, None), wanted=False).by_model


def test_the_paragraph_in_work_is_the_next_that_is_not_done() -> None:
    text = "甲。\n\n  乙。\n"
    assert text[slice(*next_paragraph(text, 0))] == "甲。"
    assert text[slice(*next_paragraph(text, 2))] == "乙。"
    assert next_paragraph(text, len(text)) == (len(text), len(text))


def test_papers_lie_on_the_desk_as_they_were(tmp_path: Path) -> None:
    for paper in (decide(polished(), [0], wanted=False), check_paper(CheckPaper(WRONG, "设备12台"))):
        desk = Desk(tmp_path, type(paper).__name__, type(paper))
        desk.save(paper)
        assert desk.load() == paper


def test_one_finding_is_mended_and_the_text_checked_again() -> None:
    paper = check_paper(CheckPaper(WRONG))
    assert paper.checked is not None
    place = next(at for at, one in enumerate(paper.checked.findings) if one.replacement == "安装")
    mended = mend_finding(paper, place)
    assert mended.text == WRONG.replace("按装", "安装")
    assert mended.checked is not None
    assert mended.checked.text == mended.text
    assert "安装" not in {one.replacement for one in mended.checked.findings}


def test_certain_findings_are_mended_at_once_and_the_others_left() -> None:
    paper = check_paper(CheckPaper(WRONG))
    assert paper.checked is not None
    sure = {
        WRONG[one.start : one.end] for at, one in enumerate(paper.checked.findings) if at in paper.certain
    }
    done, made, refused = mend_certain(paper)
    assert (made, refused) == (len(sure), 0)
    assert sure
    assert all(words not in done.text for words in sure - {","})
    assert done.certain == ()
    assert done.checked is not None
    assert "领导领导" in done.text
    assert any(one.level is Level.WARN for one in done.checked.findings)


def test_a_text_that_changed_since_is_not_mended_in_the_wrong_place() -> None:
    paper = check_paper(CheckPaper(WRONG))
    with pytest.raises(InputError, match="再校对一次"):
        mend_finding(CheckPaper(f"新{WRONG}", checked=paper.checked), 0)
    with pytest.raises(InputError):
        mend_finding(CheckPaper(WRONG), 0)


def test_notes_bring_their_findings_and_nothing_to_check_is_said() -> None:
    found = check_paper(CheckPaper("集中学习16次。", "集中学习6次", "problems")).checked
    assert found is not None
    assert {"fact.changed"} <= {one.rule for one in found.findings}
    assert [one.state for one in found.coverage]
    with pytest.raises(InputError, match="没有要校对的文字"):
        check_paper(CheckPaper(" \n"))
