"""Drafting without a model, in a real browser, end to end."""

from pathlib import Path

from playwright.sync_api import expect

from tests.ui.conftest import PAPER, MakeVisitor, Visitor
from tests.ui.looking import assert_in_order
from tests.ui.serving import Server

NOTES = "理论学习抓得不够紧，集中学习只有6次\n责任书签了没人查，谈话43人次\n<img src=x onerror=alert>基层减负`还有`差距"


def fill_and_draft(visitor: Visitor, notes: str = NOTES) -> None:
    visitor.page.get_by_label("要点", exact=True).fill(notes)
    visitor.page.locator("#draft-go").click()
    expect(visitor.page.locator(".bench .tools")).to_be_visible()


def paper_text(visitor: Visitor) -> str:
    return visitor.page.locator(PAPER).evaluate("node => node.textContent")  # type: ignore[no-any-return]


def test_a_draft_stands_beside_its_grounds(server: Server, visitor: Visitor) -> None:
    visitor.open(server)
    visitor.page.get_by_label("单位").fill("局党组")
    fill_and_draft(visitor)
    assert "局党组" in paper_text(visitor)
    page = visitor.page
    page.locator(f"{PAPER} .s", has_text="43人次").click()
    expect(page.locator(".notes .lit")).to_have_count(1)
    expect(page.locator(".notes .lit")).to_contain_text("责任书签了没人查")
    expect(page.locator(".grounds")).to_contain_text("依据要点2")
    expect(page.get_by_role("button", name="重写", exact=True)).to_be_disabled()
    expect(page.locator(".panel.selected")).to_contain_text("没有设置模型")
    expect(page.locator(".notes .state.covered")).to_have_count(3)
    expect(page.locator(".ai-label")).to_contain_text("未使用人工智能模型")


def test_markup_of_a_visitor_is_text(server: Server, visitor: Visitor) -> None:
    visitor.open(server)
    fill_and_draft(visitor, NOTES + "\n${alert}{{this}}</textarea><script>alert(1)</script>" + "长" * 600)
    page = visitor.page
    assert "<img src=x onerror=alert>" in paper_text(visitor)
    assert "${alert}{{this}}" in page.locator(".bench").inner_text()
    expect(page.locator(".bench img, .bench script")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_work_is_there_after_a_reload_and_an_earlier_version_comes_back(
    server: Server, visitor: Visitor
) -> None:
    visitor.open(server)
    fill_and_draft(visitor)
    before = paper_text(visitor)
    page = visitor.page
    page.locator(PAPER).click()
    page.keyboard.press("Control+End")
    page.keyboard.insert_text("新写的一句。")
    page.reload()
    expect(page.locator(PAPER)).to_contain_text("新写的一句。")
    expect(page.get_by_label("要点", exact=True)).to_have_value(NOTES)
    page.locator(".panel summary", has_text="稿次").click()
    page.locator("[data-act=restore]").last.click()
    expect(page.locator(".status")).to_contain_text("已恢复")
    assert paper_text(visitor) == before
    page.locator(".panel summary", has_text="稿次").click()
    expect(page.locator(".versions")).to_contain_text("恢复之前")


def test_who_types_before_the_page_has_come_keeps_what_he_typed(server: Server, visitor: Visitor) -> None:
    visitor.open(server)
    notes = visitor.page.get_by_label("要点", exact=True)
    notes.fill("以前的要点")
    visitor.page.wait_for_function("sessionStorage.getItem('gongwen-unsent') === '{}'")
    visitor.page.reload(wait_until="commit")
    notes.fill("抢先写的要点")
    expect(visitor.page.locator(".bench")).to_be_visible()
    visitor.page.wait_for_function("sessionStorage.getItem('gongwen-unsent') === '{}'")
    assert notes.input_value() == "抢先写的要点"


def test_two_visitors_do_not_see_each_other(server: Server, make_visitor: MakeVisitor) -> None:
    one, other = make_visitor(), make_visitor()
    one.open(server)
    fill_and_draft(one, "甲单位的要点")
    other.open(server)
    expect(other.page.locator(".welcome")).to_be_visible()
    expect(other.page.get_by_label("要点", exact=True)).to_have_value("")
    fill_and_draft(other, "乙单位的要点")
    one.page.reload()
    expect(one.page.locator(PAPER)).to_contain_text("甲单位")
    assert "乙单位" not in one.page.content()


def test_a_file_becomes_notes(server: Server, visitor: Visitor, tmp_path: Path) -> None:
    (tmp_path / "要点.md").write_text("- 文件里的要点\n", "utf-8")
    (tmp_path / "坏.md").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    visitor.open(server)
    page, notes = visitor.page, visitor.page.get_by_label("要点", exact=True)
    notes.fill("先写的要点")
    page.locator("input[type=file]").set_input_files(tmp_path / "要点.md")
    expect(notes).to_have_value("先写的要点\n- 文件里的要点")
    page.locator("input[type=file]").set_input_files(tmp_path / "坏.md")
    expect(page.get_by_test_id("toast-body")).to_contain_text("不是文本文件")
    expect(notes).to_have_value("先写的要点\n- 文件里的要点")
    left = [path for path in (server.data / "uploads").rglob("*") if path.is_file() and path.stat().st_size]
    assert left == []


def test_what_cannot_be_done_is_one_sentence(server: Server, visitor: Visitor, tmp_path: Path) -> None:
    (tmp_path / "大文件.txt").write_bytes(b"x" * 50_000_001)
    visitor.open(server)
    visitor.page.locator("input[type=file]").set_input_files(tmp_path / "大文件.txt")
    expect(visitor.page.locator(".page-alert")).to_contain_text("“大文件.txt”超过50MB")
    visitor.page.locator("#draft-go").click()
    expect(visitor.page.locator(".alert")).to_contain_text("没有要点")
    expect(visitor.page.locator("#draft-go")).to_be_enabled()
    assert visitor.page.get_by_label("要点", exact=True).input_value() == ""


def test_the_text_is_copied_and_downloaded_with_its_label(server: Server, visitor: Visitor) -> None:
    visitor.open(server)
    visitor.page.get_by_label("单位").fill("局/党组")
    fill_and_draft(visitor)
    page, text = visitor.page, paper_text(visitor)
    page.get_by_role("button", name="复制").click()
    page.wait_for_function(
        "text => navigator.clipboard.readText().then((copied) => copied === text)", arg=text
    )
    for kind in ("md", "txt"):
        with page.expect_download() as arriving:
            page.get_by_role("button", name=f"下载 .{kind}").click()
        assert arriving.value.suggested_filename == f"局_党组存在的问题.{kind}"
        written = Path(arriving.value.path()).read_text("utf-8")
        assert text in written
        assert "未使用人工智能模型" in written.splitlines()[0]


def test_an_edit_is_checked_and_a_finding_leads_to_its_place(server: Server, visitor: Visitor) -> None:
    visitor.open(server)
    fill_and_draft(visitor)
    page = visitor.page
    page.locator(PAPER).click()
    page.keyboard.press("Control+End")
    page.keyboard.insert_text("全年印发文件312份。")
    expect(page.locator(".changed-note")).to_contain_text("还没有重新检查")
    page.get_by_role("button", name="重新检查").click()
    expect(page.locator(f"{PAPER} mark.unsupported", has_text="312份").last).to_be_visible()
    expect(page.locator(".legend")).to_contain_text("没有出处")
    page.locator(".findings button", has_text="“312份”").click()
    expect(page.locator(f"{PAPER} mark.flash")).to_contain_text("312份")
    expect(page.get_by_role("button", name="选择文件").first).to_be_visible()
    assert_in_order(page)
