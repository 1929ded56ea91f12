"""Old Word files by way of LibreOffice, where it is installed: a process of its own that leaves nothing and calls nobody."""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from assistant.errors import InputError

# A report takes one to three seconds; what takes this long will not end.
SECONDS = 120
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)
_HTML = ["--infilter=HTML (StarWriter)"]
_COMMON = "/org.openoffice.Office.Common"
_INTERNET = "/org.openoffice.Inet/Settings"
# No macro runs and no link is followed; should one be, it meets a proxy where nobody listens.
_SETTINGS = (
    (f"{_COMMON}/Security/Scripting", "DisableMacrosExecution", "true"),
    (f"{_COMMON}/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    (f"{_COMMON}/Misc", "FirstRun", "false"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    (_INTERNET, "ooInetProxyType", "2"),
    (_INTERNET, "ooInetNoProxy", ""),
    *((_INTERNET, f"ooInet{kind}ProxyName", "127.0.0.1") for kind in ("HTTP", "HTTPS", "FTP")),
    *((_INTERNET, f"ooInet{kind}ProxyPort", "9") for kind in ("HTTP", "HTTPS", "FTP")),
)


def find_office() -> str | None:
    """Return the program of LibreOffice, if it is installed."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _PLACES if Path(place).is_file()), None)


def to_docx(data: bytes, suffix: str, *, name: str) -> bytes:
    """Return a document of LibreOffice's as .docx; ``suffix`` says what it is, ``name`` what the user calls it.

    Raises `InputError` where LibreOffice is not installed, cannot open it or does not end.
    """
    program = find_office()
    if program is None:
        raise InputError(
            f"读“{name}”要用 LibreOffice，而本机没有安装，请安装 LibreOffice，或用 Word、WPS 另存为 .docx 后再试。"
        )
    with tempfile.TemporaryDirectory(prefix="gongwen-", ignore_cleanup_errors=True) as folder:
        source = Path(folder, f"source{suffix}")
        source.write_bytes(data)
        result = Path(folder, "result", "source.docx")
        _settle(Path(folder, "profile"))
        _run(program, Path(folder), source, name)
        if not result.is_file():
            raise InputError(
                f"LibreOffice 打不开“{name}”，文件可能已损坏或加密，请用 Word 或 WPS 另存为 .docx 后再试。"
            )
        return result.read_bytes()


def _settle(profile: Path) -> None:
    """Write the settings of a new profile."""
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{text}</value></prop></item>'
        for path, name, text in _SETTINGS
    )
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>\n',
        "utf-8",
    )


def _run(program: str, folder: Path, source: Path, name: str) -> None:
    command = [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--norestore", "--nologo", "--nolockcheck"),
        *(_HTML if source.suffix == ".html" else []),
        *("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "result"), str(source)),
    ]
    process = subprocess.Popen(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(SECONDS)
    except subprocess.TimeoutExpired as error:
        raise InputError(
            f"LibreOffice 读“{name}”超过{SECONDS}秒还没有完，请用 Word 或 WPS 另存为 .docx 后再试。"
        ) from error
    finally:
        _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a process that still runs and those that it started: the program is a script around another."""
    if process.poll() is not None:
        return
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
