"""The demonstration: ingest the shipped reports, draft a 存在的问题 section from the shipped notes."""

import zlib
from collections.abc import Iterator

from assistant.documents.notes import parse_notes
from assistant.documents.reading import read_text
from assistant.models.embedding import make_embedder
from assistant.paths import shipped
from assistant.settings import Settings
from assistant.workflow.importing import Imported, import_reports
from assistant.workflow.requests import DraftRequest
from assistant.writing.templates import load_templates

NOTES = "demo.md"


def demo_settings(settings: Settings) -> Settings:
    """Return the settings with a data folder of the demonstration's own: the user's shelf stays as it is.

    Each embedder has a folder, so that the demonstration runs after the embedding model was changed.
    """
    name = (
        "demo"
        if settings.embedding_model is None
        else f"demo-{zlib.crc32(make_embedder(settings).name.encode()):08x}"
    )
    return settings.model_copy(update={"data": settings.data / name})


def ingest_corpus(settings: Settings) -> Iterator[Imported]:
    """Bring the shipped reports into the index."""
    return import_reports([shipped("corpus")], settings)


def demo_request() -> DraftRequest:
    """Return the request that the demonstration drafts."""
    path = shipped("eval/cases") / NOTES
    return DraftRequest(load_templates()["problems"], parse_notes(read_text(path), name=NOTES))
