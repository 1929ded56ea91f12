"""A log of what went to endpoints, on this machine: when, where, how much, what was masked; never a text, never a key."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.models.endpoint import Endpoint
from assistant.settings import Settings


class Journal:
    """JSON lines in ``requests.jsonl`` of the data folder; with the setting ``log`` off nothing is written."""

    def __init__(self, settings: Settings) -> None:
        self.path: Path | None = settings.data / "requests.jsonl" if settings.log else None

    def request(self, endpoint: Endpoint, sent: Iterable[str], masked: Iterable[str], **account: Any) -> None:
        """Write down a request: the texts as they left (as a hash), the kinds of what was masked, and its account."""
        whole = "\n".join(sent)
        self.write(
            "request",
            endpoint=endpoint.address,
            model=endpoint.model,
            prompt=fingerprint(whole),
            characters=len(whole),
            masked=dict(Counter(masked)),
            **account,
        )

    def write(self, kind: str, **fields: Any) -> None:
        """Write a line. A log that cannot be written stops nobody from working."""
        if self.path is None:
            return
        line = {"when": datetime.now(UTC).isoformat(timespec="seconds"), "kind": kind, **fields}
        with suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(line, ensure_ascii=False) + "\n")


def fingerprint(text: str) -> str:
    """Return a short hash of a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
