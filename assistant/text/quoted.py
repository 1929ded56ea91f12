"""What stands in marks: 《titles》, document numbers 〔2022〕3号, “quoted terms”."""

import re
from collections.abc import Iterator

from assistant.text.folded import FoldedText
from assistant.types import Fact

_TITLE = re.compile(r"《(?P<title>[^《》\n]{1,80}+(?:《[^《》\n]{1,80}+》[^《》\n]{0,80}+){0,3}+)》")
_NUMBERED = re.compile(
    r"(?P<issuer>(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{1,12}+)?[〔\[【（(［]\s?(?P<year>(?:19|20)\d\d)\s?[〕\]】）)］]\s?第?(?P<number>\d{1,5})\s?号"
)
_QUOTED = re.compile(
    r"“(?P<a>[^“”\n]{1,40})”|「(?P<b>[^「」\n]{1,40})」|『(?P<c>[^『』\n]{1,40})』|\"(?P<d>[^\"\n]{1,20})\""
)
_LEAD = re.compile(
    r"^.*(?:根据|按照|依据|依照|印发|落实|贯彻|执行|转发|参照|关于|通知|意见|办法|方案|规定|函)(?=.{2})"
)
_NOISE = re.compile(r"[\s《》〈〉“”‘’\"']+")


def titles(page: FoldedText) -> Iterator[Fact]:
    """Yield the titles in 《》, as a whole where one holds another."""
    for match in _TITLE.finditer(page.text):
        yield Fact("title", match.group(), _bare(page, match, "title"), *match.span())


def documents(page: FoldedText) -> Iterator[Fact]:
    """Yield the document numbers with the issuing word before them: 市委办发〔2022〕3号."""
    for match in _NUMBERED.finditer(page.folded):
        issuer = match["issuer"] or ""
        issuer = issuer[len(lead.group()) :] if (lead := _LEAD.match(issuer)) else issuer
        start = (match.end("issuer") - len(issuer)) if match["issuer"] else match.start()
        surface = page.text[start : match.end()]
        yield Fact(
            "document", surface, f"{issuer}〔{match['year']}〕{int(match['number'])}号", start, match.end()
        )


def quoted_terms(page: FoldedText) -> Iterator[Fact]:
    """Yield the terms in quotation marks; what holds a sentence's marks is speech, and no term."""
    for match in _QUOTED.finditer(page.text):
        if not re.search("[。；！？]", match.group()):
            yield Fact("quoted", match.group(), _bare(page, match, match.lastgroup or "a"), *match.span())


def _bare(page: FoldedText, match: re.Match[str], group: str) -> str:
    return _NOISE.sub("", page.folded[slice(*match.span(group))])
