"""The part of a Markdown page that a command writes: what stands between two comments that name it."""

import re
from pathlib import Path

from assistant.errors import InputError


def put_between_marks(path: Path, part: str, content: str) -> None:
    """Put the content between ``<!-- PART: begin -->`` and its end. Raises `InputError` where it cannot be, saying why."""
    begin, end = f"<!-- {part}: begin -->", f"<!-- {part}: end -->"
    try:
        page = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"无法读取“{path}”，请写出一个 UTF-8 编码的 Markdown 文件。") from error
    marked = re.search(f"{re.escape(begin)}.*?{re.escape(end)}", page, re.DOTALL)
    if not marked:
        raise InputError(f"“{path}”里没有成对的标记“{begin}”和“{end}”，请先写上这两行。")
    before, after = page[: marked.start()], page[marked.end() :]
    path.write_text(f"{before}{begin}\n\n{content}\n{end}{after}", "utf-8")
