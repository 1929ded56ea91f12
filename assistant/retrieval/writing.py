"""A writer's session: the lock, the recovery of what another left, and the sealing at the end."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from assistant.models.embedding import Embedder
from assistant.retrieval.benches import WORDS, Place, bench_at, words_part
from assistant.retrieval.faults import BrokenListError
from assistant.retrieval.ingestion import Ingestion
from assistant.retrieval.ledger import Ledger
from assistant.retrieval.lexical import LexicalIndex, LexicalWriter
from assistant.retrieval.registry import Facts, Registry

STAND_IN = "-locked"


@contextmanager
def writing(place: Place, registry: Registry, embedder: Embedder) -> Iterator[Ingestion]:
    """Hold the lock for a series of changes, after completing what a killed process left."""
    with _locked(place, registry, opening=_words) as (facts, words, writer):
        ingestion = Ingestion(
            Ledger(registry), bench_at(place, facts.vectors), words, writer, embedder, facts
        )
        with _sealing(ingestion):
            ingestion.recover()
            yield ingestion


@contextmanager
def _locked(
    place: Place, registry: Registry, *, opening: Callable[[Path, int], LexicalIndex]
) -> Iterator[tuple[Facts, LexicalIndex, LexicalWriter]]:
    """Hold the lock of the list by words that counts: while one waits for it, a rebuilding may replace the list."""
    while True:
        number = registry.facts().words
        words = opening(place.folder, number)
        with words.writer() as writer:
            if (facts := registry.facts()).words == number:
                yield facts, words, writer
                return


def _words(folder: Path, number: int) -> LexicalIndex:
    return LexicalIndex(words_part(folder, number))


def _words_or_stand_in(folder: Path, number: int) -> LexicalIndex:
    """Return the list by words that counts, or, where it cannot be opened, an empty one to hold a lock on.

    It has a folder of its own: were it to take the place of the broken one, a repair cut short would leave an index
    that finds nothing and does not say why.
    """
    try:
        return _words(folder, number)
    except BrokenListError:
        part = words_part(folder, number)
        return LexicalIndex(part.with_name(f"{part.name}{STAND_IN}"), create=True)


@contextmanager
def _sealing(ingestion: Ingestion) -> Iterator[None]:
    """Seal what was brought, even before an error; what cannot be brought whole is forgotten."""
    with closing(ingestion):
        try:
            yield
        finally:
            try:
                ingestion.flush()
            except BaseException:
                ingestion.abandon()
                ingestion.flush()
                raise


def make_anew(place: Place, embedder: Embedder) -> int:
    """Make both lists anew beside the old ones, broken or not, from the stored passages; return how many passages."""
    with closing(Registry(place.folder)) as registry:
        with _locked(place, registry, opening=_words_or_stand_in) as (old, _, _):
            server = place.server is not None
            facts = replace(old, embedder=embedder.name, server=server, words=old.words + 1)
            count = _rebuild(place, registry, embedder, facts)
        _sweep(place.folder, facts.words)
        return count


def _rebuild(place: Place, registry: Registry, embedder: Embedder, facts: Facts) -> int:
    part = words_part(place.folder, facts.words)
    shutil.rmtree(part, ignore_errors=True)
    words, ledger = LexicalIndex(part, create=True), Ledger(registry)
    try:
        ledger.clear()
        passages = ledger.all()
        with words.writer() as writer:
            bench = bench_at(place, facts.vectors, fresh=True)
            with closing(Ingestion(ledger, bench, words, writer, embedder, facts)) as ingestion:
                ingestion.mend(passages)
                ingestion.flush(always=True)
    except BaseException:
        if registry.facts().words != facts.words:
            shutil.rmtree(part, ignore_errors=True)
        raise
    return len(passages)


def _sweep(folder: Path, counts: int) -> None:
    """Delete the lists before the one that counts; a later one is another process's work."""
    for path in folder.glob(f"{WORDS}*"):
        number = path.name.removeprefix(WORDS).removesuffix(STAND_IN)
        if number.isdecimal() and int(number) < counts:
            shutil.rmtree(path, ignore_errors=True)
