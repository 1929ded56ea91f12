"""Make a folder of broken files with some good ones among them, to see what an import makes of it.

    python eval/benchmarks/broken_files.py FOLDER
    gongwen ingest FOLDER --json

Prints one JSON object: the name of each file as an import tells it, with a pattern that its reason must match, or null
where it is good. What is not in the list is to be skipped.
"""

import io
import json
import os
import struct
import sys
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)
BINARY = bytes(range(256)) * 16
MEGABYTE = 1_000_000
FAST = 1
CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def report(number: int) -> str:
    """Return a small report, another for each number."""
    return (
        f"市第{number}林业站202{number % 10}年工作总结\n202{number % 10}年，第{number}林业站造林{number * 37}亩，开展巡护{number}次。\n"
        f"一、主要工作\n（一）加强学习。组织第{number}站职工集中学习{number + 3}次。\n"
        f"二、存在的问题\n第{number}站在防火宣传上办法不多，台账更新不及时。\n三、下一步打算\n下一步，补齐{number}号苗圃。\n"
    )


def word_file(text: str, *, external: bool = False) -> bytes:
    """Return a Word file, on request with a link to a file outside."""
    document = Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    if external:
        document.part.relate_to("file:///etc/hostname", RELATIONSHIP_TYPE.IMAGE, is_external=True)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def with_part(data: bytes, name: str, content: bytes, *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return an archive with one of its parts replaced."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(stream, "w", method, compresslevel=FAST) as new,
    ):
        for part in old.namelist():
            new.writestr(part, content if part == name else old.read(part))
    return stream.getvalue()


def archive(entries: Mapping[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method, compresslevel=FAST) as made:
        for name, data in entries.items():
            made.writestr(zipfile.ZipInfo(name), data, method)
    return stream.getvalue()


def renamed(data: bytes, old: bytes, new: bytes) -> bytes:
    """Return an archive with names of the same length put in, as packers that know no UTF-8 write them."""
    assert len(old) == len(new)
    return data.replace(old, new)


def text_pdf(pages: Sequence[Sequence[str]], *, user: str | None = None, owner: str | None = None) -> bytes:
    """Return a PDF with a text layer of these lines, on request encrypted."""
    writer = PdfWriter()
    info = {
        "Registry": TextStringObject("Adobe"),
        "Ordering": TextStringObject("GB1"),
        "Supplement": NumberObject(2),
    }
    below = _dictionary(
        Type=NameObject("/Font"),
        Subtype=NameObject("/CIDFontType0"),
        BaseFont=NameObject("/STSong-Light"),
        CIDSystemInfo=_dictionary(**info),
    )
    font = _dictionary(
        Type=NameObject("/Font"),
        Subtype=NameObject("/Type0"),
        BaseFont=NameObject("/STSong-Light"),
        Encoding=NameObject("/UniGB-UTF16-H"),
        DescendantFonts=ArrayObject([below]),
    )
    for lines in pages:
        page = writer.add_blank_page(595, 842)
        page[NameObject("/Resources")] = _dictionary(Font=_dictionary(F1=font))
        shown = "".join(f"<{line.encode('utf-16-be').hex()}> Tj T*\n" for line in lines)
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 16 Tf 28 TL 72 770 Td\n{shown}ET".encode())
        page[NameObject("/Contents")] = stream
    if user is not None:
        writer.encrypt(user, owner, algorithm="RC4-128")
    return _written(writer)


def blank_pdf(pages: int) -> bytes:
    """Return a PDF whose pages hold no text, as a scanner's."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    return _written(writer)


def bursting_pdf() -> bytes:
    """Return a PDF with a page of 300 MB, packed."""
    writer = PdfWriter()
    page = writer.add_blank_page(595, 842)
    stream = DecodedStreamObject()
    stream.set_data(b" " * (300 * MEGABYTE))
    page[NameObject("/Contents")] = stream.flate_encode(level=FAST)
    return _written(writer)


def _dictionary(**values: object) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{name}"): value for name, value in values.items()})


def _written(writer: PdfWriter) -> bytes:
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


class Maker:
    """Writes files, and keeps what is to become of each."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.expected: dict[str, str | None] = {}
        self.number = 0

    def text(self) -> str:
        """Return a report that no other file has."""
        self.number += 1
        return report(self.number)

    def put(self, name: str, data: bytes | str, reason: str | None) -> None:
        """Write a file that ends with ``reason``."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        self.expected[name] = reason

    def zipped(self, name: str, reasons: Mapping[str, str | None], data: bytes) -> None:
        """Write an archive whose entries, or the whole under the empty name, end with ``reasons``."""
        (self.folder / name).write_bytes(data)
        self.expected.update({f"{name}/{entry}".rstrip("/"): reason for entry, reason in reasons.items()})


def make_good(maker: Maker) -> None:
    """Write reports that are to be imported."""
    maker.put("好.txt", maker.text(), None)
    maker.put("好-bom.txt", b"\xef\xbb\xbf" + maker.text().replace("\n", "\r\n").encode(), None)
    maker.put("好-gb18030.txt", maker.text().encode("gb18030"), None)
    maker.put("好-utf16.txt", maker.text().encode("utf-16"), None)
    maker.put("好.md", "# " + maker.text(), None)
    maker.put("好.DOCX", word_file(maker.text()), None)
    maker.put("外部链接.docx", word_file(maker.text(), external=True), None)
    maker.put("好.pdf", text_pdf([maker.text().splitlines()]), None)
    maker.put("限制打印.pdf", text_pdf([maker.text().splitlines()], user="", owner="owner"), None)
    maker.put("长行.txt", maker.text().replace("\n", "") * 1000, None)
    maker.put("层/" * 200 + "深.txt", maker.text(), None)
    maker.put("有 空格'引号\"和😀.txt", maker.text(), None)
    maker.put("换行\n和\x1b[31m颜色.txt", maker.text(), None)
    maker.expected["换行\ufffd和\ufffd[31m颜色.txt"] = maker.expected.pop("换行\n和\x1b[31m颜色.txt")
    with open(os.fsencode(maker.folder) + "/旧编码.txt".encode("gb18030"), "wb") as stream:  # noqa: PTH123 - bytes
        stream.write(maker.text().encode())
    maker.expected["旧编码.txt"] = None
    entries = {"2024/总结.txt": maker.text().encode(), "2023/下/报告.docx": word_file(maker.text())}
    maker.zipped("好.zip", dict.fromkeys(entries), archive({**entries, "图.png": PNG}))
    names = ("旧稿/总结.txt", "旧稿/汇报.txt")
    plain = archive({f"{index}" * 13: maker.text().encode() for index, _ in enumerate(names)})
    for index, name in enumerate(names):
        plain = renamed(plain, f"{index}".encode() * 13, name.encode("gbk"))
    maker.zipped("国标名.zip", dict.fromkeys(names), plain)


def make_bad_texts(maker: Maker) -> None:
    """Write what is no text, and texts that are none any more."""
    gb, utf8 = maker.text().encode("gb18030"), maker.text().encode()
    for name, data, reason in (
        ("空.txt", b"", "空文件"),
        ("空白.md", " \n\u3000\n".encode(), "空文件"),
        ("二进制.txt", BINARY, "不是文本"),
        ("图片.txt", PNG, "不是文本"),
        ("程序.md", b"\x7fELF" + BINARY, "不是文本"),
        ("夹NUL.txt", utf8[:90] + b"\0" + utf8[90:], "不是文本"),
        ("全是NUL.txt", bytes(5000), "不是文本"),
        ("压缩包改名.txt", archive({"a.txt": utf8}), "不是文本"),
        ("PDF改名.md", text_pdf([["总结"]]), "不是文本"),
        ("Word改名.txt", word_file("总结"), "不是文本"),
        ("两种编码.txt", utf8 + gb, "不是文本"),
        ("半个字.txt", gb[:-2], "不是文本"),
        ("只有标题.txt", "一、主要工作\n".encode(), "没有正文"),
        ("太长.txt", "一句话没有完，".encode() * 750_000, "超过500万字"),
    ):
        maker.put(name, data, reason)
    maker.put("无权限.txt", BINARY, "权限|不是文本")  # The superuser reads it all the same.
    (maker.folder / "无权限.txt").chmod(0)
    maker.put("稀疏.txt", b"", "超过20MB")
    os.truncate(maker.folder / "稀疏.txt", 200 * MEGABYTE)
    maker.put(
        "manifest.json", json.dumps({"reports": [{"file": "好.txt", "titel": "总结"}]}), "好.txt.*titel"
    )


def make_no_files(maker: Maker) -> None:
    """Write what is in a folder and is no regular file."""
    os.mkfifo(maker.folder / "管道.txt")
    for name, target in (
        ("设备.txt", "/dev/zero"),
        ("断链.txt", "没有这个文件"),
        ("自链.txt", "自链.txt"),
        ("目录链.txt", "层"),
        ("回到上级", "."),
    ):
        (maker.folder / name).symlink_to(target)
    maker.expected |= {"管道.txt": "不是普通文件", "设备.txt": "不是普通文件", "断链.txt": "找不到"}
    maker.expected |= {"自链.txt": "无法读取", "目录链.txt": "是文件夹"}
    (maker.folder / "空文件夹").mkdir()


def make_bad_words(maker: Maker) -> None:
    """Write Word files that are none, or broken, or hostile."""
    whole = word_file(maker.text())
    stored = with_part(whole, "", b"", method=zipfile.ZIP_STORED)
    place = stored.find(b"<w:document") + 40
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    body = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>'
    for name, data, reason in (
        ("空.docx", b"", "重新保存"),
        ("截断.docx", whole[: len(whole) // 2], "重新保存"),
        ("尾部截断.docx", whole[:-30], "重新保存"),
        ("旧版.docx", OLE, "旧版"),
        ("纯文本.docx", maker.text().encode(), "重新保存"),
        ("表格改名.docx", archive({"[Content_Types].xml": CONTENT_TYPES.encode(), "xl/workbook.xml": b"<x/>"}), "重新保存"),
        ("只是压缩包.docx", archive({"a.txt": b"a"}), "重新保存"),
        ("坏标记.docx", with_part(whole, "word/document.xml", b"<w:document><w:body>"), "重新保存"),
        ("校验错.docx", stored[:place] + b"\0\0" + stored[place + 2 :], "重新保存"),
        ("没有字.docx", word_file(""), "空文件"),
        ("炸弹.docx", with_part(whole, "word/document.xml", b" " * (100 * MEGABYTE)), "30MB"),
        ("大图.docx", with_part(whole, "docProps/thumbnail.jpeg", b" " * (150 * MEGABYTE)), "100MB"),
        (
            "实体炸弹.docx",
            with_part(
                whole,
                "word/document.xml",
                f'<!DOCTYPE x [<!ENTITY a0 "哈">{laughs}]>{body}&a11;</w:t></w:r></w:p></w:body></w:document>'.encode(),
            ),
            "空文件|重新保存",
        ),
    ):  # fmt: skip
        maker.put(name, data, reason)


def make_bad_pdfs(maker: Maker) -> None:
    """Write PDF files without a text layer, encrypted, cut off or hostile."""
    whole = text_pdf([maker.text().splitlines()])
    loop = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Count 1/Kids[2 0 R]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    )
    for name, data, reason in (
        ("扫描.pdf", blank_pdf(3), "扫描件"),
        ("加密.pdf", text_pdf([["总结"]], user="secret", owner="owner"), "加密"),
        ("空.pdf", b"", "PDF"),
        ("只有开头.pdf", b"%PDF-1.7\n", "PDF"),
        ("截断.pdf", whole[:300], "PDF|扫描件"),
        ("纯文本.pdf", maker.text().encode(), "PDF"),
        ("图片.pdf", PNG, "PDF"),
        ("环.pdf", loop, "PDF|扫描件"),
        ("两千零一页.pdf", blank_pdf(2001), "2001页"),
        ("炸弹.pdf", bursting_pdf(), "PDF|扫描件"),
    ):
        maker.put(name, data, reason)


def make_bad_archives(maker: Maker) -> None:
    """Write archives that burst, lead out, or hold what cannot be read."""
    good = maker.text().encode()
    one = archive({"a.txt": good})
    escaping = dict.fromkeys(("../逃逸.txt", "/etc/绝对.txt", "C:\\盘符.txt", "a/../../绕行.txt"), good)
    plain = archive({"a.txt": good}, method=zipfile.ZIP_STORED)
    place = plain.find(good) + 10
    inside = archive(
        {"好.txt": maker.text().encode(), "坏.docx": OLE, "空.txt": b"", "扫描.pdf": blank_pdf(1)}
    )
    many = archive({f"{number}.txt": b"" for number in range(10_001)}, method=zipfile.ZIP_STORED)
    for name, reasons, data in (
        ("空.zip", {"": "没有报告"}, archive({})),
        ("没有报告.zip", {"": "没有报告"}, archive({"图.png": PNG})),
        ("不是.zip", {"": "不是完整的 zip"}, good),
        ("零.zip", {"": "不是完整的 zip"}, b""),
        ("截断.zip", {"": "不是完整的 zip"}, one[: len(one) // 2]),
        ("太多.zip", {"": "10001个"}, many),
        ("炸弹.zip", {"炸弹.txt": "压缩炸弹"}, archive({"炸弹.txt": bytes(300 * MEGABYTE)})),
        ("大.zip", {"大.txt": "20MB"}, archive({"大.txt": os.urandom(100_000).hex().encode() * 110})),
        ("越界.zip", {name.replace("\\", "/"): "越出" for name in escaping}, archive(escaping)),
        ("套娃.zip", {"内.zip": "压缩包中的压缩包"}, archive({"内.zip": one})),
        ("校验错.zip", {"a.txt": "损坏"}, plain[:place] + b"\0" + plain[place + 1 :]),
        ("加密.zip", {"a.txt": "加密"}, _flagged(one)),
        ("别的压缩法.zip", {"a.txt": "压缩方式"}, archive({"a.txt": good}, method=zipfile.ZIP_BZIP2)),
        ("混合.zip", {"好.txt": None, "坏.docx": "旧版", "空.txt": "空文件", "扫描.pdf": "扫描件"}, inside),
    ):
        maker.zipped(name, reasons, data)


def _flagged(data: bytes) -> bytes:
    """Return an archive that says its entries are encrypted."""
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark) + offset
        data = data[:place] + struct.pack("<H", 1) + data[place + 2 :]
    return data


def make_left_out(maker: Maker) -> None:
    """Write what an import skips."""
    for name in (
        "旧稿.xls",
        "表.xlsx",
        "图.png",
        "没有扩展名",
        ".隐藏.txt",
        "~$打开着.docx",
        "README.md",
        ".git/a.txt",
    ):
        path = maker.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(OLE)


def make(folder: Path) -> dict[str, str | None]:
    """Fill a folder; return what is to become of each file."""
    maker = Maker(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for part in (
        make_good,
        make_bad_texts,
        make_no_files,
        make_bad_words,
        make_bad_pdfs,
        make_bad_archives,
        make_left_out,
    ):
        part(maker)
    return maker.expected


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    print(json.dumps(make(Path(sys.argv[1])), ensure_ascii=False))
