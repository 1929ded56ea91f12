"""What is found to be masked: every kind, in many sentences, and nothing that only looks like it."""

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text.entities import KINDS, find_entities
from assistant.text.entity_codes import is_identity_number
from assistant.text.secrecy import secrecy_marking
from tests.conftest import ROOT
from tests.ending import ends
from tests.text.known_entities import made_samples

CORPUS = sorted((ROOT / "corpus").glob("*.txt"))
SIGNS = st.one_of(
    st.characters(), st.sampled_from("〖〗张三王芳云岭县局镇村公司《》“”（）·、，。\n0123456789一二秘密★")
)


def found(text: str) -> list[tuple[str, str]]:
    return [(entity.kind, entity.text) for entity in find_entities(text)]


@pytest.mark.parametrize("seed", [6, 77, 123])
def test_nearly_every_character_of_known_entities_is_found(seed: int) -> None:
    whole: Counter[str] = Counter()
    hit: Counter[str] = Counter()
    for sample in made_samples(300, seed=seed):
        covered = {
            place for entity in find_entities(sample.text) for place in range(entity.start, entity.end)
        }
        for kind, text in sample.entities:
            for match in re.finditer(re.escape(text), sample.text):
                whole[kind] += len(text)
                hit[kind] += len(covered.intersection(range(*match.span())))
    shares = {kind: hit[kind] / whole[kind] for kind in whole}
    assert {kind: share for kind, share in shares.items() if share < 0.98} == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("王芳同志在会上强调", [("person", "王芳")]),
        ("由买买提·艾力负责", [("person", "买买提·艾力")]),
        ("村民欧阳志远反映", [("person", "欧阳志远")]),
        ("王局长说，小李和张某某没来", [("person", "王"), ("person", "小李"), ("person", "张某某")]),
        ("中共云岭县委组织部来函", [("unit", "中共云岭县委组织部")]),
        ("赴宏达建筑工程有限责任公司调研", [("unit", "宏达建筑工程有限责任公司")]),
        ("青山镇红旗村党支部书记王建设", [("unit", "青山镇红旗村党支部"), ("person", "王建设")]),
        ("在和林格尔县、察哈尔右翼前旗", [("place", "和林格尔县"), ("place", "察哈尔右翼前旗")]),
        ("双江拉祜族佤族布朗族傣族自治县", [("place", "双江拉祜族佤族布朗族傣族自治县")]),
        ("住和平路128号3栋2单元501室", [("place", "和平路128号3栋2单元501室")]),
        ("内蒙古干部网络学院", [("brand", "内蒙古干部网络学院")]),
        ("“灯塔－党建在线”平台", [("brand", "灯塔－党建在线")]),
        ("“蒙速办”移动端", [("brand", "蒙速办")]),
        ("印发《云岭县重点项目管理办法》", [("title", "云岭县重点项目管理办法")]),
        ("根据云政发〔2023〕12号文件", [("document", "云政发〔2023〕12号")]),
        ("电话０８７３-3721234", [("phone", "０８７３-3721234")]),
        ("手机+86 138 1234 5678", [("phone", "+86 138 1234 5678")]),
        ("微信号 wxid_abc123", [("account", "wxid_abc123")]),
        ("车牌云A·12345和蒙AD12345", [("plate", "云A·12345"), ("plate", "蒙AD12345")]),
        ("发到office@example.gov.cn", [("email", "office@example.gov.cn")]),
        ("见https://www.example.gov.cn/a?b=1。", [("url", "https://www.example.gov.cn/a?b=1")]),
        ("服务器192.168.1.20停机", [("ip", "192.168.1.20")]),
    ],
)
def test_each_kind_is_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("白石铺派出所民警到场", [("unit", "白石铺派出所")]),
        ("县自然资源局东坝所原所长退休", [("unit", "东坝所")]),
        ("由市市场监督管理局城东分局办理", [("unit", "城东分局")]),
        ("国网青禾县供电公司抢修", [("unit", "国网青禾县供电公司")]),
        ("到大河湾村走访，小王庄村也去了", [("place", "大河湾村"), ("place", "小王庄村")]),
        ("乌兰花苏木的草场", [("place", "乌兰花苏木")]),
        ("天府新区管委会整改", [("unit", "天府新区管委会")]),
        ("负责人郭某强（在逃）", [("person", "郭某强")]),
        ("群众郭某说没人管", [("person", "郭某")]),
        ("老王没到会，小李不来", [("person", "老王"), ("person", "小李")]),
        ("老党员余德水、余德木兄弟俩捐款", [("person", "余德水"), ("person", "余德木")]),
        ("阿依古丽·买买提是第三小学教师", [("person", "阿依古丽·买买提")]),
        ("周子墨同志任县委常委", [("person", "周子墨")]),
        ("抖音号lyd2024，快手号：lyd_88", [("account", "lyd2024"), ("account", "lyd_88")]),
        ("多家品牌餐饮店、各类餐馆", []),
        ("新区建设加快，高新区进展较快，全村、大村、小镇面貌一新", []),
    ],
)
def test_the_whole_of_a_name_is_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "坚持以习近平新时代中国特色社会主义思想为指导，深入贯彻党的二十大精神",
        "毛泽东思想、邓小平理论、“三个代表”重要思想、科学发展观",
        "党中央、国务院、中央纪委国家监委、全国人大的决策部署",
        "我局党组、市委、县纪委、各支部、派驻纪检监察组",
        "《中国共产党章程》《中华人民共和国监察法》《中国共产党纪律处分条例》和本局的《实施方案》",
        "用好“学习强国”平台，弘扬延安精神和焦裕禄精神",
        "农村、乡镇、城市社区、示范区、各县市区、公立医院、中小学",
        "*局和××县的***同志，〖待补〗",
        "2024年完成投资3500万元，同比增长12.5%，覆盖15个乡镇",
        "高质量发展、文明创建、智慧管理、纪律教育、廉洁从业、施工现场",
    ],
)
def test_general_words_and_fixed_terms_stay(text: str) -> None:
    assert found(text) == []


def test_the_residues_of_the_corpus_are_found_and_little_else() -> None:
    texts = [path.read_text("utf-8") for path in CORPUS]
    entities = [entity for text in texts for entity in find_entities(text)]
    assert {"内蒙古干部网络学院", "灯塔－党建在线", "蒙速办"} <= {entity.text for entity in entities}
    assert len([entity for entity in entities if entity.kind in ("person", "unit", "place")]) <= 6


def test_the_users_own_names_come_first() -> None:
    text = "蓝鲸计划由张三牵头"
    entities = find_entities(text, names={"蓝鲸计划": "brand"})
    assert next((entity.kind, entity.text) for entity in entities) == ("brand", "蓝鲸计划")


def test_amounts_are_found_by_choice() -> None:
    text = "落实“两个维护”，投入3,500万元，整改12个问题，走访三十二户，增长12.5%"
    assert found(text) == []
    amounts = [entity.text for entity in find_entities(text, amounts=True)]
    assert amounts == ["3,500", "12", "三十二", "12.5"]


@pytest.mark.parametrize(
    ("number", "right"),
    [("11010519491231002X", True), ("110105194912310021", True), ("999999199013991234", False)],
)
def test_identity_numbers_have_a_date(number: str, *, right: bool) -> None:
    assert is_identity_number(number) is right


@given(st.text(SIGNS, max_size=80))
def test_spans_lie_inside_in_order_and_apart(text: str) -> None:
    last = 0
    for entity in find_entities(text):
        assert last <= entity.start < entity.end <= len(text)
        assert entity.text == text[entity.start : entity.end]
        assert entity.kind in KINDS
        last = entity.end


def test_one_thing_over_and_over_is_read_to_its_end() -> None:
    for unit, kinds in (
        ("云岭县", {"place"}),
        ("公司", {"unit"}),
        ("张三、", {"person"}),
        ("〖", set()),
        ("买买提·", {"person"}),
    ):
        with ends(5.0):
            assert {entity.kind for entity in find_entities(unit * (8_000 // len(unit)))} == kinds


@pytest.mark.parametrize(
    ("text", "marking"),
    [
        ("绝密★10年\n关于某事的报告", "绝密★10年"),
        ("机密★\n报告", "机密★"),
        ("密级：秘密\n报告", "密级：秘密"),
        ("秘 密\n\n关于某事的报告", "秘 密"),
        ("# 机密\n正文", "机密"),
        ("内部资料　注意保存\n正文", "内部资料　注意保存"),
        ("正文。\n（内部文件，注意保密）", "内部文件，注意保密"),
        ("工作简报  内部资料 注意保存\n正文", "内部资料 注意保存"),
    ],
)
def test_a_secrecy_marking_is_found(text: str, marking: str) -> None:
    span = secrecy_marking(text)
    assert span is not None
    assert text[slice(*span)].strip() == marking


@pytest.mark.parametrize(
    "text",
    [
        "严守保密纪律，保守国家秘密和商业秘密。",
        "加强机密文件管理，绝密级、机密级文件由专人保管。",
        "标有“秘密★”的文件不得复印。",
        "内部资料要注意保存，内部文件不得外传给无关人员，这是纪律。",
        "秘密：一次谈话",
        *(path.read_text("utf-8") for path in CORPUS),
    ],
)
def test_secrecy_as_a_word_is_no_marking(text: str) -> None:
    assert secrecy_marking(text) is None
