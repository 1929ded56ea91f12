"""Effects and impressions that a draft claims and no note speaks of: 引发群众上访, 创历史最好成绩."""

import re

from assistant.checks.grounds import Ground
from assistant.checks.likeness import content, held_share
from assistant.checks.support import Rest

EFFECT = re.compile(
    r"(?:明显|显著|稳步|不断|持续|进一步|有效|大幅|全面|逐步|切实|大为|极大|普遍)(?:地|得到)?(?:提升|提高|增强|改善|改观|好转|完善|优化|巩固|加强|延伸|向好|规范|进步|彰显|遏制)$"
    r"|(?:受到|赢得|获得|得到|博得).{0,14}(?:好评|认可|肯定|赞誉|称赞|欢迎|解决|提升|加强|改善|支持|表扬)|形成.{0,20}(?:格局|局面|氛围|震慑|合力|声势|体系)$"
    r"|深受.{0,8}|位居.{0,8}|走在.{0,8}前列|(?:效果|成效|成果|反响)(?:明显|显著|良好|突出|强烈|热烈)$"
    r"|(?:引发|引起|招致|激起).{0,8}(?:上访|投诉|不满|舆情|质疑|非议|关注|反映)|(?:满意|信任|认可)[度率][^，。]{0,4}(?:不高|偏低|较低|下降|上升|提升|提高)$"
    r"|创.{0,6}(?:最[好高佳低]|新高|新低|纪录|记录).{0,4}$|(?:降|升|跌)[至到为](?:历史)?最[低高]$"
)
CONSEQUENCE = re.compile(r"^(?:已经?|并|还|从而|进而|由此)?(?:造成|导致|致使|酿成)")
# What a note says of what came of something: 电话没人接，事就耽误了.
_TELLS_ON = re.compile("结果|所以|耽误|影响|造成|导致|害得|弄得|搞得|引|[得到]处")
_ENDING = 2


def claims_effect(clause: str, one: Rest) -> bool:
    """Tell whether a clause claims an effect of which its notes say nothing."""
    if CONSEQUENCE.match(clause):
        return not any(_TELLS_ON.search(ground.text) or _ends_alike(clause, ground) for ground in one.grounds)
    match = EFFECT.search(clause)
    if not match or (one.unit.start == 0 and not one.unit.item):
        return False
    ending = match.group()[-2:]
    return not any(ending in ground.text or EFFECT.search(ground.text) for ground in one.grounds)


def _ends_alike(clause: str, ground: Ground) -> bool:
    """Tell whether a ground holds anything of what a clause comes to."""
    return held_share(content(clause[-_ENDING:]), ground.full) > 0
