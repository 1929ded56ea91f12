"""What segmentation tells of a phrase."""

from functools import cache

_PREDICATES = ("v", "d", "zg", "vd", "vi", "vq", "a", "ad", "i", "l", "f")
_DENIALS = ("未", "没", "不", "无人")


@cache
def _tagger() -> object:
    import rjieba

    return rjieba


def tagged(text: str) -> list[tuple[str, str]]:
    """Return the words of a text with their parts of speech (ICTCLAS tags, as jieba uses them)."""
    return list(_tagger().tag(text))  # type: ignore[attr-defined]


def is_bare_noun(text: str) -> bool:
    """Tell whether a phrase names a thing and says nothing of it: nouns, and verbs used as nouns, only."""
    if any(word in text for word in _DENIALS):
        return False
    tags = [tag for word, tag in tagged(text) if word.strip("“”《》、")]
    return bool(tags) and tags[-1][0] in "njb" and not any(tag in _PREDICATES for tag in tags)


def cut_points(text: str) -> frozenset[int]:
    """Return the offsets at which a dictionary word of the text begins or ends; every offset where none is known."""
    import rjieba

    words: list[str] = rjieba.cut(text, hmm=False)
    points, position = [0], 0
    for word in words:
        position += len(word)
        points.append(position)
    return frozenset(points if position == len(text) else range(len(text) + 1))
