"""Loading what the first visitors will need while none of them waits for it yet.

Much of what writes and checks is loaded when it is first used, so that the page opens soon; loaded in the middle of the first
drafts it would hold them up. The shipped example is worked through once, in a folder of its own: no text and no index of
anybody's is touched, and nobody is called.
"""

import contextlib
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from assistant.models.client import http_client
from assistant.models.endpoint import Endpoint, chat_endpoint
from assistant.models.masking import mask_policy
from assistant.paths import shipped
from assistant.settings import Settings
from assistant.ui.uploads import uploads_folder
from assistant.workflow.papers import checker, has_shelf

# A protocol that does not exist: a request is made ready, and given up before anybody is looked for.
NOWHERE = "nowhere://127.0.0.1"


def start_warming(settings: Settings) -> threading.Thread:
    """Begin to load in a thread that ends by itself, or with the process."""
    thread = threading.Thread(target=warm_up, args=(settings,), name="warming", daemon=True)
    thread.start()
    return thread


def warm_up(settings: Settings) -> None:
    """Load what drafting, checking, polishing, searching, comparing and Word need.

    Whatever fails here is tried again, and told, when a visitor asks for it.
    """
    with contextlib.suppress(Exception), _scratch(settings) as own:
        for step in _steps(settings, own):
            with contextlib.suppress(Exception):
                step()


@contextlib.contextmanager
def _scratch(settings: Settings) -> Iterator[Settings]:
    """Give the settings with a data folder that is gone afterwards, where nothing is asked of any other machine."""
    with tempfile.TemporaryDirectory(dir=uploads_folder(settings), ignore_cleanup_errors=True) as folder:
        alone = {"offline": True, "embedding_model": None, "chroma_url": None, "log": False}
        yield settings.model_copy(update={**alone, "data": Path(folder)})


def _steps(settings: Settings, own: Settings) -> Iterator[Callable[[], object]]:
    """Yield what is to be done, what visitors wait for most first."""
    if endpoint := chat_endpoint(settings):
        masked = mask_policy(settings).applies(local=endpoint.is_local)
        asking = own.model_copy(update={"mask": "always" if masked else "never"})
        # Whom to trust depends on whether the endpoint is elsewhere, which the one that does not exist cannot stand for.
        yield lambda: http_client(endpoint).close()
        yield lambda: _ask_nobody(asking, replace(endpoint, base_url=NOWHERE, retries=0))
    yield lambda: _draft(own, shelf=has_shelf(settings))
    yield lambda: _polish(own)
    yield lambda: _compare(own)
    yield _word


def _ask_nobody(settings: Settings, endpoint: Endpoint) -> None:
    """Do all that asking a model takes, up to where its address would be looked up."""
    from assistant.workflow.demo import demo_request
    from assistant.workflow.modelled import with_model

    for _ in with_model(demo_request(), settings, endpoint, None, 0.0):
        pass


def _draft(settings: Settings, *, shelf: bool) -> None:
    """Draft by rule and check, with a report beside it where there will be a shelf."""
    from assistant.workflow.demo import demo_request
    from assistant.workflow.drafting import draft
    from assistant.workflow.events import Finished
    from assistant.workflow.importing import import_reports

    if shelf:
        for _ in import_reports([_example()], settings):
            pass
    request = replace(demo_request(), passages=shelf)
    for event in draft(request, settings):
        if isinstance(event, Finished):
            checker(request)(event.draft)


def _polish(settings: Settings) -> None:
    from assistant.workflow.polishing import polish_text

    for _ in polish_text(_text(), settings):
        pass


def _compare(settings: Settings) -> None:
    from assistant.evaluation.compare_papers import ComparePaper, compared_page

    compared_page(ComparePaper(text=_text(), reference=_text(), section="problems"), settings)


def _word() -> None:
    from assistant.workflow.saved_files import text_file

    text_file(_text(), "docx", title="", model=None)


def _text() -> str:
    return _example().read_text("utf-8")


def _example() -> Path:
    return min(shipped("corpus").glob("*.txt"))
