"""Masking and restoring: exact, stable within a job, whatever the pieces it comes back in."""

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import InputError, SettingsError
from assistant.models.chat import outgoing
from assistant.models.endpoint import chat_endpoint
from assistant.models.masking import Masker, MaskPolicy, Unmasker, mask_policy
from assistant.settings import Settings
from assistant.text.secrecy import refuse_marked
from tests.text.known_entities import made_samples

NOTE = "王芳同志到云岭县财政局，电话13812345678。王芳说，由李建国负责。"
SIGNS = st.one_of(st.characters(), st.sampled_from("〖〗人名单位电话地１12 \u3000张三王芳云岭县局镇公司《》"))
TEXTS = st.one_of(
    st.text(SIGNS, max_size=60),
    st.lists(
        st.sampled_from(
            (
                "王芳同志",
                "云岭县财政局",
                "〖人名1〗",
                "〖单位 2〗",
                "〖待补〗",
                "13812345678",
                "〖",
                "，",
                "\n",
            )
        ),
        max_size=12,
    ).map("".join),
)


def streamed(unmasker: Unmasker, text: str, cuts: list[int]) -> str:
    shown, begin = [], 0
    for cut in cuts:
        shown.append(unmasker.feed(text[begin : begin + cut]))
        begin += cut
    return "".join([*shown, unmasker.feed(text[begin:]), unmasker.flush()])


def test_what_is_masked_is_typed_numbered_and_stable() -> None:
    masked = Masker().mask(NOTE)
    assert masked.text == "〖人名1〗同志到〖单位1〗，电话〖电话1〗。〖人名1〗说，由〖人名2〗负责。"
    first = masked.entities[0]
    assert (first.start, first.end, first.kind, first.text, first.placeholder) == (
        0,
        2,
        "person",
        "王芳",
        "〖人名1〗",
    )


def test_a_job_keeps_its_placeholders_from_text_to_text() -> None:
    masker = Masker()
    masker.mask(NOTE)
    assert (
        masker.mask("请李建国和云岭县财政局核实，周晓明同志配合。").text
        == "请〖人名2〗和〖单位1〗核实，〖人名3〗同志配合。"
    )
    assert Masker().mask("李建国同志").text == "〖人名1〗同志"


def test_what_later_texts_make_known_is_masked_in_the_first() -> None:
    later = "局长曲波同志讲了话。"
    assert Masker().mask("向曲波问过两次。").text == "向曲波问过两次。"
    masker = Masker()
    masker.learn([later])
    assert masker.mask("向曲波问过两次。").text == "向〖人名1〗问过两次。"
    assert masker.mask(later).text == "局长〖人名1〗同志讲了话。"


def test_what_is_found_in_one_text_is_masked_in_all_that_leave_with_it() -> None:
    texts = ["那份材料王芳看过没有", "报告人：王芳"]
    masker = Masker()
    masked = masker.mask_all(texts)
    assert [one.text for one in masked] == ["那份材料〖人名1〗看过没有", "报告人：〖人名1〗"]
    assert [masker.restore(one.text) for one in masked] == texts


@given(TEXTS, st.lists(st.integers(1, 5), max_size=30))
def test_restoring_is_exact_however_the_text_is_cut(text: str, cuts: list[int]) -> None:
    masker = Masker()
    masked = masker.mask(text)
    assert masker.restore(masked.text) == text
    assert streamed(masker.unmasker(), masked.text, cuts) == text


@given(st.lists(TEXTS, max_size=4))
def test_texts_of_one_job_are_all_restored(texts: list[str]) -> None:
    masker = Masker()
    assert [masker.restore(masked.text) for masked in masker.mask_all(texts)] == texts
    assert [masker.restore(masker.mask(text).text) for text in texts] == texts


@given(TEXTS)
def test_entities_lie_in_the_text_and_make_the_masked_text(text: str) -> None:
    masked = Masker().mask(text)
    pieces, last = [], 0
    for entity in masked.entities:
        assert last <= entity.start < entity.end <= len(text)
        assert text[entity.start : entity.end] == entity.text
        pieces += [text[last : entity.start], entity.placeholder]
        last = entity.end
    assert "".join([*pieces, text[last:]]) == masked.text


def test_generated_texts_come_back_and_hold_no_masked_string() -> None:
    chance = random.Random(6)
    for sample in made_samples(120):
        masker = Masker()
        masked = masker.mask(sample.text)
        leaks = [
            entity.text for entity in masked.entities if len(entity.text) > 1 and entity.text in masked.text
        ]
        assert leaks == []
        cuts = [chance.randint(1, 6) for _ in range(40)]
        assert streamed(masker.unmasker(), masked.text, cuts) == sample.text


def test_a_placeholder_that_the_text_brought_is_not_confused_with_ours() -> None:
    text = "〖人名1〗和王芳同志、〖人名2〗"
    masker = Masker()
    masked = masker.mask(text)
    assert masked.text.count("〖人名") == 3
    assert len({entity.placeholder for entity in masked.entities}) == 3
    assert masker.restore(masked.text) == text
    assert Masker().mask("〖待补〗和**局").text == "〖待补〗和**局"


def test_blanks_and_full_width_digits_inside_a_placeholder_are_mended() -> None:
    masker = Masker()
    masker.mask(NOTE)
    assert masker.restore("〖人名 １〗、〖 单位1 〗、〖人名9〗") == "王芳、云岭县财政局、〖人名9〗"


def test_a_stream_shows_text_as_soon_as_it_can() -> None:
    masker = Masker()
    masker.mask(NOTE)
    unmasker = masker.unmasker()
    fed = [unmasker.feed(piece) for piece in ("前文〖", "人", "名1", "〗后", "〖待", "补〗〖单位")]
    assert fed == ["前文", "", "", "王芳后", "〖待", "补〗"]
    assert unmasker.flush() == "〖单位"


@pytest.mark.parametrize(
    ("answer", "missing", "altered", "invented"),
    [
        ("〖人名1〗〖人名2〗〖单位1〗〖电话１〗", (), (), ()),
        ("〖人名1〗〖人名2〗〖单位1〗", ("〖电话1〗",), (), ()),
        ("〖人名1〗〖人名2〗[单位1]〖电话1〗", ("〖单位1〗",), ("[单位1]",), ()),
        ("〖人名1〗〖人名2〗〖单位1）〖电话1〗", ("〖单位1〗",), ("〖单位1）",), ()),
        ("〖人名1〗〖人名2〗单位1〖电话1〗", ("〖单位1〗",), ("单位1",), ()),
        ("〖人名1〗〖人名2〗〖单位1〗〖电话1〗〖单位7〗", (), (), ("〖单位7〗",)),
    ],
)
def test_an_answer_is_held_against_what_was_sent(
    answer: str, missing: tuple[str, ...], altered: tuple[str, ...], invented: tuple[str, ...]
) -> None:
    masker = Masker()
    sent = masker.mask(NOTE).text
    verified = masker.verify(answer, sent=sent)
    assert (verified.missing, verified.altered, verified.invented) == (missing, altered, invented)
    assert verified.is_clean is not bool(missing or altered or invented)


@pytest.mark.parametrize(
    ("mode", "local", "remote"), [("always", True, True), ("remote", False, True), ("never", False, False)]
)
def test_the_policy_tells_endpoints_apart(mode: str, *, local: bool, remote: bool) -> None:
    policy = MaskPolicy(mode)
    assert (policy.applies(local=True), policy.applies(local=False)) == (local, remote)


def test_the_users_names_are_masked_by_the_kind_they_gave(tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_text("# 本单位\n蓝鲸计划 平台\n老槐树\tplace\n\n绿洲工作专班\n张阿四\n", "utf-8")
    policy = mask_policy(Settings(mask_names=names))
    assert policy.names == {
        "蓝鲸计划": "brand",
        "老槐树": "place",
        "绿洲工作专班": "unit",
        "张阿四": "person",
    }
    masked = Masker(policy).mask("绿洲工作专班在老槐树推广蓝鲸计划")
    assert masked.text == "〖单位1〗在〖地名1〗推广〖平台1〗"


@pytest.mark.parametrize("content", [None, "蓝鲸计划 鲸鱼\n"])
def test_a_list_of_names_that_cannot_be_used_is_one_sentence(tmp_path: Path, content: str | None) -> None:
    names = tmp_path / "names.txt"
    if content is not None:
        names.write_text(content, "utf-8")
    with pytest.raises(SettingsError, match="名单"):
        mask_policy(Settings(mask_names=names))


def test_amounts_are_masked_by_choice() -> None:
    text = "投入3500万元，整改12个问题"
    assert Masker().mask(text).text == text
    masker = Masker(mask_policy(Settings(mask_amounts=True)))
    assert masker.mask(text).text == "投入〖数量1〗万元，整改〖数量2〗个问题"


def test_a_marked_text_never_leaves() -> None:
    with pytest.raises(InputError, match="机密★5年"):
        refuse_marked("机密★5年\n关于某事的报告")
    refuse_marked("严守国家秘密")


def test_a_marked_text_goes_to_no_endpoint_elsewhere(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, model="m")
    elsewhere = chat_endpoint(settings.model_copy(update={"base_url": "http://model.example/v1"}))
    here = chat_endpoint(settings.model_copy(update={"base_url": "http://127.0.0.1:9/v1"}))
    assert elsewhere is not None
    assert here is not None
    for masker in (None, Masker()):
        with pytest.raises(InputError, match="机密★5年"):
            outgoing(["学习材料", "机密★5年\n关于某事的报告"], masker, elsewhere)
        assert outgoing(["机密★5年"], masker, here)[0].text == "机密★5年"
