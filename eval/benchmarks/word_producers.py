"""Read Word files that other programs made, and print what came in and what was told as dropped.

    python eval/benchmarks/word_producers.py [--keep FOLDER]

The files are made here, from word_samples.toml and below: with python-docx, with markup of Word's put into such a file, with
pandoc, and with LibreOffice from its own format, from HTML, RTF and .doc. Programs that are not installed are left out and
named. Each file comes with the words that must be in its text, words that must not, and what must be told as dropped.
"""

import argparse
import io
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from assistant.documents.word_import.word_text import read_word

ROOT = Path(__file__).resolve().parent.parent.parent
SPACES = nsdecls("w", "r", "wp", "a") + (
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
OPEN_DOCUMENT = " ".join(
    f'xmlns:{key}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for key, name in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("draw", "drawing"),
        ("style", "style"),
        ("svg", "svg-compatible"),
    )
)


@dataclass(frozen=True)
class Sample:
    """A Word file to be: who makes it, from what, and what is to be read in it, once each and in this order."""

    name: str
    producer: str
    source: str | Callable[[], bytes]
    words: Sequence[str]
    absent: Sequence[str] = ()
    dropped: Sequence[str] = ()
    styles: str = ""

    @property
    def key(self) -> str:
        """Return what a sample is known by."""
        return f"{self.producer}：{self.name}"


@dataclass(frozen=True)
class Outcome:
    """What came of reading a sample; ``fault`` is empty where all is as it should be."""

    sample: Sample
    fault: str
    length: int
    dropped: tuple[str, ...]


def judge(sample: Sample, data: bytes) -> Outcome:
    """Read a file and compare."""
    try:
        read = read_word(data)
    except Exception as error:  # noqa: BLE001 a crash of any kind is what is looked for
        return Outcome(sample, f"{type(error).__name__}: {error}", 0, ())
    places = [read.text.find(word) for word in sample.words]
    faults = [f"缺“{word}”" for word, place in zip(sample.words, places, strict=True) if place < 0]
    faults += [f"“{word}”重复" for word in sample.words if read.text.count(word) > 1]
    faults += ["次序不对"] if not faults and places != sorted(places) else []
    faults += [f"多“{word}”" for word in sample.absent if word in read.text]
    told = "、".join(read.dropped)
    faults += [f"未说明舍去{kind}" for kind in sample.dropped if kind not in told]
    return Outcome(sample, "；".join(faults), len(read.text), read.dropped)


def saved(document: WordDocument) -> bytes:
    """Return a document as bytes."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def from_python(build: Callable[[WordDocument], object]) -> Callable[[], bytes]:
    """Return a maker of a file that python-docx builds."""

    def make() -> bytes:
        document = Document()
        build(document)
        return saved(document)

    return make


def put_in(document: WordDocument, body: str, numbering: str = "") -> None:
    """Put markup into the body of a document, and definitions into its lists."""
    for element in parse_xml(f"<w:body {SPACES}>{body}</w:body>"):
        document.element.body.insert(len(document.element.body) - 1, element)
    for element in parse_xml(f"<w:numbering {SPACES}>{numbering}</w:numbering>"):
        root = document.part.numbering_part.element
        root.insert(0 if element.tag.endswith("abstractNum") else len(root), element)


def styled(document: WordDocument) -> None:
    """Write headings, lists by style and a quotation."""
    document.add_heading("工作总结", 0)
    document.add_heading("一、主要工作", 1)
    for text, style in (
        ("甲事", "List Number"),
        ("乙事", "List Number"),
        ("丙事", "List Bullet"),
        ("引文", "Intense Quote"),
    ):
        document.add_paragraph(text, style=style)


def tables(document: WordDocument) -> None:
    """Write a table with cells merged both ways and a table in a cell."""
    table = document.add_table(3, 3)
    for row in range(3):
        for column in range(3):
            table.cell(row, column).text = f"格{row}{column}"
    table.cell(0, 0).merge(table.cell(0, 1)).text = "横并"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "竖并"
    table.cell(2, 2).add_table(1, 2).cell(0, 1).text = "内表"


def commented(document: WordDocument) -> None:
    """Write a comment, a head and a foot, breaks and tabs."""
    first = document.add_paragraph("被批注的话")
    document.add_comment(first.runs, text="批注内容", author="李四")
    document.sections[0].header.paragraphs[0].text = "页眉的话"
    document.sections[0].footer.paragraphs[0].text = "第1页"
    document.add_paragraph("前半\t后半\n另一行")
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("下一页")


def numbered(
    formats: Sequence[tuple[str, str]], items: Sequence[tuple[str, int, int]]
) -> Callable[[], bytes]:
    """Return a maker of a list with a format and a pattern a level.

    Items are text, level and list; list 91 counts with list 90, but begins at 5.
    """
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{pattern}"/></w:lvl>'
        for level, (kind, pattern) in enumerate(formats)
    )
    numbering = (
        f'<w:abstractNum w:abstractNumId="90">{levels}</w:abstractNum>'
        '<w:num w:numId="90"><w:abstractNumId w:val="90"/></w:num><w:num w:numId="91"><w:abstractNumId w:val="90"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    body = "".join(
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>'
        f"<w:r><w:t>{text}</w:t></w:r></w:p>"
        for text, level, number in items
    )
    return from_python(lambda document: put_in(document, body, numbering))


ITEMS = [
    (f"{name}事", level, 90) for name, level in zip("甲乙丙丁戊己庚", (0, 1, 1, 2, 3, 0, 1), strict=True)
]
CHINESE = (
    ("chineseCountingThousand", "%1、"),
    ("chineseCounting", "（%2）"),
    ("decimal", "%3."),
    ("decimalEnclosedCircle", "%4"),
)
OTHER = (
    ("ideographTraditional", "%1．"),
    ("upperRoman", "%2."),
    ("lowerLetter", "%3)"),
    ("decimal", "%1.%4"),
)
OWN = [
    Sample(
        "标题、样式列表",
        "python-docx",
        from_python(styled),
        ["工作总结", "一、主要工作", "1.甲事", "2.乙事", "• 丙事", "引文"],
    ),
    Sample(
        "合并单元格、表中表",
        "python-docx",
        from_python(tables),
        ["横并\t格02", "竖并\t格11\t格12", "\t格21\t格22 ", "内表"],
    ),
    Sample(
        "批注、页眉、换行",
        "python-docx",
        from_python(commented),
        ["被批注的话", "前半\t后半\n另一行", "下一页"],
        ["批注内容", "页眉的话", "第1页"],
        ["批注1条", "页眉页脚1处"],
    ),
    Sample(
        "一、（一）1. ①",
        "python-docx",
        numbered(CHINESE, ITEMS),
        ["一、甲事", "（一）乙事", "（二）丙事", "1.丁事", "① 戊事", "二、己事", "（一）庚事"],
    ),
    Sample(
        "甲．I. a)、另从五起",
        "python-docx",
        numbered(OTHER, [*ITEMS, ("辛事", 0, 91)]),
        ["甲．甲事", "I.乙事", "II.丙事", "a)丁事", "甲.1 戊事", "乙．己事", "I.庚事", "戊．辛事"],
    ),
]


def samples() -> list[Sample]:
    """Return all samples."""
    listed = tomllib.loads(Path(__file__).with_name("word_samples.toml").read_text("utf-8"))["sample"]
    return [*OWN, *(Sample(**each) for each in listed)]


def made(wanted: Sequence[Sample], folder: Path) -> dict[str, bytes]:
    """Return the files of samples by their keys; those whose program is not installed are left out."""
    files: dict[str, bytes] = {}
    waiting: dict[str, list[tuple[str, Path]]] = defaultdict(list)
    for number, sample in enumerate(wanted):
        program, _, kind = sample.producer.partition(" ")
        if callable(sample.source):
            files[sample.key] = sample.source()
        elif program == "Word":
            files[sample.key] = from_python(partial(put_in, body=sample.source))()
        elif program == "pandoc" and shutil.which("pandoc"):
            files[sample.key] = _by_pandoc(sample.source, "markdown" if kind == "md" else kind, folder)
        elif program == "LibreOffice":
            path = folder / f"{number}.{'fodt' if kind == 'odt' else kind}"
            path.write_text(_office_source(sample, kind), "utf-8")
            waiting[kind].append((sample.key, path))
    return files | _by_office(waiting, folder)


def _office_source(sample: Sample, kind: str) -> str:
    if kind == "html":
        return f"<meta charset=utf-8>{sample.source}"
    if kind != "odt":
        return str(sample.source)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {OPEN_DOCUMENT} xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text"><office:automatic-styles>'
        f"{sample.styles}</office:automatic-styles><office:body><office:text>{sample.source}</office:text></office:body>"
        "</office:document>"
    )


def _by_pandoc(source: str, kind: str, folder: Path) -> bytes:
    path = folder / "pandoc.docx"
    command = ["pandoc", "-f", kind, "-o", str(path)]
    subprocess.run(command, input=source, encoding="utf-8", check=True, capture_output=True, cwd=folder)
    return path.read_bytes()


def _by_office(waiting: dict[str, list[tuple[str, Path]]], folder: Path) -> dict[str, bytes]:
    from assistant.documents.office import find_office
    from tests.office import convert

    files: dict[str, bytes] = {}
    for kind, pairs in waiting.items() if find_office() else ():
        # As a page of the web it could not become a Word file.
        options = ["--infilter=HTML (StarWriter)"] if kind == "html" else []
        results = convert([path for _, path in pairs], "docx", folder, *options)
        files |= {key: path.read_bytes() for (key, _), path in zip(pairs, results, strict=True)}
    return files


def main() -> None:
    """Make all files, read them and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--keep", type=Path, help="folder to keep the files in")
    arguments = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    wanted = samples()
    with tempfile.TemporaryDirectory() as name:
        files = made(wanted, Path(name))
    outcomes = [judge(sample, files[sample.key]) for sample in wanted if sample.key in files]
    for outcome in outcomes:
        told = "、".join(outcome.dropped) or "—"
        print(f"{outcome.sample.key}｜{outcome.length}字｜{outcome.fault or '齐全'}｜舍去：{told}")
    print(f"共{len(outcomes)}份，{sum(not each.fault for each in outcomes)}份齐全")
    if missing := sorted({sample.producer for sample in wanted if sample.key not in files}):
        print(f"没有安装：{'、'.join(missing)}")
    for place, (key, data) in enumerate(files.items() if arguments.keep else ()):
        arguments.keep.mkdir(parents=True, exist_ok=True)
        (arguments.keep / f"{place:02} {key.replace('/', '-')}.docx").write_bytes(data)


if __name__ == "__main__":
    main()
