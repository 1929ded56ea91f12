"""The verifiable particulars of a text."""

from collections.abc import Callable, Iterable, Iterator

from assistant.text.agreement import same, supports
from assistant.text.dates import dates
from assistant.text.fixed import fixed_terms
from assistant.text.folded import FoldedText
from assistant.text.institutions import bodies, institutions, works
from assistant.text.meetings import meetings
from assistant.text.names import places
from assistant.text.offices import organisations
from assistant.text.persons import persons
from assistant.text.quantities import quantities
from assistant.text.quoted import documents, quoted_terms, titles
from assistant.text.times import contradicted, seasons, times
from assistant.types import Fact

__all__ = ["bodies", "contradicted", "facts", "same", "supports", "times"]

# What stands first wins where two overlap.
_FINDERS: tuple[Callable[[FoldedText], Iterator[Fact]], ...] = (documents, titles, quoted_terms)
_PARTICULARS: tuple[Callable[[FoldedText], Iterator[Fact]], ...] = (
    meetings,
    persons,
    institutions,
    organisations,
    works,
    places,
    dates,
    seasons,
    quantities,
)


def facts(text: str, *, singles: bool = False) -> list[Fact]:
    """Return the facts of a text in order; they do not overlap, and nothing stands inside a title or a quoted term.

    一 with a measure word mostly means "a" (一名党员) and is left out; with ``singles`` it counts, for a text that is asked
    whether it tells 1名.
    """
    page = FoldedText(text, singles=singles)
    taken = bytearray(len(text))
    found = [fact for finder in _FINDERS for fact in _free(finder(page), taken)]
    for match in fixed_terms().finditer(page.folded):
        taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    found += [fact for finder in _PARTICULARS for fact in _free(finder(page), taken)]
    return sorted(found, key=lambda fact: fact.start)


def _free(candidates: Iterable[Fact], taken: bytearray) -> Iterator[Fact]:
    """Yield the candidates that touch nothing taken, and take their places."""
    for fact in candidates:
        if taken.find(1, fact.start, fact.end) < 0:
            taken[fact.start : fact.end] = b"\1" * (fact.end - fact.start)
            yield fact
