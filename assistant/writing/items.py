"""One note to one item of a section: a topic sentence where the note has none, then the note in formal wording."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.text.formal import formalise
from assistant.text.words import cut_points, is_bare_noun, tagged
from assistant.types import Note, Role
from assistant.writing.templates import SectionFront
from assistant.writing.topics import Family, family_of

_ORDINAL = re.compile(
    r"^\s*(?:[一二三四五六七八九十]+是(?!一)|第[一二三四五六七八九十]+[，、]|首先，|其次，|再次，|最后，)"
)
# A plan's lead-in has said these words already.
_NEXT = re.compile(r"^(?:下一?步|接下来|今后)(?:我们|我局|本人)?(?:主要是|打算|计划|要|，|将)?")
_ENDS = " \t，,。.；;、：:！!…"
# A clause that judges: it is a topic sentence already (domain source: the weakening endings of brief §2.2).
_JUDGEMENT = re.compile(
    r"不够|不足|不[强高深实严紧细全力多]$|不(?:到位|及时|规范|扎实|完善|健全|平衡|均衡|明显|突出|经常|主动|佳|系统|连续|合理|科学|严谨|细致|清晰|明确|熟悉|熟练|稳定|充分|完整|准确|一致|顺畅|灵活|全面|深入|严格|集中)|差距|短板|薄弱|滞后|欠缺|缺乏"
    r"|有待|[还仍]?需(?:进一步|加强|提升|深化|健全)|流于形式|存在.{0,16}(?:现象|问题|情况)|停留[于在]|脱节|迟缓|拖延|难以|递减|较[多少慢低晚大重长]$|偏[多少长低]$"
)
_HEADING_VERBS = re.compile(
    r"(?:加强|落实|抓[好实紧]|抓[\u4e00-\u9fff]{2,4}$|推进|完善|健全|强化|深化|压实|规范|严[格明肃]|做[好实]|坚持|提[升高]|夯实|改进|继续|持续|聚焦)"
)
# Matters of discipline keep the user's own words: a topic sentence would already characterise them.
_SENSITIVE = re.compile(
    r"请客|吃饭|宴请|送[礼东过]|收[礼东过]|礼[品金]|红包|购物卡|烟酒|留置|处分|举报|被查|立案|酒驾|酒后|赌博|违[规纪法]|土特产|借钱|借款|放贷|利息"
    r"|揽活|利益输送|亲属|代收|漏报|瞒报|泄密|涉密|失密|辞退|伤亡|事故|死亡|公车(?:私|接)|近亲|被点名|通报批评"
)
_WEAKENINGS = ("还不够", "仍有", "有待", "差距")
_LONGEST_RUN_ON = 48
_LONGEST_NAME = 12
_SHORTEST_TOPIC = 4
_SHORTEST_SUBJECT = 2
# A subject of two characters may be the first half of a longer one: 廉政谈话 is not 廉政.
_WHOLE_SUBJECT = 4
_NAMED_ON = re.compile("[会的、和与者员性化等]")
# Adverbs, verbs and prepositions begin what is said of a subject.
_PREDICATE_TAGS = "dvpl"
_ADVERBS = re.compile("基本|主要|仍|较|偏|还|多为|只|仅|均|尚|未|无|不")


@dataclass(slots=True)
class Composer:
    """Writes the items of one section in order, and remembers which topics and endings it has used."""

    front: SectionFront
    families: tuple[Family, ...]
    used: Counter[str] = field(default_factory=Counter)

    def body(self, note: Note) -> str:
        """Return a note's own content in formal wording, without ordinal and closing mark."""
        own = _ORDINAL.sub("", note.text)
        if self.front.role is Role.PLAN:
            own = _NEXT.sub("", own) or own
        return formalise(own).strip(_ENDS) or note.text.strip()

    def item(self, note: Note) -> str:
        """Return the item for a note, without ordinal, with its full stop."""
        body = self.body(note)
        topic = self._topic(note, body)
        if topic is None:
            return self._ended(body) + "。"
        body = _without_subject(topic, body)
        short = "。" not in body and len(topic) + len(body) <= _LONGEST_RUN_ON
        return f"{topic}{'，' if short else '。'}{body}。"

    def _topic(self, note: Note, body: str) -> str | None:
        family = family_of(note.text, self.families)
        if family is None or self.used[family.name] or not family.opens(note.text):
            return None
        if _SENSITIVE.search(note.text) or self._has_topic(body):
            return None
        self.used[family.name] += 1
        return self._fresh(self.front.topics.get(family.name, ()))

    def _has_topic(self, body: str) -> bool:
        first = re.split("[，。；：]", body)[0]
        if self.front.role is Role.PROBLEMS:
            return len(first) >= _SHORTEST_TOPIC and bool(_JUDGEMENT.search(first))
        return bool(_HEADING_VERBS.match(first))

    def _fresh(self, topics: Sequence[str]) -> str | None:
        """Return a topic sentence not used yet, of the weakening that was used least; none when all are spent."""
        unused = [topic for topic in topics if not self.used[topic]]
        if not unused:
            return None
        topic = min(unused, key=lambda candidate: self.used[_weakening(candidate)])
        self.used[topic] += 1
        self.used[_weakening(topic)] += 1
        return topic

    def _ended(self, body: str) -> str:
        """Return the body as a sentence: what only names a matter is said to exist."""
        if self.front.role is not Role.PROBLEMS or len(body) > _LONGEST_NAME or not is_bare_noun(body):
            return body
        ending = min(self.front.endings, key=lambda candidate: self.used[candidate])
        self.used[ending] += 1
        return body + ending


def _without_subject(topic: str, body: str) -> str:
    """Return the body without the subject that the topic sentence has just named: 理论学习有待加强，（理论学习）多为宣读文件."""
    both = cut_points(body) & cut_points(topic)
    size = max(place for place in both if body[:place] == topic[:place])
    said = body[size:]
    if size < _SHORTEST_SUBJECT or not said:
        return body
    whole = size >= _WHOLE_SUBJECT and not _NAMED_ON.match(said) and tagged(said)[0][1][0] in _PREDICATE_TAGS
    return said if whole or _ADVERBS.match(said) else body


def _weakening(topic: str) -> str:
    return next((mark for mark in _WEAKENINGS if mark in topic), topic[:2])
