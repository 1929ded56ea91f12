"""Whether the two texts of a comparison are plainly of two kinds: a plan held against the problems of a reference."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from assistant.checks.units import cut
from assistant.documents import cues
from assistant.evaluation.comparison_stretch import ComparedPlace
from assistant.types import Role
from assistant.writing.templates import SectionTemplate, load_templates

# What says that something falls short, and what says that something is done or is to be done.
_SHORT = re.compile(
    r"不(?:够|足|到位|及时|深|严|实|细|强|高|全|规范|完善|健全|经常|扎实|平衡|均衡|彻底|充分|紧|力|齐|准|牢|明[显确]|一致|符)"
    r"|差距|薄弱|短板|弱项|漏洞|欠缺|缺[乏少失]|滞后|流于|有待|[还尚仍]需|[未没仅]|偏[慢低少窄粗]|形式化|问题"
)
_ACT = re.compile(
    r"^(?:(?:要|再|先|进一步|持续|继续|着力|切实|坚决|全面|重新|重点|认真|大力|逐步|逐项|定期|按期)*"
    r"(?:加[强快大]|强化|深化|深入|优化|细化|完善|健全|规范|严[格明肃]|压实|落实|抓|推[进动行]|提[升高]|改进|改善|聚焦|统筹|突出"
    r"|做[好实优]|建立|制定|修订|编制|开展|组织|召开|充实|补充|督促|梳理|编列|清理|整治|坚持|支持|引导|鼓励|配合|探索|争创|增[加强聘]|新增|引进"
    r"|改造|更换|调整|选派|选取|协调|统一|密切|丰富|举办|注销|补全|把|对))"
    r"|下一?步|今后|明年|[年月]?底前|月前|将(?!近)|拟(?!定)|力争|务必|确保|计划|准备|争取"
)
_AHEAD = re.compile("下一?步|今后|明年|力争|务必|确保")
_HEADING = re.compile("[^，。；！？\n]{1,20}")
_PIECE = re.compile(r"[^。；;\n]+")
_GAP = re.compile("(?:差距|不足|问题|短板|薄弱环节|弱项|欠缺|不到位)[^，。]{0,14}[：:]$")
# How many of the pieces must tell it, how many where the first words do too, and how many may tell the contrary.
_LEAST, _MOSTLY, _TOLD, _HARDLY = 2, 0.6, 0.3, 0.2


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a stretch is: of problems or not; the section's name where that is told outright."""

    problems: bool
    name: str | None = None


def kinds_apart(draft: ComparedPlace, reference: ComparedPlace, section: str | None) -> str:
    """Return a Chinese sentence that one text tells of problems and the other of work or plans; empty if not plainly so.

    ``section`` is the name of the kind that was compared.
    """
    if section is None:
        return ""
    ours, theirs = (_kind_of(place, section) for place in (draft, reference))
    if ours is None or theirs is None or ours.problems == theirs.problems:
        return ""
    return (
        f"草稿{_words(ours)}，参考稿{_words(theirs)}，两者不是同一节，漏写、多写多半由此而来，"
        "请核对是否选对了参考稿和小节。"
    )


def _words(kind: _Kind) -> str:
    return f"像是“{_templates()[kind.name].front.title}”" if kind.name else "像是写工作或打算"


def _kind_of(place: ComparedPlace, section: str) -> _Kind | None:
    """Return the kind of a stretch: by where it was found in a report, by its heading, or by all that it says."""
    names = {template.front.role: name for name, template in _templates().items()}
    if not place.whole:
        role = _templates()[section].front.role
        return (
            _Kind(role is Role.PROBLEMS, section) if role in (Role.PROBLEMS, Role.PLAN, Role.WORK) else None
        )
    heading = place.text[: place.start].strip().rpartition("\n")[2]
    problems, plan = cues.heading_roles(heading) if _HEADING.fullmatch(heading) else (False, False)
    if problems != plan:
        return _Kind(problems, names[Role.PROBLEMS if problems else Role.PLAN])
    text = place.text[place.start : place.end]
    told = role_told(text)
    if told is None:
        return None
    outright = told is Role.PROBLEMS or cues.starts_plan(text)
    return _Kind(told is Role.PROBLEMS, names[told] if outright else None)


def role_told(text: str) -> Role | None:
    """Return whether a text tells of problems, or, as a plan, of work or plans: by nearly all of its pieces, or none."""
    units = cut(text)[1]
    pieces = [match.group() for unit in units if not unit.announces for match in _PIECE.finditer(unit.text)]
    if len(pieces) < _LEAST:
        return None
    plan = cues.starts_plan(text)
    problems = any(unit.announces and _GAP.search(unit.text) for unit in units[:2])
    short = sum(bool(_SHORT.search(piece)) for piece in pieces) / len(pieces)
    acts = sum(bool(_ACT.search(piece)) and not _SHORT.search(piece) for piece in pieces) / len(pieces)
    ahead = sum(bool(_AHEAD.search(piece)) for piece in pieces) / len(pieces)
    if short >= (_TOLD if problems else _MOSTLY) and max(acts, ahead) <= _HARDLY and not plan:
        return Role.PROBLEMS
    if acts >= (_TOLD if plan else _MOSTLY) and short <= _HARDLY and not problems:
        return Role.PLAN
    return None


@cache
def _templates() -> Mapping[str, SectionTemplate]:
    return load_templates()
