import json
from pathlib import Path
from typing import Any

import pytest

from assistant.documents.reading import read_text
from assistant.types import Role
from tests.cli.conftest import REPORT, complaint, fits
from tests.conftest import RunGongwen
from tests.workflow.conftest import REPORTS

SECTION = {"role": str, "level": int, "heading": str | None, "start": int, "end": int}
PARSED = {"title": str | None, "addressee": str | None, "sections": [SECTION]}
PASSAGE = {"id": str, "role": str, "heading_path": [str], "start": int, "end": int, "text": str}
HIT = {"id": str, "report": str, "role": str, "score": float, "start": int, "end": int, "text": str}
FILES = [str(path) for path in REPORTS]
ROLES = {role.value for role in Role}


@pytest.mark.parametrize("file", FILES, ids=lambda path: Path(path).stem[:3])
def test_parse_tells_the_anatomy_with_exact_spans(gongwen: RunGongwen, file: str) -> None:
    text = read_text(Path(file))
    parsed: Any = json.loads(gongwen("parse", file, "--json").stdout)
    assert fits(parsed, PARSED)
    sections = parsed["sections"]
    assert {each["role"] for each in sections} <= ROLES
    for each in sections:
        if each["heading"]:
            assert text[each["start"] : each["end"]].startswith(each["heading"])
    top = [text[each["start"] : each["end"]] for each in sections if each["level"] == 1]
    assert "".join("".join(top).split()) == "".join(text.split())
    for role in ("title", "addressee"):
        stretches = [text[each["start"] : each["end"]] for each in sections if each["role"] == role]
        assert ["".join(each.split()) for each in stretches] == [
            "".join(each.split()) for each in (parsed[role],) if each
        ]


def test_a_section_with_a_second_role_is_two(gongwen: RunGongwen) -> None:
    sections = json.loads(gongwen("parse", FILES[0], "--json").stdout)["sections"]
    last = [(each["role"], each["heading"]) for each in sections if each["level"] == 1][-2:]
    assert last == [("problems", "二、存在的问题和下一步打算"), ("plan", None)]


@pytest.mark.parametrize("file", FILES, ids=lambda path: Path(path).stem[:3])
def test_passages_have_exact_spans_and_ids_of_their_own(gongwen: RunGongwen, file: str) -> None:
    text = read_text(Path(file))
    found = json.loads(gongwen("passages", file, "--json").stdout)
    assert fits(found, [PASSAGE])
    assert [text[each["start"] : each["end"]] for each in found] == [each["text"] for each in found]
    assert len({each["id"] for each in found}) == len(found) > 5
    assert {each["role"] for each in found} <= ROLES
    assert "problems" in {each["role"] for each in found}


def test_passages_keep_to_the_length_that_is_set(gongwen: RunGongwen) -> None:
    short = json.loads(gongwen("passages", REPORT, "--json", env={"GONGWEN_PASSAGE_TOKENS": "100"}).stdout)
    usual = json.loads(gongwen("passages", REPORT, "--json").stdout)
    assert len(short) > len(usual)
    assert max(len(each["text"]) for each in usual) <= 300


def test_search_finds_what_passages_gave(gongwen: RunGongwen, shelf: Path) -> None:
    hits = json.loads(gongwen("search", "党建和业务两张皮", "-n", "4", "--json").stdout)
    assert fits(hits, [HIT])
    assert len(hits) == 4
    assert "党建和业务两张皮" in hits[0]["text"]
    given = {each["id"]: each for each in json.loads(gongwen("passages", REPORT, "--json").stdout)}
    assert hits[0]["report"] == Path(REPORT).name
    same = ("id", "role", "start", "end", "text")
    assert {key: given[hits[0]["id"]][key] for key in same} == {key: hits[0][key] for key in same}


@pytest.mark.parametrize("role", ["problems", "存在的问题"])
def test_search_keeps_to_a_role(gongwen: RunGongwen, shelf: Path, role: str) -> None:
    hits = json.loads(gongwen("search", "理论学习", "--role", role, "--json").stdout)
    assert {each["role"] for each in hits} == {"problems"}
    assert len({each["report"] for each in hits}) == len(hits) == 5


NAMES = [path.name for path in REPORTS]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (["--report", NAMES[1]], {NAMES[1]}),
        (["--report", NAMES[1], "--report", NAMES[3]], {NAMES[1], NAMES[3]}),
        (["--report", NAMES[1], "--report", NAMES[3], "--exclude", NAMES[3]], {NAMES[1]}),
        (["--exclude", NAMES[0], "--exclude", NAMES[2]], {NAMES[1], NAMES[3], NAMES[4]}),
        (["--kind", "述职"], {NAMES[1]}),
        (["--kind", "述职报告", "--kind", "党建工作"], {NAMES[1], NAMES[2]}),
        (["--kind", "报告", "--exclude", NAMES[1]], {NAMES[0], NAMES[2], NAMES[4]}),
        (["--year", "2022", "--report", NAMES[4]], {NAMES[4]}),
        (["--year", "1999"], set()),
    ],
)
def test_search_keeps_to_reports_kinds_and_years(
    gongwen: RunGongwen, shelf: Path, filters: list[str], found: set[str]
) -> None:
    done = gongwen("search", "党风廉政建设和理论学习", *filters, "-n", "60", "--json")
    assert {each["report"] for each in json.loads(done.stdout)} == found


def test_a_report_is_named_by_its_id_too(gongwen: RunGongwen, shelf: Path) -> None:
    listed = {each["name"]: each["id"] for each in json.loads(gongwen("corpus", "--json").stdout)}
    hits = json.loads(gongwen("search", "党建", "--report", listed[NAMES[2]], "--json").stdout)
    assert {each["report"] for each in hits} == {NAMES[2]}


@pytest.mark.parametrize("option", ["--report", "--exclude"])
def test_a_report_that_is_not_there_is_named(gongwen: RunGongwen, shelf: Path, option: str) -> None:
    sentence = complaint(gongwen("search", "党建", "--report", NAMES[0], option, "无此报告.txt"))
    assert "无此报告.txt" in sentence
    assert "gongwen corpus" in sentence


def test_a_kind_that_is_not_there_is_answered_with_those_that_are(gongwen: RunGongwen, shelf: Path) -> None:
    sentence = complaint(gongwen("search", "党建", "--kind", "纪要"))
    assert "纪要" in sentence
    assert "述职报告" in sentence


def test_a_role_nobody_knows_is_answered_with_the_known_ones(gongwen: RunGongwen, shelf: Path) -> None:
    sentence = complaint(gongwen("search", "学习", "--role", "问题啊"))
    assert "问题啊" in sentence
    assert all(role in sentence for role in ROLES)


def test_the_same_in_plain_words(gongwen: RunGongwen, shelf: Path) -> None:
    parsed = gongwen("parse", REPORT).stdout.splitlines()
    assert parsed[0].startswith("[主送机关] 市直机关工委：")
    assert "二、2023年工作安排" in gongwen("parse", REPORT).stdout
    assert "两张皮" in gongwen("passages", REPORT).stdout
    found = gongwen("search", "党建和业务两张皮").stdout.splitlines()
    assert len(found) == 5
    assert Path(REPORT).name in found[0]


@pytest.mark.parametrize("query", ["", "  \n"])
def test_an_empty_query_is_refused(gongwen: RunGongwen, shelf: Path, query: str) -> None:
    assert "查询内容为空" in complaint(gongwen("search", query))


def test_nothing_found_is_no_error(gongwen: RunGongwen, shelf: Path) -> None:
    assert json.loads(gongwen("search", "，。！", "--json").stdout) == []
    done = gongwen("search", "，。！")
    assert (done.returncode, done.stdout) == (0, "")
    assert "没有找到" in done.stderr


def test_ingest_reports_each_file_and_changes_nothing_the_second_time(gongwen: RunGongwen) -> None:
    runs = [gongwen("ingest", *FILES) for _ in range(2)]
    found = [gongwen("search", "理论学习", "-n", "100", "--json").stdout for _ in range(2)]
    assert [done.returncode for done in runs] == [0, 0]
    assert [done.stdout for done in runs] == ["", ""]
    assert all(Path(file).name in runs[0].stderr for file in FILES)
    assert runs[1].stderr.count("新增0段") == 5
    assert found[0] == found[1]


def test_a_bad_file_among_good_ones(gongwen: RunGongwen, tmp_path: Path) -> None:
    bad = tmp_path / "坏.txt"
    bad.write_bytes(bytes(range(256)))
    done = gongwen("ingest", str(bad), REPORT)
    assert done.returncode == 1
    assert "坏.txt：失败" in done.stderr
    assert json.loads(gongwen("search", "党建", "--json").stdout)
    assert bad.read_bytes() == bytes(range(256))


@pytest.mark.parametrize("name", ["坏.txt", "坏.docx", "旧.doc"])
def test_a_single_bad_file(gongwen: RunGongwen, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(bytes(range(256)))
    done = gongwen("ingest", name)
    assert done.returncode == 2
    assert f"{name}：失败" in done.stderr
    for command in ("parse", "passages"):
        assert name in complaint(gongwen(command, name))


@pytest.mark.parametrize(
    "arguments", [("ingest",), ("ingest", "没有"), ("parse", "没有.txt"), ("parse", "."), ("parse", "空.txt")]
)
def test_nothing_to_read(gongwen: RunGongwen, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    (tmp_path / "空.txt").write_text("\n")
    assert "请" in complaint(gongwen(*arguments))
    assert not (tmp_path / "data").exists()
