"""What a word for how far things are is said of: 已张贴 and 没拆 are two acts, 已销毁 and 没销毁 one."""

import re
from collections.abc import Sequence

from assistant.checks.likeness import content, evidence, held_share
from assistant.checks.note_clauses import DONE, NoteClause, numbers_in
from assistant.checks.scales import Mark

_DENIAL = re.compile("[还尚]?[没未]")
_DENIED = re.compile("[没未]")
_SURELY = ("已", "全面", "获批", "成功", "正式", "投入")
_DEADLINE = re.compile(r"(?:前|底|之前|以前)[^，。]{0,6}$")
# So many characters behind a word name the act, or the thing.
_ACT, FOLLOWING = 5, 6
# What share of a draft's clause must stand in a note's for both to speak of the same.
_SAME = 0.4


def is_of_another_act(word: Mark, clause: NoteClause, mark: Mark, text: str) -> bool:
    """Tell whether a note denies something else than a draft says was done: 有挂牌没人的 and 虽已挂牌.

    A draft that goes on to deny as the note does keeps what the note says: 已张贴提示但未拆除.
    """
    if not _DENIAL.match(word.word):
        return False
    if _DENIED.search(text, mark.end):
        return True
    act = content(text[mark.end : mark.end + _ACT])
    before, behind = (
        held_share(act, evidence([part])) for part in (clause.text[: word.start], clause.text[word.end :])
    )
    return before > behind


def is_of_another_verb(word: Mark, marks: Sequence[Mark], said: str) -> bool:
    """Tell whether a note's word for what was done stands before a denial and has nothing to do with the draft's: 建好半年没用."""
    before = any(mark.level == 0 and word.end <= mark.start for mark in marks)
    return before and word.level >= DONE and word.word[0] not in said


def speaks_of(text: str, clause: NoteClause, share: float = _SAME) -> bool:
    """Tell whether a clause of a draft and one of a note speak of the same: by a number, or by most of the words."""
    return bool(numbers_in(text) & clause.numbers) or held_share(content(text), clause.evidence) >= share


def is_vague(word: Mark) -> bool:
    """Tell whether a note's word is a single character, which may be part of something else: 老 of 还是老的."""
    return len(word.word) == 1 and not _DENIAL.match(word.word)


def precedes(word: Mark, clause: NoteClause, following: str) -> bool:
    """Tell whether a note's word stands before the same thing as the draft's."""
    after = clause.text[word.end : word.end + FOLLOWING]
    return any(after[place : place + 2] in following for place in range(max(0, len(after) - 1)))


def status_marks(said: list[Mark], text: str, *, planned: bool) -> tuple[list[Mark], bool]:
    """Return the marks of progress that count in a clause, and whether a plan goes on behind it."""
    ahead = any(mark.level == 0 for mark in said)
    done = [mark for mark in said if mark.word.startswith(_SURELY)]
    if done and "未" not in text and not (ahead and not any(mark.word[0] == "已" for mark in done)):
        return done, False
    if ahead:
        return [], True
    if not said:
        return [], planned
    kept = [
        mark for mark in said if mark.level < DONE or not (planned or _DEADLINE.search(text, 0, mark.start))
    ]
    return kept, planned and not kept
