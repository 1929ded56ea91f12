import json
from pathlib import Path

import pytest

from tests.cli.conftest import REPORT, complaint, gongwen, made_shelf, shelf
from tests.conftest import RunGongwen
from tests.workflow.conftest import REPORTS

__all__ = ["gongwen", "made_shelf", "shelf"]
DRAFT = (
    "今年以来工作有序开展，但还存在一些不足：一是思想教育工作还有差距，全体党员干部缺乏斗争精神和斗争本领。"
    "二是档案管理不规范，36卷没有目录。"
)


@pytest.fixture
def draft(tmp_path: Path) -> str:
    (tmp_path / "稿.md").write_text(DRAFT, "utf-8")
    return "稿.md"


def test_what_matters_most_is_said_first(gongwen: RunGongwen, draft: str) -> None:
    done = gongwen("eval", "draft", draft, "--reference", REPORT)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0].startswith("参考稿的内容写到了")
    assert lines[1].startswith("比的是草稿全文与参考稿的“存在的问题”一节（无标题")
    titles = [line.split("（")[0].split()[0] for line in lines if line and not line.startswith(" ")]
    assert titles[2:] == ["漏写", "写得不全", "多写", "说法不一", "无出处的数据", "评分", "体例对照"]
    assert f"稿.md:1:{DRAFT.index('二是') + 1} “二是档案管理不规范，36卷没有目录。”" in done.stdout
    assert "“36卷”" in done.stdout
    assert (
        "参考稿为“部分党员干部缺乏斗争精神和斗争本领”，草稿为“全体党员干部缺乏斗争精神和斗争本领”"
        in done.stdout
    )
    assert "*" not in done.stdout


def test_notes_bear_data_out_and_add_their_scores(gongwen: RunGongwen, draft: str, tmp_path: Path) -> None:
    (tmp_path / "要点.md").write_text("- 档案没管好，36卷没目录\n- 思想教育不够\n", "utf-8")
    done = gongwen("eval", "draft", draft, "--reference", REPORT, "--notes", "要点.md")
    assert "无出处的数据" not in done.stdout
    assert "要点覆盖" in done.stdout


def test_json_is_the_whole_comparison(gongwen: RunGongwen, draft: str) -> None:
    done = gongwen("eval", "draft", draft, "--reference", REPORT, "--section", "问题", "--json")
    form = json.loads(done.stdout)
    assert form["section"] == "problems"
    assert form["draft"]["text"] == DRAFT
    assert [fact["surface"] for fact in form["unfounded"]] == ["36卷"]


def test_the_page_is_saved_and_an_older_one_is_kept(gongwen: RunGongwen, draft: str, tmp_path: Path) -> None:
    (tmp_path / "比对.html").write_text("旧的", "utf-8")
    done = gongwen("eval", "draft", draft, "--reference", REPORT, "--html", "比对.html")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "比对.html").read_text("utf-8").startswith("<!doctype html>")
    assert (tmp_path / "比对.旧1.html").read_text("utf-8") == "旧的"
    assert "比对.旧1.html" in done.stderr


def test_the_draft_is_never_the_page(gongwen: RunGongwen, draft: str, tmp_path: Path) -> None:
    done = gongwen("eval", "draft", draft, "--reference", REPORT, "--html", draft)
    assert "以 .html 结尾" in complaint(done)
    (tmp_path / "夹.html").mkdir()
    done = gongwen("eval", "draft", draft, "--reference", REPORT, "--html", "夹.html")
    assert "请在 --html 后写明文件名" in complaint(done)
    assert (tmp_path / draft).read_text("utf-8") == DRAFT


@pytest.mark.usefixtures("shelf")
def test_a_report_of_the_index_can_be_the_reference(gongwen: RunGongwen, draft: str) -> None:
    name = REPORTS[2].name
    assert gongwen("eval", "draft", draft, "--reference", name).stdout == (
        gongwen("eval", "draft", draft, "--reference", REPORT).stdout
    )
    assert "请检查路径，或用 gongwen corpus" in complaint(
        gongwen("eval", "draft", draft, "--reference", "没有的报告")
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("稿.md", "--reference", "没有.txt"), "找不到参考稿“没有.txt”"),
        (("没有.md", "--reference", REPORT), "找不到文件“没有.md”"),
        (("稿.md", "--reference", REPORT, "--section", "序言"), "没有叫“序言”的小节"),
        (("稿.md", "--reference", REPORT, "--notes", "空.md"), "“空.md”里没有要点"),
    ],
)
def test_a_wrong_argument_is_one_sentence(
    gongwen: RunGongwen, draft: str, tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    (tmp_path / "空.md").write_text("\n", "utf-8")
    done = gongwen("eval", "draft", *arguments)
    assert words in complaint(done)
    assert done.stdout == ""
