from pathlib import Path

import pytest

from assistant.documents.word.format_file import load_format
from assistant.documents.word.layout import Margins, PageFormat, Part
from assistant.documents.word.verifying import verify
from assistant.documents.word.writing import export_docx
from assistant.errors import SettingsError


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "gongwen.toml"
    path.write_text(text, "utf-8")
    return path


def test_a_file_without_the_table_asks_for_the_standard(tmp_path: Path) -> None:
    assert load_format(written(tmp_path, "[check]\noff = []\n")) == PageFormat()


def test_a_table_overrides_what_it_names(tmp_path: Path) -> None:
    layout = load_format(
        written(
            tmp_path,
            '[format]\nlines = 20\ncharacters = 26\npage_number = "center"\nbold = ["heading3"]\n'
            '[format.margins]\ntop = 33\n[format.fonts]\ntitle = "华文中宋"\nitem = "楷体_GB2312"\n[format.sizes]\ntitle = "小二"\n',
        )
    )
    assert (layout.lines, layout.characters, layout.margins) == (20, 26, Margins(top=33))
    assert (layout.font(Part.TITLE), layout.size(Part.TITLE), layout.font(Part.BODY)) == (
        "华文中宋",
        18,
        "仿宋_GB2312",
    )
    text = "关于学习的报告\n\n市委：\n\n一、情况\n\n（一）学习。开展学习。一是读书。二是讨论。\n\n1.机关"
    data = export_docx(text, format=layout)
    assert [row for row in verify(data, layout) if not row.ok] == []
    assert {row.item for row in verify(data, PageFormat()) if not row.ok} >= {
        "页边距",
        "文档网格",
        "标题",
        "页码位置",
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[format]\nline = 22\n", "format.line 是不认识的键"),
        ('[format.fonts]\ntitel = "黑体"\n', "format.fonts.titel"),
        ('[format.fonts]\ntitle = "黑<体"\n', "format.fonts.title"),
        ("[format.margins]\ntop = 370\n", "format.margins.top"),
        ('[format.sizes]\ntitle = "大号"\n', "format.sizes.title"),
        ('[format]\npage_number = "top"\n', "format.page_number"),
        ("[format]\nlines = 60\n", "排不下"),
        ("[format]\ncharacters = 60\n", "排不下"),
        ("[format\n", "不是正确的 TOML"),
    ],
)
def test_what_cannot_be_is_an_error_that_names_file_and_key(tmp_path: Path, text: str, said: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(SettingsError) as raised:
        load_format(path)
    assert said in str(raised.value)
    assert path.name in str(raised.value)
