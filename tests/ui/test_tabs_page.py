"""The tabs besides 起草, in a real browser, end to end."""

import re
import shutil
import zipfile
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests import endpoint as play
from tests.endpoint import KEY
from tests.ui.conftest import NARROW, MakeVisitor, Visitor
from tests.ui.looking import assert_in_order
from tests.ui.serving import Server, Stage
from tests.workflow.conftest import REPORTS

ROUGH = (
    "大家都没去开会，搞了12次活动,花了3万元。\n<img src=x onerror=alert>这事没人管，${x}{{x}}。\n"
    + "长" * 400
)
WRONG = "我局贯彻意识形工作要求，截止目前，按装设备12台。<script>alert(1)</script>\n会议于2月30日召开。"
DRAFT = (
    "一是理论学习抓得不够紧，集中学习仅16次。二是责任书签订后无人检查，谈话43人次。<b>三是</b>减负有差距。"
)
REFERENCE = "一是理论学习抓得不够紧，集中学习仅6次。二是责任书签订后无人检查，谈话43人次。三是作风漂浮。"


# A browser with much to do: its frames, and what it asks the server, are late.
BUSY = """() => {
  const ask = window.fetch;
  window.fetch = async (...request) => { await new Promise((done) => setTimeout(done, 1500)); return ask(...request); };
  window.requestAnimationFrame = (draw) => setTimeout(() => draw(performance.now()), 300);
}"""
FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done))))"


def open_tab(visitor: Visitor, server: Server, title: str) -> Page:
    visitor.open(server)
    visitor.page.get_by_role("tab", name=title).click()
    return visitor.page


def text_of(place: Locator) -> str:
    return place.evaluate("node => node.textContent")  # type: ignore[no-any-return]


def test_changes_are_refused_taken_and_kept(server: Server, visitor: Visitor) -> None:
    page = open_tab(visitor, server, "润色")
    view = page.locator("#polish-view")
    page.get_by_label("原文").fill(ROUGH)
    page.locator("#polish-go").click()
    changes = view.locator(".paper .change")
    expect(changes.first).to_be_visible()
    assert_in_order(page)
    everything = changes.count()
    changes.first.focus()
    page.keyboard.press("Enter")
    expect(view.locator(".paper .change.off")).to_have_count(1)
    changes.first.click()
    expect(view.locator(".paper .change.off")).to_have_count(0)
    view.locator(".panel", has_text="标点").get_by_role("button", name="不用").click()
    expect(view).to_contain_text(f"采用{everything - 1}处，共{everything}处")
    view.get_by_role("button", name="看改后全文").click()
    result = text_of(view.locator(".paper.result"))
    assert "开展了12次活动,花了3万元" in result
    assert "<img src=x onerror=alert>" in result
    with page.expect_download() as arriving:
        view.get_by_role("button", name="下载 .txt").click()
    assert Path(arriving.value.path()).read_text("utf-8").strip() == result.strip()
    page.reload()
    page.get_by_role("tab", name="润色").click()
    expect(view.locator(".paper .change.off")).to_have_count(1)
    expect(page.get_by_label("原文")).to_have_value(ROUGH)


def test_what_a_model_has_done_is_seen_before_the_end_and_stays_when_stopped(
    stage: Stage, visitor: Visitor
) -> None:
    stage.play(play.ok("全体人员均未参加会议，开展12次活动。"), play.paused("此事", "无人管理。"))
    page = open_tab(visitor, stage.server, "润色")
    view = page.locator("#polish-view")
    page.get_by_label("原文").fill("大家都没去开会，搞了12次活动。\n这事没人管。")
    page.locator("#polish-go").click()
    expect(view.locator(".writing .now")).to_contain_text("此事")
    expect(view.locator("ins").first).to_contain_text("全体人员")
    page.locator("#polish-stop").click()
    expect(view.locator(".status")).to_contain_text("已停止")
    assert text_of(view.locator(".paper.result")) == "全体人员均未参加会议，开展12次活动。\n这事没人管。"
    expect(view.locator(".ai-label")).to_contain_text("人工智能")
    page.reload()
    page.get_by_role("tab", name="润色").click()
    expect(view.locator("ins").first).to_be_visible()


def test_findings_lead_to_their_places_and_are_mended(server: Server, visitor: Visitor) -> None:
    page = open_tab(visitor, server, "校对")
    view, text = page.locator("#check-view"), page.get_by_label("文稿", exact=True)
    text.fill(WRONG)
    page.get_by_role("button", name="对照要点核对").click()
    page.get_by_label("对照的要点").fill("设备12台")
    page.get_by_role("button", name="对照要点核对").click()
    page.locator("#check-go").click()
    expect(view.locator(".mending")).to_be_visible()
    assert_in_order(page)
    view.locator(".mending .go", has_text="日期不存在").click()
    expect(view.locator(".paper mark.flash")).to_contain_text("2月30日")
    view.locator(".mending li", has_text="安装").get_by_role("button", name="改：").click()
    expect(text).to_have_value(WRONG.replace("按装", "安装"))
    view.get_by_role("button", name="改正有把握的").click()
    expect(view.locator(".status")).to_contain_text("已改正")
    mended = WRONG.replace("按装", "安装").replace("意识形工作", "意识形态工作").replace("截止", "截至")
    expect(text).to_have_value(mended)
    assert text_of(view.locator(".paper")) == mended
    page.reload()
    page.get_by_role("tab", name="校对").click()
    expect(text).to_have_value(mended)
    text.fill("按装设备12台。")
    page.locator("#check-go").click()
    expect(view.locator(".paper")).to_have_text(re.compile("^按装"))
    expect(view.locator(".panel", has=page.locator(".notes"))).to_contain_text("1/1 写到")


def test_a_word_file_is_checked(server: Server, visitor: Visitor, tmp_path: Path) -> None:
    from docx import Document

    document = Document()
    document.add_paragraph("截止目前，完成投资。")
    document.save(str(tmp_path / "稿.docx"))
    page = open_tab(visitor, server, "校对")
    page.locator("#check-go").click()
    expect(page.locator(".toast-body")).to_contain_text("没有要校对的文字")
    page.locator("input[type=file]:visible, .drop input[type=file]").last.set_input_files(
        tmp_path / "稿.docx"
    )
    expect(page.get_by_label("文稿", exact=True)).to_have_value("截止目前，完成投资。")


def test_reports_are_brought_in_found_read_and_removed(
    stage: Stage, make_visitor: MakeVisitor, tmp_path: Path
) -> None:
    first, other = tmp_path / "《总结》（<b>定稿</b>）.txt".replace("/", "∕"), tmp_path / "旧稿.zip"
    shutil.copy(REPORTS[0], first)
    with zipfile.ZipFile(other, "w") as packed:
        packed.write(REPORTS[1], "甲.txt")
        packed.writestr("空.txt", " ")
    visitor = make_visitor()
    page = open_tab(visitor, stage.server, "语料")
    view = page.locator("#corpus-view")
    expect(view).to_contain_text("所有使用者共用")
    page.locator("input[type=file]").last.set_input_files([first, other])
    expect(view).to_contain_text("共3篇：新增2篇，失败1篇。")
    expect(view.locator(".results li", has_text="空.txt")).to_contain_text("是空文件")
    view.get_by_role("button", name="全部旧稿").click()
    expect(view.locator(".reports .open").first).to_contain_text("（<b>定稿<∕b>）")
    assert_in_order(page)
    page.get_by_label("检索", exact=True).fill("理论学习")
    page.get_by_label("角色").click()
    page.get_by_role("option", name="主要工作").click()
    page.locator("#corpus-go").click()
    expect(view.locator("mark.hit").first).to_contain_text("学习")
    assert set(view.locator(".hits .role").all_inner_texts()) == {"主要工作"}
    assert_in_order(page)
    view.locator(".hits .open").first.click()
    expect(view.locator("mark.sought").first).to_be_in_viewport()
    assert_in_order(page)
    view.get_by_role("button", name="返回").click()
    view.get_by_role("button", name="全部旧稿").click()
    view.get_by_role("button", name="移除“旧稿.zip/甲.txt”", exact=True).click()
    expect(view.get_by_role("button", name="不移除")).to_be_visible()
    view.get_by_role("button", name="确定移除“旧稿.zip/甲.txt”").click()
    expect(view.locator(".status")).to_contain_text("已移除“旧稿.zip/甲.txt”")
    other_page = open_tab(make_visitor(size=NARROW), stage.server, "语料")
    expect(other_page.locator("#corpus-view .reports .open")).to_have_count(1)


def test_a_draft_is_held_against_a_reference(server: Server, visitor: Visitor) -> None:
    page = open_tab(visitor, server, "评测")
    page.get_by_label("草稿", exact=True).fill(DRAFT)
    page.get_by_label("参考稿的文字").fill(REFERENCE)
    page.locator("#evaluate-go").click()
    frame = page.frame_locator("#evaluate-view iframe")
    expect(frame.locator(".lede")).to_contain_text("说法不一1处")
    expect(frame.locator("body")).to_contain_text("<b>三是</b>减负有差距")
    frame.locator("a.number").first.click()
    expect(frame.locator(".piece:target")).to_have_count(1)
    is_whole = "node.clientHeight >= node.contentDocument.documentElement.scrollHeight"
    page.wait_for_function(f"(node => {is_whole})(document.querySelector('#evaluate-view iframe'))")
    with page.expect_download() as arriving:
        page.get_by_role("button", name="下载网页").click()
    assert "说法不一1处" in Path(arriving.value.path()).read_text("utf-8")
    assert_in_order(page)


def test_what_is_typed_while_a_tab_is_being_built_stays(server: Server, visitor: Visitor) -> None:
    visitor.open(server)
    page = visitor.page
    page.evaluate(BUSY)
    page.get_by_role("tab", name="评测").click()
    boxes = page.get_by_label("草稿", exact=True), page.get_by_label("参考稿的文字")
    for box in boxes:
        box.fill(DRAFT)
    page.wait_for_function("window.gongwenUnsent.opened.has('tab-3')")
    page.evaluate(FRAMES)
    assert [box.input_value() for box in boxes] == [DRAFT, DRAFT]


def test_the_state_and_what_would_be_sent_are_shown_and_no_key(
    stage: Stage, make_visitor: MakeVisitor
) -> None:
    visitor = make_visitor()
    visitor.open(stage.server)
    visitor.page.get_by_label("要点", exact=True).fill("张伟同志谈话43人次")
    visitor.page.keyboard.press("Tab")
    page = visitor.page
    page.get_by_role("tab", name="设置与状态").click()
    view = page.locator("#status-view")
    expect(view.get_by_role("button", name="重新检查")).to_be_visible()
    expect(view.locator(".condition", has_text="对话模型")).to_contain_text(stage.endpoint.url)
    expect(view.locator(".condition", has_text="遮盖")).to_contain_text("一律遮盖")
    page.get_by_label("试一段文字").fill("张伟同志（电话13812345678）<b>讲话</b>")
    page.locator("#status-go").click()
    expect(view.locator(".message-text")).to_contain_text("〖人名1〗同志（电话〖电话1〗）<b>讲话</b>")
    assert_in_order(page)
    page.locator("#status-draft").click()
    expect(view.locator(".message-text").last).to_contain_text("〖人名1〗同志谈话43人次")
    assert KEY not in page.content()
    assert KEY not in page.request.get(f"{stage.server.address}config").text()
