"""Calling the page's server by hand, as no browser would."""

import http.client
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from tests.ui.serving import Server

JSON = {"content-type": "application/json"}


@dataclass
class Answer:
    status: int
    text: str
    headers: list[tuple[str, str]] = field(default_factory=list)

    def cookies(self) -> str:
        return "; ".join(value.partition(";")[0] for name, value in self.headers if name == "set-cookie")


def ask(
    server: Server,
    path: str,
    body: object = None,
    *,
    headers: Mapping[str, str] | None = None,
    method: str | None = None,
) -> Answer:
    """Ask as no browser would: path, host, length and all as they are given here."""
    data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
    connection = http.client.HTTPConnection(urlsplit(server.address).netloc, timeout=30)
    try:
        given = {**(JSON if body is not None else {}), **(headers or {})}
        connection.request(method or ("GET" if data is None else "POST"), path, data, given)
        answer = connection.getresponse()
        told = [(name.lower(), value) for name, value in answer.getheaders()]
        return Answer(answer.status, answer.read().decode("utf-8", "replace"), told)
    finally:
        connection.close()


@dataclass
class Caller:
    """A visitor who calls the page's handlers by hand, by their numbers."""

    server: Server
    cookie: str = ""
    session: str = field(default_factory=lambda: secrets.token_hex(6))

    def headers(self) -> dict[str, str]:
        return {"cookie": self.cookie} if self.cookie else {}

    def arrive(self) -> "Caller":
        self.cookie = ask(self.server, "/", headers=self.headers()).cookies() or self.cookie
        return self

    def config(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(ask(self.server, "/config", headers=self.headers()).text)
        return found

    def run(self, handler: int, values: list[Any], event: object = None) -> str:
        """Run a handler and return all that came back."""
        body = {"data": values, "fn_index": handler, "session_hash": self.session, "event_data": event}
        joined = ask(self.server, "/gradio_api/queue/join", body, headers=self.headers())
        if joined.status != 200:
            return joined.text
        told = ask(self.server, f"/gradio_api/queue/data?session_hash={self.session}", headers=self.headers())
        return joined.text + "".join(
            json.dumps(json.loads(line.removeprefix("data: ")), ensure_ascii=False)
            for line in told.text.splitlines()
            if line.startswith("data: ")
        )


def named(config: dict[str, Any], name: str) -> int:
    return next(int(one["id"]) for one in config["dependencies"] if one["api_name"] == name)
