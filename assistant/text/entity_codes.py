"""What has a form of its own: telephone, identity and account numbers, plates, addresses of the net, document numbers."""

import re
from collections.abc import Callable, Iterator

from assistant.text.entity_scan import HAN, Entity, Scan

_ALONE, _ENDS = r"(?<![0-9A-Za-z_])", r"(?![0-9A-Za-z_])"
_GAP = r"[ \u3000\-]?"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_LEAD = re.compile(
    r"^.*(?:根据|按照|依据|依照|印发|落实|贯彻|执行|转发|参照|文号为?|编号为?|文件|通知|意见|办法|方案|规定|[和及与是为见按以由第])(?=..)"
)
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领港澳"

_PATTERNS: tuple[tuple[str, str], ...] = (
    ("url", r"(?:https?|ftp)://[^\s\u3000-\u303f\uff00-\uffef\u4e00-\u9fff<>\"']+|(?<![\w.@-])www\.[\w-]+(?:\.[\w-]+)+(?:/[\w./?=&%#-]*)?"),
    ("email", r"(?<![\w.+-])[\w.+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,18}(?![A-Za-z0-9])"),
    ("url", r"(?<![\w.@-])(?:[A-Za-z0-9-]{1,40}\.){1,4}(?:com|cn|net|org|gov|edu|info|top|vip|xyz)(?:\.cn)?"
        r"(?::\d{2,5})?(?:/[\w./?=&%#-]*)?(?![\w-])"),
    ("ip", r"(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?::\d{2,5})?(?![\d.])"),
    ("ip", r"(?<![\w:])(?:[0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}(?![\w:])"),
    ("plate", rf"[{_PROVINCES}][A-Z][ ·.\-]?[A-HJ-NP-Z0-9]{{4,5}}[A-HJ-NP-Z0-9学警港澳挂领使]{_ENDS}"),
    ("plate", rf"WJ[ ·]?[{_PROVINCES}0-9][ ·]?[0-9A-Z]{{4,6}}{_ENDS}"),
)  # fmt: skip
_IDENTITY = re.compile(rf"{_ALONE}(?:\d{{6}}{_GAP}\d{{8}}{_GAP}\d{{3}}[\dXx]|\d{{15}}){_ENDS}")
# A unified social credit code by its form (GB 32100-2015): registering body, district, nine characters and a check.
_CREDIT = re.compile(rf"{_ALONE}[1-9AN][1-59]\d{{6}}(?=\d*[A-HJ-NPQRTUWXY])[0-9A-HJ-NPQRTUWXY]{{10}}{_ENDS}")
_MOBILE = re.compile(
    rf"(?<![0-9A-Za-z_.])(?:(?:\+|00)?86{_GAP})?1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}(?![0-9A-Za-z_.%])"
)
_LANDLINE = re.compile(
    rf"(?<![0-9A-Za-z_.\-])(?:[(（]0\d{{2,3}}[)）]{_GAP}|(?:\+?86-)?0\d{{2,3}}{_GAP}-?)[2-9]\d{{2,3}}{_GAP}\d{{4}}(?:-\d{{1,5}}|转\d{{1,5}})?(?![0-9A-Za-z_.%])"
    rf"|(?<![0-9A-Za-z_.\-])[48]00{_GAP}\d{{3,4}}{_GAP}\d{{3,4}}(?![0-9A-Za-z_.%])"
)
_CALLED = re.compile(
    r"(?:电话|座机|固话|传真|热线|手机|联系方式|来电|致电|拨打|办公室|短号|小号)(?:号码?)?"
    r"(?:是|为|：|:|\s){0,2}(?P<number>[1-9]\d{2,3}[ \-]?\d{3,4}(?:[ \-]\d{1,5})?)(?![0-9A-Za-z_.%年月日元号文人])"
)
_ACCOUNT = re.compile(rf"{_ALONE}\d{{4}}(?:[ \-]?\d{{4}}){{2,3}}(?:[ \-]?\d{{1,4}})?{_ENDS}")
_NAMED = re.compile(
    r"(?P<what>身份证件?|证件|公民身份|军官证|护照|通行证|社会信用|信用代码|纳税人识别|税号|机构代码|银行|账|帐|卡|社保|医保|学籍|工资|存折|保单|支付宝|微信|QQ|qq|抖音|快手|微博|小红书|钉钉|飞书|视频号|公众号|公众号ID|合同|订单|发票|驾驶证|档案|工)"
    r"(?:号码?|账号|帐号|账户|代码|ID|证号|卡号|编号|识别号|号)?(?:是|为|：|:|\s|（|\(|尾号){0,3}(?P<number>[A-Za-z0-9][A-Za-z0-9_\-]{4,29})"
)
_OF_A_NETWORK = frozenset(
    ["微信", "QQ", "qq", "抖音", "快手", "微博", "小红书", "钉钉", "飞书", "视频号", "公众号"]
)
_DOCUMENT = re.compile(
    rf"(?P<issuer>(?:(?<![{HAN}])|(?<=号))[{HAN}]{{1,14}}+)?[〔\[【（(［]\s?(?:19|20)\d\d\s?[〕\]】）)］]\s?第?[0-9]{{1,5}}\s?号"
    rf"|[〔\[【（(［]\s?(?:19|20)\d\d\s?[〕\]】）)］][{HAN}]{{1,2}}\d{{0,4}}[{HAN}]{{1,4}}\d{{1,6}}号(?:之[一二三四五六七八九十])?"
    rf"|(?<![{HAN}\d])[{HAN}]{{1,12}}字第\s?[0-9]{{1,8}}\s?号|第?(?:19|20)\d\d-[A-Z0-9]{{1,8}}-\d{{1,5}}号"
)


def find_codes(scan: Scan) -> Iterator[Entity]:
    """Yield the numbers and addresses of a text; what stands first wins where two would overlap."""
    finders: tuple[Callable[[Scan], Iterator[tuple[str, int, int]]], ...] = (
        _documents, _addresses, _identities, _numbered, _accounts, _telephones
    )  # fmt: skip
    for finder in finders:
        for kind, start, end in finder(scan):
            if scan.is_free(start, end):
                scan.take(start, end)
                yield scan.entity(kind, start, end)


def _documents(scan: Scan) -> Iterator[tuple[str, int, int]]:
    for match in _DOCUMENT.finditer(scan.folded):
        start = match.start()
        if issuer := match["issuer"]:
            lead = _LEAD.match(issuer)
            start += len(lead.group()) if lead else 0
        yield "document", start, match.end()


def _addresses(scan: Scan) -> Iterator[tuple[str, int, int]]:
    for kind, pattern in _PATTERNS:
        for match in re.finditer(
            pattern, scan.folded, re.ASCII if kind in ("url", "email", "ip") else re.NOFLAG
        ):
            yield kind, match.start(), match.start() + len(match.group().rstrip(".,;:?!)"))


def _identities(scan: Scan) -> Iterator[tuple[str, int, int]]:
    for match in _CREDIT.finditer(scan.folded):
        yield "id", match.start(), match.end()
    for match in _IDENTITY.finditer(scan.folded):
        if is_identity_number(match.group()):
            yield "id", match.start(), match.end()


def is_identity_number(text: str) -> bool:
    """Tell whether digits are a resident identity number: a date within, and the check digit of GB 11643 right."""
    digits = re.sub(r"[ \u3000\-]", "", text).upper()
    born = digits[6:14] if len(digits) == 18 else "19" + digits[6:12]
    if not ("1800" < born[:4] < "2100" and "01" <= born[4:6] <= "12" and "01" <= born[6:] <= "31"):
        return False
    if len(digits) == 15:
        return "11" <= digits[:2] <= "82"
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=False))
    return _CHECKS[total % 11] == digits[17] or "11" <= digits[:2] <= "82"


def _numbered(scan: Scan) -> Iterator[tuple[str, int, int]]:
    """Yield the numbers that a word before them names: 身份证号 …, 开户行账号 …, 微信号 …."""
    for match in _NAMED.finditer(scan.folded):
        number = match["number"]
        if sum(sign.isdigit() for sign in number) < (5 if match["what"] not in _OF_A_NETWORK else 1):
            continue
        kind = "id" if re.search("证|身份|信用|税|机构|护照|档案", match["what"]) else "account"
        is_phone = _MOBILE.fullmatch(number) is not None
        yield (
            ("phone" if is_phone and kind != "account" else kind),
            match.start("number"),
            match.end("number"),
        )


def _telephones(scan: Scan) -> Iterator[tuple[str, int, int]]:
    for pattern in (_MOBILE, _LANDLINE):
        for match in pattern.finditer(scan.folded):
            yield "phone", match.start(), match.end()
    for match in _CALLED.finditer(scan.folded):
        yield "phone", match.start("number"), match.end("number")


def _accounts(scan: Scan) -> Iterator[tuple[str, int, int]]:
    for match in _ACCOUNT.finditer(scan.folded):
        digits = re.sub(r"\D", "", match.group())
        if 16 <= len(digits) <= 19 and (digits[0] in "456" or _is_luhn(digits)):
            yield "account", match.start(), match.end()


def _is_luhn(digits: str) -> bool:
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(digits))]
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0
