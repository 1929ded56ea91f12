"""Which notes may hold a stretch does not hang on the order in which its facts come, which differs from run to run."""

from itertools import permutations

from assistant.checks.grounds import Grounds
from assistant.checks.likeness import content
from tests.checks.samples import numbered


def test_notes_that_share_as_much_come_in_one_order() -> None:
    grounds = Grounds(numbered("谈话43人次", "走访12户", "检查5家", "培训7次"))
    keys = [key for ground in grounds.all for key in ground.keys]
    orders = {tuple(grounds.candidates(content("完成"), order)) for order in permutations(keys)}
    assert len(keys) == 4
    assert len(orders) == 1
