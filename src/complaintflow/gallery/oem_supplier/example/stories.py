"""The complaints of the example, one line each, in the order of the register."""

from __future__ import annotations

import datetime as _dt

import attrs

__all__ = ["COMPLAINTS", "Complaint"]

_CUSTOMERS = {
    "Y": "远程重卡",
    "H": "华北客车",
    "C": "长江微车",
    "N": "南方商用车",
    "D": "东海专用车",
    "X": "西岭农机",
}
_PRODUCTS = {
    "ZL": ("转向拉杆", "ZL-120"),
    "RG": ("制动软管", "RG-08"),
    "JL": ("车门铰链", "JL-35"),
    "XS": ("线束总成", "XS-210"),
    "YZ": ("油箱支架", "YZ-66"),
    "HSJ": ("后视镜总成", "HSJ-77"),
}
_DEPARTMENTS = {
    "设计": "技术部",
    "图纸": "技术部",
    "包装设计": "技术部",
    "技术更改": "技术部",
    "制造": "分厂",
    "原材料": "资材部",
    "运输": "销售部",
    "销售流通": "销售部",
    "主机厂操作": "销售部",
    "错发": "成品库",
    "数量差错": "成品库",
    "混装": "成品库",
}
_REMEDIES = {
    "设计": "修改设计并重新验证",
    "图纸": "图纸升版，回收旧图",
    "包装设计": "包装增加隔板",
    "技术更改": "补发技术更改通知，确认切换批次",
    "制造": "调整工艺参数，增加首件检验",
    "原材料": "供应商整改，入厂加严检验",
    "运输": "更换物流，加固捆扎",
    "销售流通": "销售点仓库先进先出",
    "主机厂操作": "现场指导装配",
    "错发": "出库扫码核对",
    "数量差错": "装箱称重复核",
    "混装": "分区存放，出库扫码核对",
}
_REPORTERS = {"Y": "王磊", "H": "李娜", "C": "陈伟", "N": "赵敏", "D": "王磊", "X": "陈伟"}


@attrs.frozen
class Complaint:
    """One complaint as the register has it, and its *story*: how it was handled."""

    received: _dt.datetime
    customer: str
    product: str
    model: str
    lot: str
    shipped_on: _dt.date | None
    quantity: int | None
    defective: int | None
    defect: str
    words: str
    kind: str
    severity: str
    cause: str
    department: str
    remedy: str
    loss: int
    claim: int
    oral: bool
    demand: str
    disposal: str
    reporter: str
    story: str


# received | customer product | defect | kind | severity | cause | shipped defective | loss claim |
# oral | demand | disposal | story
_LINES = """
2026-01-05 09:12 | Y ZL  | 球头松旷   | 个别不良 | 一般 | 制造     | 800 3    | 600 600      | 否 | 退换     | 换货 | full
2026-01-06 14:40 | C RG  | 接头渗油   | 个别不良 | 一般 | 原材料   | 1200 5   | 900 500      | 否 | 书面回复 | 换货 | full
2026-01-08 10:05 | H HSJ | 镜面划伤   | 个别不良 | 轻微 | 运输     | 300 12   | 1800 1800    | 否 | 补货     | 报废 | full
2026-01-09 16:30 | N XS  | 数量短少   | 交付问题 | 一般 | 数量差错 | 500 20   | 0 0          | 是 | 补货     | 补发 | oral
2026-01-13 08:50 | D YZ  | 焊缝开裂   | 批量不良 | 严重 | 制造     | 400 120  | 26000 15000  | 是 | 停止供货 | 全检返工 | full
2026-01-15 13:20 | Y JL  | 资料更改   | 资料更改 | 轻微 |          | 0 0      | 0 0          | 否 | 更新图纸 |      | c
2026-01-20 09:40 | C JL  | 孔位偏移   | 个别不良 | 一般 | 制造     | 600 4    | 400 200      | 否 | 退换     | 返工 | full
2026-01-22 15:10 | X YZ  | 漆面脱落   | 个别不良 | 一般 | 原材料   | 250 18   | 1200 1000    | 否 | 书面回复 | 返工 | late
2026-01-27 10:25 | H XS  | 端子退针   | 停线     | 严重 | 制造     | 900 7    | 12000 9000   | 是 | 立即派人 | 全检 | full
2026-01-29 11:00 | N RG  | 会议通知   | 会议     | 轻微 |          | 0 0      | 0 0          | 否 | 派人参会 |      | c
2026-02-02 09:30 | Y ZL  | 球头松旷   | 个别不良 | 一般 | 制造     | 760 2    | 500 500      | 否 | 退换     | 换货 | full
2026-02-04 14:15 | D HSJ | 镜面起雾   | 个别不良 | 一般 | 设计     | 320 9    | 2100 2000    | 否 | 书面回复 | 换货 | late
2026-02-06 10:45 | X JL  | 错发型号   | 交付问题 | 一般 | 错发     | 200 200  | 800 0        | 是 | 换货     | 换货 | oral_late
2026-02-10 16:20 | C XS  | 批次混装   | 交付问题 | 一般 | 混装     | 640 64   | 1500 0       | 否 | 换货     | 挑选 | full
2026-02-12 19:35 | N ZL  | 螺纹烂牙   | 个别不良 | 一般 | 制造     | 450 6    | 700 700      | 是 | 退换     | 换货 | oral
2026-02-14 15:50 | H YZ  | 支架断裂   | 停线     | 严重 | 设计     | 380 2    | 3000 3000    | 是 | 立即派人 | 报废 | late
2026-02-24 08:40 | Y RG  | 镀层环保不符 | 环保不符 | 严重 | 原材料 | 2000 2000 | 4000 0     | 否 | 书面回复 | 退货 | full
2026-02-25 10:10 | C JL  | 孔位偏移   | 个别不良 | 一般 | 制造     | 580 5    | 300 200      | 否 | 退换     | 返工 | full
2026-02-27 13:45 | D ZL  | 计划调整   | 计划     | 轻微 |          | 0 0      | 0 0          | 否 | 调整交期 |      | c
2026-03-02 09:05 | X XS  | 插头破裂   | 个别不良 | 一般 | 运输     | 700 11   | 1600 1500    | 否 | 补货     | 报废 | sent_back
2026-03-03 14:30 | N HSJ | 电机异响   | 个别不良 | 一般 | 原材料   | 260 4    | 900 900      | 否 | 书面回复 | 换货 | typed_in_later
2026-03-05 10:50 | H RG  | 接头渗油   | 个别不良 | 一般 | 制造     | 1100 3   | 800 600      | 否 | 退换     | 换货 | ineffective
2026-03-09 08:35 | Y ZL  | 球头松旷   | 个别不良 | 一般 | 制造     | 820 4    | 500 500      | 否 | 退换     | 换货 | full
2026-03-10 09:20 | D XS  | 端子虚接   | 停线     | 严重 | 制造     | 560 8    | 3000 0       | 否 | 立即派人 | 全检 | full
2026-03-11 13:15 | C HSJ | 镜框断裂   | 个别不良 | 严重 | 设计     | 340 1    | 5000 5000    | 否 | 书面回复 | 换货 | full
2026-03-12 15:40 | X RG  | 包装破损   | 个别不良 | 轻微 | 包装设计 | 900 15   | 450 0        | 否 | 补货     | 挑选 | full
2026-03-16 10:20 | C JL  | 孔位偏移   | 个别不良 | 一般 | 制造     | 590 4    | 200 200      | 否 | 退换     | 返工 | late
2026-03-18 11:30 | N YZ  | 尺寸超差   | 个别不良 | 一般 | 图纸     | 410 22   | 2600 2000    | 否 | 书面回复 | 返工 | full
2026-03-20 19:45 | H ZL  | 球头松旷   | 个别不良 | 一般 | 制造     | 670 3    | 600 600      | 是 | 退换     | 换货 | oral_late
2026-03-24 09:00 | Y HSJ | 资料更改   | 资料更改 | 轻微 |          | 0 0      | 0 0          | 否 | 更新资料 |      | c
2026-03-25 10:00 | D RG  | 反馈不清   | 个别不良 | 一般 |          |          | 0 0          | 是 | 未说明   |      | refused
2026-03-27 14:50 | X JL  | 铰链异响   | 个别不良 | 一般 | 主机厂操作 | 230 6  | 300 0        | 否 | 现场指导 | 返修 | full
2026-03-31 16:05 | N XS  | 批量线序错 | 批量不良 | 严重 | 图纸     | 900 900  | 18000 18000  | 是 | 停止供货 | 全检返工 | late
2026-04-02 09:25 | H HSJ | 镜面划伤   | 个别不良 | 轻微 | 运输     | 310 8    | 1300 1300    | 否 | 补货     | 报废 | full
2026-04-07 08:45 | C ZL  | 防尘套破   | 个别不良 | 一般 | 制造     | 720 9    | 1100 1000    | 否 | 退换     | 换货 | no_report
2026-04-09 10:35 | Y XS  | 端子退针   | 个别不良 | 一般 | 制造     | 880 5    | 700 700      | 否 | 书面回复 | 返工 | full
2026-04-13 15:20 | D YZ  | 技术更改未切换 | 技术更改 | 一般 | 技术更改 | 360 36 | 2400 0      | 否 | 书面回复 | 换货 | full
2026-04-15 11:10 | N JL  | 建议增加标识 | 建议     | 轻微 |          | 0 0      | 0 0          | 否 | 书面回复 |      | hand
2026-04-17 13:55 | X HSJ | 镜面起雾   | 个别不良 | 一般 | 设计     | 280 7    | 1500 1500    | 否 | 书面回复 | 换货 | typed_in_later
2026-04-21 09:50 | H RG  | 接头渗油   | 个别不良 | 一般 | 制造     | 1050 4   | 900 700      | 否 | 退换     | 换货 | full
2026-04-23 14:05 | Y ZL  | 杆体弯曲   | 个别不良 | 一般 | 运输     | 790 6    | 1200 1200    | 否 | 补货     | 报废 | full
2026-04-27 10:15 | C XS  | 插头破裂   | 个别不良 | 一般 | 运输     | 660 9    | 1000 900     | 否 | 补货     | 报废 | no_report
2026-04-29 15:30 | D ZL  | 球头脱出   | 停线     | 严重 | 制造     | 430 1    | 42000 30000  | 是 | 立即派人 | 全检 | may_day
2026-04-30 16:45 | N HSJ | 数量短少   | 交付问题 | 一般 | 数量差错 | 240 10   | 0 0          | 是 | 补货     | 补发 | may_day_b
2026-05-06 08:55 | X YZ  | 漆面脱落   | 个别不良 | 一般 | 原材料   | 260 14   | 1100 1000    | 否 | 书面回复 | 返工 | full
2026-05-08 16:20 | H JL  | 孔位偏移   | 个别不良 | 一般 | 图纸     | 540 3    | 300 300      | 否 | 退换     | 返工 | full
2026-05-11 09:35 | Y RG  | 软管鼓包   | 个别不良 | 严重 | 原材料   | 1300 2   | 4800 4800    | 否 | 书面回复 | 换货 | full
2026-05-14 13:10 | H RG  | 接头渗油   | 个别不良 | 一般 | 制造     | 1080 5   | 900 800      | 否 | 退换     | 换货 | no_report
2026-05-18 10:40 | C ZL  | 螺纹烂牙   | 个别不良 | 一般 | 制造     | 700 4    | 600 600      | 否 | 退换     | 换货 | graded
2026-05-20 15:25 | D XS  | 书面答复要求 | 通知   | 轻微 |          | 0 0      | 0 0          | 否 | 书面回复 |      | hand
2026-05-21 09:10 | N ZL  | 球头松旷   | 个别不良 | 一般 |          | 460 2    | 500 500      | 否 | 退换     | 换货 | verified
2026-05-22 08:30 | Y YZ  | 焊缝开裂   | 批量不良 | 严重 | 制造     | 420 95   | 16000 12000  | 是 | 停止供货 |      | new
"""  # noqa: E501 - a table is read along its lines


def _read(line: str) -> Complaint:
    parts = [part.strip() for part in line.split("|")]
    received = _dt.datetime.strptime(parts[0], "%Y-%m-%d %H:%M")  # noqa: DTZ007 - wall time
    customer, product = parts[1].split()
    name, model = _PRODUCTS[product]
    defect, kind, severity, cause = parts[2:6]
    quantity, defective = (int(number) for number in parts[6].split() or ("0", "0"))
    loss, claim = (int(number) for number in parts[7].split())
    about_goods = quantity > 0
    known = bool(parts[6])
    shipped = received.date() - _dt.timedelta(days=9) if known else None
    lot = f"{model}-{shipped:%y%m%d}" if shipped and about_goods else ""
    what = f"{name}{model}" if not about_goods else f"{name}{lot}批，不良{defective}件"
    return Complaint(
        received=received,
        customer=_CUSTOMERS[customer],
        product=name,
        model=model,
        lot=lot,
        shipped_on=shipped,
        quantity=quantity if known else None,
        defective=defective if known else None,
        defect=defect,
        words=f"{_CUSTOMERS[customer]}反馈：{what}，{defect}",
        kind=kind,
        severity=severity,
        cause=cause,
        department=_DEPARTMENTS.get(cause, ""),
        remedy=_REMEDIES.get(cause, ""),
        loss=loss,
        claim=claim,
        oral=parts[8] == "是",
        demand=parts[9],
        disposal=parts[10] or ("不适用" if known and not about_goods else ""),
        reporter=_REPORTERS[customer],
        story=parts[11],
    )


COMPLAINTS: tuple[Complaint, ...] = tuple(
    _read(line) for line in _LINES.splitlines() if line.strip()
)
"""Fifty or so complaints, in the order in which they were received."""
