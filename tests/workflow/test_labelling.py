"""Files that say what wrote them."""

import json

import pytest

from assistant.errors import InputError
from assistant.types import Draft
from assistant.workflow.desk import DraftPaper
from assistant.workflow.labelling import BY_MODEL, BY_RULE, file_name
from assistant.workflow.saved_files import made_file
from assistant.writing.offline import NAME as OFFLINE_WRITER

TEXT = "一是学习不够。\n"


def paper(model: str) -> DraftPaper:
    return DraftPaper(text=TEXT, drafts=(Draft(TEXT, model, "problems", (), (), (), 1.0),))


def written(model: str, kind: str, *, label: bool = True) -> str:
    return made_file(paper(model), kind, label=label).data.decode()


def test_what_a_model_wrote_is_labelled_for_readers_and_machines() -> None:
    comment, _, shown, _, text = written("demo--model", "md").splitlines()
    assert json.loads(comment.removeprefix("<!--").removesuffix("-->"))["AIGC"]["Label"] == "1"
    assert comment.count("--") == 2
    assert shown == f"> {BY_MODEL}"
    assert text == TEXT.strip()
    lines = written("demo-model", "txt").splitlines()
    assert BY_MODEL.rstrip("。") in lines[0]
    assert json.loads(lines[-1])["AIGC"]["ProduceID"] == "demo-model"


@pytest.mark.parametrize("kind", ["md", "txt"])
def test_what_the_offline_writer_wrote_says_so_and_is_not_called_intelligent(kind: str) -> None:
    text = written(OFFLINE_WRITER, kind)
    assert BY_RULE.rstrip("。") in text
    assert "AIGC" not in text


@pytest.mark.parametrize("kind", ["md", "txt"])
def test_an_administrator_can_switch_it_off(kind: str) -> None:
    assert written("demo-model", kind, label=False) == TEXT


def test_what_is_not_there_or_not_known_is_said() -> None:
    with pytest.raises(InputError, match="还没有正文"):
        made_file(DraftPaper(), "md", label=True)
    with pytest.raises(InputError, match="只能下载"):
        made_file(paper("m"), "exe", label=True)


@pytest.mark.parametrize(
    ("unit", "year", "name"),
    [
        ("局党组", 2025, "局党组2025年存在的问题.md"),
        ("../../x", None, "_.._x存在的问题.md"),
        ("甲\n乙:*", None, "甲_乙__存在的问题.md"),
    ],
)
def test_a_files_name_leads_nowhere(unit: str, year: int | None, name: str) -> None:
    assert file_name("存在的问题", unit, year, ".md") == name
