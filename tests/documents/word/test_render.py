"""How a report looks on paper: LibreOffice sets it, poppler reads it off the page."""

import re
import shutil
import subprocess
from collections import defaultdict
from pathlib import Path

import pytest

from assistant.documents.reading import read_text
from assistant.documents.word.writing import export_docx
from tests.documents.word.test_export import REPORTS
from tests.office import convert, needs_office

pytestmark = [
    needs_office,
    pytest.mark.skipif(not shutil.which("pdftotext"), reason="没有安装 poppler-utils（pdftotext）"),
]
FONTS = Path(__file__).parent / "fonts.conf"
WORD = re.compile(r'xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)<')
Row = tuple[float, float, str]
Pages = dict[str, list[list[Row]]]
# The width of the type area over the characters of a line, in points.
CHARACTER = 156 / 25.4 * 72 / 28
WHOLE = (
    "某发〔2023〕5号\n\n关于学习情况的报告\n\n市委：\n\n学习情况如下。\n\n特此报告。\n\n附件：1. 任务表\n\n"
    "中共某某市某某局党组\n2023年1月5日\n\n附件1\n\n任务表\n\n任务如下。"
)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """Return the pages of some documents, each a list of rows: left, right, text. One start of LibreOffice sets them all."""
    folder = tmp_path_factory.mktemp("pages")
    texts = {"full": "国" * 28 * 50, "report": read_text(REPORTS[4]), "whole": WHOLE}
    paths = [folder / f"{name}.docx" for name in texts]
    for path, text in zip(paths, texts.values(), strict=True):
        path.write_bytes(export_docx(text))
    made = convert(paths, "pdf", folder, fonts=FONTS)
    return {path.stem: [rows(page) for page in told(path)] for path in made}


def told(path: Path) -> list[str]:
    command = ["pdftotext", "-bbox", str(path), "-"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    return done.stdout.split("<page ")[1:]


def rows(page: str) -> list[Row]:
    found: dict[int, list[tuple[float, float, str]]] = defaultdict(list)
    for left, right, bottom, text in WORD.findall(page):
        found[round(float(bottom) / 4)].append((float(left), float(right), text))
    ordered = [sorted(found[bottom]) for bottom in sorted(found)]
    return [
        (row[0][0], max(right for _, right, _ in row), "".join(text for *_, text in row)) for row in ordered
    ]


def test_a_full_page_holds_22_lines_of_28_characters(pages: Pages) -> None:
    assert [len(text) for *_, text in pages["full"][1]] == [28] * 22 + [3]


def test_the_lines_of_a_title_part_between_words(pages: Pages) -> None:
    assert [text for *_, text in pages["report"][0]][:2] == [
        "市直机关2022年党风廉政建设",
        "和反腐败工作情况报告",
    ]


def test_number_attachments_and_signature_stand_where_a_typist_puts_them(pages: Pages) -> None:
    first, second = pages["whole"]
    middle = {text: (left + right) / 2 for left, right, text in first}
    assert abs(middle["某发〔2023〕5号"] - middle["关于学习情况的报告"]) < 3
    left = {text: left for left, _, text in first}
    right = {text: right for _, right, text in first}
    assert left["附件：1.任务表"] - left["市委："] == pytest.approx(2 * CHARACTER, abs=3)
    edge = left["市委："] + 28 * CHARACTER
    assert edge - right["中共某某市某某局党组"] == pytest.approx(2 * CHARACTER, abs=3)
    assert left["2023年1月5日"] > left["中共某某市某某局党组"]
    assert [text for *_, text in second] == ["附件1", "任务表", "任务如下。", "—2—"]


def test_a_report_fills_its_pages_and_numbers_them_outside(pages: Pages) -> None:
    report = pages["report"]
    assert len(report) > 3
    assert {len(page) for page in report[1:-1]} == {23}
    assert [page[-1][2] for page in report] == [f"—{number}—" for number in range(1, len(report) + 1)]
    middle = 297
    assert [page[-1][0] > middle for page in report] == [
        number % 2 == 1 for number in range(1, len(report) + 1)
    ]
    assert all(left > 79 and right < 524 + 16 for page in report for left, right, _ in page)
