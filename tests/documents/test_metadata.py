"""What reports say about themselves, and what a sidecar says in their place."""

import json

import pytest

from assistant.documents.metadata import read_metadata
from assistant.documents.parsing import parse
from assistant.documents.reading import read_text
from assistant.documents.sidecar import Record, parse_sidecar
from assistant.errors import InputError
from assistant.types import ReportData
from tests.conftest import ROOT

BODY = "一、主要工作\n（一）加强学习。全年组织集中学习12次。\n（二）严明纪律。开展检查3次。\n二、下一步打算\n加强学习，做实检查。"
MANIFEST = json.loads((ROOT / "corpus" / "manifest.json").read_text("utf-8"))["reports"]


def data_of(
    title: str | None, lead: str = "按照要求，现将有关情况报告如下：", closing: str = ""
) -> ReportData:
    lines = [title, lead, BODY, closing]
    return read_metadata(parse("\n".join(line for line in lines if line), name="a.txt"))


@pytest.mark.parametrize("record", MANIFEST, ids=lambda record: record["file"][:3])
def test_the_corpus_says_what_its_manifest_says_or_nothing(record: dict[str, str | int | None]) -> None:
    name = str(record["file"])
    found = read_metadata(parse(read_text(ROOT / "corpus" / name), name=name))
    assert (found.title, found.year, found.unit) == (record["title"], record["year"], None)
    # What kind the quarterly report without a title is stands nowhere in it.
    assert found.kind == (None if name.startswith("003") else record["kind"])


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("市林业局2024年工作总结", "工作总结"),
        ("市林业局2024年上半年工作总结及下半年工作打算", "工作总结"),
        ("市林业局党组书记2024年度述职述廉报告", "述职述廉报告"),
        ("2024年度个人述职", "述职报告"),
        ("2024年林州市政府工作报告", "政府工作报告"),
        ("2024年全面从严治党主体责任情况的报告", "全面从严治党主体责任情况报告"),
        ("市林业局关于造林绿化的调研报告", "调研报告"),
        ("调研报告：造林要过三道关", "调研报告"),
        ("在全市林业工作会议上的讲话（摘要）", "讲话"),
        ("在林长制推进会上的发言提纲", "发言"),
        ("2024年度组织生活会个人对照检查材料", "对照检查材料"),
        ("市林业局2024年党风廉政建设和反腐败工作情况报告", "党风廉政建设和反腐败工作情况报告"),
        ("关于印发《林业工作报告》的通知", "通知"),
        ("山里来了护林员", None),
    ],
)
def test_a_title_tells_the_kind(title: str, kind: str | None) -> None:
    assert data_of(title).kind == kind


@pytest.mark.parametrize(
    ("lead", "kind"),
    [
        ("现将我局2024年党建工作情况和2025年工作安排报告如下：", "党建工作情况报告"),
        ("现将2024年意识形态工作情况报告如下：", "意识形态工作情况报告"),
        ("现将全年工作汇报如下：", "工作汇报"),
        ("现将有关情况报告如下：", None),
        ("全年学习了政府工作报告，收获很大，主要有以下几点。", None),
    ],
)
def test_without_a_title_the_lead_may_name_the_kind(lead: str, kind: str | None) -> None:
    assert data_of(None, lead).kind == kind


@pytest.mark.parametrize(
    ("title", "lead", "year"),
    [
        ("市林业局2024年工作总结", "2023年，局党组抓学习。", 2024),
        ("市林业局二〇二四年工作总结", "局党组抓学习。", 2024),
        ("市林业局二○一九年工作总结", "局党组抓学习。", 2019),
        ("市林业局工作总结", "2024年，局党组抓学习。", 2024),
        (None, "按照要求，现将我局2022年党建工作情况和2023年工作安排报告如下：", 2022),
        (None, "2022年第一季度，局党组抓学习，取得成效。", 2022),
        (None, "近年来林业发展很快，2021年，全国会议作出部署，我局抓落实。", None),
        ("市林业局20××年工作总结", "局党组抓学习。", None),
        ("市林业局工作总结", "根据《办法》（林发〔2021〕12号），局党组抓学习。", None),
    ],
)
def test_the_year_is_the_titles_or_that_of_the_announcement(
    title: str | None, lead: str, year: int | None
) -> None:
    assert data_of(title, lead).year == year


@pytest.mark.parametrize(
    ("title", "lead", "closing", "unit"),
    [
        ("市林业局2024年工作总结", "局里抓学习。", "", "市林业局"),
        ("市林业局关于2024年工作情况的报告", "局里抓学习。", "", "市林业局"),
        ("2024年林州市政府工作报告", "局里抓学习。", "", "林州市政府"),
        ("中共林州市委员会2024年工作报告", "局里抓学习。", "", "中共林州市委员会"),
        ("林州区纪委监委2024年工作总结", "区里抓学习。", "", "林州区纪委监委"),
        ("2024年工作总结", "局里抓学习。", "特此报告。\n市林业局党组\n2024年12月20日", "市林业局党组"),
        ("2024年工作总结", "2024年，中共林州市林业局党组抓学习。", "", "中共林州市林业局党组"),
        ("2024年工作总结", "在中共中央的坚强领导下，局里抓学习。", "", None),
        ("县委书记在林业大会上的讲话", "县里抓学习。", "", None),
        ("市林业局局长2024年述职报告", "本人抓学习。", "", None),
        ("2024年党组工作总结", "局里抓学习。", "", None),
        ("在市林业局大会上的讲话", "局里抓学习。", "", None),
        ("**局2024年工作总结", "局里抓学习。", "", None),
    ],
)
def test_the_unit_is_named_or_none(title: str, lead: str, closing: str, unit: str | None) -> None:
    assert data_of(title, lead, closing).unit == unit


def sidecar(*records: dict[str, object], **more: object) -> dict[str, Record]:
    return parse_sidecar(json.dumps({"reports": list(records), **more}).encode(), name="manifest.json")


def test_a_record_says_it_in_place_of_the_text_and_null_counts() -> None:
    read = ReportData("标题", "工作总结", 2024, "市林业局")
    record = sidecar({"file": "a.txt", "kind": "述职报告", "year": None})["a.txt"]
    assert record.over(read) == ReportData("标题", "述职报告", None, "市林业局")


def test_the_manifest_of_the_corpus_is_one() -> None:
    records = parse_sidecar((ROOT / "corpus" / "manifest.json").read_bytes(), name="manifest.json")
    assert {name: record.year for name, record in records.items()} == {
        record["file"]: record["year"] for record in MANIFEST
    }


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{", "JSON"),
        (b"\xff\xfe", "JSON"),
        (b"[" * 100_000, "JSON"),
        (b"[]", "reports"),
        (b"{}", "reports"),
        (b'{"reports": {}}', "reports"),
        (b'{"reports": [], "titel": 1}', "titel"),
        (b'{"reports": ["a.txt"]}', "没有写 file"),
        (b'{"reports": [{"title": "a"}]}', "file"),
        (b'{"reports": [{"file": "a.txt", "titel": "a"}]}', "a.txt.*titel"),
        (b'{"reports": [{"file": "b.txt"}, {"file": "a.txt", "year": "x"}]}', "第2条（a.txt）.*year"),
    ],
)
def test_what_is_no_sidecar_is_refused_by_file_and_key(content: bytes, words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        parse_sidecar(content, name="manifest.json")
    assert str(caught.value).startswith("“manifest.json”")
    assert str(caught.value).count("。") == 1
