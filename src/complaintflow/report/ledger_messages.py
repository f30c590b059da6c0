"""The words of the ledger, in English and Chinese."""

from __future__ import annotations

__all__ = ["MESSAGES"]

MESSAGES: dict[str, dict[str, str]] = {
    "ledger": {"en": "Ledger", "zh": "投诉台账"},
    "summary": {
        "en": "By grade and department: in time of owed (not due yet counts as in time)",
        "zh": "按等级与责任部门：按时数/应完成数（未到期计为按时）",
    },
    "by_department": {
        "en": "By department: in time of owed (not due yet counts as in time)",
        "zh": "按责任部门：按时数/应完成数（未到期计为按时）",
    },
    "targets": {"en": "Targets", "zh": "时限"},
    "number": {"en": "number", "zh": "编号"},
    "received": {"en": "received", "zh": "受理时间"},
    "customer": {"en": "customer", "zh": "客户"},
    "product": {"en": "product", "zh": "产品"},
    "grade": {"en": "grade", "zh": "等级"},
    "reason": {"en": "because of", "zh": "依据"},
    "owner": {"en": "owner", "zh": "责任人"},
    "state": {"en": "state", "zh": "状态"},
    "next_due": {"en": "next due", "zh": "下一期限"},
    "overdue_by": {"en": "overdue by", "zh": "已超期"},
    "escalated_to": {"en": "escalated to", "zh": "已上报"},
    "department": {"en": "department", "zh": "责任部门"},
    "cases": {"en": "cases", "zh": "件数"},
    "open": {"en": "open", "zh": "未结"},
    "all": {"en": "all", "zh": "合计"},
    "target": {"en": "target", "zh": "时限"},
    "owed": {"en": "owed", "zh": "应完成"},
    "on_time": {"en": "on time", "zh": "按时"},
    "late": {"en": "late", "zh": "超期完成"},
    "running": {"en": "running", "zh": "未到期"},
    "overdue": {"en": "overdue", "zh": "超期未完成"},
    "rate": {"en": "in time", "zh": "按时率"},
    "undetermined": {"en": "undetermined", "zh": "未定"},
    "nobody": {"en": "nobody yet", "zh": "未定"},
    "day": {"en": "d", "zh": "天"},
}
