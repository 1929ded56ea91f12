"""Reading a retrieval set in BEIR layout: corpus.jsonl, queries.jsonl, qrels.tsv."""

import hashlib
import json
import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

from assistant.errors import InputError

CORPUS, QUERIES, QRELS = "corpus.jsonl", "queries.jsonl", "qrels.tsv"


@dataclass(frozen=True, slots=True)
class SetDocument:
    """A text that may answer a query."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    """Documents, queries by id, and per query the grades of its relevant documents.

    ``queries`` holds the judged ones only: where nothing is relevant nothing can be found. ``sha`` stands for the three
    files.
    """

    name: str
    sha: str
    documents: tuple[SetDocument, ...]
    queries: Mapping[str, str]
    judgements: Mapping[str, Mapping[str, float]]

    def first(self, count: int | None) -> Self:
        """Return the set with its first ``count`` queries, or with all."""
        return replace(self, queries=dict(list(self.queries.items())[:count]))


def read_set(folder: Path) -> RetrievalSet:
    """Read the set in ``folder``. Raises `InputError`, which names the file and the line at fault."""
    if not folder.is_dir():
        raise InputError(f"找不到文件夹“{folder}”，请写出放有 {CORPUS}、{QUERIES} 和 {QRELS} 的文件夹。")
    texts = {name: _read(folder / name) for name in (CORPUS, QUERIES, QRELS)}
    corpus = _records(CORPUS, texts[CORPUS])
    queries = {id_: record["text"] for id_, record in _records(QUERIES, texts[QUERIES]).items()}
    judgements = _judgements(texts[QRELS], queries, corpus)
    if not judgements:
        raise InputError(f"{QRELS} 里没有一条分数大于 0 的判断，无法评测，请补上后再试。")
    return RetrievalSet(
        name=folder.resolve().name,
        sha=_digest(texts),
        documents=tuple(
            SetDocument(id_, record.get("title") or "", record["text"]) for id_, record in corpus.items()
        ),
        queries={id_: text for id_, text in queries.items() if id_ in judgements},
        judgements=judgements,
    )


def _read(path: Path) -> str:
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise InputError(f"文件夹“{path.parent}”里缺少 {path.name}，请补上后再试。") from error
    except OSError as error:
        raise InputError(f"无法读取 {path.name}，请检查它的权限后再试。") from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _fault(path.name, line, "不是 UTF-8 编码") from error


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines that hold something, each with its number from 1."""
    return ((number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip())


def _records(name: str, text: str) -> dict[str, dict[str, Any]]:
    records: dict[str, dict[str, Any]] = {}
    for number, line in _lines(text):
        id_, record = _record(name, number, line)
        if id_ in records:
            raise _fault(name, number, f"的编号“{id_}”前面已经用过")
        records[id_] = record
    if not records:
        raise InputError(f"{name} 里一条也没有，请补上后再试。")
    return records


def _record(name: str, number: int, line: str) -> tuple[str, dict[str, Any]]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _fault(name, number, "不是 JSON") from error
    match record:
        case {"_id": str() | int() as id_, "text": str() as text} if str(id_):
            title = record.get("title") or ""
        case _:
            raise _fault(name, number, "不是含有 _id 和 text 的 JSON 对象")
    if not isinstance(title, str):
        raise _fault(name, number, "的 title 不是文字")
    # JSON may escape half of a character, which no file and no index can hold.
    if any("\ud800" <= character <= "\udfff" for character in f"{id_}{title}{text}"):
        raise _fault(name, number, "含有残缺的字符")
    return str(id_), record


def _judgements(text: str, queries: Collection[str], corpus: Collection[str]) -> dict[str, dict[str, float]]:
    judgements: dict[str, dict[str, float]] = {}
    for order, (number, line) in enumerate(_lines(text)):
        fields = [field.strip() for field in line.split("\t")]
        if order == 0 and fields[0] not in queries and not _is_number(fields[-1]):
            continue
        if len(fields) != 3 or not _is_number(fields[2]):
            raise _fault(QRELS, number, "不是用制表符分开的问题编号、段落编号和分数")
        query, document, grade = fields
        for id_, known, file in ((query, queries, QUERIES), (document, corpus, CORPUS)):
            if id_ not in known:
                raise _fault(QRELS, number, f"的编号“{id_}”不在 {file} 里")
        if float(grade) > 0:
            judgements.setdefault(query, {})[document] = float(grade)
    return judgements


def _is_number(field: str) -> bool:
    try:
        return math.isfinite(float(field))
    except ValueError:
        return False


def _fault(name: str, line: int, what: str) -> InputError:
    return InputError(f"{name} 第 {line} 行{what}，请改正后再试。")


def _digest(texts: Mapping[str, str]) -> str:
    parts = (hashlib.sha256(text.encode()).digest() for text in texts.values())
    return hashlib.sha256(b"".join(parts)).hexdigest()[:12]
