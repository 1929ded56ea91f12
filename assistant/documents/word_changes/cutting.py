"""Runs cut where a change begins and ends, so that each half keeps its formatting."""

from copy import deepcopy

from assistant.documents.word_import.markup import Element, local, word

SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def part_run(node: Element, offset: int) -> Element:
    """Part the run that ``node`` stands in before its character ``offset``; return the node that begins the right side.

    What is left of the cut stays in the elements it was in. A node that shows one sign is cut before it (0) or after (1);
    behind the last node of a run there is nothing to return but the node itself.
    """
    if local(node) == "t" and 0 < offset < len(node.text or ""):
        right = node.makeelement(node.tag, {SPACE: "preserve"})
        right.text, node.text = node.text[offset:], node.text[:offset]
        node.set(SPACE, "preserve")
        node.addnext(right)
    elif offset:
        right = node.getnext()
        if right is None:
            return node
    else:
        right = node
    _part(right)
    return right


def _part(node: Element) -> None:
    """Move a node and what follows it in its run to a run of its own, unless it is the first there."""
    run = node.getparent()
    before = node.getprevious()
    if before is None or local(before) == "rPr":
        return
    new_run = run.makeelement(run.tag, dict(run.attrib))
    properties = run.find(word("rPr"))
    if properties is not None:
        new_run.append(deepcopy(properties))
    following = [node, *node.itersiblings()]
    new_run.extend(following)
    run.addnext(new_run)


def isolated(node: Element, start: int, end: int) -> Element:
    """Return the run that holds nothing but the characters ``start`` to ``end`` of a node, cut out for it."""
    part_run(node, end)
    return part_run(node, start).getparent()


def top_level(node: Element) -> Element:
    """Return the child of a paragraph of the body that holds a node, text boxes looked at from outside; none if it is elsewhere."""
    top: Element = None
    while (above := node.getparent()) is not None:
        if local(above) == "p":
            top = node
        node = above
    return top if local(node) == "document" else None
