"""The markup of the paper and of what stands beside it: nothing of a person's is ever markup."""

from dataclasses import replace
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from assistant.types import Coverage, Draft, Finding, Hit, Level, Note, Passage, Reference, Role, Sentence
from assistant.ui.draft_marks import mark_of, marked_text, shared_places, slices
from assistant.ui.draft_run import Shown
from assistant.ui.draft_view import Surroundings, bench
from assistant.workflow.desk import DraftPaper, Kept

HOSTILE = "<script>alert(1)</script>\"'`${x}{{x}}&amp;</textarea><img src=x onerror=x>"
ALONE = Surroundings(model=None, label=True)


class Reader(HTMLParser):
    """What a browser would make of it: elements with their attributes, and the text."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag != "input":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def of_class(self, kind: str) -> list[dict[str, str | None]]:
        return [named for _, named in self.elements if kind in (named.get("class") or "").split()]


def draft_of(text: str, *, sentences: tuple[Sentence, ...] = (), findings: tuple[Finding, ...] = ()) -> Draft:
    return Draft(text, "demo-model", "problems", (Note("n1", "要点"),), sentences, (), 1.0, (), findings)


def finding(rule: str, start: int, end: int, level: Level = Level.ERROR) -> Finding:
    return Finding(rule, level, "请核对。", start, end)


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    text = draw(st.text(st.sampled_from("甲乙。\n<>&\"'`$𠮷 "), max_size=30))
    edges = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6)))
    sentences = tuple(
        Sentence(text[start:end], start, end, draw(st.sampled_from([(), ("n1",)])))
        for start, end in zip(edges[::2], edges[1::2], strict=False)
        if start < end
    )
    spans = draw(st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))), max_size=4))
    rules = ("fact.leaked", "escalation.scope", "support.none")
    findings = tuple(
        finding(draw(st.sampled_from(rules)), min(span), max(span), draw(st.sampled_from(Level)))
        for span in spans
    )
    return draft_of(text, sentences=sentences, findings=findings)


@given(drafts())
def test_the_marked_text_is_the_text_to_the_letter(draft: Draft) -> None:
    read = Reader(marked_text(draft))
    assert read.text == draft.text
    assert read.open == []
    assert {tag for tag, _ in read.elements} <= {"span", "mark"}


@given(drafts())
def test_pieces_are_the_whole_text_in_order(draft: Draft) -> None:
    found = list(slices(draft.text, draft.sentences, draft.findings))
    assert "".join(draft.text[one.start : one.end] for one in found) == draft.text


def test_each_kind_has_a_sign_of_its_own_and_not_only_a_colour() -> None:
    text = "甲乙丙丁。"
    rules = ("fact.unsupported", "fact.leaked", "fact.changed", "escalation.degree")
    draft = draft_of(text, findings=tuple(finding(rule, at, at + 1) for at, rule in enumerate(rules)))
    marks = [named for tag, named in Reader(marked_text(draft)).elements if tag == "mark"]
    assert len({named["data-sign"] for named in marks}) == 4
    legend = bench(Shown(DraftPaper(text=text, drafts=(draft,)), None), ALONE, turn=1)
    for one in draft.findings:
        assert mark_of(one).name in legend


def test_a_remark_is_listed_and_not_marked() -> None:
    draft = draft_of("甲乙。", findings=(finding("copy.run", 0, 2, Level.INFO),))
    assert "<mark" not in marked_text(draft)
    assert "另有1处供参考" in bench(Shown(DraftPaper(text="甲乙。", drafts=(draft,)), None), ALONE, turn=1)


def test_what_a_sentence_shares_with_a_passage_is_found() -> None:
    passage = "前文。责任落实不到位的问题。后文"
    found = shared_places(["一是责任落实不到位，", "毫不相干", "的问题。后文。"], passage)
    assert "".join(passage[start:end] for start, end, _ in found) == passage
    assert [(passage[start:end], owners) for start, end, owners in found if owners] == [
        ("责任落实不到位", (0,)),
        ("的问题。后文", (2,)),
    ]


def hostile_paper() -> DraftPaper:
    text = f"一是{HOSTILE}。"
    passage = Passage(HOSTILE, "r1", HOSTILE + "长" * 500 + ".txt", Role.PROBLEMS, (HOSTILE,), 0, 9, text)
    draft = Draft(
        text,
        HOSTILE,
        "problems",
        (Note("n1", HOSTILE),),
        (Sentence(text, 0, len(text), ("n1",), 0.5),),
        (Hit(passage, 1.0, ()),),
        1.0,
        (Coverage("n1", "partly", (HOSTILE,)),),
        (Finding("fact.leaked", Level.ERROR, HOSTILE, 0, 5, Reference("passage", HOSTILE, 0, 1), HOSTILE),),
    )
    return DraftPaper(unit=HOSTILE, notes=HOSTILE, text=text, drafts=(draft, replace(draft, model="m")))


def test_nothing_of_a_persons_is_markup() -> None:
    paper = hostile_paper()
    kept = Kept("0001", "2025-01-01T00:00:00", HOSTILE, paper)
    around = Surroundings(HOSTILE, label=True, versions=(kept,))
    for shown in (Shown(paper, None, remark=HOSTILE, error=HOSTILE), Shown(paper, 2, remark=HOSTILE)):
        read = Reader(bench(shown, around, turn=1))
        assert read.open == []
        assert not {tag for tag, _ in read.elements} & {"script", "img", "textarea", "iframe", "a", "style"}
        assert not [name for _, named in read.elements for name in named if name.startswith("on")]
        assert HOSTILE in read.text


def test_without_a_model_writing_again_is_not_offered_and_says_why() -> None:
    paper = hostile_paper()
    [alone] = [
        named
        for _, named in Reader(bench(Shown(paper, None), ALONE, turn=1)).elements
        if named.get("data-act") == "redo"
    ]
    assert "disabled" in alone
    with_model = Reader(bench(Shown(paper, None), Surroundings("m", label=False), turn=1))
    [there] = [named for _, named in with_model.elements if named.get("data-act") == "redo"]
    assert "disabled" not in there
    assert with_model.of_class("ai-label") == []


def test_notes_are_named_by_their_numbers() -> None:
    one = Finding(
        "note.missing", Level.ERROR, "要点n1没有写进草稿，请补上。", 0, 0, Reference("note", "n1", 0, 1)
    )
    draft = draft_of("甲。", findings=(one,))
    shown = bench(Shown(DraftPaper(text="甲。", drafts=(draft,)), None), ALONE, turn=1)
    assert "要点1没有写进草稿" in shown
    assert "n1没有" not in shown


def test_a_text_that_was_changed_is_shown_as_it_is_now() -> None:
    paper = DraftPaper(text="改过的<b>。", drafts=(draft_of("原来的。"),))
    read = Reader(bench(Shown(paper, None), ALONE, turn=1))
    assert "改过的<b>。" in read.text
    assert "原来的。" not in read.text
