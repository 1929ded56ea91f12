"""The invented notes of ``tests/data/notes``, and mixtures made of them."""

import json
import re

from hypothesis import strategies as st

from tests.conftest import ROOT

SECTIONS = ("problems", "work", "plan", "lead", "closing")
FOLDER = ROOT / "tests" / "data" / "notes"


def notes_of(section: str) -> list[str]:
    """Return the notes for a section kind, in the order of their file."""
    notes: list[str] = json.loads((FOLDER / f"{section}.json").read_text("utf-8"))
    return notes


def all_notes() -> list[str]:
    """Return the notes of every section kind."""
    return [note for section in SECTIONS for note in notes_of(section)]


def clauses_of(notes: list[str]) -> list[str]:
    """Return the distinct clauses of notes, without the marks between them."""
    return sorted({clause for note in notes for clause in re.split("[，；。]", note) if clause})


FIXED = (
    "《公务用车管理办法》", "“三张清单”", "12.5%", "3个", "2024年", "*局", "****", "App", "WPS", "11:50", "×××", "〔2024〕5号", "１２次",
)  # fmt: skip
MIXTURES = st.lists(
    st.tuples(
        st.sampled_from(clauses_of(all_notes())) | st.sampled_from(FIXED),
        st.sampled_from(("，", "；", "。", "", "、", ",", "（", "）", " ")),
    ),
    min_size=1,
    max_size=6,
).map(lambda parts: "".join(clause + mark for clause, mark in parts))
