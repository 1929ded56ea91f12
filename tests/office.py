"""LibreOffice as a second opinion: it converts files, and accepts or rejects all that is marked in them."""

import atexit
import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from assistant.documents.office import find_office

needs_office = pytest.mark.skipif(find_office() is None, reason="没有安装 LibreOffice")
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_LIBRARY = 'xmlns:library="http://openoffice.org/2000/library"'
_LIBRARIES = (
    f'{_HEAD}<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd">'
    f'<library:libraries {_LIBRARY} xmlns:xlink="http://www.w3.org/1999/xlink"><library:library library:name="Standard" '
    'xlink:href="$(USER)/basic/Standard/{}.xlb/" xlink:type="simple" library:link="false"/></library:libraries>'
)
_MODULES = (
    f'{_HEAD}<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">'
    f'<library:library {_LIBRARY} library:name="Standard" library:readonly="false" library:passwordprotected="false">'
    "{}</library:library>"
)
_MACRO = """
Sub Review(folder As String)
  Dim names(5000) As String, count As Integer, number As Integer, name As String
  name = Dir(folder & "/*.docx")
  Do While name <> ""
    names(count) = name
    count = count + 1
    name = Dir()
  Loop
  For number = 0 To count - 1
    Settle(folder & "/" & names(number), "AcceptAllTrackedChanges", ".accepted.txt")
    Settle(folder & "/" & names(number), "RejectAllTrackedChanges", ".rejected.txt")
  Next
  StarDesktop.terminate()
End Sub

Sub Settle(path As String, command As String, suffix As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  Dim store(1) As New com.sun.star.beans.PropertyValue
  Dim none()
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  document = StarDesktop.loadComponentFromURL(ConvertToURL(path), "_blank", 0, hidden())
  dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
  dispatcher.executeDispatch(document.CurrentController.Frame, ".uno:" & command, "", 0, none())
  store(0).Name = "FilterName"
  store(0).Value = "Text (encoded)"
  store(1).Name = "FilterOptions"
  store(1).Value = "UTF8,LF"
  document.storeToURL(ConvertToURL(path & suffix), store())
  document.close(True)
End Sub
"""


def review(folder: Path) -> dict[str, tuple[str, str]]:
    """Return the text of each .docx of a folder, all that is marked in it accepted, and all rejected."""
    _install_macro(_profile())
    _run(f'macro:///Standard.Review.Review("{folder}")')
    return {
        path.name: (_text(path, "accepted"), _text(path, "rejected"))
        for path in sorted(folder.glob("*.docx"))
    }


def convert(
    paths: Sequence[Path], kind: str, folder: Path, *options: str, fonts: Path | None = None
) -> list[Path]:
    """Convert files to a kind such as ``doc`` in one run; return where they are, in order. ``fonts`` is fontconfig's file."""
    _run(*options, "--convert-to", kind, "--outdir", str(folder), *map(str, paths), fonts=fonts)
    return [folder / f"{path.stem}.{kind.partition(':')[0]}" for path in paths]


def rich_text(text: str) -> bytes:
    """Return a text as .rtf, a line a paragraph: an old file that takes no start of LibreOffice to make."""
    lines = "\\par ".join(
        "".join(f"\\u{ord(each)}?" if ord(each) > 127 else each for each in line) for line in text.split("\n")
    )
    return f"{{\\rtf1\\ansi {lines}\\par}}".encode()


def _text(path: Path, outcome: str) -> str:
    text = path.with_name(f"{path.name}.{outcome}.txt").read_text("utf-8-sig")
    return text.removesuffix("\n")


@cache
def _profile() -> Path:
    """Return the profile that all runs of this process share: filling a new one costs more than most conversions."""
    folder = Path(tempfile.mkdtemp(prefix="office-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _install_macro(profile: Path) -> None:
    """Put the macro into a profile. LibreOffice fills a new one first, macros and all, and must have done so."""
    standard = profile / "user" / "basic" / "Standard"
    if not standard.exists():
        _run("--terminate_after_init")
    standard.mkdir(parents=True, exist_ok=True)
    module = (
        f'{_HEAD}<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">'
        '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Review" '
        f'script:language="StarBasic">{escape(_MACRO)}</script:module>'
    )
    for name in ("script", "dialog"):
        (standard.parent / f"{name}.xlc").write_text(_LIBRARIES.format(name), "utf-8")
    (standard / "script.xlb").write_text(_MODULES.format('<library:element library:name="Review"/>'), "utf-8")
    (standard / "dialog.xlb").write_text(_MODULES.format(""), "utf-8")
    (standard / "Review.xba").write_text(module, "utf-8")


def _run(*arguments: str, fonts: Path | None = None) -> None:
    program, profile = find_office(), _profile()
    assert program is not None
    command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nologo"]
    subprocess.run(
        [*command, *arguments],
        env={**os.environ, "HOME": str(profile), **({"FONTCONFIG_FILE": str(fonts)} if fonts else {})},
        check=True,
        capture_output=True,
        timeout=300,
    )
