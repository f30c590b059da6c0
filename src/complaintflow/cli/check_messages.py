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
        "en": "{policy}: {errors}, {warnings}, {notes}",
        "zh": "{policy}：{errors}，{warnings}，{notes}",
    },
    "1 error": {"en": "{count} error", "zh": "{count} 个错误"},
    "errors": {"en": "{count} errors", "zh": "{count} 个错误"},
    "1 warning": {"en": "{count} warning", "zh": "{count} 个警告"},
    "warnings": {"en": "{count} warnings", "zh": "{count} 个警告"},
    "1 note": {"en": "{count} note", "zh": "{count} 个提示"},
    "notes": {"en": "{count} notes", "zh": "{count} 个提示"},
    "clean": {"en": "{policy}: nothing found", "zh": "{policy}：未发现问题"},
    "same": {
        "en": "the two policies say the same",
        "zh": "两份制度内容相同",
    },
}
