"""Section templates and prompt files: the shipped ones, one more, and faulty ones."""

import shutil
from collections.abc import Callable
from pathlib import Path
from string import Template

import pytest

from assistant.errors import InputError, SettingsError
from assistant.types import Note, Role
from assistant.writing.offline import join, write_section
from assistant.writing.prompt_files import Front, fill, read_prompt
from assistant.writing.templates import find_template, load_templates
from assistant.writing.topics import load_families
from tests.conftest import ROOT

PROMPTS = ROOT / "prompts"
SECTIONS = PROMPTS / "sections"
Change = Callable[[str], str]


@pytest.fixture
def prompts(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PROMPTS, tmp_path / "prompts"))


def faulty(path: Path, old: str, new: str) -> str:
    """Write the file with a change and return what loading says of it."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(SettingsError) as caught:
        load_templates(path.parent)
    message = str(caught.value)
    assert message.endswith("。")
    assert message.count("。") == 1
    assert path.name in message
    return message


def test_the_five_section_kinds_are_there() -> None:
    assert load_templates().keys() == {"problems", "work", "plan", "lead", "closing"}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("problems", "problems"),
        ("存在的问题", "problems"),
        (" 问题和不足 ", "problems"),
        ("主要工作", "work"),
        ("下一步打算", "plan"),
        ("下步打算", "plan"),
        ("前言", "lead"),
        ("结尾", "closing"),
    ],
)
def test_a_section_is_found_by_name_title_or_alias(name: str, kind: str) -> None:
    assert find_template(name, load_templates()).front.name == kind


def test_an_unknown_section_lists_the_known() -> None:
    with pytest.raises(InputError) as caught:
        find_template("经验做法", load_templates())
    message = str(caught.value)
    assert "“经验做法”" in message
    assert all(f"{name}（{template.front.title}）" in message for name, template in load_templates().items())
    assert message.count("。") == 1


def test_no_two_sections_go_by_the_same_name() -> None:
    fronts = [template.front for template in load_templates().values()]
    names = [name for front in fronts for name in {front.name, front.title, *front.aliases}]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", ["problems", "work", "plan", "lead", "closing"])
def test_a_task_has_no_hole_left(name: str) -> None:
    template = load_templates()[name]
    least, most = template.front.length
    task = template.task()
    assert "$" not in task
    assert f"{least} 至 {most} 字" in task
    assert template.front.title in task
    assert template.front.structure in task


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("aliases =", "alias =", "alias"),
        ('form = "items"', 'form = "list"', "form"),
        ('role = "problems"', 'role = "problem"', "role"),
        ("length = [120, 800]", "length = [120]", "length"),
        ('kind = "single"', 'kind = "one"', ".kind"),
        ('title = "存在的问题"\n', "", "title"),
        ('"least", "most"]', '"least", "most", "tone"]', "$tone"),
        ('"least", "most"]', '"least"]', "$most"),
        ("请起草“$title”一节", "请起草“$titel”一节", "$titel"),
        ("${when}${who}各项工作有序推进", "${when}${whom}各项工作有序推进", "$whom"),
        ('"structure", "least"', '"structure" "least"', "problems.md"),
        ("+++\n请起草", "请起草", "+++"),
    ],
)
def test_a_fault_names_file_and_key(prompts: Path, old: str, new: str, named: str) -> None:
    assert named in faulty(prompts / "sections" / "problems.md", old, new)


def test_a_section_of_items_needs_its_openings(prompts: Path) -> None:
    path = prompts / "sections" / "problems.md"
    assert "single" in faulty(path, 'kind = "single"', 'kind = "general"')


def test_a_final_unless_that_is_no_expression_is_named(prompts: Path) -> None:
    assert "final_unless" in faulty(
        prompts / "sections" / "closing.md", 'final_unless = "', 'final_unless = "('
    )


def test_a_file_that_is_not_utf8_is_named(prompts: Path) -> None:
    path = prompts / "sections" / "plan.md"
    path.write_bytes(path.read_text("utf-8").encode("gb18030"))
    with pytest.raises(SettingsError, match=r"plan\.md.*UTF-8"):
        load_templates(path.parent)


def test_a_folder_without_templates_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="没有小节模板"):
        load_templates(tmp_path)


def test_a_new_section_kind_is_a_new_file(prompts: Path) -> None:
    (prompts / "sections" / "experience.md").write_text(
        "+++\n"
        'name = "experience"\ntitle = "经验做法"\naliases = ["经验"]\nrole = "work"\nlength = [50, 500]\n'
        'holes = ["title"]\nform = "items"\nstructure = "分项写"\nendings = ["做法"]\n'
        '[[openings]]\nkind = "general"\ntext = "${when}${who}形成了以下做法："\n'
        '[[openings]]\nkind = "single"\ntext = "${who}的做法是："\n'
        "+++\n请起草“$title”一节。\n",
        "utf-8",
    )
    template = find_template("经验", load_templates(prompts / "sections"))
    assert template.task() == "请起草“经验做法”一节。"
    assert template.front.role is Role.WORK
    notes = [Note("n1", "推行联合检查"), Note("n2", "用好身边案例")]
    text, _ = join(write_section(template, notes, families=load_families(), unit="市林业局", year=2024))
    assert text.startswith("2024年，市林业局形成了以下做法：一是推行联合检查。二是用好身边案例。")


def test_system_and_user_prompts_declare_what_they_use() -> None:
    _, system = read_prompt(PROMPTS / "system.md", Front)
    front, user = read_prompt(PROMPTS / "user.md", Front)
    assert system.get_identifiers() == []
    assert set(user.get_identifiers()) == set(front.holes)


def test_a_hole_that_nobody_fills_is_named() -> None:
    with pytest.raises(SettingsError, match=r"\$notes"):
        fill(Template("$notes"), {})
