import json
import zipfile
from pathlib import Path

import pytest

from assistant.documents.reading import read_text
from assistant.workflow.labelling import BY_MODEL, BY_RULE
from tests.cli.conftest import gongwen
from tests.conftest import RunGongwen
from tests.endpoint import MODEL, LoopbackEndpoint, ok

__all__ = ["gongwen"]

TEXT = "# 关于学习的报告\n\n市委：\n\n## 一、情况\n\n开展学习2次，在上次会议上指出,要抓好。\n"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "报告.md"
    path.write_text(TEXT, "utf-8")
    return path


def test_a_text_becomes_a_word_file_that_was_looked_at(
    gongwen: RunGongwen, source: Path, tmp_path: Path
) -> None:
    done = gongwen("export", str(source), "--out", "报告.docx", "--unit", "市局党组")
    assert done.returncode == 0, done.stderr
    assert "全部符合" in done.stdout
    assert "〖待补：成文日期〗" in read_text(tmp_path / "报告.docx")


def test_a_file_that_is_there_is_kept(gongwen: RunGongwen, source: Path, tmp_path: Path) -> None:
    (tmp_path / "报告.docx").write_bytes(b"mine")
    done = gongwen("export", str(source), "--out", "报告.docx")
    assert "报告.旧1.docx" in done.stderr
    assert (tmp_path / "报告.旧1.docx").read_bytes() == b"mine"


def test_any_word_file_can_be_verified(gongwen: RunGongwen, source: Path, tmp_path: Path) -> None:
    from docx import Document

    document = Document()
    document.add_paragraph("一、情况")
    document.save(str(tmp_path / "别的.docx"))
    done = gongwen("export", "--verify", "别的.docx", "--json")
    assert done.returncode == 1
    assert {row["item"] for row in json.loads(done.stdout) if not row["ok"]} >= {"页边距", "一级标题", "页码"}


def test_grounds_and_findings_stay_out_of_the_text(gongwen: RunGongwen, source: Path, tmp_path: Path) -> None:
    (tmp_path / "要点.md").write_text("- 开展学习2次\n", "utf-8")
    done = gongwen("export", str(source), "--out", "x.docx", "--notes", "要点.md", "--annex", "--comments")
    assert done.returncode == 0, done.stderr
    text = read_text(tmp_path / "x.docx")
    before, _, annex = text.partition("附：依据与提示")
    plain = [line for line in before.split("\n") if line.strip()]
    assert plain == [line.lstrip("# ") for line in TEXT.split("\n") if line]
    assert "要点：开展学习2次" in annex


def test_the_project_file_sets_the_format(gongwen: RunGongwen, source: Path, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text("[format.margins]\ntop = 30\n", "utf-8")
    assert gongwen("export", str(source), "--out", "x.docx", "--config", "own.toml").returncode == 0
    done = gongwen("export", "--verify", "x.docx")
    assert done.returncode == 1
    assert "天头30" in done.stdout.replace("\n", "")


def test_a_draft_becomes_a_word_file(gongwen: RunGongwen, tmp_path: Path) -> None:
    (tmp_path / "要点.md").write_text("- 理论学习不够深入，联系实际少\n", "utf-8")
    done = gongwen(
        "draft", "--section", "problems", "--notes", "要点.md", "--out", "稿.docx", "--no-passages"
    )
    assert done.returncode == 0, done.stderr
    assert "理论学习" in read_text(tmp_path / "稿.docx")
    assert properties(tmp_path / "稿.docx") == (BY_RULE, None)


def test_a_word_file_says_what_wrote_it_as_other_files_do(gongwen: RunGongwen, tmp_path: Path) -> None:
    (tmp_path / "要点.md").write_text("- 理论学习不够深入\n- 责任书无人检查\n", "utf-8")
    (tmp_path / "稿.md").write_text("一是理论学习不够深入。二是责任书无人检查。\n", "utf-8")
    with LoopbackEndpoint(ok("责任书签订后无人检查")) as model:
        for out, wanted in (("稿.docx", "1"), ("无.docx", "0")):
            command = f"redo 稿.md --item 2 --section problems --notes 要点.md --out {out}"
            done = gongwen(*command.split(), env={**model.environment(), "GONGWEN_AI_LABEL": wanted})
            assert done.returncode == 0, done.stderr
            assert "责任书签订后无人检查" in read_text(tmp_path / out)
    remark, label = properties(tmp_path / "稿.docx")
    assert remark == BY_MODEL
    assert json.loads(label or "")["AIGC"]["ProduceID"] == MODEL
    assert properties(tmp_path / "无.docx") == ("", None)


def properties(path: Path) -> tuple[str, str | None]:
    """Return what a Word file says of its making to readers, and to machines."""
    from docx import Document
    from lxml import etree

    with zipfile.ZipFile(path) as package:
        custom = package.read("docProps/custom.xml") if "docProps/custom.xml" in package.namelist() else None
    told = "".join(etree.fromstring(custom).itertext()) if custom else None
    return Document(str(path)).core_properties.comments, told


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["export"], "--out"),
        (["export", "报告.md", "--out", "x.txt"], ".docx"),
        (["export", "报告.md", "--out", "x.docx", "--date", "2023年13月1日"], "不是日期"),
        (["export", "报告.md", "--out", "x.docx", "--template", "没有.docx"], "找不到"),
        (["export", "报告.md", "--out", "x.docx", "--template", "报告.md"], "“报告.md”不是完整的"),
        (["export", "--verify", "报告.md"], "不是 .docx"),
        (["export", "报告.md", "--out", "x.docx", "--notes", "报告.md"], "--annex"),
        (["export", "报告.md", "--out", "x.docx", "--show-label"], "--label"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    gongwen: RunGongwen, source: Path, tmp_path: Path, arguments: list[str], said: str
) -> None:
    done = gongwen(*arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert not (tmp_path / "x.docx").exists()
