"""What ``complaintflow check`` and ``diff`` say around their findings, in English and Chinese."""

from __future__ import annotations

__all__ = ["MESSAGES"]

MESSAGES: dict[str, dict[str, str]] = {
    "error": {"en": "error", "zh": "错误"},
    "warning": {"en": "warning", "zh": "警告"},
    "note": {"en": "note", "zh": "提示"},
    "example": {"en": "example: {text}", "zh": "例如：{text}"},
    "clauses": {"en": " [{clauses}]", "zh": "（条款 {clauses}）"},
    "summary": {
        "en": "{policy}: errors {errors}, warnings {warnings}, notes {notes}",
        "zh": "{policy}：错误 {errors}，警告 {warnings}，提示 {notes}",
    },
    "clean": {"en": "{policy}: nothing found", "zh": "{policy}：未发现问题"},
    "same": {
        "en": "the two policies say the same",
        "zh": "两份制度内容相同",
    },
}
