"""Processes that the tests start."""

import signal


def heeds_interrupts() -> None:
    """Undo, in a process about to start, that a runner in the background hands down an ignored SIGINT."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
