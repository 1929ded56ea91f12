"""Let LibreOffice accept and reject random changes that were marked in the five reports, and compare.

    python eval/tools/tracked_changes.py --subsets 200

The changes are those of offline polishing and some at random, so that spans begin and end inside, between and across runs.
Half of the files have their paragraphs in runs cut at random and formatted differently, half are LibreOffice's own. Needs
LibreOffice with its Basic (package libreoffice-writer of Debian).
"""

import argparse
import io
import random
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from docx import Document

from assistant.documents.reading import read_text
from assistant.documents.word_changes.tracking import Signature, WordChange, track
from assistant.documents.word_import.word_text import read_word
from assistant.settings import Settings
from assistant.workflow.polishing import polish_text
from assistant.writing.changes import Polished

ROOT = Path(__file__).resolve().parent.parent.parent
SIGNATURE = Signature("gongwen", datetime(2025, 3, 1, 9, 30, tzinfo=UTC))
_WORDS = ("学习", "，", "进一步", "12次", "  ", "“", "\t", "有待加强", "ab", "𠮷")


def report_texts() -> list[str]:
    """Return the five reports without blanks at line ends, which a Word file has no use for."""
    return [
        "\n".join(line.strip() for line in read_text(path).split("\n"))
        for path in sorted((ROOT / "corpus").glob("*.txt"))
    ]


def word_file(text: str, chance: random.Random) -> bytes:
    """Return a text as .docx, each paragraph in several runs of different looks."""
    document = Document()
    for line in text.split("\n"):
        paragraph = document.add_paragraph()
        while line:
            length = chance.randint(1, 12)
            run = paragraph.add_run(line[:length])
            run.bold, run.italic = chance.random() < 0.3, chance.random() < 0.2
            run.font.name = chance.choice(("仿宋_GB2312", "黑体", None))
            line = line[length:]
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def polish_changes(text: str) -> list[WordChange]:
    """Return what offline polishing would change."""
    last = [event for event in polish_text(text, Settings()) if isinstance(event, Polished)][-1]
    return [WordChange(change.start, change.end, change.after) for change in last.changes]


def random_changes(text: str, known: Sequence[WordChange], chance: random.Random) -> list[WordChange]:
    """Return a random part of the known changes and some others, none of which touches another."""
    chosen = [change for change in known if chance.random() < 0.5]
    for _ in range(chance.randint(1, 30)):
        start = chance.randrange(len(text))
        end = min(start + chance.choice((0, 0, 1, 2, 5, 20)), len(text))
        after = "".join(chance.choices(_WORDS, k=chance.choice((0, 1, 1, 2))))
        apart = all(end < each.start or each.end < start for each in chosen)
        if apart and "\n" not in text[start : end + 1] and text[max(0, start - 1)] != "\n":
            chosen.append(WordChange(start, end, after))
    return chosen


def applied(text: str, changes: Sequence[WordChange]) -> str:
    """Return the text with changes made."""
    for change in sorted(changes, key=lambda each: each.start, reverse=True):
        text = text[: change.start] + change.after + text[change.end :]
    return text


def write_subsets(folder: Path, count: int, files: Sequence[bytes], seed: int) -> dict[str, tuple[str, str]]:
    """Write files with a random set of changes each; return what accepting and rejecting all should give, by name."""
    chance = random.Random(seed)
    texts = [read_word(data).text for data in files]
    known = [polish_changes(text) for text in texts]
    expected = {}
    for number in range(count):
        place = number % len(files)
        changes = random_changes(texts[place], known[place], chance)
        tracked = track(files[place], changes, SIGNATURE)
        assert tracked.refused == (), tracked.refused
        name = f"{number:04}.docx"
        (folder / name).write_bytes(tracked.data)
        expected[name] = (applied(texts[place], changes), texts[place])
    return expected


def main() -> None:
    """Run all and print how many files came out as expected."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--subsets", type=int, default=200)
    parser.add_argument("--seed", type=int, default=9)
    arguments = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    from tests.office import convert, review
    from tests.word_order import faults

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "own").mkdir()
        files = [word_file(text, random.Random(arguments.seed)) for text in report_texts()]
        for number, data in enumerate(files):
            (folder / f"{number}.docx").write_bytes(data)
        paths = convert(sorted(folder.glob("*.docx")), "odt", folder)
        files += [path.read_bytes() for path in convert(paths, "docx", folder / "own")]
        marked = folder / "marked"
        marked.mkdir()
        started = perf_counter()
        expected = write_subsets(marked, arguments.subsets, files, arguments.seed)
        made = perf_counter()
        out_of_order = {path.name: found for path in marked.iterdir() if (found := faults(path.read_bytes()))}
        settled = review(marked)
        print(f"写入修订 {made - started:.1f} 秒，LibreOffice 接受、拒绝 {perf_counter() - made:.1f} 秒")
    for place, what in enumerate(("全部接受", "全部拒绝")):
        right = sum(settled[name][place] == texts[place] for name, texts in expected.items())
        print(f"{what}：{right}/{len(expected)} 与预期逐字相同")
    print(f"次序不合的文件：{len(out_of_order)}")


if __name__ == "__main__":
    main()
