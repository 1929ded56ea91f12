"""A draft being written, as the page shows it: how far it is, the text so far, and what becomes of it in every case."""

import threading
import time
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass, field, replace

from assistant.errors import GongwenError, ModelError
from assistant.settings import Settings
from assistant.types import Draft, Hit
from assistant.ui.pumping import Pump
from assistant.workflow import events as happened
from assistant.workflow.desk import DraftPaper
from assistant.workflow.drafting import draft_candidates, partial_text
from assistant.workflow.events import DraftEvent
from assistant.workflow.papers import bare_draft, checker, paper_request
from assistant.workflow.requests import DraftRequest

STAGES = ("检索", "提示", "写作", "检查", "修改")


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows of a run: ``stage`` counts in `STAGES` until it has ended; ``why`` says what it ended with."""

    paper: DraftPaper
    stage: int | None
    remark: str = ""
    error: str = ""
    why: str = ""

    @property
    def ended(self) -> bool:
        """Tell whether the writing is over."""
        return self.stage is None


@dataclass(slots=True)
class Writing:
    """What has happened so far. Text that was taken back is not in ``text``; ``now`` holds only until the end."""

    stage: int = 0
    text: str = ""
    model: str = ""
    hits: tuple[Hit, ...] = ()
    remarks: list[str] = field(default_factory=list)
    now: str = ""
    candidates: int = 0
    finished: happened.Finished | None = None
    _part: int = 0

    def feed(self, event: DraftEvent) -> None:
        """Take in what happened."""
        match event:
            case happened.Started():
                self._begin(event)
            case happened.Retrieved():
                self.stage, self.hits = 1, event.hits
            case happened.Prompted():
                self.stage = 1
            case happened.Sending():
                self.stage, self._part = 2, len(self.text)
                self._tell_masked(event)
            case happened.TextDelta():
                self.stage, self.text = 2, self.text + event.text
            case happened.Restarted():
                self.text = self.text[: self._part]
                self.remarks.append(f"{event.reason}正在请模型重写。")
            case happened.Checked():
                self.stage = 3
            case happened.Revised():
                self._take_revision(event)
            case happened.Finished():
                self.finished = event

    def _begin(self, event: happened.Started) -> None:
        self.candidates += 1
        self.stage, self.text, self._part = 0, "", 0
        self.model = event.model or ""
        if self.candidates == 1:
            self.remarks.append(who_writes(event))
        else:
            self.now = f"正在写第{self.candidates}稿。"

    def _tell_masked(self, event: happened.Sending) -> None:
        if names := {entity.placeholder for entity in event.masked}:
            self.remarks.append(f"已遮盖{len(names)}个名称、号码等再发出。")

    def _take_revision(self, event: happened.Revised) -> None:
        self.stage = 4
        if event.kept:
            self.text = self.text[: self._part] + event.text
        self.remarks.append(
            f"核对发现错误，模型第{event.revision}次修改{'，已采用。' if event.kept else '没有改好，保留原文。'}"
        )


def who_writes(event: happened.Started) -> str:
    """Say who writes, and where texts go."""
    if event.model is None:
        why = "已设为离线" if event.offline else "没有设置模型"
        return f"{why}，由离线写作完成{'。' if event.outside or event.keeper else '，不联网。'}"
    if not event.outside:
        return f"由本机的模型 {event.model} 写作。"
    how = "遮盖敏感信息后" if event.masked else "原样"
    return (
        f"由模型 {event.model} 写作，要点和旧稿片段{how}发往 {'、'.join(event.outside)}，涉密内容请勿使用。"
    )


def follow_draft(
    paper: DraftPaper, settings: Settings, stop: threading.Event
) -> Generator[Shown, None, None]:
    """Draft what a paper asks for; the last `Shown` has ended, well or not, and what was written is on its paper."""
    writing = Writing()
    begun = replace(paper, text="", drafts=(), chosen=0, unfinished=True)
    yield Shown(begun, 0)
    try:
        request = paper_request(paper)
        pump = Pump(draft_candidates(request, settings, count=paper.count))
        with closing(pump.batches(stop)) as batches:
            for batch in batches:
                for event in batch:
                    writing.feed(event)
                yield Shown(replace(begun, text=writing.text), writing.stage, remark=_last(writing))
    except GongwenError as error:
        if isinstance(error, ModelError) and (partial := partial_text(error)):
            writing.text = partial
        yield _broken_off(paper, begun, writing, error=str(error))
    else:
        yield _ended(request, paper, begun, writing)


def _last(writing: Writing) -> str:
    return writing.now or (writing.remarks[-1] if writing.remarks else "")


def _ended(request: DraftRequest, paper: DraftPaper, begun: DraftPaper, writing: Writing) -> Shown:
    if writing.finished is None:
        return _broken_off(paper, begun, writing)
    check = checker(request)
    done = writing.finished
    drafts = tuple(check(draft) for draft in (done.draft, *done.others))
    remarks = [*writing.remarks, done.remark or ""]
    if done.cut_off:
        remarks.append("模型因长度限制停笔，文末可能不完整，请减少要点或换用更大的模型。")
    paper = replace(begun, text=done.draft.text, drafts=drafts, unfinished=False)
    return Shown(paper, None, remark="".join(remarks), why="起草")


def _broken_off(paper: DraftPaper, begun: DraftPaper, writing: Writing, *, error: str = "") -> Shown:
    """Keep what was written; where nothing was, the paper is as it was before."""
    if not writing.text.strip():
        remark = "" if error else "已停止，还没有写出文字。"
        return Shown(paper, None, remark=remark, error=error, why="")
    request = paper_request(paper)
    draft: Draft = checker(request)(
        bare_draft(request, writing.text, model=writing.model, passages=writing.hits)
    )
    kept = replace(begun, text=writing.text, drafts=(draft,))
    remark = "" if error else "已停止，写出的部分已保留。"
    return Shown(kept, None, remark=remark, error=error, why="未写完" if error else "停止")


class Beat:
    """Tells at once, and then at most once in a while, that it is time."""

    def __init__(self, every: float) -> None:
        self._every = every
        self._last = float("-inf")

    def is_due(self) -> bool:
        """Tell whether it is time, and if so begin to wait again."""
        now = time.monotonic()
        if now - self._last < self._every:
            return False
        self._last = now
        return True
