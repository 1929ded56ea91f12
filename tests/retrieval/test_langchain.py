import asyncio
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.documents import Document
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.runnables import Runnable, RunnableLambda, RunnablePassthrough

from assistant.models.embedding import OfflineEmbedder
from assistant.retrieval.index import Index
from assistant.retrieval.langchain import CorpusRetriever
from assistant.types import ReportData, Role
from tests.conftest import ROOT
from tests.endpoint import LoopbackEndpoint
from tests.retrieval.conftest import REPORTS, RecordingEmbedder, bring, report_passages

QUERY = "农村人居环境整治"
ALONE = """
import asyncio, sys
from langchain_core.tracers.langchain import wait_for_all_tracers
from assistant.retrieval.langchain import CorpusRetriever
from assistant.settings import load_settings
from assistant.workflow.shelf import open_shelf
with open_shelf(load_settings()) as index:
    retriever = CorpusRetriever(index=index)
    assert retriever.invoke("责任书签了没人查")
    assert asyncio.run(retriever.ainvoke("责任书签了没人查"))
    assert all(retriever.batch(["理论学习", "谈心谈话"]))
wait_for_all_tracers()
"""


class Listening(BaseCallbackHandler):
    """A caller's own handler."""

    def __init__(self) -> None:
        self.found: list[Document] = []

    def on_retriever_end(self, documents: Any, **_: Any) -> None:
        self.found += documents


@pytest.fixture
def shelf(tmp_path: Path) -> None:
    """Make the user's own index."""
    with Index.create_or_open(tmp_path / "data" / "index", embedder=OfflineEmbedder()) as index:
        bring(index, *map(report_passages, REPORTS))


def test_documents_carry_the_passage_and_where_it_stands(open_index: Callable[..., Index]) -> None:
    index = open_index()
    best = index.search(QUERY, count=2)
    found = CorpusRetriever(index=index, k=2).invoke(QUERY)
    assert [document.page_content for document in found] == [hit.passage.text for hit in best]
    assert found[0].id == best[0].passage.id
    assert found[0].metadata == {
        "id": best[0].passage.id,
        "report": best[0].passage.name,
        "role": "work",
        "heading_path": list(best[0].passage.heading_path),
        "start": best[0].passage.start,
        "end": best[0].passage.end,
        "score": best[0].score,
    }


def test_it_keeps_to_a_role_and_leaves_reports_out(open_index: Callable[..., Index]) -> None:
    index = open_index()
    problems = CorpusRetriever(index=index, role=Role.PROBLEMS).invoke(QUERY)
    assert {document.metadata["role"] for document in problems} == {"problems"}
    others = CorpusRetriever(index=index, exclude=("r1",)).invoke(QUERY)
    assert {document.metadata["report"] for document in others} == {"r2.txt", "r3.txt"}


def test_it_keeps_to_reports_years_and_kinds(tmp_path: Path) -> None:
    with Index.create_or_open(tmp_path / "index", embedder=RecordingEmbedder()) as index:
        for year, report in enumerate(REPORTS, 2022):
            data = ReportData(None, f"kind of {report}", year, None)
            bring(index, report_passages(report), data=data)
        choices: list[dict[str, Any]] = [
            {"years": (2023,)},
            {"kinds": ("kind of r2",)},
            {"include": ("r2",)},
            {"exclude": ("r1", "r3")},
        ]
        for choice in choices:
            found = CorpusRetriever(index=index, **choice).invoke(QUERY)
            assert {document.metadata["report"] for document in found} == {"r2.txt"}, choice


def test_a_role_may_be_given_by_name_and_a_misspelt_field_is_refused(
    open_index: Callable[..., Index],
) -> None:
    fields: dict[str, Any] = {"index": open_index(), "role": "plan"}
    assert CorpusRetriever(**fields).role is Role.PLAN
    with pytest.raises(ValueError, match="roles"):
        CorpusRetriever(**{**fields, "roles": ["plan"]})


def test_a_query_without_a_word_finds_nothing(open_index: Callable[..., Index]) -> None:
    assert CorpusRetriever(index=open_index()).invoke("？") == []


def test_it_answers_the_same_asynchronously_and_in_batches(open_index: Callable[..., Index]) -> None:
    retriever = CorpusRetriever(index=open_index())
    queries = [QUERY, "新能源汽车", "干部作风", "农村户厕"]
    expected = [retriever.invoke(query) for query in queries]

    async def together() -> list[list[Document]]:
        return await asyncio.gather(*map(retriever.ainvoke, queries))

    assert asyncio.run(together()) == expected
    assert retriever.batch(queries) == expected
    assert all(expected)


def test_it_is_a_step_of_a_chain(open_index: Callable[..., Index]) -> None:
    retriever = CorpusRetriever(index=open_index(), k=1)
    texts = retriever | RunnableLambda(lambda found: found[0].page_content)
    prompt = ChatPromptTemplate.from_template("旧稿：{passages}要点：{note}")
    chain = {"passages": texts, "note": RunnablePassthrough()} | prompt
    expected = f"旧稿：{retriever.invoke(QUERY)[0].page_content}要点：{QUERY}"
    assert chain.invoke(QUERY).to_messages()[0].content == expected
    assert asyncio.run(chain.ainvoke(QUERY)).to_messages()[0].content == expected


def test_the_callers_own_callbacks_are_heard(open_index: Callable[..., Index]) -> None:
    retriever = CorpusRetriever(index=open_index(), k=1)
    handed, inherited, awaited = Listening(), Listening(), Listening()
    found = retriever.invoke(QUERY, {"callbacks": [handed]})
    step: Runnable[str, list[Document]] = RunnableLambda(lambda query: retriever.invoke(query))
    step.invoke(QUERY, {"callbacks": [inherited]})
    asyncio.run(retriever.ainvoke(QUERY, {"callbacks": [awaited]}))
    assert handed.found == inherited.found == awaited.found == found


def test_an_error_of_the_index_comes_through(open_index: Callable[..., Index]) -> None:
    retriever = CorpusRetriever(index=open_index(), k=1)
    with pytest.raises(TypeError):
        retriever.invoke(None)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        asyncio.run(retriever.ainvoke(None))  # type: ignore[arg-type]


def run_python(code: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        env=env,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


@pytest.mark.usefixtures("shelf")
def test_its_own_run_is_not_traced(clean_environment: dict[str, str]) -> None:
    with LoopbackEndpoint() as langsmith:
        tracing = dict.fromkeys(("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING_V2"), "true")
        address = {"LANGSMITH_ENDPOINT": langsmith.url, "LANGSMITH_API_KEY": "lsv2_0"}
        done = run_python(ALONE, {**clean_environment, **tracing, **address})
        assert done.returncode == 0, done.stderr
        assert langsmith.requests == []


@pytest.mark.usefixtures("shelf")
def test_the_example_of_the_readme_runs(clean_environment: dict[str, str]) -> None:
    done = run_python(example(ROOT / "README.md"), clean_environment)
    assert done.returncode == 0, done.stderr
    assert "责任书签了没人查" in done.stdout
    assert "个别村农村人居环境管护机制不够健全" in done.stdout


def test_both_readmes_show_the_same_example() -> None:
    assert example(ROOT / "README.zh.md") == example(ROOT / "README.md")


def example(readme: Path) -> str:
    [code] = [
        block
        for block in re.findall(r"```python\n(.*?)```", readme.read_text("utf-8"), re.DOTALL)
        if "CorpusRetriever" in block
    ]
    lines = [line for line in code.splitlines() if line.strip()]
    assert len(lines) == 10
    return str(code)
