from assistant.retrieval.folding import fold
from assistant.types import Hit, Passage, Role

TEXT = "深入推进农村人居环境整治，新建改建农村户厕1200座。"


def hit(report: str, text: str) -> Hit:
    return Hit(
        Passage(f"{report}-{text[:3]}", report, report, Role.WORK, (), 0, len(text), text), 1.0, ("lexical",)
    )


def reports(hits: list[Hit]) -> list[str]:
    return [each.passage.report for each in hits]


def test_the_worse_of_two_that_say_the_same_is_left_out() -> None:
    hits = [hit("a", TEXT), hit("b", TEXT.replace("1200", "1300")), hit("b", "基层干部业务能力有待加强。")]
    assert reports(fold(hits, near={"b"})) == ["a", "b"]
    assert reports(fold(hits[::-1], near={"b"})) == ["b", "b"]


def test_reports_that_are_not_nearly_the_same_keep_their_own_words() -> None:
    hits = [hit("a", TEXT), hit("b", TEXT), hit("c", TEXT)]
    assert reports(fold(hits, near=set())) == ["a", "b", "c"]
    assert reports(fold(hits, near={"c"})) == ["a", "b"]
