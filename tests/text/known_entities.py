"""Texts with known entities of every kind: invented people, places and units, none of them in the package's tables."""

import random
from collections.abc import Callable
from dataclasses import dataclass

FAMILY = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余杜叶程魏苏吕丁任卢姚沈"
    "钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛阎段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔"
)
COMPOUND = ("欧阳", "司马", "上官", "诸葛", "皇甫", "尉迟", "慕容", "夏侯")
GIVEN = [
    "伟",
    "芳",
    "娜",
    "敏",
    "静",
    "磊",
    "军",
    "洋",
    "勇",
    "艳",
    "杰",
    "涛",
    "超",
    "霞",
    "平",
    "刚",
    "明",
    "辉",
    "鹏",
    "玲",
    "斌",
    "燕",
    "梅",
    "琴",
    "莉",
    "健",
    "俊",
    "帆",
    "雪",
    "倩",
    "琳",
    "颖",
    "晨",
    "宁",
    "建国",
    "志强",
    "秀英",
    "桂兰",
    "晓明",
    "海燕",
    "文博",
    "子涵",
    "雨桐",
    "浩然",
    "国栋",
    "德胜",
    "春梅",
    "玉珍",
    "立新",
    "永红",
    "少华",
    "丽娟",
    "凤英",
    "金龙",
    "思远",
    "一鸣",
    "佳怡",
    "卫东",
    "红梅",
    "家豪",
    "天佑",
    "婷婷",
    "小军",
    "长征",
    "宗翰",
    "若曦",
    "启航",
    "福生",
    "有才",
    "满仓",
    "大勇",
    "来喜",
    "新民",
    "忠良",
    "兴旺",
    "书豪",
    "绍文",
    "泽宇",
    "梓萱",
    "光辉",
    "庆丰",
    "学文",
    "万里",
    "振华",
    "定国",
    "瑞祥",
    "彦博",
    "慧敏",
    "淑芬",
    "翠花",
    "巧云",
]
DOTTED = (
    "阿迪力·吐尔逊",
    "古丽娜尔·艾山",
    "麦麦提·卡德尔",
    "扎西多杰",
    "努尔兰·哈力克",
    "苏巴提·托合提",
)
HEADS = [
    "云岭",
    "临川",
    "青禾",
    "石门",
    "白沙",
    "柳河",
    "清源",
    "安平",
    "永宁",
    "长乐",
    "平川",
    "龙泉",
    "双溪",
    "金沙",
    "东明",
    "南岗",
    "西丰",
    "北苑",
    "河湾",
    "松江",
    "桃源",
    "竹溪",
    "锦屏",
    "望江",
    "丹霞",
    "秀水",
    "古浪",
    "凌云",
    "兴隆",
    "宝丰",
    "昌明",
    "怀德",
    "定远",
    "新安",
    "太和",
    "泰康",
    "沙河",
    "板桥",
    "大兴",
    "小河",
]
VILLAGES = [
    "柳林",
    "红旗",
    "石桥",
    "大营",
    "杨家湾",
    "李家坪",
    "张庄",
    "上河",
    "下坝",
    "青松",
    "团结",
    "向阳",
    "前进",
    "白马",
    "黑石",
    "王家沟",
    "三岔",
    "南山",
    "东升",
    "新民",
]
BRANDS = [
    "宏达",
    "鑫源",
    "恒信",
    "金穗",
    "华瑞",
    "天成",
    "博远",
    "泰和",
    "蓝海",
    "众诚",
    "云图",
    "绿野",
    "锦泰",
    "盛邦",
    "永昌",
    "明德",
    "康宁",
    "万通",
    "亿隆",
    "中联",
    "优创",
    "同济",
    "新希",
    "星辰",
]
TRADES = [
    "建筑工程",
    "建设工程",
    "科技",
    "农业开发",
    "商贸",
    "房地产开发",
    "环保科技",
    "物业服务",
    "生物科技",
    "文化传媒",
    "市政工程",
    "医药",
    "劳务",
    "信息技术",
    "食品",
    "电力工程",
]
OFFICES = [
    "住房和城乡建设局",
    "发展和改革委员会",
    "财政局",
    "人力资源和社会保障局",
    "农业农村局",
    "教育体育局",
    "卫生健康局",
    "市场监督管理局",
    "自然资源局",
    "交通运输局",
    "水务局",
    "应急管理局",
    "审计局",
    "信访局",
    "人民政府办公室",
    "纪委监委",
    "委组织部",
    "委宣传部",
    "人民法院",
    "人民检察院",
    "公安局",
    "民政局",
    "司法局",
    "文化和旅游局",
    "退役军人事务局",
    "医疗保障局",
    "乡村振兴局",
    "统计局",
    "税务局",
    "城市管理局",
    "行政审批局",
]
POSTS = [
    "局长",
    "副局长",
    "主任",
    "副主任",
    "科长",
    "书记",
    "副书记",
    "县长",
    "镇长",
    "所长",
    "站长",
    "院长",
    "校长",
    "经理",
    "组长",
    "干事",
]


@dataclass(frozen=True)
class Sample:
    """A text and the entities that it was made with: kind and text."""

    text: str
    entities: tuple[tuple[str, str], ...]


class Maker:
    """Makes samples; the same seed makes the same ones."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.made: list[tuple[str, str]] = []

    def pick(self, choices: "tuple[str, ...] | list[str] | str") -> str:
        return self.random.choice(choices)

    def note(self, kind: str, text: str) -> str:
        self.made.append((kind, text))
        return text

    def digits(self, count: int) -> str:
        return "".join(self.random.choices("0123456789", k=count))

    def person(self) -> str:
        roll = self.random.random()
        if roll < 0.04:
            return self.note("person", self.pick(DOTTED))
        family = self.pick(COMPOUND) if roll < 0.08 else self.pick(FAMILY)
        return self.note("person", family + self.pick(GIVEN))

    def county(self) -> str:
        return self.pick(HEADS) + self.pick(("县", "县", "市", "区"))

    def place(self) -> str:
        county, town = self.county(), self.pick(HEADS) + self.pick(("镇", "乡", "街道"))
        village = self.pick(VILLAGES) + self.pick(("村", "村", "社区"))
        return self.note(
            "place", self.pick([county, county + town, town + village, county + town + village, village])
        )

    def unit(self) -> str:
        county, brand = self.county(), self.pick(BRANDS)
        made = self.pick(
            [
                county + self.pick(OFFICES),
                county + self.pick(OFFICES),
                f"中共{county}委员会",
                f"{county}{self.pick(HEADS)}镇人民政府",
                f"{self.pick(HEADS)}街道办事处",
                f"{self.pick(VILLAGES)}村村民委员会",
                f"{county}第{self.pick('一二三四')}中学",
                f"{self.pick(HEADS)}镇中心小学",
                f"{county}人民医院",
                f"{county}{brand}{self.pick(TRADES)}有限公司",
                f"{brand}{self.pick(TRADES)}有限责任公司",
                f"{brand}集团",
                f"{brand}种植专业合作社",
                f"{self.pick(VILLAGES)}村党支部",
                f"{brand}律师事务所",
                f"{county}{self.pick(HEADS)}派出所",
            ]
        )
        return self.note("unit", made)

    def phone(self) -> str:
        mobile = self.pick(("13", "15", "17", "18", "19")) + self.digits(9)
        cut = f"{mobile[:3]}-{mobile[3:7]}-{mobile[7:]}"
        return self.note(
            "phone",
            self.pick(
                [
                    mobile,
                    mobile,
                    cut,
                    cut.replace("-", " "),
                    f"0{self.pick('3578')}{self.digits(2)}-{self.pick('2345678')}{self.digits(6)}",
                    f"010-8{self.digits(7)}",
                    f"400-{self.digits(3)}-{self.digits(4)}",
                ]
            ),
        )

    def identity(self) -> str:
        born = f"19{self.random.randint(50, 99)}0{self.random.randint(1, 9)}{self.random.randint(10, 28)}{self.digits(3)}"
        body = f"{self.pick(('53', '15', '37', '41'))}{self.digits(4)}{born}"
        weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
        total = sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True))
        return self.note("id", body + "10X98765432"[total % 11])

    def document(self) -> str:
        issuer = self.pick(
            ("云政发", "临政办发", "青住建", "石委办", "平财农", "柳教体函", "安纪发", "清发改")
        )
        left, right = tuple(self.pick(("〔〕", "〔〕", "[]", "（）", "【】")))
        return self.note(
            "document",
            f"{issuer}{left}{self.random.randint(2015, 2025)}{right}{self.random.randint(1, 300)}号",
        )

    def account(self) -> str:
        body = f"62{self.digits(16)}"
        return self.note("account", body)

    def plate(self) -> str:
        letters = self.pick("云蒙鲁豫川") + self.pick("ABCDE") + self.pick(("", "·"))
        return self.note("plate", letters + self.digits(5))

    def email(self) -> str:
        host = self.pick(("163.com", "example.gov.cn", "qq.com"))
        name = self.pick(("zhangsan", "office", "dj_2023", "li.wei"))
        return self.note("email", f"{name}{self.digits(2)}@{host}")

    def sentence(self) -> str:
        return self.pick_sentence()()

    def pick_sentence(self) -> Callable[[], str]:
        p, u, c, n = self.person, self.unit, self.place, self.phone
        forms: list[Callable[[], str]] = [
            lambda: f"{u()}{self.pick(POSTS)}{p()}带队到{c()}调研。",
            lambda: f"{p()}同志在会上作了表态发言，要求各科室抓好落实。",
            lambda: f"报告人：{p()}\n联系电话：{n()}",
            lambda: f"联系人{p()}，电话{n()}，邮箱{self.email()}。",
            lambda: f"由{p()}负责牵头，{p()}、{p()}、{p()}配合，月底前完成。",
            lambda: f"- {p()}反映{c()}道路破损没人管，已转{u()}办理",
            lambda: f"经查，{p()}（身份证号：{self.identity()}）违规收受{u()}礼金2000元。",
            lambda: f"根据{self.document()}文件精神，{u()}制定了实施方案。",
            lambda: f"前几天{p()}又没来开会，办公室打电话{n()}也没人接。",
            lambda: f"1.{u()}未按期整改。\n2.{u()}台账不全。\n3.{p()}请假较多。",
            lambda: f"{c()}的路灯坏了三个月，村民{p()}打过好几次电话。",
            lambda: f"收款单位：{u()}\n账号：{self.account()}\n经办人：{p()}",
            lambda: f"公务用车{self.plate()}由{p()}驾驶，停放在{u()}门口。",
            lambda: f"会议由{u()}党组书记、局长{p()}主持，{p()}等5人参加。",
            lambda: f"与{u()}签订合同，对方负责人是{p()}，手机{n()}。",
            lambda: f"走访慰问了{c()}的困难党员{p()}、{p()}两户。",
            lambda: f"{u()}、{u()}、{u()}三家单位排名靠后。",
            lambda: f"按照《关于加强作风建设的通知》（{self.document()}）要求，组织学习3次。",
            lambda: f"{p()}，男，汉族，{c()}人，身份证号{self.identity()}，2010年参加工作。",
            lambda: f"会上，{p()}说今年任务重，{p()}表示会按时完成。",
            lambda: f"请{u()}于本周五前将材料报{p()}处。",
            lambda: f"工程由{u()}承建，{u()}监理，{c()}段进度滞后。",
            lambda: f"{p()}、{p()}两名同志被评为优秀共产党员。",
            lambda: f"党支部书记{p()}讲党课，{u()}派人旁听。",
            lambda: f"联系方式：{p()} {n()}",
            lambda: f"我们到{c()}看了看，{u()}那边还没动静。",
        ]
        return self.random.choice(forms)


def made_samples(count: int, *, seed: int = 6) -> list[Sample]:
    """Return samples of one to four sentences each."""
    maker = Maker(seed)
    samples = []
    for _ in range(count):
        maker.made = []
        text = "\n".join(maker.sentence() for _ in range(maker.random.randint(1, 4)))
        samples.append(Sample(text, tuple(maker.made)))
    return samples
