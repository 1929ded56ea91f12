"""Topic families and the topic sentences of the templates."""

import re
import tomllib
from pathlib import Path

import pytest

from assistant.errors import SettingsError
from assistant.writing.templates import load_templates
from assistant.writing.topics import family_of, load_families
from tests.conftest import ROOT


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('["理论学习"]\nparty = true\nkeys = ["("]\n', "理论学习"),
        ('["理论学习"]\nparty = true\nkey = ["学"]\n', "keys"),
        ('["理论学习"]\nparty = true\nkeys = ["学"]\nweight = 2\n', "weight"),
        ('["理论学习"]\nkeys = ["学"]\n', "party"),
        ("[理论学习]\n", "topics.toml"),
    ],
)
def test_a_faulty_topic_is_named(tmp_path: Path, text: str, named: str) -> None:
    path = tmp_path / "topics.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(SettingsError, match=named) as caught:
        load_families(path)
    assert "topics.toml" in str(caught.value)


def test_topics_of_templates_and_families_are_the_same() -> None:
    families = {family.name for family in load_families()}
    for template in load_templates().values():
        if template.front.topics:
            assert set(template.front.topics) == families, template.front.name


def test_every_family_is_reached_by_a_key_of_its_own() -> None:
    records = tomllib.loads((ROOT / "prompts" / "topics.toml").read_text("utf-8"))
    plain = {
        name: [key for key in record["keys"] if re.fullmatch("[\u4e00-\u9fff]+", key)]
        for name, record in records.items()
    }
    families = load_families()
    for name, keys in plain.items():
        reached = [found.name for key in keys if (found := family_of(key, families))]
        assert name in reached, name


def test_a_note_without_a_key_has_no_family() -> None:
    assert family_of("档案室漏水", load_families()) is None


@pytest.mark.parametrize("name", ["problems", "work", "plan"])
def test_topic_sentences_differ(name: str) -> None:
    sentences = [topic for topics in load_templates()[name].front.topics.values() for topic in topics]
    assert len(sentences) == len(set(sentences))
    assert not [topic for topic in sentences if re.search(r"\d|[《“]", topic)]
