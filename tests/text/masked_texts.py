"""Texts with known entities, made from lists of invented names and sentences, to measure masking on."""

import random
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.text.entity_scan import Entity

LISTS = {
    "first": Path(__file__).with_name("masked_first.toml"),
    "second": Path(__file__).with_name("masked_second.toml"),
    "third": Path(__file__).with_name("masked_third.toml"),
    "last": Path(__file__).with_name("masked_last.toml"),
}
REQUIRED = ("人名", "单位", "电话", "证件", "文号")
_HOLE = re.compile(r"\{(\w+)\}")
# Of a name in quotation marks, what stands within them is the name.
_QUOTED = re.compile("“(?P<name>[^”]+)”")
_TITLE = re.compile("《(?P<name>[^》]+)》")
_KINDS = {
    "person": "人名",
    "unit": "单位",
    "short": "单位",
    "short_again": "单位",
    "place": "地点",
    "platform": "平台",
    "phone": "电话",
    "landline": "电话",
    "id": "证件",
    "code": "证件",
    "document": "文号",
    "account": "账号",
    "plate": "车牌",
    "wechat": "账号",
    "email": "邮箱",
}


@dataclass(frozen=True, slots=True)
class Made:
    """A text and the spans ``(start, end, kind)`` in it that must not leave."""

    text: str
    spans: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Characters by kind, ``(masked, of)``, and what was left open or masked without need."""

    kinds: Mapping[str, tuple[int, int]]
    missed: tuple[tuple[str, str, str], ...]
    needless: tuple[tuple[str, str], ...]
    characters: int

    def share(self, kinds: Sequence[str]) -> float:
        """Return the share of characters of ``kinds`` that were masked."""
        known = [self.kinds[kind] for kind in kinds if kind in self.kinds]
        return sum(hidden for hidden, _ in known) / sum(of for _, of in known)


def made_texts(lists: str, count: int, *, seed: int = 20250601) -> list[Made]:
    """Make ``count`` texts of two to five sentences from the lists of that name."""
    data = tomllib.loads(LISTS[lists].read_text("utf-8"))
    maker = _Maker(data, random.Random(seed))
    return [maker.text() for _ in range(count)]


def measured(texts: Sequence[Made], find: Callable[[str], Sequence[Entity]]) -> Outcome:
    """Compare what ``find`` finds with what each text is known to hold."""
    kinds: dict[str, tuple[int, int]] = {}
    missed, needless = [], []
    for made in texts:
        found = find(made.text)
        masked = {at for entity in found for at in range(entity.start, entity.end)}
        for start, end, kind in made.spans:
            inside = sum(at in masked for at in range(start, end))
            hidden, of = kinds.get(kind, (0, 0))
            kinds[kind] = hidden + inside, of + end - start
            if inside < end - start:
                missed.append((kind, made.text[start:end], made.text[max(start - 8, 0) : end + 8]))
        known = {at for start, end, _ in made.spans for at in range(start, end)}
        needless += [
            (entity.text, made.text[max(entity.start - 8, 0) : entity.end + 8])
            for entity in found
            if known.isdisjoint(range(entity.start, entity.end))
        ]
    return Outcome(kinds, tuple(missed), tuple(needless), sum(len(made.text) for made in texts))


class _Maker:
    """Fills the holes of sentences, remembering where a name went."""

    def __init__(self, data: Mapping[str, Any], chance: random.Random) -> None:
        self._data, self._chance = data, chance
        self._shortened = ""

    def text(self) -> Made:
        """Return sentences, all holes filled."""
        text, spans = "", list[tuple[int, int, str]]()
        for sentence in self._chance.sample(self._data["texts"]["sentences"], self._chance.randint(2, 5)):
            for part, kind in self._parts(sentence):
                if kind:
                    quoted = _QUOTED.search(part)
                    start, end = quoted.span("name") if quoted else (0, len(part))
                    spans.append((len(text) + start, len(text) + end, kind))
                text += part
        spans += [(*title.span("name"), "文件") for title in _TITLE.finditer(text)]
        return Made(text, tuple(spans))

    def _parts(self, sentence: str) -> Iterator[tuple[str, str]]:
        before = 0
        for hole in _HOLE.finditer(sentence):
            yield sentence[before : hole.start()], ""
            before, name = hole.end(), hole[1]
            if name == "unit" and "{short}" in sentence[before : before + 15]:
                whole, self._shortened = self._one(self._data["units"]["shorts"])
                filled = self._names(whole)
                self._shortened = self._names(self._shortened, same=True)
                yield filled, "单位"
            else:
                yield getattr(self, f"_{name}")(), _KINDS.get(name, "")
        yield sentence[before:], ""

    def _one(self, options: Any) -> Any:
        return self._chance.choice(options)

    def _names(self, form: str, *, same: bool = False) -> str:
        """Fill a unit's form; ``same`` keeps the names of the form before."""
        if not same:
            places = self._data["places"]
            self._filled = {
                "c": self._one(["", "", self._one(places["provinces"])])
                + self._one([self._one(places["counties"]), self._one(places["cities"])]),
                "t": self._one(places["towns"]),
                "v": self._one(places["villages"]),
                "n": self._one(self._data["units"]["names"]),
            }
        return form.format(**self._filled)

    def _person(self) -> str:
        persons = self._data["persons"]
        if self._chance.random() < 0.35:
            return str(self._one(persons["whole"]))
        return str(self._one(persons["surnames"]) + self._one(persons["given"]))

    def _unit(self) -> str:
        return self._names(self._one(self._data["units"]["forms"]))

    def _short(self) -> str:
        return self._shortened

    def _short_again(self) -> str:
        return self._shortened

    def _place(self) -> str:
        places = self._data["places"]
        spot = str(self._one(places["spots"] + places["villages"]))
        return str(self._one(["", "", self._one(places["counties"]), self._one(places["towns"])])) + spot

    def _platform(self) -> str:
        return self._names(self._one(self._data["others"]["platforms"]))

    def _post(self) -> str:
        return str(self._one(self._data["posts"]))

    def _office(self) -> str:
        return str(self._one(self._data["offices"]))

    def _word(self) -> str:
        return str(self._one(self._data["words"]))

    def _digits(self, count: int) -> str:
        return "".join(str(self._chance.randint(0, 9)) for _ in range(count))

    def _phone(self) -> str:
        first = "1" + self._one(["38", "59", "77", "86", "99"])
        return str(self._one([first + self._digits(8), f"{first}-{self._digits(4)}-{self._digits(4)}"]))

    def _landline(self) -> str:
        number = self._one(["0797-", "(0938)", "010-", "0475"]) + "8" + self._digits(6)
        return str(number + self._one(["", "", "转" + self._digits(3), "-" + self._digits(3)]))

    def _id(self) -> str:
        body = "360782" + f"19{self._chance.randint(50, 99)}0{self._chance.randint(1, 9)}1{self._digits(1)}"
        return f"{body}{self._digits(3)}{self._one([*'0123456789X'])}"

    def _code(self) -> str:
        return f"91360782MA{self._one([*'ABCDEFGH'])}{self._digits(6)}{self._one([*'XKW'])}"

    def _document(self) -> str:
        form = self._one(self._data["others"]["documents"])
        short = self._one(self._data["others"]["shorthands"])
        return str(form.format(short=short, number=self._chance.randint(1, 180)))

    def _account(self) -> str:
        digits = "6222" + self._digits(15)
        return str(self._one([digits, " ".join(digits[at : at + 4] for at in range(0, 19, 4))]))

    def _plate(self) -> str:
        return str(self._one(["赣B·", "黑M", "贵F", "蒙G·"]) + self._one([*"ADKQ"]) + self._digits(4))

    def _wechat(self) -> str:
        return str(self._one(["wxid_", "lxy", "gao_yuan", "Bai"]) + self._digits(6))

    def _email(self) -> str:
        return str(self._one(["bgs", "gaoyuan_", "zhang.wei"]) + self._digits(3) + "@163.com")
