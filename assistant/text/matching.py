"""Where the words of a question stand in a text that was found for it."""

import unicodedata

from assistant.text.terms import terms


def matched_spans(query: str, text: str) -> list[tuple[int, int]]:
    """Return the spans of ``text`` that share a search term with ``query``, in order, none touching another.

    A term of one character marks nothing unless it is the whole question: single words are everybody's.
    """
    wanted = set(terms(query))
    wanted = {term for term in wanted if len(term) > 1} or wanted
    folded, places = _folded(text)
    covered: list[tuple[int, int]] = []
    for term in wanted:
        at = folded.find(term)
        while at >= 0:
            covered.append((places[at], places[at + len(term)]))
            at = folded.find(term, at + 1)
    return _merged(covered)


def _folded(text: str) -> tuple[str, list[int]]:
    """Return the text as `terms` reads it, and the place in ``text`` of each of its characters and of its end."""
    folded, places = [], []
    for place, character in enumerate(text):
        plain = unicodedata.normalize("NFKC", character).lower()
        folded.append(plain)
        places += [place] * len(plain)
    return "".join(folded), [*places, len(text)]


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
