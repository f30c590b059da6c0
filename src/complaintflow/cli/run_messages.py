"""What ``complaintflow run`` says besides the ledger, in English and Chinese."""

from __future__ import annotations

__all__ = ["MESSAGES"]

MESSAGES: dict[str, dict[str, str]] = {
    "verify": {"en": "Verify:", "zh": "验证"},
    "progress": {"en": "running the register", "zh": "正在运行台账"},
    "rejected": {
        "en": "rejected rows: {count}; their lines and reasons are in {file}",
        "zh": "{count} 行被拒收，行号与原因见 {file}",
    },
    "rows": {
        "en": "{policy}: {total} rows read, {processed} processed, {rejected} rejected; "
        "as of {until}",
        "zh": "{policy}：读入 {total} 行，处理 {processed} 行，拒收 {rejected} 行；截至 {until}",
    },
}
