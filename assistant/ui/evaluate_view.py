"""A comparison's page within the page: in a frame of its own that runs nothing."""

from assistant.ui.markup import element
from assistant.ui.parts import button, status, welcome

STEPS = (
    ("放入草稿", "写入、粘贴，或放入文件；可以是一节，也可以是整篇。"),
    ("选参考稿", "从语料里选一篇往年的报告，或放入定稿；有要点就一并填上。"),
    ("评测", "看漏写、多写、说法不一和没有出处的数据，逐句对照；不用模型，不联网。"),
)


def evaluate_view(page: str = "", *, error: str = "") -> str:
    """Return the comparison, or what to do for one. ``page`` is a whole HTML page that holds no script."""
    if not page:
        return element("div", status(error=error), welcome(STEPS), kind="bench empty")
    head = element(
        "div",
        element("h3", text="评测结果"),
        element("span", button("下载网页", "download", kind="plain", data_kind="html"), kind="count"),
        kind="head",
    )
    # Links to places of a framed page lead to places of the page around it unless its base is named.
    framed = page.replace("<head>", '<head><base href="about:srcdoc">', 1)
    # Of another origin it could not be measured; without scripts that does no harm.
    attributes = {"srcdoc": framed, "title": "评测结果", "sandbox": "allow-same-origin allow-popups"}
    frame = element("iframe", attributes=attributes)
    return element("div", element("section", head, frame, kind="sheet"), kind="bench evaluated")
