"""The clauses of the notes, with the words of each scale that stand in them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.checks.grounds import Ground
from assistant.checks.likeness import Evidence, content, evidence, held_share
from assistant.checks.scales import Mark, hide, scale_marks, scales
from assistant.checks.units import phrases

STATUS = "escalation.status"
DONE = 3
_RELATED, _LEAST_RELATED = 0.6, 0.2
# What follows a verb says little beside a word for how far things are: 初步定了.
# A start that is planned has not been made: 拟启动.
_BEGINNING = frozenset(("启动",))
_SLIGHT = frozenset(("了", "好了", "完了", "好", "完"))
# What stands behind the last fact of a clause is told with so much content.
_LEAST_BEHIND = 4
_DENIAL = re.compile("[还尚]?[没未]")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True)
class NoteClause:
    """A clause of a note: where it stands (-1 in a formal wording), and the marks in it by scale."""

    ground: Ground
    start: int
    text: str
    marks: tuple[tuple[Mark, ...], ...]

    @cached_property
    def evidence(self) -> Evidence:
        """Return what stands in the clause."""
        return evidence([self.text])

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Return the figures in the clause."""
        return numbers_in(self.text)


def numbers_in(text: str) -> frozenset[str]:
    """Return the figures in a text."""
    return frozenset(_NUMBER.findall(text))


def note_clauses(ground: Ground) -> Iterator[NoteClause]:
    """Yield the clauses of a note and of its formal wording."""
    texts = [ground.text]
    if ground.formal != ground.text:
        texts.append(ground.formal)
    for text in texts:
        before: tuple[Mark, ...] = ()
        hidden = hide(text)
        for start, end in phrases(hidden):
            found = [tuple(scale_marks(scale, hidden[start:end], of_note=True)) for scale in scales()]
            status = next(index for index, scale in enumerate(scales()) if scale.rule == STATUS)
            found[status] = _governed(found[status])
            # A plan goes on until something else is said: 打算再捋一遍，3月底前弄完.
            if not found[status] and before and all(mark.level == 0 for mark in before):
                found[status] = before
            before = found[status]
            origin = ground.start + start if text is ground.text else -1
            yield NoteClause(ground, origin, text[start:end], tuple(found))


def _governed(found: tuple[Mark, ...]) -> tuple[Mark, ...]:
    """Leave out what another word in the clause makes void: the 完 of 初步定完, the 获批 of 力争获批."""
    if any(mark.level == 0 for mark in found):
        ahead = next(mark for mark in found if mark.level == 0)
        # 建好半年没用: a denial leaves alone what was done before it; a plan does not.
        before = ahead.start if _DENIAL.match(ahead.word) else -1
        return tuple(
            mark
            for mark in found
            if (mark.level < DONE and mark.word not in _BEGINNING)
            or mark.word.startswith("已")
            or (mark.end <= before and mark.word not in _SLIGHT)
        )
    if any(mark.level < DONE for mark in found):
        return tuple(mark for mark in found if mark.word not in _SLIGHT)
    return found


def related_clauses(text: str, clauses: Sequence[NoteClause]) -> list[NoteClause]:
    """Return the clauses that speak of what a clause of a draft speaks of: by its numbers, else by its words."""
    part = content(text)
    shares = [held_share(part, clause.evidence) for clause in clauses]
    best = max(shares, default=0.0)
    numbers = numbers_in(text)
    alike = [clause for clause in clauses if numbers & clause.numbers]
    if alike:
        return alike
    least = max(_LEAST_RELATED, best * _RELATED)
    return [clause for clause, one in zip(clauses, shares, strict=True) if one >= least]


def without_facts(ground: Ground) -> Iterator[str]:
    """Yield a note's clauses; of one that holds facts what stands behind the last, if that says something by itself."""
    for start, end in phrases(ground.text):
        ends = [fact.end - ground.start for fact in ground.facts if start < fact.end - ground.start <= end]
        behind = ground.text[max(ends, default=start) : end]
        if not ends or content(behind).weight >= _LEAST_BEHIND:
            yield behind
