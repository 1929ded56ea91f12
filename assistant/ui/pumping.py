"""Reading a stream of events at the browser's pace: what comes within a beat is shown at once, and a stop is heard."""

import queue
import threading
import time
from collections.abc import Generator, Iterator
from typing import Generic, TypeVar

Event = TypeVar("Event")
# Twelve pictures a second look like writing; more would only load the machine.
BEAT = 0.08
_END = object()


class Pump(Generic[Event]):
    """Reads a generator in a thread of its own, which ends with it or at the next event after `stop`."""

    def __init__(self, events: Generator[Event, None, None]) -> None:
        self._events = events
        self._arrived: queue.SimpleQueue[object] = queue.SimpleQueue()
        self._left = threading.Event()
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        try:
            for event in self._events:
                self._arrived.put(event)
                if self._left.is_set():
                    break
        except BaseException as error:  # noqa: BLE001 - it is raised again where the events are read
            self._arrived.put(error)
        else:
            self._arrived.put(_END)
        finally:
            self._events.close()

    def batches(self, stop: threading.Event) -> Generator[list[Event], None, None]:
        """Yield what has arrived, a beat's worth at a time; end when the events do, or soon after ``stop`` is set.

        An error of the events is raised after all that came before it was yielded.
        """
        try:
            while not stop.is_set():
                items = list(self._beat())
                if batch := [item for item in items if not _is_last(item)]:
                    yield batch  # type: ignore[misc]
                if items and _is_last(items[-1]):
                    if isinstance(items[-1], BaseException):
                        raise items[-1]
                    return
        finally:
            self._left.set()

    def _beat(self) -> Iterator[object]:
        """Yield what arrives within a beat, nothing if nothing does."""
        try:
            yield self._arrived.get(timeout=BEAT)
        except queue.Empty:
            return
        until = time.monotonic() + BEAT
        while (left := until - time.monotonic()) > 0:
            try:
                yield self._arrived.get(timeout=left)
            except queue.Empty:
                return


def _is_last(item: object) -> bool:
    return item is _END or isinstance(item, BaseException)
