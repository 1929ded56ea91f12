"""What can go wrong with an index folder, told to the user in one sentence with the way out."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.errors import CorpusError
from assistant.models.endpoint import shown_address

# Parts of the messages of tantivy, SQLite (as Chroma passes them on) and the system.
LOCKED = ("LockBusy", "(code: 5)", "(code: 6)")
UNWRITABLE = (
    "(code: 8)",
    "(code: 13)",
    "(os error 13)",
    "(os error 28)",
    "(os error 30)",
    "PermissionDenied",
    "ReadOnlyFilesystem",
    "StorageFull",
)
OTHER_LENGTH = "expecting embedding with dimension"


class BrokenListError(CorpusError):
    """The list by words or by vectors cannot be read; it can be made anew from the registry."""


def missing(folder: Path) -> CorpusError:
    """Return the error for a folder that holds no index."""
    return CorpusError(f"还没有索引（{folder}），请先运行 gongwen ingest <报告文件夹>。")


def damaged(folder: Path) -> CorpusError:
    """Return the error for an index that cannot be read, or that is not one of ours."""
    return CorpusError(
        f"索引文件夹 {folder} 已损坏或不是本工具所建，请把它移到别处，再运行 gongwen ingest <报告文件夹>。"
    )


def broken(folder: Path) -> BrokenListError:
    """Return the error for an index one of whose lists is damaged, incomplete or gone."""
    return BrokenListError(
        f"索引 {folder} 的向量或检索词已损坏或缺失，请运行 gongwen corpus check --repair 用存下的原文修复。"
    )


def other_format(folder: Path) -> CorpusError:
    """Return the error for an index that another version of the package made."""
    return CorpusError(
        f"索引文件夹 {folder} 由另一版本的 gongwen 建立，请改用原来的版本，或把它移到别处再运行 gongwen ingest <报告文件夹>。"
    )


def other_embedder(made_by: str, current: str) -> CorpusError:
    """Return the error for an index whose vectors another embedder made."""
    return CorpusError(
        f"索引由向量模型“{made_by}”建立，而现在设置的是“{current}”，请把设置改回，或运行 gongwen ingest --rebuild 重建索引。"
    )


def other_length(folder: Path) -> CorpusError:
    """Return the error for an embedder that kept its name and changed the length of its vectors."""
    return CorpusError(
        f"现在的向量与索引 {folder} 中的长度不同，请把设置改回，或运行 gongwen ingest --rebuild 重建索引。"
    )


def locked(folder: Path) -> CorpusError:
    """Return the error for an index that another process is writing."""
    return CorpusError(f"另一个程序正在写入索引文件夹 {folder}，请等它结束后再试。")


def unwritable(folder: Path) -> CorpusError:
    """Return the error for a folder that cannot be made, read or written."""
    return CorpusError(
        f"无法读写索引文件夹 {folder}，请检查它的权限与磁盘剩余空间，或用 GONGWEN_DATA 换一个文件夹。"
    )


def explain(folder: Path, message: str) -> CorpusError:
    """Return the error that a vendor's ``message`` stands for."""
    if any(mark in message for mark in LOCKED):
        return locked(folder)
    if any(mark in message for mark in UNWRITABLE):
        return unwritable(folder)
    return other_length(folder) if OTHER_LENGTH in message else broken(folder)


def unreachable(folder: Path, url: str) -> CorpusError:
    """Return the error for a Chroma server that does not answer."""
    return CorpusError(
        f"连接不上 Chroma 服务 {shown_address(url)}（索引 {folder} 的向量在那里），请启动该服务，或检查 GONGWEN_CHROMA_URL。"
    )


def other_place(folder: Path, *, server: bool) -> CorpusError:
    """Return the error for an index whose vectors lie elsewhere than the settings say."""
    where = " Chroma 服务上，请设置 GONGWEN_CHROMA_URL" if server else "本机，请删去设置 GONGWEN_CHROMA_URL"
    return CorpusError(f"索引 {folder} 的向量存放在{where}，或运行 gongwen ingest --rebuild 重建索引。")


@contextmanager
def registry_faults(folder: Path) -> Iterator[None]:
    """Turn SQLite's errors into `CorpusError`."""
    try:
        yield
    except sqlite3.Error as error:
        raise _of_registry(folder, error) from error


def _of_registry(folder: Path, error: sqlite3.Error) -> CorpusError:
    # The low byte of an extended code is the code itself.
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return locked(folder)
    if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
        return unwritable(folder)
    return damaged(folder)


@contextmanager
def folder_faults(folder: Path) -> Iterator[None]:
    """Turn the system's errors into `CorpusError`."""
    try:
        yield
    except OSError as error:
        raise unwritable(folder) from error


@contextmanager
def chroma_faults(folder: Path, url: str | None = None) -> Iterator[None]:
    """Turn Chroma's errors into `CorpusError`, and those of the way to its server at ``url`` if it is at one."""
    from chromadb.errors import ChromaError

    try:
        yield
    except ChromaError as error:
        raise explain(folder, str(error)) from error
    except Exception as error:
        if url is None or not _of_the_way(error):
            raise
        raise unreachable(folder, url) from error


def _of_the_way(error: Exception) -> bool:
    """Tell whether a server could not be reached, or is not a Chroma server."""
    return isinstance(error, ValueError | OSError) or type(error).__module__.partition(".")[0] == "httpx"


@contextmanager
def tantivy_faults(folder: Path) -> Iterator[None]:
    """Turn tantivy's errors into `CorpusError`; it reports a damaged file as a ValueError or a panic."""
    try:
        yield
    except ValueError as error:
        raise explain(folder.parent, str(error)) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise broken(folder.parent) from error
