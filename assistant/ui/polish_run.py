"""A text being polished, as the page shows it, and what becomes of it in every case."""

import threading
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass, replace

from assistant.errors import GongwenError, InputError
from assistant.settings import Settings
from assistant.ui.pumping import Pump
from assistant.workflow.events import PolishedSoFar, Restarted, Started, TextDelta
from assistant.workflow.polish_papers import PolishPaper
from assistant.workflow.polishing import PolishEvent, polish_text
from assistant.writing.changes import Polished


@dataclass(frozen=True, slots=True)
class PolishShown:
    """What the page shows: while a model polishes, ``done`` tells how far it is and ``written`` what it writes now."""

    paper: PolishPaper
    done: int | None = None
    written: str = ""
    remark: str = ""
    error: str = ""

    @property
    def ended(self) -> bool:
        """Tell whether the polishing is over."""
        return self.done is None


@dataclass(slots=True)
class _Polishing:
    """What has happened so far."""

    polished: Polished
    done: int = 0
    written: str = ""
    remark: str = ""
    finished: bool = False

    def feed(self, event: PolishEvent) -> None:
        match event:
            case Started():
                self.remark = who_polishes(event)
            case TextDelta():
                self.written += event.text
            case Restarted():
                self.written, self.remark = "", f"{event.reason}正在请模型重写。"
            case PolishedSoFar():
                self.polished, self.done, self.written = event.polished, event.end, ""
            case Polished():
                self.polished, self.finished = event, True


def who_polishes(event: Started) -> str:
    """Say who polishes, and where the text goes."""
    if event.model is None:
        return f"{'已设为离线' if event.offline else '没有设置模型'}，按规则润色，不联网。"
    if not event.outside:
        return f"由本机的模型 {event.model} 润色。"
    how = "遮盖敏感信息后" if event.masked else "原样"
    return f"由模型 {event.model} 润色，文稿{how}发往 {'、'.join(event.outside)}，涉密内容请勿使用。"


def run_polish(
    paper: PolishPaper, settings: Settings, stop: threading.Event
) -> Generator[PolishShown, None, None]:
    """Polish a paper's text; the last `PolishShown` has ended. A failure before anything was done leaves the paper as it was."""
    if not paper.text.strip():
        raise InputError("没有要润色的文字，请先在“原文”里写入、粘贴，或放入文件。")
    state = _Polishing(Polished(paper.text, (), (), ""))
    yield _under_way(paper, state)
    try:
        with closing(Pump(_events(paper, settings)).batches(stop)) as batches:
            for batch in batches:
                for event in batch:
                    state.feed(event)
                yield _under_way(paper, state)
    except GongwenError as error:
        yield _broken_off(paper, state, error=str(error))
    else:
        yield _ended(paper, state)


def _events(paper: PolishPaper, settings: Settings) -> Generator[PolishEvent, None, None]:
    yield from polish_text(paper.text, settings, level=paper.level)


def _under_way(paper: PolishPaper, state: _Polishing) -> PolishShown:
    begun = replace(paper, polished=state.polished, refused=(), unfinished=True)
    return PolishShown(begun, state.done, state.written, state.remark)


def _ended(paper: PolishPaper, state: _Polishing) -> PolishShown:
    if not state.finished:
        return _broken_off(paper, state)
    done = replace(paper, polished=state.polished, refused=(), unfinished=False)
    return PolishShown(done, remark=state.remark)


def _broken_off(paper: PolishPaper, state: _Polishing, *, error: str = "") -> PolishShown:
    remark = "" if error else "已停止。"
    if not state.done:
        return PolishShown(paper, remark=remark, error=error)
    kept = replace(paper, polished=state.polished, refused=(), unfinished=True)
    return PolishShown(kept, remark=f"{remark}已润色的段落在这里，其余保持原样。", error=error)
