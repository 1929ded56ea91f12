"""Folders and archives as streams of files, friendly and hostile."""

import io
import os
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.documents import archives, limits
from assistant.documents.names import decode_name, escapes, printable, readable_name
from assistant.documents.reading import read_text
from assistant.documents.sources import sources, survey
from assistant.errors import InputError


def fill(folder: Path, files: Mapping[str, bytes | str]) -> Path:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    return folder


def zipped(entries: Mapping[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as made:
        for name, data in entries.items():
            made.writestr(zipfile.ZipInfo(name), data, method)
    return stream.getvalue()


def outcomes(*paths: Path) -> dict[str, str]:
    """Return the text or the refusal of each source, by its name, in their order."""
    found = {}
    for source in sources(paths):
        try:
            found[source.name] = source.read()
        except InputError as error:
            found[source.name] = f"拒：{error}"
    assert [text for text in found.values() if text.startswith("拒") and text.count("。") != 1] == []
    return found


def test_a_folder_gives_its_reports_in_order_and_nothing_else(tmp_path: Path) -> None:
    fill(
        tmp_path / "旧稿",
        {
            "乙.txt": "乙", "甲.md": "甲", "下/丙.TXT": "丙", "下/更下/丁.txt": "丁", ".隐.txt": "", "~$丙.docx": "", "图.png": "",
            "README.zh.md": "", "readme.txt": "",
            "manifest.json": '{"reports": []}', ".git/a.txt": "", "无": "", "旧.xls": "", "新.xls": "",
        },
    )  # fmt: skip
    assert list(outcomes(tmp_path / "旧稿").items()) == [
        ("下/丙.TXT", "丙"), ("下/更下/丁.txt", "丁"), ("乙.txt", "乙"), ("甲.md", "甲"),
    ]  # fmt: skip
    found = survey([tmp_path / "旧稿"])
    assert found.total == 4
    assert found.skipped == Counter({".xls": 2, ".png": 1, "无扩展名": 1})


def test_what_is_named_is_read_whatever_it_is_called(tmp_path: Path) -> None:
    fill(tmp_path, {"README.md": "说明", "记录": "记", "旧.doc": b"\xd0\xcf\x11\xe0"})
    found = outcomes(tmp_path / "README.md", tmp_path / "记录", tmp_path / "旧.doc")
    assert list(found.values())[:2] == ["说明", "记"]
    assert "另存为" in found["旧.doc"]


@pytest.mark.parametrize("name", ["没有", "没有.txt", "空", "只有图"])
def test_a_path_without_reports_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "空").mkdir()
    fill(tmp_path, {"只有图/图.png": b"", "好.txt": "好"})
    with pytest.raises(InputError, match=name):
        survey([tmp_path / "好.txt", tmp_path / name])


def test_an_archive_goes_on_like_a_folder(tmp_path: Path) -> None:
    inside = {
        "总结.txt": b"1",
        "2024/汇报.md": b"2",
        "图.png": b"",
        "__MACOSX/._总结.txt": b"",
        "2024/.隐.txt": b"",
    }
    fill(tmp_path / "稿", {"旧稿.ZIP": zipped(inside), "下/a.txt": "3"})
    assert outcomes(tmp_path / "稿") == {
        "下/a.txt": "3",
        "旧稿.ZIP/2024/汇报.md": "2",
        "旧稿.ZIP/总结.txt": "1",
    }
    assert outcomes(tmp_path / "稿" / "旧稿.ZIP") == {"旧稿.ZIP/2024/汇报.md": "2", "旧稿.ZIP/总结.txt": "1"}
    assert survey([tmp_path / "稿"]).skipped == Counter({".png": 1})


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8"])
def test_names_without_the_flag_of_utf8_are_decoded(tmp_path: Path, encoding: str) -> None:
    raw = "旧稿/2024年总结.txt".encode(encoding)
    place = "x" * len(raw)
    fill(tmp_path, {"a.zip": zipped({place: b"1"}).replace(place.encode(), raw)})
    assert outcomes(tmp_path / "a.zip") == {"a.zip/旧稿/2024年总结.txt": "1"}


@pytest.mark.parametrize(
    "name",
    [
        "../a.txt",
        "/a.txt",
        "\\a.txt",
        "C:\\a.txt",
        "c:a.txt",
        "a/../../b.txt",
        "a\\..\\..\\b.txt",
        "..\\a.png",
    ],
)
def test_an_entry_that_leads_out_is_refused(tmp_path: Path, name: str) -> None:
    fill(tmp_path, {"a.zip": zipped({name: b"1", "好.txt": b"2"})})
    found = outcomes(tmp_path / "a.zip")
    assert found.pop("a.zip/好.txt") == "2"
    assert ["越出" in reason for reason in found.values()] == [True]
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == ["a.zip"]


@pytest.mark.parametrize("name", ["a..b.txt", "..a/b.txt", "a/b...txt", "C盘/a.txt", "第1:2项.txt"])
def test_what_only_looks_like_leading_out_is_none(name: str) -> None:
    assert not escapes(name)


def test_an_archive_in_an_archive_is_refused(tmp_path: Path) -> None:
    fill(tmp_path, {"a.zip": zipped({"b.zip": zipped({"c.txt": b"1"})})})
    assert "压缩包中的压缩包" in outcomes(tmp_path / "a.zip")["a.zip/b.zip"]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_method_that_cannot_be_unpacked_piece_by_piece_is_refused(tmp_path: Path, method: int) -> None:
    fill(tmp_path, {"a.zip": zipped({"a.txt": b"1"}, method=method)})
    assert "压缩方式" in outcomes(tmp_path / "a.zip")["a.zip/a.txt"]


def test_an_entry_that_bursts_is_refused_and_the_others_are_read(tmp_path: Path) -> None:
    fill(tmp_path, {"a.zip": zipped({"a.txt": b"a" * 5_000_000, "b.txt": b"1"})})
    found = outcomes(tmp_path / "a.zip")
    assert "200倍" in found["a.zip/a.txt"]
    assert found["a.zip/b.txt"] == "1"


def test_a_directory_that_lies_about_sizes_is_refused(tmp_path: Path) -> None:
    data = zipped({"a.txt": b"a" * 5_000_000})
    size = (5_000_000).to_bytes(4, "little")
    fill(tmp_path, {"a.zip": data.replace(size, (9).to_bytes(4, "little"))})
    assert "损坏" in outcomes(tmp_path / "a.zip")["a.zip/a.txt"]


def test_a_directory_of_gigabytes_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "_DIRECTORY_BYTES", 100)
    fill(tmp_path, {"a.zip": zipped({f"{number}.txt": b"" for number in range(20)})})
    assert "不是完整的 zip" in outcomes(tmp_path / "a.zip")["a.zip"]


def test_what_an_archive_may_hold_in_all_has_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(
        tmp_path, {"a.zip": zipped({f"{number}.txt": os.urandom(300).hex().encode() for number in range(9)})}
    )
    monkeypatch.setattr(archives, "ARCHIVE_BYTES", 3000)
    assert [text.startswith("拒") for text in outcomes(tmp_path / "a.zip").values()] == [False] * 5 + [
        True
    ] * 4
    monkeypatch.setattr(archives, "ARCHIVE_ENTRIES", 8)
    assert "9个文件，最多8个" in outcomes(tmp_path / "a.zip")["a.zip"]


@pytest.mark.parametrize(
    ("suffix", "constant", "reason"), [(".txt", "TEXT_BYTES", "0MB"), (".pdf", "FILE_BYTES", "0MB")]
)
def test_a_file_beyond_the_limit_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, constant: str, reason: str
) -> None:
    monkeypatch.setattr(limits, constant, 50)
    fill(tmp_path / "稿", {f"a{suffix}": b"1" * 51, "a.zip": zipped({f"b{suffix}": b"1" * 51})})
    assert [reason in text for text in outcomes(tmp_path / "稿").values()] == [True, True]


def test_a_text_too_long_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "TEXT_CHARACTERS", 20_000)
    fill(tmp_path, {"a.txt": "学" * 20_000, "b.txt": "学" * 20_001})
    assert len(read_text(tmp_path / "a.txt")) == 20_000
    with pytest.raises(InputError, match="2万字"):
        read_text(tmp_path / "b.txt")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes, devices and links of this kind")
@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda path: os.mkfifo(path), "不是普通文件"),
        (lambda path: path.symlink_to("/dev/zero"), "不是普通文件"),
        (lambda path: path.symlink_to(path.name), "无法读取|不是普通文件"),
        (lambda path: path.symlink_to("没有"), "找不到|不是普通文件"),
    ],
    ids=["pipe", "device", "loop", "broken link"],
)
@pytest.mark.parametrize("name", ["a.txt", "a.zip"])
def test_what_is_no_file_is_refused_without_waiting(
    tmp_path: Path, make: Callable[[Path], object], reason: str, name: str
) -> None:
    (tmp_path / "稿").mkdir()
    make(tmp_path / "稿" / name)
    (refused,) = outcomes(tmp_path / "稿").values()
    assert any(words in refused for words in reason.split("|"))


@pytest.mark.skipif(os.name == "nt", reason="Windows lets only some users make links")
def test_a_link_to_a_folder_is_not_followed_and_one_to_a_file_is(tmp_path: Path) -> None:
    fill(tmp_path, {"稿/a.txt": "1", "别处/b.txt": "2"})
    (tmp_path / "稿" / "上").symlink_to(".")
    (tmp_path / "稿" / "链.txt").symlink_to(tmp_path / "别处" / "b.txt")
    assert outcomes(tmp_path / "稿") == {"a.txt": "1", "链.txt": "2"}
    assert survey([tmp_path / "稿"]).skipped == Counter({"文件夹链接": 1})


def test_folders_may_be_deep(tmp_path: Path) -> None:
    fill(tmp_path, {"稿/" + "d/" * 400 + "a.txt": "1"})
    assert list(outcomes(tmp_path / "稿").values()) == ["1"]


def test_a_sidecar_goes_with_its_files(tmp_path: Path) -> None:
    sidecar = '{"reports": [{"file": "a.txt", "kind": "总结"}, {"file": "b.zip/c.txt", "year": 2020}]}'
    fill(
        tmp_path / "稿",
        {"manifest.json": sidecar, "a.txt": "1", "b.zip": zipped({"c.txt": b"2", "d.txt": b"3"})},
    )
    records = {source.name: source.record for source in sources([tmp_path / "稿"])}
    assert records["a.txt"] is not None
    assert records["a.txt"].kind == "总结"
    assert records["b.zip/c.txt"] is not None
    assert records["b.zip/c.txt"].year == 2020
    assert records["b.zip/d.txt"] is None
    assert records.keys() == {"a.txt", "b.zip/c.txt", "b.zip/d.txt"}


@pytest.mark.parametrize("top", ["", "旧稿/"], ids=["at the top", "in the packed folder"])
def test_an_archive_brings_its_own_sidecar(tmp_path: Path, top: str) -> None:
    sidecar = '{"reports": [{"file": "a.txt", "kind": "总结"}, {"file": "下/b.txt", "year": 2020}]}'
    packed = {
        f"{top}a.txt": b"1",
        f"{top}下/b.txt": b"2",
        f"{top}c.txt": b"3",
        f"{top}下/manifest.json": b"{",
        f"{top}manifest.json": sidecar.encode(),
        "__MACOSX/._a.txt": b"",
    }
    fill(tmp_path, {"稿.zip": zipped(packed)})
    records = {source.name: source.record for source in sources([tmp_path / "稿.zip"])}
    assert {name: record and (record.kind, record.year) for name, record in records.items()} == {
        f"稿.zip/{top}a.txt": ("总结", None),
        f"稿.zip/{top}c.txt": None,
        f"稿.zip/{top}下/b.txt": (None, 2020),
    }
    assert survey([tmp_path / "稿.zip"]).total == 3


def test_what_lies_beside_an_archive_counts_before_what_is_in_it(tmp_path: Path) -> None:
    inside = '{"reports": [{"file": "a.txt", "kind": "总结"}, {"file": "b.txt", "kind": "总结"}]}'
    outside = '{"reports": [{"file": "稿.zip/a.txt", "kind": "报告"}]}'
    packed = zipped({"a.txt": b"1", "b.txt": b"2", "manifest.json": inside.encode()})
    fill(tmp_path / "稿", {"manifest.json": outside, "稿.zip": packed})
    records = {source.name: source.record for source in sources([tmp_path / "稿"])}
    assert [record and record.kind for record in records.values()] == ["报告", "总结"]


@pytest.mark.parametrize(
    ("sidecar", "words"),
    [
        (b'{"reports": [{"file": "a.txt", "kinds": "x"}]}', "稿.zip/manifest.json”第1条（a.txt）有不认识的键“kinds”"),
        (b'{"reports": [{"file": "b.txt", "kind": "x"}]}', "稿.zip/manifest.json”所列的“b.txt”不在压缩包里"),
        (b"{", "稿.zip/manifest.json”不是有效的 JSON"),
        (b" " * 5_000_000, "压缩炸弹"),
    ],
)  # fmt: skip
def test_a_wrong_sidecar_in_an_archive_fails_by_itself(tmp_path: Path, sidecar: bytes, words: str) -> None:
    fill(tmp_path, {"稿.zip": zipped({"a.txt": b"1", "manifest.json": sidecar})})
    found = outcomes(tmp_path / "稿.zip")
    assert found["稿.zip/a.txt"] == "1"
    assert words in found["稿.zip/manifest.json"]
    assert survey([tmp_path / "稿.zip"]).total == 2


@pytest.mark.parametrize(
    ("sidecar", "words"),
    [
        ('{"reports": [{"file": "a.txt", "kinds": "总结"}]}', "kinds"),
        ('{"reports": [{"file": "没有.txt", "kind": "总结"}]}', "没有.txt"),
        ("{", "JSON"),
    ],
)
def test_a_wrong_sidecar_fails_by_itself(tmp_path: Path, sidecar: str, words: str) -> None:
    fill(tmp_path / "稿", {"manifest.json": sidecar, "a.txt": "1"})
    found = outcomes(tmp_path / "稿")
    assert found["a.txt"] == "1"
    assert words in found["manifest.json"]


@given(st.binary(max_size=40))
def test_any_name_becomes_text_that_can_be_stored_and_printed(raw: bytes) -> None:
    name = readable_name(os.fsdecode(raw))
    assert name.encode().decode() == printable(name) == name
    assert not set("\n\r\x1b\0") & set(name)


@given(st.text("旧稿总结报告汇编目录局党组学习", min_size=1, max_size=12), st.sampled_from(["gbk", "utf-8"]))
def test_names_of_chinese_characters_come_back(name: str, encoding: str) -> None:
    assert decode_name(f"{name}.txt".encode(encoding)) == f"{name}.txt"


@given(st.binary(max_size=300))
def test_any_bytes_as_an_archive_are_refused_in_one_sentence(data: bytes) -> None:
    path = Path("a.zip")
    path.write_bytes(data)
    assert [text.startswith("拒") for text in outcomes(path).values()] == [True]


ARCHIVE = zipped({"2024/总结.txt": "党组学习".encode() * 20, "图.png": b"1", "a.docx": b"2"})


@given(st.data())
def test_a_damaged_archive_is_read_or_refused(data: st.DataObject) -> None:
    damaged = bytearray(ARCHIVE)
    for place in data.draw(st.lists(st.integers(0, len(damaged) - 1), min_size=1, max_size=6)):
        damaged[place] = data.draw(st.integers(0, 255))
    path = Path("a.zip")
    path.write_bytes(damaged)
    assert outcomes(path)
