"""What the numbers of a run depend on."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from importlib.metadata import version
from typing import Literal

from assistant import __version__
from assistant.evaluation.cases import Case
from assistant.evaluation.run_file import RunCase, RunSignature
from assistant.evaluation.run_shelf import corpus_files
from assistant.evaluation.scorer_base import files_digest
from assistant.evaluation.systems import revisions
from assistant.models.embedding import make_embedder
from assistant.models.endpoint import Endpoint, chat_endpoint, embedding_endpoint
from assistant.paths import shipped
from assistant.settings import Settings

_PROMPTS = ("*.md", "*.toml", "sections/*.md")
_LIBRARIES = ("chromadb", "rjieba", "tantivy")


def sign(cases: Iterable[RunCase], settings: Settings) -> RunSignature:
    """Return the signature of a run over the cases with the settings: no key, and of an endpoint only its kind."""
    chat = chat_endpoint(settings)
    return RunSignature(
        gongwen=__version__,
        cases=digest(case.sha for case in cases),
        prompts=files_digest(path for pattern in _PROMPTS for path in shipped("prompts").glob(pattern)),
        corpus=digest(hashlib.sha256(path.read_bytes()).hexdigest() for path in corpus_files()),
        model=chat.model if chat else None,
        endpoint=endpoint_kind(chat) if chat else None,
        temperature=settings.temperature if chat else None,
        mask=_mask(settings) if chat else "none",
        revisions=revisions(settings) if chat else 0,
        prompt_tokens=settings.prompt_tokens,
        passage_tokens=settings.passage_tokens,
        embedder=_embedder(settings),
        libraries={name: version(name) for name in _LIBRARIES},
    )


def _mask(settings: Settings) -> str:
    return (
        settings.mask
        + ("+amounts" if settings.mask_amounts else "")
        + ("+names" if settings.mask_names else "")
    )


def _embedder(settings: Settings) -> str:
    endpoint = embedding_endpoint(settings)
    if endpoint is None:
        return make_embedder(settings).name
    return f"{endpoint.model}({endpoint_kind(endpoint)})"


def endpoint_kind(endpoint: Endpoint) -> Literal["local", "remote"]:
    """Tell where an endpoint is, and no more of it."""
    return "local" if endpoint.is_local else "remote"


def run_case(case: Case) -> RunCase:
    """Return a case as a run file holds it, with the hash of all that it says."""
    said = {**asdict(case), "notes": [note.text for note in case.notes]}
    sha = digest([json.dumps(said, ensure_ascii=False, sort_keys=True)])
    return RunCase.model_validate({**said, "sha": sha})


def digest(texts: Iterable[str]) -> str:
    """Return a short hash of texts in their order."""
    whole = hashlib.sha256()
    for text in texts:
        whole.update(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest())
    return whole.hexdigest()[:12]
