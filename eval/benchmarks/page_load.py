"""Have many visitors draft at once on the page, and see that each keeps the endpoint's pace and only its own text.

Run as ``PYTHONPATH=. python eval/benchmarks/page_load.py [--visitors 20] [--drafts 500] [--rate 50]`` in the repository. The
page runs in a process of its own; its model is an endpoint on the loopback that streams tokens of two characters at an
even rate. A visitor is a browser's worth of HTTP: a cookie, a session, the page's own queue and its stream of events; he
opens the page anew before every fifth draft, and all begin at different times, so that some drafts are checked while
others stream. The visitors come as soon as the server answers, and the first draft of each is told apart from the
others: by then the server has not loaded all that it needs. Printed are the rate at which text reached the visitors as a
share of the rate at which it left the endpoint, how far the text lagged behind, and the page's memory. Exit code 1 when a
stream, first or not, kept less than 80 %, a visitor saw another's text, or memory grew after the first hundred drafts by
more than a quarter; with fewer than two hundred drafts nothing is said of memory.
"""

import argparse
import asyncio
import html
import re
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from page_visitor import Browser, Seen, resident, running_page

from tests.endpoint import Exchange, LoopbackEndpoint

TOKEN = 2
MARK = re.compile(r"甲[0-9]{6}乙")
TOPICS = re.findall(
    "..",
    "学习责任谈话接待减负信访档案会议调研督查培训值班预算资产合同公开保密安全消防车辆食堂节能志愿帮扶考核人才老干群团宣传网站数据窗口",
)
LEAST_SHARE, MOST_GROWTH, DRAFTS_A_VISIT = 0.8, 1.25, 5
HEAD = """drafts  share of the rate kept   longest lag s   checked after s  memory
        least  median             median  most    median  most     MB"""


@dataclass
class Sent:
    """What the endpoint sent for each mark: when the n-th character had left."""

    rate: float
    tokens: int
    times: dict[str, list[tuple[float, int]]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)

    def __call__(self, exchange: Exchange) -> None:
        """Write the notes of a request out as a text, at an even pace."""
        [mark] = set(MARK.findall(str(exchange.received.body["messages"])))
        text = self.texts[mark] = answer(mark, self.tokens * TOKEN)
        times = self.times[mark] = []
        exchange.begin_stream()
        start = time.monotonic()
        for number, at in enumerate(range(0, len(text), TOKEN)):
            time.sleep(max(0.0, start + number / self.rate - time.monotonic()))
            exchange.send_delta({"content": text[at : at + TOKEN]})
            times.append((time.monotonic(), at + TOKEN))
        exchange.finish_stream(text)


def notes(mark: str) -> list[str]:
    """Return notes that hold a mark, each unlike the others."""
    return [f"{topic}工作还有差距，涉及{at + 3}项，台账编号{mark}" for at, topic in enumerate(TOPICS)]


def answer(mark: str, length: int) -> str:
    """Return a text of a length, at most, that rests on the notes."""
    return "".join(f"{note}。" for note in notes(mark))[: length - 1] + "。"


@dataclass(frozen=True)
class Stream:
    """How one draft went: share of the rate kept, the longest lag and the wait after the last token, in seconds.

    ``first`` tells that it was its visitor's first, on a server just started.
    """

    share: float
    lag: float
    end: float
    first: bool


def judged(seen: Seen, sent: Sent, mark: str, *, first: bool = False) -> Stream:
    """Compare what a visitor saw with what was sent for him. Raises `AssertionError` for another's or a lost text."""
    text = sent.texts[mark]
    shown = [(at, paper(page)) for at, page in seen.pages]
    for _, page in seen.pages:
        assert set(MARK.findall(page)) <= {mark}, f"a visitor saw another's text: {mark}"
    assert shown[-1][1] == text, f"the text of {mark} did not arrive whole: {shown[-1][1][-60:]}"
    lengths = [(at, len(words)) for at, words in shown if words and text.startswith(words)]
    (began, had), whole = lengths[0], next(at for at, length in lengths if length == len(text))
    times = sent.times[mark]
    pace = (times[-1][1] - times[0][1]) / (times[-1][0] - times[0][0])
    lags = [
        at - next(left for left, length in times if length > before)
        for (_, before), (at, _) in zip([(0.0, 0), *lengths], lengths, strict=False)
        if before < len(text)
    ]
    share = (len(text) - had) / (whole - began) / pace
    return Stream(share, max(lags), seen.ended - times[-1][0], first)


def paper(page: str) -> str:
    """Return the text on the paper of the page's markup."""
    _, _, rest = page.partition('<div class="paper"')
    inside = rest[rest.find(">") + 1 : rest.find("</div>")]
    return html.unescape(re.sub(r"<[^>]*>", "", inside))


@dataclass
class Load:
    """The run as a whole: who drafts, what came of each draft, and the memory of the page after so many."""

    address: str
    process: int
    sent: Sent
    streams: list[Stream] = field(default_factory=list)
    memory: dict[int, float] = field(default_factory=dict)

    async def visit(self, number: int, drafts: int, *, wait: float) -> None:
        """Have one visitor draft again and again, the first time after a while."""
        browser = Browser(self.address)
        for at in range(drafts):
            if at % DRAFTS_A_VISIT == 0:
                await browser.open()
            if at == 0:
                await asyncio.sleep(wait)
            mark = f"甲{number:03d}{at:03d}乙"
            seen = await browser.draft("\n".join(notes(mark)))
            self.streams.append(judged(seen, self.sent, mark, first=at == 0))
            self._count()
        await browser.close()

    def _count(self) -> None:
        done = len(self.streams)
        if done % 100 == 0:
            self.memory[done] = resident(self.process)
            print(line(done, self.streams[-100:], self.memory[done]), flush=True)

    def parts(self) -> dict[str, list[Stream]]:
        """Return the streams apart: the first of each visitor, and the others if there are any."""
        parts = {
            "first drafts": [one for one in self.streams if one.first],
            "later drafts": [one for one in self.streams if not one.first],
        }
        return {name: streams for name, streams in parts.items() if streams}

    def amiss(self) -> list[str]:
        """Return what is not as it must be."""
        found = [
            f"{len(slow)} of {len(all_)} {name} kept less than {LEAST_SHARE:.0%}, one {min(slow):.0%}"
            for name, all_ in self.parts().items()
            if (slow := [one.share for one in all_ if one.share < LEAST_SHARE])
        ]
        first, *_, last = self.memory.values() if len(self.memory) > 1 else (1.0, 1.0)
        if last > MOST_GROWTH * first:
            found.append(f"memory grew from {first:.0f} MB to {last:.0f} MB")
        return found


async def visit_all(load: Load, *, visitors: int, drafts: int, seconds: float) -> list[str]:
    """Have all visitors draft, begun evenly over the ``seconds`` of a draft, and return what is amiss."""
    print(HEAD)
    share = drafts // visitors
    waits = [seconds * number / visitors for number in range(visitors)]
    await asyncio.gather(*(load.visit(number, share, wait=wait) for number, wait in enumerate(waits)))
    for name, streams in load.parts().items():
        print(line(len(streams), streams, resident(load.process)), f"  {name}")
    return load.amiss()


def line(done: int, streams: list[Stream], memory: float) -> str:
    """Return a line of the table."""
    shares, lags, ends = zip(*((one.share, one.lag, one.end) for one in streams), strict=True)
    return (
        f"{done:6}  {min(shares):5.0%}  {statistics.median(shares):6.0%}            "
        f"{statistics.median(lags):6.2f}  {max(lags):4.2f}    {statistics.median(ends):6.2f}  {max(ends):4.2f}    {memory:.0f}"
    )


def main() -> int:
    """Run the load, print the table and what is amiss."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visitors", type=int, default=20)
    parser.add_argument("--drafts", type=int, default=500)
    parser.add_argument("--rate", type=float, default=50.0, help="tokens a second")
    parser.add_argument("--tokens", type=int, default=300, help="tokens a draft")
    arguments = parser.parse_args()
    sent = Sent(arguments.rate, arguments.tokens)
    with (
        tempfile.TemporaryDirectory() as scratch,
        LoopbackEndpoint(sent) as endpoint,
        running_page(Path(scratch), endpoint.environment()) as (address, process),
    ):
        load = Load(address, process, sent)
        amiss = asyncio.run(
            visit_all(
                load,
                visitors=arguments.visitors,
                drafts=arguments.drafts,
                seconds=arguments.tokens / arguments.rate,
            )
        )
    print("\n".join(amiss) or "nothing amiss")
    return 1 if amiss else 0


if __name__ == "__main__":
    sys.exit(main())
