"""How a report looks on paper: LibreOffice sets it, poppler reads it off the page."""

import os
import re
import shutil
import subprocess
from collections import defaultdict
from pathlib import Path

import pytest

from assistant.documents.reading import read_text
from assistant.documents.word.writing import export_docx
from tests.documents.word.test_export import REPORTS

pytestmark = [
    pytest.mark.skipif(not shutil.which("soffice"), reason="没有安装 LibreOffice（soffice）"),
    pytest.mark.skipif(not shutil.which("pdftotext"), reason="没有安装 poppler-utils（pdftotext）"),
]
FONTS = Path(__file__).parent / "fonts.conf"
WORD = re.compile(r'xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)<')
Row = tuple[float, float, str]


def rendered(data: bytes, folder: Path) -> list[list[Row]]:
    """Return the pages of a document, each a list of rows: left, right, text."""
    (folder / "x.docx").write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        str(folder / "x.docx"),
    ]
    environment = {**os.environ, "FONTCONFIG_FILE": str(FONTS), "HOME": str(folder)}
    subprocess.run(command, env=environment, check=True, capture_output=True, timeout=120)
    told = subprocess.run(
        ["pdftotext", "-bbox", str(folder / "x.pdf"), "-"], capture_output=True, encoding="utf-8", check=True
    )
    return [rows(page) for page in told.stdout.split("<page ")[1:]]


def rows(page: str) -> list[Row]:
    found: dict[int, list[tuple[float, float, str]]] = defaultdict(list)
    for left, right, bottom, text in WORD.findall(page):
        found[round(float(bottom) / 4)].append((float(left), float(right), text))
    ordered = [sorted(found[bottom]) for bottom in sorted(found)]
    return [
        (row[0][0], max(right for _, right, _ in row), "".join(text for *_, text in row)) for row in ordered
    ]


def test_a_full_page_holds_22_lines_of_28_characters(tmp_path: Path) -> None:
    pages = rendered(export_docx("国" * 28 * 50), tmp_path)
    assert [len(text) for *_, text in pages[1]] == [28] * 22 + [3]


def test_a_report_fills_its_pages_and_numbers_them_outside(tmp_path: Path) -> None:
    pages = rendered(export_docx(read_text(REPORTS[4])), tmp_path)
    assert len(pages) > 3
    assert {len(page) for page in pages[1:-1]} == {23}
    assert [page[-1][2] for page in pages] == [f"—{number}—" for number in range(1, len(pages) + 1)]
    middle = 297
    assert [page[-1][0] > middle for page in pages] == [
        number % 2 == 1 for number in range(1, len(pages) + 1)
    ]
    assert all(left > 79 and right < 524 + 16 for page in pages for left, right, _ in page)
