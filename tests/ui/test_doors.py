"""The page's HTML on its way out."""

from assistant.ui.doors import mend_page
from assistant.ui.handling import page_words

PAGE = b"""<!doctype html>
<html
	lang="en"
><head>
<meta property="og:image"
 content="https://far.example/x.jpg"
/><meta charset="utf-8" /></head><body>lang="en" https://far.example</body></html>"""


def test_the_page_is_chinese_and_points_nowhere_else() -> None:
    head, _, body = mend_page(PAGE).partition(b"</head>")
    assert b'lang="zh-CN"' in head
    assert b"far.example" not in head
    assert b'<meta charset="utf-8" />' in head
    assert head.index(b"navigator") < head.index(b"charset")
    assert body == b'<body>lang="en" https://far.example</body></html>'


def test_what_the_command_line_is_told_is_said_in_the_pages_words() -> None:
    message = (
        "还没有索引（data/index），请先运行 gongwen ingest <报告文件夹>，或加 --no-passages 不参考旧稿。"
    )
    assert page_words(message) == "还没有索引（data/index），请先在“语料”页收入旧稿，或不勾选“参考旧稿”。"
