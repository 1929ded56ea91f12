"""A guard against what never ends: a text on which a rule explodes must fail its test, not hang the suite."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

# Far beyond what any of these takes on a slow and busy machine; how fast things are is measured in eval/benchmarks.
SECONDS = 20.0


class EndlessError(AssertionError):
    """What was to end has used up its processor time."""


@contextmanager
def ends(seconds: float = SECONDS) -> Iterator[None]:
    """Raise `EndlessError` in the block once it has used so many seconds of processor time, in a regular expression too."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise EndlessError(f"used {seconds:.0f} s of processor time")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
