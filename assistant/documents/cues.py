"""The words by which a reader knows what a stretch of a report is for (domain source: ``domain`` brief §1 and §2)."""

import re

_PROBLEM_NOUN = r"(?:问题|不足|困难|差距|短板|薄弱环节|弱项)"
_PROBLEM_HEADING = re.compile(
    rf"(?:存在|面临|主要|突出|查摆|自身|的){{1}}[^，。]{{0,8}}{_PROBLEM_NOUN}|^{_PROBLEM_NOUN}(?:$|[和与及、]|清单)|原因(?:分析|剖析)"
)
_NOT_PROBLEM_HEADING = re.compile(
    rf"问题导向|(?:解决|整治|纠治|整改|治理|聚焦|化解|正视)[^，。]*{_PROBLEM_NOUN}|{_PROBLEM_NOUN}整改"
)
_PLAN_HEADING = re.compile(
    r"下一?步|下一?阶段|打算|今后|安排|计划|思路|目标任务|主要任务|重点任务|重点工作|总体要求|主要目标|预期目标|努力方向|"
    r"改进措施|整改措施|工作建议|对策建议|几点建议|下半年|明年"
)
_WORK_HEADING = re.compile(r"回顾|情况|总结|开展|成效|做法|完成|成绩")
_TURN = (
    r"(?:但|然而|不可否认|也要看到|也应看到|(?:肯定|总结|看到|取得)[^。]{0,12}(?:成绩|成效)[^。]{0,6}同时"
    r"|(?:对照|对标)[^。，]{0,24}，?|同时，?[^。，]{0,6}(?:也|还|清醒|必须|应当))"
)
_SHORTFALL = re.compile(
    rf"{_TURN}[^。查]{{0,60}}?(?:还|仍|也|尚|清醒)?[^。查]{{0,6}}?(?:存在|面临|还有|仍有|看到|认识到)[^。查]{{0,70}}?{_PROBLEM_NOUN}"
    rf"|^(?:目前|当前|工作中|总的看)?，?[^。，查]{{0,24}}(?:还|仍然?|也|尚)(?:存在|面临|有)[^。查]{{0,30}}{_PROBLEM_NOUN}"
)
_NUMBERED = re.compile(r"[一二三四五六七八九十]+[是要]|第[一二三四五六七八九十]+[，、]")
_PLAN_START = re.compile(
    r"(?:\*\*)?(?:下一?步|下一?阶段|接下来|今后|下半年|明年|新的一年|为此|针对(?:以上|上述|这些|存在)[^。，]{0,10}(?:问题|不足|差距)"
    r"|(?:20\d\d年|第[一二三四]季度)[^。]{0,30}(?:将|要|继续))"
)
_PLAN_PARAGRAPH = re.compile(r"(?:下一?步|下一?阶段|接下来|今后一个时期|今后一段时期|下一年)")
_CLOSING = re.compile(
    r"(?:特此|专此|谨此|以上(?:报告|汇报|是|述职|发言)|此致|敬礼|谢谢|(?:我的)?(?:报告|汇报|发言|讲话)完毕|妥否|当否"
    r"|(?:各位代表|同志们|各位同志|各位领导|朋友们|乡亲们)[^。！!：:]{0,12}[！!，,：:])"
)
_CALL = re.compile(
    r"让我们|祝愿|祝大家|谢谢|团结起来|不负|奋力谱写|而努力奋斗|请[^。]{0,12}(?:审议|审阅|指正|批评)"
)
_SIGNATURE = re.compile(
    r"(?:\d{4}|[二〇○零一二三四五六七八九]{4})年[^。，；：]{0,10}[日月]$|.{2,24}(?:党组|党委|支部|委员会|局|办公室|机关)$"
)
_DOCUMENT_KIND = re.compile(
    r"(?:报告|总结|汇报|述职|讲话|发言|材料|方案|计划|要点|致辞|意见|通知|通告|提纲)(?:（[^）]*）)?$"
)
_BYLINE = re.compile(
    r"^(?:[—－\-]{1,4}|来源|[（(].*[）)]$|\d{4}年\d|(?:.{0,16}(?:省长|市长|主席|书记|主任|局长|县长|区长|部长))[\s\u3000]*[^\s：:]{1,12}$)"
)


def heading_roles(heading: str) -> tuple[bool, bool]:
    """Tell whether a first-level heading announces problems, and whether it announces a plan."""
    words = re.sub(r"^[#\s\u3000*]*[一二三四五六七八九十]+[、．.，,]", "", heading).rstrip("。：: *")
    problems = bool(_PROBLEM_HEADING.search(words)) and not _NOT_PROBLEM_HEADING.search(words)
    plan = bool(_PLAN_HEADING.search(words)) and not (_WORK_HEADING.search(words) and not problems)
    return problems, plan


def looks_back(heading: str) -> bool:
    """Tell whether a first-level heading announces work done."""
    return bool(_WORK_HEADING.search(heading))


def turns_to_problems(paragraph: str) -> bool:
    """Tell whether an unheaded paragraph opens the problem passage: affirmation, turn, shortfall in its first words."""
    return not _NUMBERED.match(paragraph) and bool(_SHORTFALL.search(paragraph[:160]))


def starts_plan(sentence: str) -> bool:
    """Tell whether a sentence that follows problems opens the plan."""
    return bool(_PLAN_START.match(sentence))


def starts_plan_paragraph(paragraph: str) -> bool:
    """Tell whether an unheaded paragraph among the work done opens the plan."""
    return bool(_PLAN_PARAGRAPH.match(paragraph))


def is_closing(paragraph: str) -> bool:
    """Tell whether one of the last paragraphs closes the report (formula, call, signature, date)."""
    if _CLOSING.match(paragraph) and (len(paragraph) <= 60 or _CALL.search(paragraph)):
        return True
    return len(paragraph) <= 30 and bool(_SIGNATURE.fullmatch(paragraph))


def is_call(paragraph: str) -> bool:
    """Tell whether a paragraph near the end is part of the closing call."""
    return bool(_CALL.search(paragraph))


def names_document(line: str) -> bool:
    """Tell whether a line ends with the name of a kind of document."""
    return bool(_DOCUMENT_KIND.search(line))


def is_byline(line: str) -> bool:
    """Tell whether a line under the title says where, when or by whom."""
    return bool(_BYLINE.match(line))
