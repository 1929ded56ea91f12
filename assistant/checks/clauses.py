"""What rests on nothing: sentences, and clauses behind a clause that has its grounds."""

import re
from collections.abc import Iterator, Sequence

from assistant.checks.bearings import masked
from assistant.checks.certainty import level_if, tells_particulars
from assistant.checks.counts import gives_numbers
from assistant.checks.effects import CONSEQUENCE, EFFECT, claims_effect
from assistant.checks.grounds import Ground, Grounds
from assistant.checks.leads import opens
from assistant.checks.likeness import content, evidence, held, held_share
from assistant.checks.note_clauses import without_facts
from assistant.checks.support import Rest
from assistant.checks.units import phrases
from assistant.types import Finding, Level

_NONE, _WHOLE = 0.3, 0.9
_LEAST_SAID = 4
_LEAST_NEWS, _NEWS = 6, 0.2
_LONGEST_LEAD, _LONGEST_OPENING, _LONGEST_CONNECTIVE = 120, 14, 4
# A clause is held from this share on; in a long note or in the other notes, where much comes up somewhere, less and more.
_HELD, _HELD_IN_DOCUMENT, _HELD_ELSEWHERE = 0.34, 0.15, 0.5
_LEAST_CLAUSE, _LEAST_LONG_CLAUSE, _LONG_CLAUSE, _SHORT_CLAUSE = 4, 2, 9, 6
# So many characters of a note that stand nowhere may be what a clause says in other words.
_UNSAID = 2.5
_VERBATIM, _LONGEST_HEAD = 4, 11
_LEAD = re.compile(
    r"(?:一年来|[^，。]{0,8}以来|下一?步|下阶段|今后|新的一年|明年|[今去本]年|按照|根据|遵照|依据|围绕|为|对照|对标|聚焦|着眼|立足|锚定|在|从|回顾|现[将述就]|过去|总的|总体|截至|近年"
    r"|(?:19|20)\d\d年|虽然|尽管|经过|通过|[^，。]{0,14}?(?:党组|党委|党工委|党支部|党总支|工委|班子|纪委|纪检监察组|我[们局院校委办部单区县市镇]|本[人局院校委办部单]"
    r"|集团|公司|街道|学院|医院|法院|检察院|局|镇|乡|中心))"
)
_ANNOUNCED = re.compile(r"[一二两三四五六七八九十]{1,2}[项个方][^，。]{0,4}(?:工作|任务|举措|措施|方面|文章)")
_GAP = re.compile(r"(?:差距|不足|问题|短板|弱项|薄弱环节|欠缺)[。：:]?$")
_PURPOSE = re.compile(
    r"^(?:为.{2,24}(?:提供|奠定|打下|作出|贡献|营造|凝聚|保驾护航|注入)|以[^，。]{2,24}(?:抓[实细紧]|落到实处|推[进动]|推向|迎接|确保|做好|开创|促进|保障|引领)"
    r"|(?:推动|促进|助推|确保).{0,12}(?:高质量发展|落地见效|落到实处|走深走实|取得实效|见行见效)$)"
)


def unsupported(draft: str, rests: Sequence[Rest], grounds: Grounds) -> Iterator[Finding]:
    """Yield the sentences and clauses that no note bears out."""
    said: dict[int, list[Rest]] = {}
    for one in rests:
        for number in one.notes:
            said.setdefault(number, []).append(one)
    for index, one in enumerate(rests):
        if one.topic or (one.connecting and not one.grounds):
            continue
        if not one.grounds or one.score < _NONE:
            spared = _tells_a_fact(one) or _leads_in(one, last=index + 1 == len(rests))
            if one.content.weight >= _LEAST_SAID and not spared:
                yield _whole(draft, one, grounds)
        elif one.score < _WHOLE:
            yield from _invented(draft, one, grounds, said)


def _whole(draft: str, one: Rest, grounds: Grounds) -> Finding:
    unit = one.unit
    sure = one.score < _NONE and not (unit.announces and not unit.item) and not _is_thin(one)
    sure = sure and (tells_particulars(one.facts) or _is_news(draft, one, grounds))
    sure = sure and not masked(draft, unit.start, unit.end)
    message = "这一句在要点里没有依据，请删去，或补上要点。"
    return Finding("support.none", level_if(sure), message, unit.start, unit.end)


def _is_news(draft: str, one: Rest, grounds: Grounds) -> bool:
    """Tell whether a sentence that names no topic, for it leads nothing in, is wholly of words that no note has."""
    unit = one.unit
    if unit.head or unit.announces or not draft[: unit.start].rpartition("\n")[2].strip():
        return False
    part = content(unit.text, without=("light", "formula", "topics"))
    return part.weight >= _LEAST_NEWS and held_share(part, grounds.everything) < _NEWS


def _tells_a_fact(one: Rest) -> bool:
    """Tell whether a stretch gives a fact of the notes it rests on, be it in other words."""
    keys = {(fact.kind, fact.value) for fact in one.facts}
    return any(keys & ground.keys or gives_numbers(one.facts, ground.facts) for ground in one.grounds)


def _leads_in(one: Rest, *, last: bool) -> bool:
    """Tell whether a stretch leads the draft in: at its head or before its items, in general words, with no particular."""
    unit = one.unit
    if (last and not unit.announces) or len(unit.text) > _LONGEST_LEAD or not opens(unit):
        return False
    general = ("organisation", "date", "meeting", "number" if unit.announces else "")
    if any(
        fact.kind not in general and not _ANNOUNCED.match(unit.text, fact.start - unit.body)
        for fact in one.facts
    ):
        return False
    return bool(_LEAD.match(unit.text) or _GAP.search(unit.text)) or (unit.announces and not one.facts)


def _is_thin(one: Rest) -> bool:
    """Tell whether hardly anything is said once formulas are left out: doubt, no more."""
    return content(one.unit.text, without=("light", "formula")).weight < _LEAST_SAID


def _invented(draft: str, one: Rest, grounds: Grounds, said: dict[int, list[Rest]]) -> Iterator[Finding]:
    """Yield the clauses that no note holds, unless as much of the notes is left over, which they may say in other words."""
    found = list(_unheld(one, grounds))
    if not found:
        return
    spare = _left_over(one, said, [one.unit.text[start:end] for start, end in found])
    for start, end in found:
        first, last = one.unit.body + start, one.unit.body + end
        if masked(draft, first, last):
            continue
        if spare > 0 and not EFFECT.search(draft, first, last) and not CONSEQUENCE.match(draft[first:last]):
            spare -= 1
            continue
        message = "这半句在要点里没有依据，请删去，或补上要点。"
        yield Finding("support.none", Level.WARN, message, first, last)


def _unheld(one: Rest, grounds: Grounds) -> Iterator[tuple[int, int]]:
    """Yield the spans of the clauses without grounds."""
    text = one.unit.text
    spans = phrases(text)
    first = next((start for start, end in spans if end - start > _LONGEST_CONNECTIVE), 0)
    for start, end in spans:
        opening = start <= first and (one.unit.head or (len(spans) > 1 and end - start <= _LONGEST_OPENING))
        opening = opening or _heads(one, start, end)
        opening = opening or (opens(one.unit) and bool(_LEAD.match(text, start, end)))
        if opening or _has_fact(one, start, end) or _PURPOSE.match(text[start:end]):
            continue
        clause = text[start:end]
        if claims_effect(clause, one):
            yield start, end
            continue
        weight = content(clause, without=("light", "formula", "topics")).weight
        if len(clause) < _SHORT_CLAUSE or weight < (
            _LEAST_LONG_CLAUSE if len(clause) >= _LONG_CLAUSE else _LEAST_CLAUSE
        ):
            continue
        if _stands_in(clause, one.grounds):
            continue
        held_part = _held_part(clause, one.grounds)
        document = not one.grounds[0].bullet
        if held_part >= (_HELD_IN_DOCUMENT if document else _HELD):
            continue
        if held_share(content(clause), grounds.everything) < (_NONE if document else _HELD_ELSEWHERE):
            yield start, end


def _heads(one: Rest, start: int, end: int) -> bool:
    """Tell whether a clause is the topic of a member of a list that has its grounds: …；补齐设施短板，新增充电桩…."""
    text = one.unit.text
    if (
        text[start - 1 : start] not in tuple("；;：:")
        or end - start > _LONGEST_HEAD
        or text[end : end + 1] != "，"
    ):
        return False
    last = next((last for first, last in phrases(text) if first > end), None)
    if last is None:
        return False
    return _has_fact(one, end + 1, last) or _held_part(text[end + 1 : last], one.grounds) >= _HELD


def _has_fact(one: Rest, start: int, end: int) -> bool:
    offset = one.unit.body
    return any(fact.start < offset + end and offset + start < fact.end for fact in one.facts)


def _stands_in(clause: str, grounds: Sequence[Ground]) -> bool:
    """Tell whether the greater part of a short clause's end stands in a ground as it is: 不推不拖."""
    ending = clause[-_VERBATIM:]
    return len(clause) <= 2 * _VERBATIM + 1 and any(
        ground.bullet and ending in ground.text for ground in grounds
    )


def _held_part(clause: str, grounds: Sequence[Ground]) -> float:
    part = content(clause)
    covers = [held(part, ground.full) for ground in grounds]
    return sum(map(max, zip(*covers, strict=True))) / part.weight if covers and part.weight else 0.0


def _left_over(one: Rest, said: dict[int, list[Rest]], without: Sequence[str]) -> int:
    """Return how many clauses of the notes that a unit rests on stand nowhere in the draft but perhaps in ``without``."""
    left = 0
    for ground in one.grounds[:1]:
        if not ground.bullet:
            continue
        text = "\n".join(other.unit.text for other in said.get(ground.note, [one]))
        for words in without:
            text = text.replace(words, "")
        known = evidence([text])
        for clause in without_facts(ground):
            part = content(clause)
            unsaid = part.weight * (1 - held_share(part, known))
            left += unsaid >= min(_UNSAID, part.weight * (1 - _HELD)) and part.weight >= _LEAST_LONG_CLAUSE
    return left
