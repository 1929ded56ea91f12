"""What a curious colleague, or a web page that he was sent, may try with the page's server."""

import io
import json
import zipfile
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from assistant.ui.gate import BODY_BYTES, UPLOAD_BYTES
from tests.conftest import ROOT
from tests.endpoint import KEY
from tests.ui.calling import Answer, Caller, ask, named
from tests.ui.serving import Server, Stage

MARK = "绝不外传的要点四十三"


@pytest.fixture(scope="module")
def server(stage: Stage) -> Server:
    """Return the page with a model. Each draft fails there, and the key must not be told."""
    stage.play()
    return stage.server


@pytest.fixture(scope="module")
def victim(server: Server) -> Caller:
    """Return a visitor who has notes on the desk."""
    caller = Caller(server).arrive()
    config = caller.config()
    caller.run(named(config, "opened"), [])
    caller.run(named(config, "asked"), [None, "problems", "局党组", None, MARK, False, 1])
    assert any(MARK in path.read_text("utf-8") for path in (server.data / "visitors").rglob("*.json"))
    return caller


@pytest.mark.parametrize("host", ["evil.example", "evil.example:7860", "127.0.0.1.evil.example", "", "[::1"])
def test_a_name_made_up_elsewhere_does_not_lead_here(server: Server, host: str) -> None:
    for path in ("/", "/config", "/gradio_api/info"):
        answer = ask(server, path, headers={"host": host})
        assert (answer.status, "本机" in answer.text) in ((421, True), (400, False))


@pytest.mark.parametrize("host", ["localhost:1234", "127.0.0.1", "[::1]:7860"])
def test_this_machines_own_names_lead_here(server: Server, host: str) -> None:
    for path in ("/", "/config"):
        assert ask(server, path, headers={"host": host}).status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://localhost:3000"},
        {"origin": "http://127.0.0.1"},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"},
        {"sec-fetch-site": "same-site", "sec-fetch-mode": "cors"},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "origin": "http://evil.example"},
    ],
)
def test_a_page_from_elsewhere_cannot_ask(server: Server, headers: dict[str, str]) -> None:
    for kind in ("application/json", "text/plain"):
        call = ask(
            server,
            "/gradio_api/call/search",
            {"data": ["学习", 5]},
            headers={**headers, "content-type": kind},
        )
        assert (call.status, "别的网站" in call.text) == (403, True)
    assert ask(server, "/gradio_api/info", headers=headers).status == 403


def test_the_pages_own_requests_and_links_to_it_are_let_in(server: Server) -> None:
    own = urlsplit(server.address).netloc
    for headers in (
        {"origin": f"http://{own}", "sec-fetch-site": "same-origin", "sec-fetch-mode": "cors"},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"},
        {"origin": "https://office.example", "sec-fetch-site": "same-origin", "sec-fetch-mode": "cors"},
        {"origin": "https://office.example", "x-forwarded-host": "office.example"},
    ):
        assert ask(server, "/config", headers=headers).status == 200


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/file=https://far.example/x",
        "/gradio_api/file/etc/passwd",
        "/gradio_api/deep_link?session_hash=x",
        "/gradio_api/proxy=https://x.hf.space/",
        "/gradio_api/token",
        "/gradio_api/dev/reload",
        "/gradio_api/custom_component/x/client/y/z",
        "/gradio_api/stream/a/b/1/playlist.m3u8",
        "/gradio_api/run-history/buckets",
        "/monitoring/summary",
        "/docs",
        "/redoc",
        "/gradio_api/runs",
        "/pwa_icon/100000",
        "/openapi.json",
    ],
)
def test_what_the_page_does_not_need_is_closed(server: Server, path: str) -> None:
    assert ask(server, path).status == 403


@pytest.mark.parametrize(
    "path",
    ["run/search", "api/search", "component_server", "vibe-edit", "process_recording", "stream/x/close"],
)
def test_other_ways_to_call_are_closed(server: Server, path: str) -> None:
    assert ask(server, f"/gradio_api/{path}", {"data": ["学习", 5]}).status == 403


@pytest.mark.parametrize(
    "path", ["/static/../../../../etc/passwd", "/assets/%2e%2e/%2e%2e/%2e%2e/etc/passwd"]
)
def test_no_path_leads_out_of_the_librarys_folders(server: Server, path: str) -> None:
    answer = ask(server, path)
    assert answer.status in (403, 404)
    assert "root:" not in answer.text


def test_the_page_tells_no_key_no_folder_and_no_endpoint(server: Server, stage: Stage) -> None:
    for path in ("/", "/config", "/gradio_api/info", "/gradio_api/openapi.json", "/gradio_api/mcp/schema"):
        text = ask(server, path).text
        for secret in (KEY, str(server.data.parent), str(ROOT), urlsplit(stage.endpoint.url).netloc):
            assert secret not in text


def test_parts_and_saved_states_cannot_be_chosen(server: Server) -> None:
    plain = len(ask(server, "/config").text)
    for query in ("page=../x", "deep_link=../../visitors", "page=%00"):
        answer = ask(server, f"/config?{query}")
        assert (answer.status, len(answer.text)) == (200, plain)
        assert ask(server, f"/?{query}").status == 200


def test_anothers_session_is_refused(server: Server, victim: Caller) -> None:
    thief = Caller(server, session=victim.session).arrive()
    assert thief.cookie != victim.cookie
    body = {"data": [], "fn_index": 0, "session_hash": victim.session, "event_id": "x"}
    for cookie in (thief.cookie, "", "gongwen_visitor=" + "0" * 32):
        headers = {"cookie": cookie}
        for path in (f"queue/data?session_hash={victim.session}", f"heartbeat/{victim.session}"):
            assert ask(server, f"/gradio_api/{path}", headers=headers).status == 403
        for path in ("queue/join", "cancel"):
            answer = ask(server, f"/gradio_api/{path}", body, headers=headers)
            assert (answer.status, "另一位访问者" in answer.text) == (403, True)


def test_a_hidden_handler_gives_nothing_of_anothers_away(server: Server, victim: Caller) -> None:
    forged = {
        "text": "x",
        "id": "0001",
        "at": 0,
        "words": "",
        "number": 0,
        "kind": "../x",
        "path": "x",
    }
    handlers = victim.config()["dependencies"]
    assert len(handlers) > 10
    for handler in handlers:
        thief = Caller(server).arrive()
        for values in (
            [None] * len(handler["inputs"]),
            [{"desk": "x", "paper": {}}] * len(handler["inputs"]),
        ):
            told = thief.run(handler["id"], values, forged)
            assert MARK not in told
            assert KEY not in told
            assert str(server.data) not in told


@pytest.mark.parametrize("value", ["../../x", "0" * 31, "G" * 32, "'; drop", quote("口令")])
def test_a_made_up_cookie_is_nobodys(server: Server, value: str) -> None:
    caller = Caller(server, cookie=f"gongwen_visitor={value}")
    told = caller.run(named(caller.config(), "opened"), [])
    assert '"success": true' in told
    assert MARK not in told
    folders = [path.name for path in (server.data / "visitors").iterdir()]
    assert all(len(name) == 32 and name.isalnum() for name in folders)
    assert "set-cookie" in dict(ask(server, "/", headers=caller.headers()).headers)


def uploaded(server: Server, name: str, data: bytes) -> Answer:
    mark = "----x"
    head = f'--{mark}\r\ncontent-disposition: form-data; name="files"; filename="{name}"\r\n\r\n'.encode()
    body = head + data + f"\r\n--{mark}--\r\n".encode()
    return ask(
        server, "/gradio_api/upload", body, headers={"content-type": f"multipart/form-data; boundary={mark}"}
    )


@pytest.mark.parametrize(
    "name",
    ["../../要点.md", "..%2f..%2fx.md", "<img src=x onerror=alert(1)>.md", "/etc/cron.d/x", "..", "a" * 400],
)
def test_a_name_leads_an_upload_nowhere_else(server: Server, name: str) -> None:
    before = {path for path in server.data.parent.rglob("*") if "uploads" not in path.parts}
    answer = uploaded(server, name, b"x")
    assert answer.status in (200, 400)
    if answer.status == 200:
        [path] = json.loads(answer.text)
        assert Path(path).resolve().is_relative_to(server.data / "uploads")
    assert {path for path in server.data.parent.rglob("*") if "uploads" not in path.parts} == before


def test_an_upload_is_not_given_out_again(server: Server) -> None:
    [path] = json.loads(uploaded(server, "x.html", b"<script>alert(1)</script>").text)
    assert ask(server, f"/gradio_api/file={quote(path)}").status == 403


@pytest.mark.parametrize(
    ("path", "length", "kind", "status"),
    [
        ("upload", UPLOAD_BYTES + 1, "multipart/form-data; boundary=x", 413),
        ("upload", None, "multipart/form-data; boundary=x", 411),
        ("queue/join", BODY_BYTES + 1, "application/json", 413),
        ("call/check", None, "application/json", 411),
        ("call/check", "-1", "application/json", 400),
    ],
)
def test_what_is_too_much_is_refused_before_it_is_read(
    server: Server, path: str, length: object, kind: str, status: int
) -> None:
    headers = {"content-type": kind} | (
        {"transfer-encoding": "chunked"} if length is None else {"content-length": str(length)}
    )
    assert ask(server, f"/gradio_api/{path}", headers=headers, method="POST").status == status


def test_what_was_written_on_a_page_may_be_long_and_what_is_nested_does_no_harm(server: Server) -> None:
    text = "长" * 100_000
    assert ask(server, "/gradio_api/call/check", {"data": [text, "", ""]}).status == 200
    nested = b'{"data": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    assert ask(server, "/gradio_api/call/check", nested).status in (400, 422)


def bomb() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * 40_000_000)
        archive.writestr("[Content_Types].xml", b"<Types/>")
    return data.getvalue()


@pytest.mark.parametrize("name", ["坏.docx", "坏.md", "坏.zip", "坏.exe"])
def test_a_file_that_will_not_do_is_one_sentence_and_is_forgotten(server: Server, name: str) -> None:
    caller = Caller(server).arrive()
    [path] = json.loads(uploaded(server, name, bomb()).text)
    told = caller.run(
        named(caller.config(), "read"), [{"path": path, "meta": {"_type": "gradio.FileData"}}, "要点"]
    )
    assert '"log": "' in told
    assert "内部错误" not in told
    assert not list((server.data / "uploads").rglob(name))


@pytest.mark.parametrize("scheme", ["http", "HTTPS"])
def test_the_server_fetches_nothing_for_a_visitor(server: Server, scheme: str) -> None:
    caller = Caller(server).arrive()
    file = {"path": f"{scheme}://far.example/x.md", "meta": {"_type": "gradio.FileData"}}
    assert "不代取" in caller.run(named(caller.config(), "read"), [file, ""])
    assert "不代取" in ask(server, "/gradio_api/call/read", {"data": [[file], ""]}).text


def test_no_file_of_the_server_is_read_as_an_upload(server: Server, victim: Caller) -> None:
    caller = Caller(server).arrive()
    kept = [path for path in (server.data / "visitors").rglob("*.json") if MARK in path.read_text("utf-8")]
    assert kept
    paths = [*kept, server.log, Path("/etc/passwd")]
    for path in map(str, paths):
        file = {"path": path, "meta": {"_type": "gradio.FileData"}}
        told = caller.run(named(caller.config(), "read"), [file, ""])
        assert MARK not in told
        assert "root:" not in told
        assert Path(path).exists()
