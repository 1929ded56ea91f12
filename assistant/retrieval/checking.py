"""Whether registry, vectors and words agree, and making them agree."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from assistant.retrieval.faults import BrokenListError
from assistant.retrieval.ingestion import Ingestion
from assistant.retrieval.ledger import Ledger
from assistant.retrieval.reading import Reading
from assistant.types import Passage, Role

EXPLAINED = {
    "interrupted": "收入或移除中断，运行 gongwen ingest 或 gongwen corpus check --repair 即可补完",
    "missing-vector": "缺少向量",
    "missing-terms": "缺少检索词",
    "orphaned-vector": "有多余的向量",
    "orphaned-terms": "有多余的检索词",
    "text": "段落文字与原文不符",
    "unreadable": "向量无法读取，运行 gongwen corpus check --repair 即可重做",
    "unreadable-terms": "检索词无法读取，运行 gongwen corpus check --repair 即可重做",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """A disagreement of some passages: its kind, the name of their report where one is known, and their ids."""

    kind: str
    report: str | None
    passages: tuple[str, ...] = field(default=())

    @property
    def message(self) -> str:
        """Return the fault in words."""
        whose = f"“{self.report}”" if self.report else "索引"
        count = f"（{len(self.passages)}段）" if self.passages else ""
        return f"{whose}：{EXPLAINED[self.kind]}{count}"


@dataclass(slots=True)
class Findings:
    """What a check found, by what is to be done about it."""

    interrupted: list[tuple[str, list[Passage]]] = field(default_factory=list)
    no_vector: list[Passage] = field(default_factory=list)
    no_terms: list[Passage] = field(default_factory=list)
    stray_vectors: list[tuple[str, Role]] = field(default_factory=list)
    stray_terms: list[str] = field(default_factory=list)
    texts: list[tuple[Passage, str]] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)

    def faults(self) -> list[Fault]:
        """Return the faults, one for each kind and report."""
        found = [
            Fault("interrupted", name, tuple(passage.id for passage in passages))
            for name, passages in self.interrupted
        ]
        found += [Fault(kind, None) for kind in self.unreadable]
        found += _by_report("missing-vector", self.no_vector)
        found += _by_report("missing-terms", self.no_terms)
        found += _by_report("text", [passage for passage, _ in self.texts])
        if self.stray_vectors:
            found.append(Fault("orphaned-vector", None, tuple(id_ for id_, _ in self.stray_vectors)))
        if self.stray_terms:
            found.append(Fault("orphaned-terms", None, tuple(self.stray_terms)))
        return found


def examine(ledger: Ledger, reading: Reading) -> Findings:
    """Compare both lists and all texts with the registry. The folder's lock must be held."""
    found = Findings(interrupted=ledger.interrupted(), texts=list(ledger.wrong_texts()))
    counting = {passage.id: passage for passage in ledger.visible()}
    known = counting.keys() | {passage.id for _, passages in found.interrupted for passage in passages}
    for kind, look in (("unreadable", _examine_vectors), ("unreadable-terms", _examine_words)):
        try:
            look(found, reading, counting, known)
        except BrokenListError:
            found.unreadable.append(kind)
    return found


def _examine_words(
    found: Findings, reading: Reading, counting: dict[str, Passage], known: Collection[str]
) -> None:
    listed = Counter(reading.words().ids())
    found.no_terms = [passage for id_, passage in counting.items() if listed[id_] != 1]
    found.stray_terms = [id_ for id_, times in listed.items() if id_ not in known or times > 1]


def _examine_vectors(
    found: Findings, reading: Reading, counting: dict[str, Passage], known: Collection[str]
) -> None:
    store = reading.vectors()
    stored = set(store.whole()) if store else set()
    found.no_vector = [passage for passage in counting.values() if (passage.id, passage.role) not in stored]
    found.stray_vectors = [
        (id_, role)
        for id_, role in sorted(stored)
        if id_ not in known or (id_ in counting and counting[id_].role != role)
    ]


def mend(found: Findings, ingestion: Ingestion) -> None:
    """Make the lists agree with the registry, and passages with their spans."""
    ingestion.ledger.set_texts(found.texts)
    wrong = {passage.id for passage, _ in found.texts}
    ingestion.strike(found.stray_vectors, [*found.stray_terms, *wrong])
    lacking = {passage.id for passage in (*found.no_vector, *found.no_terms)} | wrong
    without_terms = {passage.id for passage in found.no_terms} | wrong
    passages = [passage for passage in ingestion.ledger.visible() if passage.id in lacking]
    ingestion.mend(passages, listed=lacking - without_terms)


def _by_report(kind: str, passages: Sequence[Passage]) -> list[Fault]:
    names = dict.fromkeys(passage.name for passage in passages)
    return [
        Fault(kind, name, tuple(passage.id for passage in passages if passage.name == name)) for name in names
    ]
