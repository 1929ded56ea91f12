"""Colloquial notes to formal wording, by rule (``formal.toml``), without adding or strengthening anything.

《Titles》, quoted terms, placeholders, masks and Latin words are frozen while the rules run: no rule can see or change
them. A clause whose digits would not come out as they went in is left as it was.
"""

import re
from functools import cache

from assistant.text.formal_rules import data_of_rules, formal_rules

_FROZEN = re.compile(
    r"《[^《》]*》|“[^“”]*”|\"[^\"]*\"|‘[^‘’]*’|〖[^〖〗]*〗|〔[^〔〕]*〕|\*+|×+|[A-Za-z][A-Za-z0-9.+\-]*"
)
_CLAUSES = re.compile(r"([，。；：！？（）,;:!?()\n]+)")
_EIGHT_HOURS = re.compile(r"(?<![“\d])[8８八]个?小时[以之]?外(?!”)")
# Characters of Unicode's private use area stand for what is frozen; a text that holds some already is left alone.
_FIRST_STAND_IN = 0xE000
_PRIVATE = re.compile("[\ue000-\uf8ff]")
# What a rule makes room for, another may take up in the next pass; texts settle in three or four.
_PASSES = 8


@cache
def _quoted() -> re.Pattern[str]:
    terms = sorted(data_of_rules()["quoted"], key=len, reverse=True)
    return re.compile("|".join(map(re.escape, terms)))


def formalise(text: str) -> str:
    """Rewrite a note or sentence into formal wording.

    Numbers, titles, quoted terms and masks come out as they went in, save that the fixed term 8小时以外 is spelled and
    quoted as official writing does (“八小时以外”). Applying it twice changes nothing more.
    """
    if _PRIVATE.search(text):
        return text
    for _ in range(_PASSES):
        before, text = text, _pass(text)
        if text == before:
            break
    return text


def _pass(text: str) -> str:
    frozen: list[str] = []
    hidden = _hide(text.strip(), frozen)
    for rule in formal_rules():
        hidden = rule.apply(hidden, context=hidden) if rule.whole else hidden
    context = quote_terms(_shown(hidden, frozen))
    hidden = _hide(context, frozen)
    hidden = "".join(_formal_clause(piece, context) for piece in _CLAUSES.split(hidden))
    return _shown(hidden, frozen)


def _shown(hidden: str, frozen: list[str]) -> str:
    return _PRIVATE.sub(lambda match: frozen[ord(match.group()) - _FIRST_STAND_IN], hidden)


def quote_terms(text: str) -> str:
    """Put the fixed terms that official writing quotes (“三会一课”, “两张皮”) into quotation marks."""
    text = _EIGHT_HOURS.sub("“八小时以外”", text)
    frozen = [match.span() for match in _FROZEN.finditer(text)]

    def quoted(match: re.Match[str]) -> str:
        inside = any(start <= match.start() < end for start, end in frozen)
        return match.group() if inside else f"“{match.group()}”"

    return _state_phenomena(_quoted().sub(quoted, text))


_DENIAL = re.compile("防止|避免|杜绝|力戒|克服|解决|破除|纠正|反对|不搞|不是|不能|不得|没有?$|不存在|并非")


@cache
def _phenomenon() -> re.Pattern[str]:
    terms = "|".join(map(re.escape, data_of_rules()["phenomena"]))
    return re.compile(
        rf"(?<![在止免绝戒])(?P<partly>有点儿?|有些|一定程度上)?(?P<still>还有|仍有|还是|仍是|还|仍)?“(?P<term>{terms})”(?:了|的)?(?=[，。；、]|$)"
    )


def _state_phenomena(text: str) -> str:
    """Write a quoted saying that ends its clause as what it is, a phenomenon that exists: 党建业务存在“两张皮”现象."""

    def stated(match: re.Match[str]) -> str:
        if _DENIAL.search(re.split("[，。；：]", text[: match.start()])[-1]):
            return match.group()
        verb = ("一定程度上" if match["partly"] else "") + ("仍存在" if match["still"] else "存在")
        return f"{verb}“{match['term']}”现象"

    return _phenomenon().sub(stated, text)


def _hide(text: str, frozen: list[str]) -> str:
    def stand_in(match: re.Match[str]) -> str:
        if match.group() not in frozen:
            frozen.append(match.group())
        return chr(_FIRST_STAND_IN + frozen.index(match.group()))

    return _FROZEN.sub(stand_in, text)


def _formal_clause(clause: str, context: str) -> str:
    before = clause
    for rule in formal_rules():
        clause = clause if rule.whole else rule.apply(clause, context=context)
    return clause if _fixed_parts(clause) == _fixed_parts(before) else before


def _fixed_parts(clause: str) -> list[str]:
    return re.findall("[0-9０-９\ue000-\uf8ff]", clause)
