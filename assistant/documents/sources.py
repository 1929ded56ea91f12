"""Folders and zip archives as a stream of files, each of which reads itself."""

import os
import stat
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from assistant.documents.archives import ARCHIVE, Entry, archive_files
from assistant.documents.limits import most_bytes, read_file
from assistant.documents.names import SIDECAR, is_beside_the_point, readable_name
from assistant.documents.reading import SUFFIXES, read_data, read_text
from assistant.documents.sidecar import Record, parse_sidecar
from assistant.errors import InputError

_LINK = "文件夹链接"
_NO_SUFFIX = "无扩展名"


@dataclass(frozen=True, slots=True)
class Source:
    """A file by the name that users see, and what a sidecar says of it.

    ``read`` gives its text and raises `InputError`; one inside an archive must be read before the next is asked for.
    """

    name: str
    read: Callable[[], str]
    record: Record | None = None


@dataclass(slots=True)
class Survey:
    """What lies at some paths: how many files there are to read, and how many of which suffix are left out."""

    total: int = 0
    skipped: Counter[str] = field(default_factory=Counter)


def survey(paths: Sequence[Path]) -> Survey:
    """Count what `sources` will give. A path that does not exist, or holds no report, is an `InputError`."""
    found = Survey()
    for path in paths:
        before = found.total
        found.total += sum(1 for _ in sources([path], skipped=found.skipped))
        if found.total == before:
            kinds = "、".join(SUFFIXES)
            raise InputError(f"文件夹“{path}”里没有 {kinds} 报告，请放入报告或换一个文件夹。")
    return found


def sources(paths: Sequence[Path], *, skipped: Counter[str] | None = None) -> Iterator[Source]:
    """Yield the files at the paths in order of name: a file itself, those in a folder and below, those in archives.

    Names are relative to the folder given, and go on inside an archive: ``旧稿.zip/2024/总结.txt``. A file that was named
    is read whatever its suffix. ``skipped`` counts what a folder holds besides. Raises `InputError` for a path
    that does not exist.
    """
    for path in paths:
        if not path.exists():
            raise InputError(f"找不到“{path}”，请检查路径是否正确。")
        if path.is_dir():
            yield from _folder(path, Counter() if skipped is None else skipped)
        elif path.suffix.lower() == ARCHIVE:
            yield from _archive(path, readable_name(path.name), {}, Counter() if skipped is None else skipped)
        else:
            yield Source(readable_name(path.name), partial(read_text, path))


def _folder(folder: Path, skipped: Counter[str]) -> Iterator[Source]:
    records: dict[str, Record] = {}
    used: set[str] = set()
    sidecar = folder / SIDECAR
    if sidecar.is_file():
        records, refused = _records(partial(read_file, sidecar, most=most_bytes(".json")), SIDECAR)
        yield from refused
    for path, fault in _walk(folder):
        name = readable_name(path.relative_to(folder).as_posix())
        if fault:
            yield _refused(name, fault)
            continue
        for source in _file(path, name, records, skipped):
            used.add(source.name)
            yield source
    yield from _unused(SIDECAR, records, used)


def _records(read: Callable[[], bytes], name: str) -> tuple[dict[str, Record], list[Source]]:
    """Return the records of a sidecar by the names that their files have as sources, and why there are none."""
    try:
        records = parse_sidecar(read(), name=name)
    except (OSError, InputError) as error:
        return {}, [_refused(name, error)]
    return {f"{name.removesuffix(SIDECAR)}{file}": record for file, record in records.items()}, []


def _unused(name: str, records: dict[str, Record], used: set[str]) -> Iterator[Source]:
    """Yield the complaint about a sidecar's record of a file that is not there."""
    if unused := sorted(records.keys() - used):
        file = unused[0].removeprefix(name.removesuffix(SIDECAR))
        where = "压缩包" if name != SIDECAR else "文件夹"
        yield _refused(name, InputError(f"“{name}”所列的“{file}”不在{where}里，请改正 file 的值。"))


def _file(path: Path, name: str, records: dict[str, Record], skipped: Counter[str]) -> Iterator[Source]:
    suffix = path.suffix.lower()
    if suffix == ARCHIVE:
        yield from _archive(path, name, records, skipped)
    elif suffix in SUFFIXES:
        yield Source(name, partial(read_text, path), records.get(name))
    else:
        skipped[_LINK if path.is_dir() else suffix or _NO_SUFFIX] += 1


def _archive(path: Path, name: str, records: dict[str, Record], skipped: Counter[str]) -> Iterator[Source]:
    """Yield the files of an archive. What ``records``, from beside it, say of one counts before its own sidecar."""
    own: dict[str, Record] = {}
    used: set[str] = set()
    sidecar = ""
    for entry in archive_files(path, name, skipped):
        inner = f"{name}/{entry.name}" if entry.name else name
        if entry.is_sidecar:
            own, refused = _records(entry.read, sidecar := inner)
            yield from refused
            continue
        used.add(inner)
        yield Source(inner, partial(_entry_text, entry), records.get(inner, own.get(inner)))
    yield from _unused(sidecar, own, used)


def _entry_text(entry: Entry) -> str:
    return read_data(entry.read(), name=entry.name)


def _refused(name: str, error: Exception) -> Source:
    """Return a source that cannot be read, and says why when it is asked to."""

    def read() -> str:
        if isinstance(error, OSError):
            raise InputError(f"无法读取“{name}”（{error.strerror}），请检查权限后重试。") from error
        raise error

    return Source(name, read)


def _walk(folder: Path) -> Iterator[tuple[Path, OSError | None]]:
    """Yield files and links to folders, or a folder that cannot be listed with its error; in order, however deep.

    Links to folders are not followed: one that leads upwards would never end.
    """
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        try:
            if path is not folder and not stat.S_ISDIR(os.lstat(path).st_mode):
                yield path, None
                continue
            with os.scandir(path) as listed:
                names = sorted((entry.name for entry in listed), reverse=True)
        except OSError as error:
            yield path, error
        else:
            waiting += [path / name for name in names if not is_beside_the_point(name)]
