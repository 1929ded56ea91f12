"""What a report says about itself: title, kind, year, unit."""

import re

from assistant.types import Report, ReportData, Role

# The longer name before the shorter: the first that fits counts.
_KINDS = (
    "党风廉政建设责任制情况报告",
    "党风廉政建设和反腐败工作情况报告",
    "党风廉政建设情况报告",
    "党风廉政建设工作报告",
    "全面从严治党主体责任情况报告",
    "全面从严治党主体责任工作报告",
    "意识形态工作责任制情况报告",
    "意识形态工作情况报告",
    "党建工作情况报告",
    "党建工作报告",
    "党建工作总结",
    "述职述责述廉报告",
    "述职述廉报告",
    "述责述廉报告",
    "述职报告",
    "政府工作报告",
    "法治政府建设情况报告",
    "自查自纠报告",
    "自查报告",
    "整改情况报告",
    "调研报告",
    "考察报告",
    "工作情况报告",
    "工作报告",
    "情况报告",
    "对照检查材料",
    "工作总结",
    "工作汇报",
    "情况汇报",
    "工作要点",
    "工作计划",
    "工作方案",
    "实施方案",
    "实施意见",
    "心得体会",
    "主持词",
    "发言",
    "讲话",
    "致辞",
    "通告",
    "公告",
    "通报",
    "通知",
    "请示",
    "批复",
    "倡议书",
    "总结",
    "汇报",
    "方案",
    "意见",
    "报告",
)
# Other ways to write a kind at the end of a title.
_SPELLINGS = (
    (re.compile(r"(讲话|发言|总结|汇报|致辞|述职)(?:稿|材料|提纲|摘要)$"), r"\1"),
    (re.compile(r"的(报告|汇报|通知|通报|意见|请示|方案)$"), r"\1"),
    (re.compile(r"述职$"), "述职报告"),
    (re.compile(r"致词$"), "致辞"),
)
_BRACKETS = re.compile(r"[（(][^（）()]*[)）]$")
_PARTS = re.compile(r"[：:、—]|暨|(?<!党风廉政建设)[和及](?!反腐败)")
_ANNOUNCEMENT = re.compile(r"现(?:将|就)([^。；\n]{2,60}?)(报告|汇报|总结)如下")
_YEAR = re.compile(r"(?<!\d)(19[89]\d|20\d\d)(?!\d)")
_YEAR_IN_WORDS = re.compile(r"[二][〇○零Ｏ0][〇○零Ｏ0一二三四五六七八九]{2}(?=年)")
_LEAD_YEAR = re.compile(r"(?<!\d)(19[89]\d|20\d\d)\s*年")
_LEAD_OPENING = re.compile(
    r"(?m)^[\s\u3000]*(19[89]\d|20\d\d)\s*年(?:度|来|以来|上半年|第.季度|[一二三四]季度)?[，,]"
)
_DIGITS = str.maketrans("〇○零Ｏ一二三四五六七八九", "0000123456789")
_BODY = (
    r"(?:党组|党委|党工委|党总支|党支部|委员会|人民政府|政府|人大常委会|政协|纪委监委|纪委|监委|办公室|办公厅|管理局|[省市县区州旗]委(?!员)"
    r"|发改委|国资委|卫健委|工信委|总工会|工会|共青团|妇联|工商联|局|厅|院|大学|中学|小学|学校|医院|公司|集团|中心|支队|大队)"
)
_PERSON = (
    r"(?:副?书记|副?主任|副?主席|[县市省区]长|局长|厅长|院长|校长|部长|干部|党员|委员(?!会)|班子|领导|成员|系统|机关"
    r"|会议|大会|代表|常委)"
)
# Atomic, so that a unit is never cut short to get past the person behind it.
_UNIT = (
    rf"(?:(?!{_PERSON}(?!工会))[^\s\d在，。；：、“”《》（）()*]){{1,24}}?"
    rf"(?>(?!{_PERSON}){_BODY}(?:(?:机关)?(?:党组|党委|党总支|党支部|监委|办公室))*)"
)
_PERIOD = r"(?>(?:19|20)\d\d年?度?(?:上半年|下半年|第[一二三四]季度)?)?+"
_TITLE_PREFIX = re.compile(rf"{_PERIOD}({_UNIT})(?!{_PERSON}|[和与及、])")
_NO_UNIT = re.compile(r"(?:对|关于|某|[党各本我全]|中共中央)")
_SIGNATURE = re.compile(rf"(?:中共|中国共产党)?{_UNIT}")
_PARTY_BODY = re.compile(
    r"(中共(?!中央)[^\s，。；：、“”《》（）()*]{2,28}?(?:党组|委员会|党委|总支部|支部))(?!书记|副书记|成员|班子|委员)"
)


def read_metadata(report: Report) -> ReportData:
    """Read title, kind, year and unit from the text; what stands nowhere is none, never a guess."""
    lead = _lead(report)
    return ReportData(
        title=report.title,
        kind=title_kind(report.title) if report.title else _announced_kind(lead),
        year=_title_year(report.title or "") or _lead_year(lead),
        unit=_title_unit(report.title or "") or _signed_unit(report) or _party_unit(lead),
    )


def _lead(report: Report) -> str:
    """Return what stands before the body; a short 现将……如下： passes for the addressee's line."""
    parts = (part for part in report.sections if part.role in (Role.ADDRESSEE, Role.LEAD) and part.level == 1)
    return "\n".join(report.text[part.start : part.end] for part in parts)


def title_kind(title: str) -> str | None:
    """Return the kind that the title, or the first part of a title of several, ends with."""
    whole = _BRACKETS.sub("", title.strip("# *\u3000》”"))
    parts = [whole, *(part for part in _PARTS.split(whole) if part)]
    return next((kind for part in parts if (kind := _kind(part))), None)


def _kind(words: str) -> str | None:
    words = words.strip(" \u3000")
    for pattern, usual in _SPELLINGS:
        words = pattern.sub(usual, words)
    return next((kind for kind in _KINDS if words.endswith(kind)), None)


def _announced_kind(lead: str) -> str | None:
    """Return the kind that 现将……报告如下 names; 现将有关情况报告如下 names none."""
    found = _ANNOUNCEMENT.search(lead)
    if not found:
        return None
    topic, verb = found.groups()
    topic = re.sub(r"(?:和|及)(?:(?:19|20)\d\d年|今后|下一步|下步).*", "", topic)
    kind = _kind(topic + verb)
    return None if kind is None or kind in ("报告", "情况报告", "情况汇报", "汇报", "总结") else kind


def _title_year(title: str) -> int | None:
    found = _YEAR.search(title)
    if found:
        return int(found[1])
    words = _YEAR_IN_WORDS.search(title)
    return int(words[0].replace("二", "2", 1).translate(_DIGITS)) if words else None


def _lead_year(lead: str) -> int | None:
    """Return the year that 现将……如下 names, or that the lead opens with; one told in passing is not the report's."""
    announced = _ANNOUNCEMENT.search(lead)
    found = (_LEAD_YEAR.search(announced[1]) if announced else None) or _LEAD_OPENING.search(lead)
    return int(found[1]) if found else None


def _title_unit(title: str) -> str | None:
    found = _TITLE_PREFIX.match(title)
    return found[1] if found and not _NO_UNIT.match(found[1]) else None


def _signed_unit(report: Report) -> str | None:
    """Return the line of the closing that is the name of a unit."""
    closing = next((part for part in report.sections if part.role is Role.CLOSING), None)
    lines = report.text[closing.start : closing.end].splitlines() if closing else []
    return next((line.strip() for line in reversed(lines) if _SIGNATURE.fullmatch(line.strip())), None)


def _party_unit(lead: str) -> str | None:
    found = _PARTY_BODY.search(lead)
    return found[1] if found else None
