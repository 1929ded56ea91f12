"""Facts: what counts as one, and what it says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text.facts import bodies, contradicted, facts, times
from assistant.text.numerals import amount
from tests.ending import ends


def found(text: str, kind: str) -> list[str]:
    return [fact.surface for fact in facts(text) if fact.kind == kind]


def value(text: str) -> str:
    (fact,) = facts(text)
    return fact.value


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("12次", "十二次"),
        ("12次", "１２次"),
        ("2次", "两次"),
        ("抽查2次", "抽查两回"),
        ("20%", "百分之二十"),
        ("20%", "二成"),
        ("20％", "1/5"),
        ("50%", "半数"),
        ("三分之一", "1/3"),
        ("3500万元", "0.35亿元"),
        ("1200户", "1,200户"),
        ("1.2万户", "一万二千户"),
        ("60余人次", "六十多人次"),
        ("近百家", "接近100家"),
        ("2—3项", "两三项"),
        ("2—3项", "2至3项"),
        ("2—3万元", "2万—3万元"),
        ("15名", "15人"),
        ("15位", "15个人"),
        ("5公里", "5千米"),
        ("5公斤", "10斤"),
        ("5平方米", "5㎡"),
        ("十几个", "10余个"),
        ("数十家", "几十家"),
        ("超过50家", "超50家"),
        ("60%左右", "约60%"),
        ("第三批", "第3批"),
        ("四十来人", "约40人"),
        ("前三", "前3名"),
        ("四门", "4门"),
        ("12场", "十二场次"),
        ("半年", "6个月"),
        ("七八成", "70—80%"),
        ("翻两番", "翻2番"),
        ("5 000元", "5000元"),
        ("5\u00a0000元", "五千元"),
        ("检查二次", "检查两趟"),
        ("占四成", "占40%"),
        ("市中级人民法院", "市法院"),
        ("县委党校", "县党校"),
        ("5、6个", "5至6个"),
        ("两成五", "25%"),
        ("5 次", "五次"),
        ("2022 年 3 月", "2022年3月"),
        ("二〇二二年", "2022年"),
        ("第一季度", "一季度"),
        ("2022年3月15日", "2022-03-15"),
        ("2022年3月15日", "二〇二二年三月十五日"),
        ("2021—2023年", "2021年至2023年"),
        ("1—8月", "1月至8月"),
        ("近三年", "近3年"),
        ("3月底", "三月末"),
        ("“两个维护”", "「两个维护」"),
        ("《关于〈准则〉的通知》", "《关于《准则》的通知》"),
        ("〔2022〕3号", "[2022]3号"),
        ("市住建局", "市住房和城乡建设局"),
        ("过半", "一半以上"),
        ("过半", "半数以上"),
        ("过半", "一多半"),
        ("四十分钟", "40分钟"),
        ("31起", "三十一起"),
        ("查过三遍", "查过3次"),
        ("三号", "3号"),
        ("二十七万", "27万"),
        ("晚上九点", "21时"),
        ("晚上9点", "21:00"),
        ("上午9时30分", "9：30"),
        ("国庆节", "国庆"),
        ("十一假期", "国庆期间"),
        ("每周五", "每星期五"),
        ("张三局长", "局长张三"),
    ],
)
def test_two_forms_of_a_value_are_equal(one: str, other: str) -> None:
    assert value(one) == value(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("60人", "60余人"),
        ("60人", "60人次"),
        ("60家", "近60家"),
        ("60家", "60家以上"),
        ("3场", "3期"),
        ("3万元", "3亿元"),
        ("5%", "5个百分点"),
        ("第3批", "3批"),
        ("第3位", "第3人"),
        ("3个月", "3月"),
        ("上半年", "下半年"),
        ("春运", "国庆"),
        ("每周五", "每周六"),
        ("80万元", "80万美元"),
        ("9时", "21时"),
    ],
)
def test_what_differs_in_value_stays_apart(one: str, other: str) -> None:
    assert (facts(one)[0].kind, value(one)) != (facts(other)[0].kind, value(other))


@pytest.mark.parametrize(
    "text",
    [
        *(
            "做到两个维护",
            "落实中央八项规定",
            "学习党的二十大精神",
            "党的十九届六中全会精神",
            "落实三会一课制度",
        ),
        *(
            "二十届二中、三中全会精神",
            "第一时间部署",
            "压实一把手责任",
            "一方面抓学习",
            "一个不少",
            "统一思想",
        ),
        *(
            "进一步加强",
            "万众一心",
            "十分重视",
            "千方百计",
            "有一些不足",
            "需要一定时间",
            "一系列举措",
            "三农工作",
        ),
        *(
            "一、工作情况",
            "（一）加强学习",
            "1.加强学习",
            "（2）加强学习",
            "第一，抓学习",
            "首先，一是抓学习",
        ),
        *(
            "拨打12345热线",
            "推广5G应用",
            "一次性补助",
            "一批项目",
            "三年行动计划",
            "万家灯火",
            "两张皮",
            "老百姓",
        ),
        *("20××年", "培训**人", "提升一体化水平", "八小时以外监督", "第一书记", "百年大计", "数一数二"),
        *("抓好以下四项工作：一是学习。", "从三个方面改进。（一）加强学习", "四种形态的第一种"),
    ],
)
def test_no_number_is_taken_out_of_a_fixed_term_or_a_heading(text: str) -> None:
    assert facts(text) == []


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("共有2.8万家企业、1195家工厂", ["2.8万家", "1195家"]),
        ("通报过2次，收入过20万元", ["2次", "过20万元"]),
        ("6至8个", ["6至8个"]),
        ("接待超了两回", ["两回"]),
        ("签约亿元以上项目110个", ["110个"]),
        ("约60人参加，附近30户受益", ["约60人", "30户"]),
        ("装机600万千瓦，线路500千伏", ["600万千瓦", "500千伏"]),
        ("总量居全国第八。第八，抓落实", ["第八"]),
        ("两个多月开了三次会", ["两个多月", "三次"]),
        ("占比由5%提高到8%", ["5%", "8%"]),
        ("三十余名党员，上百人", ["三十余名", "上百人"]),
        ("7×24小时，2×66万千瓦", ["66万千瓦"]),
    ],
)
def test_numbers_are_cut_as_they_are_meant(text: str, surfaces: list[str]) -> None:
    assert found(text, "number") == surfaces


def test_a_lone_one_counts_only_where_asked() -> None:
    assert facts("提拔了一名干部") == []
    assert [fact.value for fact in facts("提拔了一名干部", singles=True)] == ["1人"]
    assert facts("统一部署，一次性补助", singles=True) == []


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("每月一次", ["1次"]),
        ("两个季度才学一回", ["2季度", "1次"]),
        ("只去过一家小饭馆，办一轮培训", ["1家", "1轮"]),
        ("查处一起案件，一起学习", ["1起"]),
        ("一张表、一节课、一周、一套制度", ["1张", "1节", "1周", "1套"]),
        ("统一部署，一样对待", []),
    ],
)
def test_a_lone_one_counts_with_every_measure_word_where_asked(text: str, surfaces: list[str]) -> None:
    assert [fact.value for fact in facts(text, singles=True)] == surfaces


@pytest.mark.parametrize(
    ("text", "kind", "surfaces"),
    [
        ("供电公司", "organisation", ["供电公司"]),
        ("第四税务分局和西城红星机械厂", "organisation", ["第四税务分局", "西城红星机械厂"]),
        ("赴石泉敬老院慰问", "organisation", ["石泉敬老院"]),
        (
            "县委老干部局、县第二中学、市疾控中心",
            "organisation",
            ["县委老干部局", "县第二中学", "市疾控中心"],
        ),
        (
            "最高人民检察院、清溪监狱、柳河人民法庭",
            "organisation",
            ["最高人民检察院", "清溪监狱", "柳河人民法庭"],
        ),
        ("乡镇卫生院、国有公司、农民合作社、普惠性幼儿园、市委、董事会", "organisation", []),
        ("白石河水库和青云山灌区", "place", ["白石河水库", "青云山灌区"]),
        ("柳溪镇、黄泥乡", "place", ["柳溪镇", "黄泥乡"]),
        ("黑石镇和金鸡镇", "place", ["黑石镇", "金鸡镇"]),
        ("碧湖社区、丰乐村、云台县", "place", ["碧湖社区", "丰乐村", "云台县"]),
        ("新城区、工业园区、重点镇、智慧社区、海洋牧场", "place", []),
        ("院长高国栋、河长周立山、副庭长宋保平到会", "person", ["院长高国栋", "河长周立山", "副庭长宋保平"]),
        ("县委党校王建设，联系人：马长林。", "person", ["马长林"]),
        ("本人李卫国，报告人：欧阳明华", "person", ["李卫国", "欧阳明华"]),
        ("刘淑兰牵头整改", "person", ["刘淑兰"]),
        ("梁淑萍带队抽查，由吴秀珍督办", "person", ["梁淑萍", "吴秀珍"]),
        ("在副县长韦长青督办下", "person", ["副县长韦长青"]),
        ("副校长白洛川指导的比赛", "person", ["副校长白洛川"]),
        ("采集顾念慈等20位老同志，由谷雨生等7人组成", "person", ["顾念慈", "谷雨生"]),
        ("大队长冷锋带队，书记高位督办，个体户等3人", "person", ["大队长冷锋"]),
        ("水产研究所、爱心基金会、理工学院", "organisation", ["水产研究所", "爱心基金会", "理工学院"]),
        ("请政法委研究，政法委员到会", "organisation", ["政法委"]),
        ("补齐凤山镇等4个乡镇，在马鞍岭、滨河花园检查", "place", ["凤山镇", "马鞍岭", "滨河花园"]),
        ("住宅小区、安置小区、屋顶花园、翻山越岭", "place", []),
        ("卓越工程师，党员高度自觉，负责人高度重视", "person", []),
        ("按照市委办发〔2022〕3号和[2021]12号", "document", ["市委办发〔2022〕3号", "[2021]12号"]),
        ("学习《关于印发〈办法〉的通知》12次", "title", ["《关于印发〈办法〉的通知》"]),
        ("打造“红色先锋”品牌", "quoted", ["“红色先锋”"]),
        ("他说：“学了3次。没有记录。”", "quoted", []),
        ("邀请市委组织部、县财政局授课", "organisation", ["市委组织部", "县财政局"]),
        ("会同蒙自市住建局检查", "organisation", ["蒙自市住建局"]),
        ("城关镇红旗村驻村工作队", "organisation", ["城关镇红旗村驻村工作队"]),
        ("接受市委第三巡察组巡察", "organisation", ["第三巡察组"]),
        ("赴云南云天化有限公司学习", "organisation", ["云南云天化有限公司"]),
        ("各部门、各县区和示范区、行政村", "organisation", []),
        ("在红旗村、城关镇、绿春县大兴镇试点", "place", ["红旗村", "城关镇", "绿春县大兴镇"]),
        ("各县区、示范区、行政村、各乡镇、园区、城市社区", "place", []),
        ("党组书记、局长张三主持，李明华同志、王书记到会", "person", ["局长张三", "李明华同志", "王书记"]),
        ("党组书记、支部书记、第一书记、方案主任科员、居民委员会", "person", []),
        ("区委副书记袁志强联系我街道，第一书记王芳到村", "person", ["副书记袁志强", "第一书记王芳"]),
        ("主任马上到岗，书记高度重视，局长张贴通知", "person", []),
        ("2023年11月8日在石河镇演习", "place", ["石河镇"]),
        ("以习近平同志为核心的党中央", "person", []),
        ("召开第三次全体会议", "meeting", ["第三次全体会议"]),
        ("贯彻十四届市纪委五次、六次全会部署", "meeting", ["十四届市纪委五次、六次全会"]),
        ("召开12次党组会议", "meeting", []),
    ],
)
def test_names_and_titles_are_found(text: str, kind: str, surfaces: list[str]) -> None:
    assert found(text, kind) == surfaces


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("3月15日、上半年、年底前", ["3月15日", "上半年", "年底"]),
        ("去年12月和2025年底", ["去年12月", "2025年底"]),
        ("3月15日至18日", ["3月15日至18日"]),
        ("每年底、青年中、3日内、节日", []),
        ("2022年度考核", ["2022年"]),
        ("上午9:30开会，11：50散会", ["9:30", "11：50"]),
        ("每周五闭馆，每周一次，每周三次例会", ["每周五"]),
        ("春运、五一期间，张国庆说了两点，3小时", ["春运", "五一"]),
        ("获五一劳动奖章，政治清明", []),
    ],
)
def test_dates_are_found(text: str, surfaces: list[str]) -> None:
    assert [surface.removesuffix("度") for surface in found(text, "date")] == surfaces


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("明年6月前、年内完成，今年有4名", ["明年", "今年", "今年"]),
        ("比上年、较去年，上个月和下月", ["去年", "去年", "上月", "下月"]),
        ("今年以来，近年来，一年来，目前年度，说明年度，以上年龄，过去年份，部分年份", []),
    ],
)
def test_times_that_today_tells_are_read(text: str, values: list[str]) -> None:
    assert [time.value for time in times(text)] == values


@pytest.mark.parametrize(
    ("draft", "note", "surface"),
    [
        ("今年到期", "明年到期", "明年"),
        ("年内覆盖", "明年覆盖", "明年"),
        ("今年到期", "2024年到期", None),
        ("今年到期", "到期", None),
        ("年内到期", "今年到期", None),
        ("上年同期", "今年比去年", None),
        ("今年到期", "上个月到期", None),
    ],
)
def test_a_time_is_wrong_only_where_another_is_told(draft: str, note: str, surface: str | None) -> None:
    (time,) = times(draft)
    other = contradicted(time, times(note))
    assert (other.surface if other else None) == surface


def test_bodies_without_a_name_are_told_by_level() -> None:
    text = "市委、县委和区纪委要求，各支部、董事会落实，市委组织部"
    assert [body.value for body in bodies(text)][:3] == ["市委", "县委", "区纪委"]
    assert all(text[body.start : body.end] == body.surface for body in bodies(text))


LONG = 50_000
NASTY = st.text(
    st.one_of(
        st.sampled_from(
            "一二两三十百千万亿〇零点分之成第约近余多几数个次人元%％年月日号季度—-至到"
            '“”《》〈〉〔〕[]（）"*×〖〗市县镇村局张书记会\n 　.,１２0123456789/'
        ),
        st.characters(exclude_categories=()),
    ),
    max_size=80,
)


@given(NASTY)
def test_any_text_gives_facts_within_it(text: str) -> None:
    last = 0
    for fact in facts(text):
        assert last <= fact.start < fact.end
        assert text[fact.start : fact.end] == fact.surface
        assert fact.value
        last = fact.end


@given(st.integers(3, 10**8 - 1), st.sampled_from(["次", "元", "人次", "家"]))
def test_a_number_says_the_same_in_every_writing(number: int, unit: str) -> None:
    wide = str(number).translate({ord("0") + digit: chr(ord("０") + digit) for digit in range(10)})
    texts = [f"{number}", f"{number:,}", wide]
    texts += [f"{number // 10**4}.{number % 10**4:04d}万", spoken(number)]
    assert {value(f"共{text}{unit}。") for text in texts} == {f"{number}{unit}"}


def spoken(number: int) -> str:
    """Write a number below 10⁸ in Chinese."""
    high, low = divmod(number, 10**4)
    if high:
        gap = "零" if low and low < 1000 else ""
        return spoken(high) + "万" + gap + (spoken(low) if low else "")
    digits, text = f"{number:04d}", ""
    for place, digit in zip("千百十", digits, strict=False):
        if digit != "0":
            text += "零一二三四五六七八九"[int(digit)] + place
        elif text and not text.endswith("零") and int(digits[digits.index(digit) :] or 0):
            text += "零"
    ones = "" if digits[3] == "0" else "零一二三四五六七八九"[int(digits[3])]
    if text and ones and digits[2] == "0" and not text.endswith("零"):
        text += "零"
    return (text.rstrip("零") if not ones else text) + ones


@given(st.integers(1, 10**8 - 1))
def test_chinese_numerals_are_read(number: int) -> None:
    assert amount(spoken(number)) == number


@pytest.mark.parametrize(
    "text",
    [
        *"一1“《〔张市第年*近",
        "1,",
        "第一",
        "一万",
        "市县",
        "张某",
        "12次，",
        "〔2022〕",
        "有限公司",
        "\ud800",
    ],
)
def test_one_thing_over_and_over_is_read_to_its_end(text: str) -> None:
    whole = (text * LONG)[:LONG]
    with ends(5.0):
        found = facts(whole)
    assert [fact.surface for fact in found] == [whole[fact.start : fact.end] for fact in found]
    assert sorted(found, key=lambda fact: fact.start) == list(found)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("自助机俩月没修", "number", "2月"),
        ("仨科室都没报", "number", "3个"),
        ("占了快两年", "number", "近2年"),
        ("来了三百多家长", "number", "300余"),
        ("上会不能少于2次", "number", "至少2次"),
        ("一年起码4次", "number", "至少4次"),
        ("提前半个月", "number", "15天"),
        ("下月10号前注销", "date", "10日"),
        ("账目每周三公示", "date", "每周三"),
    ],
)
def test_how_people_say_numbers_and_dates(text: str, kind: str, value: str) -> None:
    assert (kind, value) in [(fact.kind, fact.value) for fact in facts(text)]


@pytest.mark.parametrize("text", ["他俩没参加", "夫妻俩都在", "加快三个月度计划", "前半个月"])
def test_what_sounds_like_it_and_counts_otherwise(text: str) -> None:
    assert [fact.value for fact in facts(text) if fact.value in ("2个", "15天") or "近" in fact.value] == []
