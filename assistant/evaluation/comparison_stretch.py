"""Which stretch of a text is to be compared: a section found in a whole report, or the text itself."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.documents import cues
from assistant.documents.parsing import parse
from assistant.errors import InputError
from assistant.text.sentences import paragraphs, trim
from assistant.types import Report, Role, Section
from assistant.writing.templates import SectionTemplate, find_template, load_templates

_BODY = (Role.WORK, Role.PROBLEMS, Role.PLAN)
_NUMBERING = re.compile(
    r"^[#\s\u3000*]*(?:[一二三四五六七八九十]+[、．.，,]|[（(][一二三四五六七八九十]+[)）])?"
)
_SHOWN = 18


@dataclass(frozen=True, slots=True)
class ComparedPlace:
    """A text, the span of it that is to be compared, and how a reader is told."""

    text: str
    start: int
    end: int
    whole: bool
    words: str


def locate(
    draft: str, reference: str, section: str | None
) -> tuple[ComparedPlace, ComparedPlace, str | None]:
    """Return the stretches of draft and reference to be compared, and the section kind's name, if it is a section.

    Without ``section`` a draft that is one section says itself which; two whole reports are compared whole. Raises
    `InputError` where a text is empty, or the section is not there or there more than once.
    """
    templates = load_templates()
    ours, theirs = _parsed(draft, "草稿"), _parsed(reference, "参考稿")
    wanted = find_template(section, templates) if section is not None else None
    alike = is_whole(ours, templates) == is_whole(theirs, templates)
    if wanted is None and alike:
        if not is_whole(ours, templates):
            wanted = _named(ours, templates) or _named(theirs, templates)
        name = wanted.front.name if wanted else None
        return _all(ours, "草稿", templates), _all(theirs, "参考稿", templates), name
    if wanted is None:
        wanted = _named(theirs if is_whole(ours, templates) else ours, templates)
    if wanted is None:
        raise InputError("看不出草稿写的是报告的哪一节，请用 --section 写明，例如 --section problems。")
    return (
        _find(ours, "草稿", wanted, templates),
        _find(theirs, "参考稿", wanted, templates),
        wanted.front.name,
    )


def is_whole(report: Report, templates: Mapping[str, SectionTemplate]) -> bool:
    """Tell whether a text is a report of several sections, rather than one section with or without its heading."""
    own = [section for section in report.sections if section.level == 1]
    headed = [section for section in own if section.heading]
    roles = {section.role for section in own}
    # A section's own lead-in ends in a colon, as an addressee does.
    if len(headed) > 1 or (headed and Role.ADDRESSEE in roles) or Role.CLOSING in roles:
        return True
    named = report.title is not None and _template_of(report.title, templates) is None
    return bool(headed) and (named or len(roles & set(_BODY)) > 1)


def _parsed(text: str, who: str) -> Report:
    if not any(character.isalnum() for character in text):
        raise InputError(f"{who}里没有文字，请换一个有内容的文件。")
    return parse(text, name=who)


def _template_of(heading: str, templates: Mapping[str, SectionTemplate]) -> SectionTemplate | None:
    words = _NUMBERING.sub("", heading).rstrip("。：: *")
    for template in templates.values():
        if words in (template.front.title, *template.front.aliases):
            return template
    return None


def _named(report: Report, templates: Mapping[str, SectionTemplate]) -> SectionTemplate | None:
    """Return which section a text is, by its heading or its first words; none where these do not tell."""
    first = report.text[slice(*paragraphs(report.text)[0])]
    if template := _template_of(first, templates):
        return template
    body = next((s for s in report.sections if s.level == 1 and s.role is not Role.TITLE), None)
    opening = report.text[body.start : body.end] if body else first
    role = next((s.role for s in report.sections if s.level == 1 and s.heading), None)
    if role is None and cues.turns_to_problems(opening):
        role = Role.PROBLEMS
    if role is None and cues.starts_plan(opening):
        role = Role.PLAN
    return next((t for t in templates.values() if role and t.front.role is role), None)


def _all(report: Report, who: str, templates: Mapping[str, SectionTemplate]) -> ComparedPlace:
    whole = is_whole(report, templates)
    aside = (Role.TITLE, Role.ADDRESSEE) if whole else (Role.TITLE,)
    first = next((s for s in report.sections if s.level == 1 and s.role not in aside), None)
    start = first.start if first else 0
    if first and not whole:
        start = _body(report, first)
    start, end = trim(report.text, start, len(report.text))
    return ComparedPlace(report.text, start, end, whole=True, words=f"{who}全文")


def _find(
    report: Report, who: str, template: SectionTemplate, templates: Mapping[str, SectionTemplate]
) -> ComparedPlace:
    if not is_whole(report, templates):
        return _all(report, who, templates)
    title = template.front.title
    found = list(_runs([s for s in report.sections if s.level == 1], template.front.role))
    if not found:
        raise InputError(
            f"{who}里没有找到“{title}”这一节，请用 --section 换一节，或把要比的一节另存为一个文件再比。"
        )
    if len(found) > 1:
        listed = "、".join(_quoted(report, run[0]) for run in found)
        raise InputError(f"{who}里有{len(found)}处“{title}”（{listed}），请把要比的一处另存为一个文件再比。")
    run = found[0]
    start, end = trim(report.text, _body(report, run[0]), run[-1].end)
    where = f"{_quoted(report, run[0])}" if run[0].heading else f"无标题、以{_quoted(report, run[0])}开头"
    return ComparedPlace(
        report.text, start, end, whole=False, words=f"{who}的“{title}”一节（{where}，{end - start}字）"
    )


def _runs(sections: Sequence[Section], role: Role) -> Iterable[list[Section]]:
    """Yield the runs of neighbouring sections of a role."""
    run: list[Section] = []
    for section in sections:
        if section.role is role:
            run.append(section)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _body(report: Report, section: Section) -> int:
    return section.start + len(section.heading or "")


def _quoted(report: Report, section: Section) -> str:
    words = section.heading or report.text[section.start : section.end]
    line = words.strip().partition("\n")[0]
    return f"“{line}”" if len(line) <= _SHOWN else f"“{line[:_SHOWN]}…”"
