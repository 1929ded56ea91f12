"""A shelf with the shipped reports, made once and copied for each test that wants it."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from assistant.documents.notes import parse_notes
from assistant.settings import Settings
from assistant.workflow.importing import import_reports
from assistant.workflow.requests import DraftRequest
from assistant.writing.templates import find_template, load_templates
from tests.conftest import ROOT
from tests.endpoint import KEY, MODEL, LoopbackEndpoint

REPORTS = sorted((ROOT / "corpus").glob("*.txt"))
NOTES = "- 理论学习抓得不够紧\n- 责任书签了没人查，谈话43人次\n"


@pytest.fixture(scope="session")
def made_shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("made") / "data"
    assert [result.reason for result in import_reports(REPORTS, Settings(data=data))] == [None] * 5
    return data


@pytest.fixture
def shelf(made_shelf: Path, tmp_path: Path) -> Path:
    """Return the data folder of the test, with the five reports in it."""
    return Path(shutil.copytree(made_shelf, tmp_path / "data"))


def connected(server: LoopbackEndpoint, data: Path, **more: Any) -> Settings:
    """Return settings that name the server as the chat model's endpoint, to be asked once and not to revise."""
    values = {"retries": 0, "timeout": 5, "revisions": 0, **more}
    return Settings(data=data, base_url=server.url, api_key=SecretStr(KEY), model=MODEL, **values)


def request(section: str = "problems", *, notes: str = NOTES, passages: bool = False) -> DraftRequest:
    """Return a request for a draft, without a look at the shelf unless asked for."""
    template = find_template(section, load_templates())
    return DraftRequest(template, parse_notes(notes, name="notes.md"), passages=passages)
