"""How each complaint of the example was handled: what was done when, and written down when."""

from __future__ import annotations

import datetime as _dt
import random
from collections.abc import Iterable

import attrs

from complaintflow.gallery.oem_supplier.example.stories import COMPLAINTS, Complaint

__all__ = ["Deed", "tell"]

_MINUTE = _dt.timedelta(minutes=1)
_DAY = _dt.timedelta(days=1)
_OFF = {
    *(_dt.date(2026, 1, day) for day in (1, 2, 3)),
    *(_dt.date(2026, 2, day) for day in range(15, 24)),
    *(_dt.date(2026, 4, day) for day in (4, 5, 6)),
    *(_dt.date(2026, 5, day) for day in range(1, 6)),
}
_WORKED = {_dt.date(2026, 1, 4), _dt.date(2026, 2, 14), _dt.date(2026, 2, 28), _dt.date(2026, 5, 9)}
_LAST = _dt.datetime(2026, 5, 22, 16, 30)  # noqa: DTZ001 - wall time, like the register
"""When the register was taken out; nothing after it is known."""

_UNITS = {
    "技术部": ("设计", "图纸", "包装设计", "技术更改"),
    "分厂": ("制造",),
    "销售部": ("运输", "销售流通", "主机厂操作"),
    "资材部": ("原材料",),
}
_SEVERE = {
    "分厂厂长": "周建国",
    "质量部长": "刘芳",
    "技术主管": "孙强",
    "事业部经理": "郑伟",
}
_USUAL = {"分厂厂长": "周建国", "质量部长": "刘芳", "分厂质检员": "吴娟"}
_PEOPLE = {
    "销售点": "何军",
    "销售部": "林涛",
    "质量部": "刘洋",
    "分厂": "马超",
    "技术部": "孙强",
    "资材部": "许静",
    "成品库": "冯磊",
    "生产部计划": "高敏",
    "生产部": "罗斌",
    "总经办": "梁艳",
    "质检部": "宋丽",
    "事业部经理": "郑伟",
    "质量部长": "刘芳",
}


@attrs.frozen
class Deed:
    """One thing that was done, as the file of events has it."""

    occurred: _dt.datetime
    recorded: _dt.datetime
    what: str
    role: str
    key: str = ""
    content: str = ""
    present: str = ""
    evidence: str = ""
    reason: str = ""

    def cells(self) -> tuple[str | _dt.datetime, ...]:
        """The cells of its row, behind the complaint's number."""
        recorded = "" if self.recorded == self.occurred else self.recorded
        person = _PEOPLE[self.role]
        head = (self.occurred, recorded, self.what, self.key, self.role, person)
        return (*head, self.content, self.present, self.evidence, self.reason)


def tell(complaint: Complaint) -> tuple[Deed, ...]:
    """What was done about *complaint* until the register was taken out."""
    return tuple(deed for deed in _Teller(complaint).told() if deed.recorded <= _LAST)


class _Teller:
    """Tells one story; *now* is when the next thing happens."""

    def __init__(self, complaint: Complaint) -> None:
        self.of = complaint
        self.story = complaint.story
        self.now = complaint.received
        index = COMPLAINTS.index(complaint)
        self.random = random.Random(20260000 + index)  # noqa: S311 - for variety, not secrecy
        same = (complaint.customer, complaint.model, complaint.defect)
        self.times = sum(
            (other.customer, other.model, other.defect) == same for other in COMPLAINTS[: index + 1]
        )
        self.deeds: list[Deed] = []

    @property
    def major(self) -> bool:
        return self.of.kind == "停线" or self.of.loss >= 5000

    @property
    def severe(self) -> bool:
        listed = self.of.kind in ("停线", "批量不良", "环保不符")
        return listed or self.of.loss >= 5000 or self.of.severity == "严重" or self.times >= 3

    def after(self, minutes: int, *, any_time: bool = False) -> None:
        """Some minutes later, within a quarter of an hour; at night people wait."""
        self.now += (minutes + self.random.randrange(15)) * _MINUTE
        if not any_time:
            self.now = _at_work(self.now)

    def do(
        self,
        what: str,
        role: str,
        *,
        key: str = "",
        content: str = "",
        present: Iterable[tuple[str, str]] = (),
        evidence: str = "",
        reason: str = "",
        typed: _dt.timedelta | None = None,
    ) -> None:
        recorded = self.now if typed is None else _at_work(self.now + typed)
        people = "；".join(f"{name}={person}" for name, person in present)
        self.deeds.append(
            Deed(self.now, recorded, what, role, key, content, people, evidence, reason)
        )

    def told(self) -> list[Deed]:
        if self.story == "new":
            return self.deeds
        self.confirm()
        self.sheet()
        if self.story in ("refused", "verified"):
            return self.deeds
        self.grade()
        if self.story == "graded":
            return self.deeds
        if self.story == "c":
            self.coordinate()
            return self.deeds
        self.handle()
        return self.deeds

    def confirm(self) -> None:
        late = self.now.hour >= 19 or self.story == "may_day_b"
        self.after(720 if late else 45, any_time=self.story == "oral")
        self.do("现场确认", "销售点", content="问题属实=是")

    def sheet(self) -> None:
        wait = {"oral_late": 1500, "may_day_b": 3 * 1440}.get(self.story, 40)
        self.after(wait, any_time=self.story == "oral")
        self.do("提交传递单", "销售点", evidence="传递单.pdf")
        self.after(35)
        if self.story == "refused":
            self.do("拒收", "销售部", content="信息不清=是", reason="第三次反馈不清")
            return
        if self.story == "sent_back":
            self.do("退回补充", "销售部", content="理由=缺少不良品照片")
            self.after(180)
            self.do("提交传递单", "销售点", evidence="传递单.pdf、照片.jpg")
            self.after(30)
        self.do("审核通过", "销售部", content="信息不清=否")

    def grade(self) -> None:
        if self.story == "hand":
            self.after(50)
            self.do("改判 grade", "质量部", key="B", reason="要求书面回复，按B级处理")
        start = self.now
        if self.story != "c":
            self.after(300 if self.story == "no_report" else 30, any_time=self.major)
            told = "上报总经办" if self.major else "信息传递"
            self.do(told, "销售部")
        self.now = _at_work(start + 40 * _MINUTE)
        self.do("确认等级", "质量部")

    def coordinate(self) -> None:
        self.after(60)
        self.do("收集证据", "销售部", content="证据=客户来函.pdf")
        self.after(1500)
        everybody = [("质检部", "宋丽"), ("技术部", "孙强"), ("分厂", "马超")]
        self.do("协调处理", "质检部", present=everybody)
        self.after(60)
        self.do("协调处理完毕", "质量部")
        self.after(1440)
        self.do("关闭", "质量部")

    def handle(self) -> None:
        severe = self.severe and self.story != "hand"
        self.after(60)
        self.do("收集证据", "销售部", content="证据=现场照片.jpg, 实物照片.jpg")
        self.after(20)
        self.check_gates()
        if severe:
            self.after(30)
            self.do("通报", "总经办")
        else:
            self.after(40)
            self.do("处理责任人", "事业部经理", present=[("质量部长", "刘芳")])
        if self.major:
            self.after(30)
            self.do("督促进度", "生产部")
        if self.story == "no_report":
            return
        self.report(severe=severe)
        if self.story in ("hand", "may_day_b"):
            return
        self.finish()

    def check_gates(self) -> None:
        for place in ("在制品", "库存", "销售点库存"):
            self.do("闸口检查", "分厂", key=place)
            self.now += 10 * _MINUTE

    def report(self, *, severe: bool) -> None:
        wait = {"late": 3900 if severe else 5200, "may_day": 7 * 1440}.get(self.story, 420)
        self.after(wait)
        typed = 3 * _DAY if self.story == "typed_in_later" else None
        people = [*(_SEVERE if severe else _USUAL).items(), ("质量部", "刘洋")]
        what = "初步整改报告" if severe else "整改报告"
        self.do(what, "分厂", present=people, evidence=f"{what}.docx", typed=typed)
        if self.story in ("late", "may_day"):
            self.after(200)
            self.do("提出考核意见", "质量部", reason="整改报告超期")

    def analyse(self) -> None:
        units = [unit for unit, causes in _UNITS.items() if self.of.cause in causes]
        if self.of.cause in ("错发", "数量差错", "混装"):
            units = ["成品库", "分厂"]
        if self.of.kind == "停线":
            units = list(dict.fromkeys(["生产部计划", "分厂", *units]))
        for unit in units:
            self.do("原因分析及措施", unit, key=unit, content="分析及措施报告=原因分析.docx")
            self.after(60)

    def finish(self) -> None:
        self.after(300)
        self.analyse()
        for number, kind in enumerate(("应急措施", "长期措施"), 1):
            self.do("措施", "分厂", key=kind)
            self.after(240)
            self.do("措施", "分厂", key=str(number))
            self.after(1440)
            self.do("verify 措施", "销售部", key=str(number))
        self.after(120)
        self.do("实施措施", "分厂")
        self.after(2 * 1440)
        if self.story == "ineffective":
            self.do("验证效果", "销售部", content="措施有效=否")
            self.after(300)
            self.do("确认等级", "质量部")
            self.check_gates()
            self.do("处理责任人", "事业部经理", present=[("质量部长", "刘芳")])
            self.report(severe=self.severe)
            self.analyse()
            self.after(1440)
            self.do("实施措施", "分厂")
            self.after(1440)
        self.do("验证效果", "销售部", content="措施有效=是")
        self.after(200)
        self.do("回复", "质量部")
        self.after(1440)
        self.do("关闭", "质量部")


def _at_work(moment: _dt.datetime) -> _dt.datetime:
    """*moment*, or the next opening of the plant."""
    while True:
        day = moment.date()
        worked = day in _WORKED or (day.weekday() < 5 and day not in _OFF)
        if worked and moment.hour < 8:
            return moment.replace(hour=8, minute=5 + moment.minute % 20)
        if worked and moment.hour == 12:
            return moment.replace(hour=13, minute=moment.minute % 25)
        if worked and moment.hour < 17:
            return moment
        moment = _dt.datetime.combine(day + _DAY, _dt.time(0, moment.minute))
