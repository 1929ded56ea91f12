"""What a pattern needs: strings one of which stands in whatever it matches.

The rules of formal wording carry theirs in their files, for to compile them all takes longer than a whole draft.
``python -m tests.text.needed`` writes them anew.
"""

import re._constants as codes  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from typing import Any

from assistant.text.formal_rules import SOURCES, formal_rules

MOST = 40
PRIVATE = range(0xE000, 0xF900)
REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)


def needed(pattern: str) -> list[str]:
    """Return strings one of which any match contains, the longest that can be told; none where that is nothing."""
    return _needed(parser.parse(pattern)) or []


def _needed(tree: Any) -> list[str] | None:
    found: list[list[str]] = []
    run = ""
    for code, value in [*tree, (None, None)]:
        if code is codes.LITERAL and value not in PRIVATE:
            run += chr(value)
            continue
        if run:
            found.append([run])
            run = ""
        found += filter(None, [_of(code, value)])
    usable = [strings for strings in found if len(strings) <= MOST]
    return max(usable, key=lambda strings: (min(map(len, strings)), -len(strings)), default=None)


def _of(code: Any, value: Any) -> list[str] | None:
    if code is codes.IN:
        letters = [chr(inner) for kind, inner in value if kind is codes.LITERAL]
        return letters if len(letters) == len(value) else None
    if code is codes.SUBPATTERN:
        return _needed(value[3])
    if code is codes.BRANCH:
        branches = [_needed(branch) for branch in value[1]]
        return sorted({each for branch in branches if branch for each in branch}) if all(branches) else None
    if code in REPEATS:
        return _needed(value[2]) if value[0] else None
    if code is codes.ASSERT:
        return _needed(value[1])
    return _needed(value) if code is codes.ATOMIC_GROUP else None


def main() -> None:
    """Write into the files of rules what each rule needs."""
    rules = iter(formal_rules())
    for path in SOURCES:
        lines = []
        for line in path.read_text("utf-8").splitlines():
            if line.startswith("needs = "):
                continue
            lines.append(line)
            if line.startswith("find = ") and (strings := needed(next(rules).find)):
                quoted = ", ".join("'" + each + "'" for each in strings)
                lines.append(f"needs = [{quoted}]")
        path.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
