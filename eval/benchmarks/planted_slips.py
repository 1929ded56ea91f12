"""Slips planted in clean text, one at a time, by kind. None is made from our own rules."""

import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.paths import shipped

_SLIPS = Path(__file__).with_name("known_slips.json")
_NUMERALS = "一二三四五六七八九十"
# Words of this prose with a misspelling of the same sound or shape, as people make them.
_MISSPELT = {
    "部署": "布署",
    "贯彻": "惯彻",
    "落实": "落时",
    "监督": "监都",
    "廉洁": "廉结",
    "制度": "制渡",
    "责任": "职任",
    "纪律": "记律",
    "意识": "意实",
    "党员": "党圆",
    "检查": "捡查",
    "干部": "干步",
}
_PHRASES = (
    "全面从严治党",
    "党风廉政建设",
    "中国特色社会主义",
    "意识形态",
    "主体责任",
    "政治生态",
    "理论学习",
    "民主集中制",
    "形式主义",
    "官僚主义",
    "优化营商环境",
    "组织生活会",
    "主题党日",
    "为民服务",
    "监督执纪",
    "清正廉洁",
    "高质量发展",
)
_PAIRS = (
    ("增强“四个意识”", "坚定“四个意识”"),
    ("坚定“四个自信”", "增强“四个自信”"),
    ("做到“两个维护”", "坚持“两个维护”"),
    ("形成合力", "形成合作"),
    ("提供坚强保证", "提供坚强保护"),
    ("纠正“四风”", "改正“四风”"),
    ("深刻领悟“两个确立”", "坚决做到“两个确立”"),
    ("中央八项规定精神", "八项规定精神"),
    ("党的二十大精神", "二十大会议精神"),
)


@dataclass(frozen=True, slots=True)
class Planted:
    """A text with one slip in ``start``–``end``; ``clean`` is the same text without it."""

    kind: str
    clean: str
    text: str
    start: int
    end: int


def clean_reports() -> list[str]:
    """Return the five sample reports with their known slips put right."""
    slips = json.loads(_SLIPS.read_text("utf-8"))
    texts = []
    for path in sorted(shipped("corpus").glob("*.txt")):
        text = path.read_text("utf-8")
        mine = [slip for slip in slips if slip["file"] == path.name]
        for slip in sorted(mine, key=lambda slip: -int(slip["start"])):
            text = text[: slip["start"]] + slip["right"] + text[slip["end"] :]
        texts.append(text)
    return texts


def plant(texts: list[str], *, each: int, seed: int) -> Iterator[Planted]:
    """Yield up to ``each`` slips of every kind in every text; the same seed gives the same slips."""
    for kind, (pattern, spoil) in KINDS.items():
        chance = random.Random(f"{seed} {kind}")
        for text in texts:
            places = list(re.finditer(pattern, text, re.MULTILINE))
            chance.shuffle(places)
            done = 0
            for match in places:
                put = spoil(match, chance)
                if done < each and put is not None and put != match.group() and "*" not in _around(match):
                    changed = text[: match.start()] + put + text[match.end() :]
                    yield Planted(kind, text, changed, match.start(), match.start() + len(put))
                    done += 1


def _around(match: "re.Match[str]") -> str:
    return match.string[max(0, match.start() - 4) : match.end() + 4]


def _put(template: str) -> "Spoil":
    return lambda match, chance: match.expand(template)


def _numeral(step: int) -> "Spoil":
    def spoil(match: "re.Match[str]", chance: random.Random) -> str | None:
        place = _NUMERALS.find(match["n"]) + step
        return match.group().replace(match["n"], _NUMERALS[place]) if 0 <= place < 10 else None

    return spoil


def _drop(match: "re.Match[str]", chance: random.Random) -> str:
    at = chance.randrange(1, len(match.group()) - 1)
    return match.group()[:at] + match.group()[at + 1 :]


def _double(match: "re.Match[str]", chance: random.Random) -> str:
    at = chance.randrange(len(match.group()))
    return match.group()[: at + 1] + match.group()[at:]


def _swap(match: "re.Match[str]", chance: random.Random) -> str:
    at = chance.randrange(len(match.group()) - 1)
    return match.group()[:at] + match.group()[at + 1] + match.group()[at] + match.group()[at + 2 :]


Spoil = Callable[["re.Match[str]", random.Random], str | None]
_PHRASE = "|".join(_PHRASES)
_HAN = r"(?<=[\u4e00-\u9fff])"
KINDS: dict[str, tuple[str, Spoil]] = {
    "half-width mark": (
        rf"{_HAN}[，；：]",
        lambda match, chance: {"，": ",", "；": ";", "：": ":"}[match.group()],
    ),
    "half-width brackets": (r"（([^（）\n]{1,20})）", _put(r"(\1)")),
    "straight quotation marks": (r"“([^“”\n]{1,20})”", _put(r'"\1"')),
    "doubled mark": (r"[，。；]", _put(r"\g<0>\g<0>")),
    "two marks in a row": (r"。(?=[\u4e00-\u9fff])", _put("，。")),
    "closing quotation mark lost": (r"[\u4e00-\u9fff]”", lambda match, chance: match.group()[0]),
    "closing 》 lost": (r"[\u4e00-\u9fff]》", lambda match, chance: match.group()[0]),
    "closing bracket lost": (r"[\u4e00-\u9fff]）", lambda match, chance: match.group()[0]),
    "number of a heading repeated": (r"^（(?P<n>[二三四五六])）", _numeral(-1)),
    "number of a heading skipped": (r"^（(?P<n>[二三四五六])）", _numeral(1)),
    "number of an item (二是) wrong": (r"(?<=[。；：，])(?P<n>[二三四])是", _numeral(1)),
    "character lost in a fixed phrase": (_PHRASE, _drop),
    "character doubled in a fixed phrase": (_PHRASE, _double),
    "characters of a fixed phrase changed over": (_PHRASE, _swap),
    "word misspelt": ("|".join(_MISSPELT), lambda match, chance: _MISSPELT[match.group()]),
    "word written twice": (r"(?:加强|推进|落实|坚持|学习|监督|服务|管理|教育)", _put(r"\g<0>\g<0>")),
    "verb or name of a fixed term wrong": (
        "|".join(re.escape(right) for right, _ in _PAIRS),
        lambda match, chance: dict(_PAIRS)[match.group()],
    ),
    "character lost in a regulation's title": (r"(?<=《)(?:中国共产党|党政)[^《》*\n]{6,30}(?=》)", _drop),
    "a space between characters": (rf"{_HAN}(?=[\u4e00-\u9fff])", _put(" ")),
}
