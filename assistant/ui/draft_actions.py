"""What the buttons do to a visitor's paper; every step is on the disk before it is shown."""

from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from assistant.errors import GongwenError, InputError
from assistant.models.endpoint import chat_endpoint
from assistant.settings import Settings
from assistant.ui.draft_run import Beat, Shown, follow_draft
from assistant.ui.draft_view import Surroundings
from assistant.ui.sitting import read_upload, within_limit
from assistant.ui.visiting import Visit, open_visit
from assistant.workflow.desk import DraftPaper
from assistant.workflow.events import Restarted
from assistant.workflow.papers import choose, paper_request, recheck

SAVE_SECONDS = 2.0


def open_desk(settings: Settings, visitor: str) -> tuple[Visit, Shown]:
    """Open a visitor's desk with the paper on it, and say what went wrong if that cannot be read."""
    visit, error = open_visit(settings, visitor), ""
    try:
        visit.paper = visit.desk.load() or DraftPaper()
    except InputError as failure:
        error = str(failure)
    visit.saved = visit.paper
    left = visit.paper.unfinished and visit.paper.text
    return visit, Shown(
        visit.paper, None, error=error, remark="上次没有写完，写出的部分在这里。" if left else ""
    )


def with_file(notes: str, file: str | None) -> str:
    """Return notes with the text of an uploaded file after them; the file is deleted. Raises `InputError`."""
    if not file:
        return notes
    text = read_upload(Path(file)).strip()
    return within_limit(f"{notes.rstrip()}\n{text}" if notes.strip() else text)


def surroundings(settings: Settings, visit: Visit, *, ended: bool) -> Surroundings:
    """Return what the view needs besides the paper; while it is written, the versions do not matter."""
    endpoint = chat_endpoint(settings)
    return Surroundings(
        endpoint.model if endpoint else None,
        settings.ai_label,
        tuple(visit.desk.versions()) if ended else (),
    )


def save(visit: Visit, paper: DraftPaper) -> None:
    """Save a paper. What another page of the same visitor's has saved meanwhile is kept as a version."""
    with visit.desk.lock:
        there = visit.desk.load()
        if there is not None and there not in (visit.saved, paper) and there.text.strip():
            visit.desk.keep(there, "另一个网页")
        visit.desk.save(paper)
        visit.saved = paper


def take_back(visit: Visit, paper: DraftPaper) -> None:
    """Put a paper on the desk if it is another than the one that lies there."""
    if paper != visit.paper:
        visit.paper = paper
        save(visit, paper)


def keep(visit: Visit, paper: DraftPaper, why: str) -> None:
    """Put a paper on the desk and keep it as a version."""
    take_back(visit, paper)
    visit.desk.keep(paper, why)


def refuse_while_writing(visit: Visit) -> None:
    """Raise `InputError` if a text is being written on this page."""
    if visit.writing:
        raise InputError("上一次还没有写完，请等它写完，或先按“停止”。")


@contextmanager
def _working(visit: Visit, why: str) -> Iterator[None]:
    """Write alone; the text before is kept. Raises `InputError` if a text is being written already."""
    with visit.desk.lock:
        refuse_while_writing(visit)
        if visit.paper.text.strip():
            visit.desk.keep(visit.paper, why)
        visit.stop.clear()
        visit.writing = True
    try:
        yield
    finally:
        with visit.desk.lock:
            visit.writing = False
            if visit.paper.unfinished and visit.paper.text:
                save(visit, visit.paper)


def write(visit: Visit, paper: DraftPaper, settings: Settings) -> Generator[Shown, None, None]:
    """Draft what a paper asks for; the text before is kept, and so is what was written if the browser leaves."""
    due = Beat(SAVE_SECONDS)
    with _working(visit, "起草之前"), closing(follow_draft(paper, settings, visit.stop)) as run:
        for shown in run:
            visit.paper = shown.paper
            if shown.ended or (shown.paper.text and due.is_due()):
                save(visit, shown.paper)
            if shown.ended and shown.why:
                visit.desk.keep(shown.paper, shown.why)
            yield shown


def laid_again(visit: Visit, version: str, text: str) -> Shown:
    """Put an earlier version back on the desk; the text that lay there is kept. Raises `InputError`."""
    if text.strip():
        keep(visit, replace(visit.paper, text=text), "恢复之前")
    visit.paper = visit.saved = visit.desk.restore(version)
    return Shown(visit.paper, None, remark="已恢复这一稿；之前的文字在“稿次”里。")


def chosen_instead(visit: Visit, number: int, text: str) -> Shown:
    """Lay another candidate on the desk; what was changed in the one before stays with that one."""
    if text.strip() and text != visit.paper.text:
        take_back(visit, replace(visit.paper, text=text))
    if visit.paper.draft and visit.paper.text != visit.paper.draft.text:
        keep(visit, recheck(visit.paper, visit.paper.text), "修改")
    take_back(visit, choose(visit.paper, number))
    return Shown(visit.paper, None)


def rechecked(visit: Visit, text: str) -> Shown:
    """Check a text, which is kept as a version if it was changed."""
    if not text.strip():
        raise InputError("正文是空的，请先起草，或写入正文再检查。")
    before = visit.paper.draft
    take_back(visit, replace(visit.paper, text=text))
    paper = recheck(visit.paper, text)
    keep(visit, paper, "修改" if before is None or before.text != text else "检查")
    return Shown(paper, None)


def rewritten(visit: Visit, at: int, instruction: str, settings: Settings) -> Generator[Shown, None, None]:
    """Have the item or sentence at a place written again; the text before is kept. Raises `InputError`, `SettingsError`."""
    # What speaks to a model is slow to import.
    from assistant.workflow.redoing import DEFAULT, Redone, draft_parts, redo

    if chat_endpoint(settings) is None or not 0 <= at < len(visit.paper.text):
        raise InputError("没有设置模型，或没有选中要重写的一项，请先把光标放进那一句。")
    before = visit.paper
    span = next(((start, end) for start, end in draft_parts(before.text) if start <= at < end), (0, 0))
    wanted = instruction or DEFAULT
    with _working(visit, "重写之前"):
        yield Shown(before, 2, remark="正在请模型重写这一项……")
        try:
            for event in redo(paper_request(before), before.text, span, settings, instruction=wanted):
                if isinstance(event, Restarted):
                    yield Shown(before, 2, remark=f"{event.reason}正在请模型重写。")
                elif isinstance(event, Redone):
                    paper = recheck(before, event.draft.text)
                    keep(visit, paper, "重写")
                    yield Shown(paper, None, remark=f"已重写，原为：{event.before}")
        except GongwenError as error:
            yield Shown(before, None, error=str(error))
