"""The styles of an exported document, under the names that Word itself gives them where it has one."""

from assistant.documents.word.layout import PageFormat, Part

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
# By each part its style's id and name; the name says whether Word knows the style.
STYLES = {
    Part.MASTHEAD: ("Masthead", "发文机关标志"),
    Part.NUMBER: ("DocumentNumber", "发文字号"),
    Part.TITLE: ("Title", "Title"),
    Part.BYLINE: ("Subtitle", "Subtitle"),
    Part.ADDRESSEE: ("Salutation", "Salutation"),
    Part.HEADING1: ("Heading1", "heading 1"),
    Part.HEADING2: ("Heading2", "heading 2"),
    Part.HEADING3: ("Heading3", "heading 3"),
    Part.HEADING4: ("Heading4", "heading 4"),
    Part.BODY: ("BodyText", "Body Text"),
    Part.NOTE: ("AttachmentNote", "附件说明"),
    Part.SIGNATURE: ("Signature", "Signature"),
    Part.DATE: ("Date", "Date"),
    Part.MARK: ("AttachmentMark", "附件标识"),
    Part.PAGE_NUMBER: ("Footer", "footer"),
    Part.TABLE: ("TableText", "表格文字"),
}
# Runs inside a paragraph of the body: a heading that the text goes on from, the words that lead an item.
RUN_STYLES = {
    Part.HEADING1: ("Heading1Run", "一级标题接排"),
    Part.HEADING2: ("Heading2Run", "二级标题接排"),
    Part.HEADING3: ("Heading3Run", "三级标题接排"),
    Part.HEADING4: ("Heading4Run", "四级标题接排"),
    Part.ITEM: ("ItemRun", "条目领句"),
}
_CENTRED = (Part.MASTHEAD, Part.NUMBER, Part.TITLE, Part.BYLINE)
_INDENTED = (Part.HEADING1, Part.HEADING2, Part.HEADING3, Part.HEADING4, Part.BODY)
_RIGHT = (Part.SIGNATURE, Part.DATE)
_OUTLINE = {Part.HEADING1: 0, Part.HEADING2: 1, Part.HEADING3: 2, Part.HEADING4: 3}


def styles_xml(layout: PageFormat) -> str:
    """Return the whole of styles.xml."""
    own = "".join(style_xml(part, layout) for part in (*STYLES, Part.ITEM))
    return f"<w:styles {NAMESPACES}>{_defaults(layout)}{_base(layout)}{own}</w:styles>"


def style_xml(part: Part, layout: PageFormat) -> str:
    """Return the style of a part: of the paragraph, and of the run where it can stand inside one."""
    paragraph = _paragraph_style(part, layout) if part in STYLES else ""
    return paragraph + (_run_style(part, layout) if part in RUN_STYLES else "")


def fonts(chinese: str, latin: str) -> str:
    """Return the fonts of a run: no theme's, and the Chinese one in the East-Asian slot."""
    return f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{chinese}" w:cs="{latin}"/>'


def indent(**characters: float) -> str:
    """Return an indent by sides, in characters: that number, and what it comes to in twips for readers without it."""
    width = characters.pop("width")
    sides = (
        f'w:{side}Chars="{round(count * 100)}" w:{side}="{round(count * width)}"'
        for side, count in characters.items()
    )
    return f"<w:ind {' '.join(sides)}/>"


def _defaults(layout: PageFormat) -> str:
    return f"<w:docDefaults><w:rPrDefault>{_run(Part.BODY, layout)}</w:rPrDefault><w:pPrDefault/></w:docDefaults>"


def _base(layout: PageFormat) -> str:
    """Return the style all others rest on: no control of widows, for 22 lines stand on every page."""
    paragraph = (
        '<w:pPr><w:widowControl w:val="0"/><w:kinsoku w:val="1"/><w:wordWrap w:val="1"/><w:overflowPunct w:val="1"/>'
        '<w:autoSpaceDE w:val="0"/>'
        '<w:autoSpaceDN w:val="0"/><w:adjustRightInd w:val="0"/><w:snapToGrid w:val="0"/>'
        f'<w:spacing w:before="0" w:after="0" w:line="{layout.line_pitch}" w:lineRule="exact"/><w:jc w:val="both"/></w:pPr>'
    )
    return (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f"{paragraph}{_run(Part.BODY, layout)}</w:style>"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    )


def _run(part: Part, layout: PageFormat) -> str:
    latin = layout.font(part) if part is Part.PAGE_NUMBER else layout.latin_font
    bold = int(part in layout.bold)
    size = round(layout.size(part) * 2)
    spacing = layout.spacing if layout.size(part) == layout.body_size else 0
    return (
        f'<w:rPr>{fonts(layout.font(part), latin)}<w:b w:val="{bold}"/><w:bCs w:val="{bold}"/>'
        f'<w:snapToGrid w:val="0"/><w:color w:val="000000"/><w:spacing w:val="{spacing}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr>'
    )


def _paragraph_style(part: Part, layout: PageFormat) -> str:
    id_, name = STYLES[part]
    custom = "" if name.isascii() else ' w:customStyle="1"'
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{id_}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="Normal"/>{_following(part)}<w:qFormat/>'
        f"<w:pPr>{_paragraph(part, layout)}</w:pPr>{_run(part, layout)}</w:style>"
    )


def _following(part: Part) -> str:
    return '<w:next w:val="BodyText"/>' if part not in (Part.BODY, Part.PAGE_NUMBER, Part.TABLE) else ""


def _paragraph(part: Part, layout: PageFormat) -> str:
    if part in _CENTRED:
        return '<w:jc w:val="center"/>'
    if part in _RIGHT:
        return '<w:jc w:val="right"/>'
    if part is Part.NOTE:
        return indent(left=5, hanging=3, width=layout.character)
    if part is Part.PAGE_NUMBER:
        line = round(layout.size(part) * 20)
        return f'<w:spacing w:line="{line}" w:lineRule="exact"/>'
    if part is Part.TABLE:
        return '<w:spacing w:line="240" w:lineRule="auto"/>'
    if part in _INDENTED:
        level = f'<w:outlineLvl w:val="{_OUTLINE[part]}"/>' if part in _OUTLINE else ""
        return indent(firstLine=2, width=layout.character) + level
    return ""


def _run_style(part: Part, layout: PageFormat) -> str:
    id_, name = RUN_STYLES[part]
    return (
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{id_}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="DefaultParagraphFont"/><w:qFormat/>{_run(part, layout)}</w:style>'
    )
