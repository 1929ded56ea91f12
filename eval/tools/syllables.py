"""Write the table of syllables that the phrase check reads.

Run where pypinyin is installed (it is no dependency of ours):
``python eval/tools/syllables.py > assistant/checks/lexicon/syllables.txt``. The characters are those of GB 2312; their
readings are facts that pypinyin (MIT) takes from Unihan (Unicode licence). Tones are left out.
"""

import importlib
from collections import defaultdict


def characters() -> list[str]:
    """Return the 6,763 characters of GB 2312."""
    rows = [bytes((high, low)) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF)]
    return [char for row in rows if (char := row.decode("gb2312", "ignore"))]


def main() -> None:
    """Print a line for each syllable: the syllable, then the characters that may be read so."""
    pypinyin = importlib.import_module("pypinyin")
    found: dict[str, set[str]] = defaultdict(set)
    for char in characters():
        readings = pypinyin.pinyin(char, style=pypinyin.Style.NORMAL, heteronym=True, v_to_u=True)[0]
        for reading in readings:
            found[reading.replace("ê", "e")].add(char)
    print("# 音节（不计声调）和可以这样读的 GB 2312 汉字；由 eval/tools/syllables.py 从 pypinyin 0.55（MIT，")
    print("# 读音出自 Unihan，Unicode 许可）生成，不要手改。")
    for syllable in sorted(found):
        print(syllable, "".join(sorted(found[syllable])))


if __name__ == "__main__":
    main()
