import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import InputError
from assistant.evaluation.comparing_draft import compare
from assistant.evaluation.comparison import Comparison, Said
from assistant.evaluation.comparison_form import comparison_form, summary
from assistant.types import Note
from tests.conftest import ROOT

REPORTS = [path.read_text("utf-8") for path in sorted((ROOT / "corpus").glob("*.txt"))]
SECTIONS = [
    (number, section)
    for number in range(5)
    for section in ("problems", "plan", "work")
    if (number, section) != (3, "plan")
]
PROBLEMS = (
    "今年以来，我局各项工作取得一定成效，但对照上级要求，还存在一些不足：一是理论学习不够系统，中心组全年集中学习8次，专题研讨仅2次。"
    "二是工作纪律抓得不够紧，个别人员上班时间串岗、聊天。三是支部换届不及时，有1个支部到期8个月仍未换届。四是公务用车登记不全，3月份有5次没有登记。"
)


def said(comparison: Comparison, state: Said) -> list[str]:
    stretch = comparison.reference
    return [stretch.text[piece.start : piece.end] for piece in stretch.pieces if piece.said is state]


def told(draft: str, reference: str) -> list[tuple[str, str]]:
    """Return what the draft and the reference say in each contradiction."""
    return [
        (draft[one.start : one.end], reference[one.reference_start : one.reference_end])
        for one in compare(draft, reference, section="problems").contradictions
    ]


def nothing_to_tell(comparison: Comparison) -> bool:
    found = (comparison.missing, comparison.extra, comparison.contradictions, comparison.unfounded)
    return not any(found)


@pytest.mark.parametrize(("number", "section"), SECTIONS)
def test_a_report_against_itself_has_nothing_to_tell(number: int, section: str) -> None:
    comparison = compare(REPORTS[number], REPORTS[number], section=section)
    assert (comparison.covered, comparison.shared) == (1.0, 1.0)
    assert nothing_to_tell(comparison)
    assert summary(comparison) == "参考稿的内容写到了100%，没有发现漏写、多写和说法不一。"
    assert all(trait.draft == trait.reference for trait in comparison.traits)


@pytest.mark.parametrize(("number", "section"), SECTIONS)
@pytest.mark.parametrize("other", range(5))
def test_reports_of_different_units_do_not_contradict_each_other(
    number: int, section: str, other: int
) -> None:
    if (other, section) in SECTIONS:
        assert compare(REPORTS[other], REPORTS[number], section=section).contradictions == ()


def test_an_item_left_out_is_missing_and_nothing_else() -> None:
    draft = PROBLEMS.replace("二是工作纪律抓得不够紧，个别人员上班时间串岗、聊天。三是", "二是").replace(
        "四是", "三是"
    )
    comparison = compare(draft, PROBLEMS)
    assert said(comparison, Said.NOT) == ["二是工作纪律抓得不够紧，个别人员上班时间串岗、聊天。"]
    assert said(comparison, Said.PARTLY) == []
    assert not comparison.extra
    assert not comparison.contradictions
    assert 0.5 < (comparison.covered or 0.0) < 1.0


def test_a_clause_left_out_is_told_by_its_words() -> None:
    comparison = compare(PROBLEMS.replace("，有1个支部到期8个月仍未换届", ""), PROBLEMS)
    (piece,) = comparison.missing
    assert piece.said is Said.PARTLY
    assert [PROBLEMS[slice(*span)] for span in piece.left] == ["有1个支部到期8个月仍未换届"]


def test_a_clause_is_not_said_by_the_words_of_another() -> None:
    draft = "下一步：一是落实意识形态工作责任制，抓紧抓实干部队伍建设，持续推进正风肃纪。二是按期换届。"
    reference = (
        "下一步：一是严格落实意识形态工作责任制，坚决维护意识形态领域安全稳定，抓紧抓实干部队伍建设，树立实干用人导向，"
        "持续推进正风肃纪。二是按期换届。"
    )
    (piece,) = compare(draft, reference, section="plan").missing
    assert [reference[slice(*span)] for span in piece.left] == [
        "坚决维护意识形态领域安全稳定",
        "树立实干用人导向",
    ]


def test_a_topic_sentence_cut_short_is_not_left_out() -> None:
    reference = "（一）强化政治担当，坚决扛起责任。牢固树立抓党建是本职的理念。全年召开专题会议2次。"
    comparison = compare("（一）强化政治担当。全年召开专题会议2次。", reference, section="work")
    assert said(comparison, Said.NOT) == ["牢固树立抓党建是本职的理念。"]


def test_a_number_changed_is_told_although_it_stands_elsewhere_too() -> None:
    reference = "年内专题研究党风廉政建设工作2次，听取班子成员履责情况汇报2次。"
    draft = reference.replace("工作2次", "工作3次")
    assert told(draft, reference) == [("3次", "2次")]


def test_the_first_clause_of_an_item_may_be_put_otherwise() -> None:
    reference = "存在问题：一是公车管理不规范，3月份有5次派车没有登记。二是学习不够系统。"
    comparison = compare("存在问题：一是派车手续不全，3月份5次派车未登记。二是学习缺乏系统性。", reference)
    assert comparison.missing == ()


def test_other_words_in_another_order_cover_the_reference() -> None:
    draft = (
        "我局还存在以下问题：一是公车使用登记不完整，3月份5次未登记。二是支部换届拖延，1个支部超期8个月没有换届。"
        "三是学习系统性不强，中心组学习8次，研讨只有2次。四是抓纪律不严，个别同志上班串岗、聊天。"
    )
    comparison = compare(draft, PROBLEMS, section="problems")
    assert nothing_to_tell(comparison)
    pieces = {group.reference: group.draft for group in comparison.groups}
    assert list(pieces.values()) == [(3,), (4,), (2,), (1,)]


def test_two_sentences_may_answer_to_one() -> None:
    draft = PROBLEMS.replace("，个别人员上班时间串岗、聊天", "。上班时间，个别人员串岗、聊天")
    comparison = compare(draft, PROBLEMS)
    assert max(len(group.draft) for group in comparison.groups) == 2
    assert comparison.missing == comparison.extra == ()


def test_what_the_reference_has_not_is_extra_and_its_data_are_without_grounds() -> None:
    draft = PROBLEMS + "五是固定资产管理薄弱，12台电脑未入账，涉及3.6万元。"
    comparison = compare(draft, PROBLEMS)
    assert [draft[piece.start : piece.end] for piece in comparison.extra] == [
        "五是固定资产管理薄弱，12台电脑未入账，涉及3.6万元。"
    ]
    assert [fact.surface for fact in comparison.unfounded] == ["12台", "3.6万元"]
    assert not comparison.missing
    assert not comparison.contradictions
    noted = compare(draft, PROBLEMS, notes=[Note("n1", "固定资产没管好，12台电脑没入账，值3.6万")])
    assert [fact.surface for fact in noted.unfounded] in ([], ["3.6万元"])
    assert {score.scorer for score in noted.scores} - {score.scorer for score in comparison.scores} == {
        "coverage",
        "unsupported",
        "escalations",
        "additions",
    }


@pytest.mark.parametrize(
    ("before", "after", "theirs", "ours"),
    [
        pytest.param("集中学习8次", "集中学习18次", "8次", "18次", id="number"),
        pytest.param("仅2次", "仅6次", "2次", "6次", id="number in a list"),
        pytest.param("3月份", "5月份", "3月份", "5月份", id="date"),
        pytest.param("个别人员", "大部分人员", "个别", "大部分", id="scope"),
        pytest.param("登记不全", "登记齐全", "", "", id="too different to be sure"),
        pytest.param(
            "理论学习不够系统", "理论学习比较系统", "理论学习不够系统", "理论学习比较系统", id="not enough"
        ),
        pytest.param("支部换届不及时", "支部换届及时", "支部换届不及时", "支部换届及时", id="negation"),
    ],
)
def test_a_change_of_the_reference_is_a_contradiction(
    before: str, after: str, theirs: str, ours: str
) -> None:
    found = told(PROBLEMS.replace(before, after), PROBLEMS)
    assert found == ([(ours, theirs)] if ours else [])


@pytest.mark.parametrize(
    ("draft", "reference", "theirs"),
    [
        ("信访量同比下降12%。", "信访量同比上升12%。", "上升12%"),
        ("受理诉求221条，解决240条。", "受理诉求240条，解决221条。", "240条"),
        ("项目获国家级一等奖。", "项目获省级一等奖。", "省级"),
        ("县纪委书记王建国讲党课。", "市纪委书记王建国讲党课。", "市纪委"),
        ("每季度开展1次谈心谈话。", "每月开展1次谈心谈话。", "每月"),
        ("3个单位已完成整改。", "3个单位正在整改。", "正在"),
        ("必须在年底前全部销号。", "力争在年底前全部销号。", "力争"),
    ],
)
def test_what_is_turned_round_is_a_contradiction_from_either_side(
    draft: str, reference: str, theirs: str
) -> None:
    assert theirs in [there for _, there in told(draft, reference)]
    assert theirs in [here for here, _ in told(reference, draft)]


@pytest.mark.parametrize(
    ("draft", "reference"),
    [
        ("学习自觉性很高。", "学习自觉性不高。"),
        ("抓工作纪律持续有力。", "抓工作纪律不够持续有力。"),
        (
            "未发现上班时间串岗、聊天、上网的现象。",
            "个别人员存在上班时间串岗、聊天、上网等从事与工作无关事宜。",
        ),
        ("不存在学习主动性不强的问题。", "存在着学习主动性不强的问题。"),
        ("没有党建和业务两张皮的现象。", "一些局属单位还存在党建和业务两张皮的问题。"),
        ("部分党员干部具有斗争精神和斗争本领。", "部分党员干部缺乏斗争精神和斗争本领。"),
        ("学习的系统性、长效性、实践性已经足够。", "学习的系统性、长效性、实践性还不够。"),
        ("全局没有违反中央八项规定行为。", "全局有违反中央八项规定行为。"),
    ],
)
def test_what_is_denied_is_a_contradiction_from_either_side(draft: str, reference: str) -> None:
    for one, other in ((draft, reference), (reference, draft)):
        assert [each.kind for each in compare(one, other, section="problems").contradictions] == ["negation"]


@pytest.mark.parametrize(
    ("draft", "reference"),
    [
        ("部分干部缺斗争精神、斗争本领。", "部分干部缺乏斗争精神和斗争本领。"),
        ("离退休党员组织生活没咋开展。", "离退休党员组织生活开展较少。"),
        ("责任书签订后无人检查。", "责任书签了，没人检查。"),
        ("监督存在不到位的情况。", "监督不到位。"),
        ("不断加强理论学习。", "加强理论学习。"),
        ("理论学习的系统性还不够。", "理论学习的系统性、长效性、实践性还不够。"),
        ("办公室没豪华装修。", "办公室无豪华装修。"),
        ("全年检查12次，发出通报3份。", "全年检查12次，研讨3次，发出通报3份。"),
        ("诉求解决221条，受理240条。", "受理诉求240条，解决221条。"),
        ("排查隐患46处。", "排查隐患46处，其中整改40处。"),
        ("监督还不够有力。", "监督有待加强。"),
        ("投入3500万元。", "投入0.35亿元。"),
        ("召开会议十二次。", "召开会议12次。"),
        ("*名干部参加培训。", "60名干部参加培训。"),
        ("7个支部中有3名书记兼职，党务知识不足。", "3个支部的书记由业务骨干兼任，对党务工作不熟悉。"),
    ],
)
def test_what_says_the_same_or_less_is_no_contradiction(draft: str, reference: str) -> None:
    assert told(draft, reference) == []


@pytest.mark.parametrize(
    ("number", "begins", "size", "words"),
    [
        (0, "经过一年的努力", 116, "“二、存在的问题和下一步打算”"),
        (1, "**在落实", 81, "“二、存在的问题及下步打算”"),
        (2, "今年以来，**局", 236, "无标题"),
        (3, "尽管开年以来", 129, "无标题"),
        (4, "今年以来，局党组", 211, "“二、存在的问题”"),
    ],
)
def test_the_section_is_found_in_a_whole_report(number: int, begins: str, size: int, words: str) -> None:
    draft = "今年以来工作有序开展，但还存在一些不足：一是学习不够系统。二是监督不够有力。"
    comparison = compare(draft, REPORTS[number])
    assert comparison.section == "problems"
    assert comparison.reference.compared.startswith(begins)
    assert len(comparison.reference.compared) == size
    assert words in comparison.scope
    assert comparison.draft.compared == draft


def test_a_lead_in_that_ends_in_a_colon_is_the_draft_s_own() -> None:
    draft = "下一步，局党组将重点做好以下工作：\n（一）强化理论学习。每月学习1次。\n（二）严肃工作纪律。每季度抽查1次。"
    comparison = compare(draft, draft, section="plan")
    assert comparison.draft.compared == draft
    assert nothing_to_tell(comparison)


def test_neighbouring_sections_of_a_role_are_one_stretch() -> None:
    comparison = compare("一是开展学习。", REPORTS[3], section="主要工作")
    assert comparison.section == "work"
    assert comparison.reference.compared.startswith("一是领导带头学。")
    assert comparison.reference.compared.endswith("谋取不正当利益问题。")


def test_the_heading_of_a_section_is_no_part_of_it() -> None:
    for heading in ("二、存在的问题\n", "# 存在的问题\n\n", "存在的问题\n"):
        comparison = compare(heading + PROBLEMS, PROBLEMS)
        assert comparison.draft.compared == PROBLEMS
        assert comparison.covered == 1.0


def test_two_whole_reports_are_compared_whole() -> None:
    comparison = compare(REPORTS[0], REPORTS[4])
    assert comparison.section is None
    assert comparison.scope == "比的是草稿全文与参考稿全文。"
    assert "structure" not in {score.scorer for score in comparison.scores}


@pytest.mark.parametrize(
    ("draft", "reference", "section", "words"),
    [
        pytest.param("学习不够。", REPORTS[3], "plan", "没有找到“下一步打算”", id="no such section"),
        pytest.param("学习不够。", REPORTS[0], "序言", "没有叫“序言”的小节", id="unknown name"),
        pytest.param("加强学习。", REPORTS[0], None, "请用 --section 写明", id="which section"),
        pytest.param(" \n", REPORTS[0], "problems", "草稿里没有文字", id="empty draft"),
        pytest.param("学习不够。", "……\n", "problems", "参考稿里没有文字", id="empty reference"),
        pytest.param(
            "学习不够。",
            "一、党建工作\n工作很好。\n二、存在的问题\n学习不够。\n三、业务工作\n业务很好。\n四、存在的主要问题\n质量不高。\n",
            "problems",
            "2处“存在的问题”（“二、存在的问题”、“四、存在的主要问题”）",
            id="twice",
        ),
    ],
)
def test_what_cannot_be_compared_is_one_sentence(
    draft: str, reference: str, section: str | None, words: str
) -> None:
    with pytest.raises(InputError, match=r"^[^。]+。$") as raised:
        compare(draft, reference, section=section)
    assert words in str(raised.value)


def test_a_list_of_shortcomings_in_one_sentence_is_compared_member_by_member() -> None:
    comparison = compare("学习的系统性不强。党员监督存在漏洞。", REPORTS[0], section="problems")
    assert said(comparison, Said.NOT) == ["党风廉政建设工作压力传导不足、"]
    assert comparison.extra == ()


def test_the_year_of_a_lead_in_needs_no_grounds() -> None:
    draft = PROBLEMS.replace("今年以来，我局", "2023年，市水务局")
    assert compare(draft, PROBLEMS).unfounded == ()


def test_the_form_is_complete_json_with_spans_into_the_texts() -> None:
    reference = REPORTS[4]
    form = json.loads(json.dumps(comparison_form(compare(PROBLEMS, reference)), ensure_ascii=False))
    assert form["reference"]["text"] == reference
    for side in (form["draft"], form["reference"]):
        assert all(piece["text"] == side["text"][piece["start"] : piece["end"]] for piece in side["pieces"])
    assert form["summary"].endswith("。")
    assert all(score["signature"] and score["explanation"].endswith("。") for score in form["scores"])
    numbers = {group["number"] for group in form["groups"]}
    assert {piece["group"] for piece in form["draft"]["pieces"]} - {None} == numbers


texts = st.lists(
    st.sampled_from(
        [
            "一是",
            "学习不够",
            "。",
            "，",
            "\n",
            "3次",
            "*",
            "“两张皮”",
            "《通知》",
            "下一步",
            "：",
            "存在问题",
            "、",
            "x",
            " ",
        ]
    ),
    min_size=1,
    max_size=24,
).map("".join)


@settings(max_examples=25)
@given(texts, texts)
def test_any_two_texts_are_compared_or_refused(draft: str, reference: str) -> None:
    try:
        comparison = compare(draft, reference, section="problems")
    except InputError:
        return
    for stretch in (comparison.draft, comparison.reference):
        assert 0 <= stretch.start <= stretch.end <= len(stretch.text)
        ends = [place for piece in stretch.pieces for place in (piece.start, piece.end)]
        assert ends == sorted(ends)
        assert all(stretch.start <= place <= stretch.end for place in ends)
    json.dumps(comparison_form(comparison))
