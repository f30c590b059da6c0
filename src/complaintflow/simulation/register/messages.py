"""What is said about rows that are not processed, in English and Chinese."""

from __future__ import annotations

__all__ = ["MESSAGES"]

MESSAGES: dict[str, dict[str, str]] = {
    "too_wide": {
        "en": "the row has {cells} cells under {headings} headings",
        "zh": "本行有 {cells} 个单元格，而标题只有 {headings} 个",
    },
    "broken_quotes": {
        "en": "a quotation mark is opened and not closed",
        "zh": "引号没有成对",
    },
    "unreadable": {
        "en": "the row cannot be split into cells: {detail}",
        "zh": "本行无法拆分为单元格：{detail}",
    },
    "missing": {
        "en": "{column} is empty",
        "zh": "{column} 为空",
    },
    "no_column": {
        "en": "the file has no column {column}",
        "zh": "文件中没有“{column}”一列",
    },
    "formula": {
        "en": "{column}: formulas are not evaluated: {value}; write the value itself",
        "zh": "{column}：不计算公式 {value}，请填写数值本身",
    },
    "value": {
        "en": "{column}: {detail}",
        "zh": "{column}：取值有误（{detail}）",
    },
    "unknown_value": {
        "en": "{column}: the mapping has no translation of {value}{hint}",
        "zh": "{column}：映射表中没有“{value}”的译法{hint}",
    },
    "hint": {
        "en": "; did you mean '{meant}'?",
        "zh": "，是否为“{meant}”？",
    },
    "unit": {
        "en": "{column}: expected an amount in {unit}, got {value}",
        "zh": "{column}：应以 {unit} 为单位，实为 {value}",
    },
    "stamp": {
        "en": "{column}: expected a date and time such as 2026-03-10 09:20, got {value}",
        "zh": "{column}：应为日期时间，如 2026-03-10 09:20，实为 {value}",
    },
    "no_time": {
        "en": '{column}: {value} has no time of day; the mapping may say at = "09:00"',
        "zh": '{column}：{value} 没有时刻，可在映射表中写 at = "09:00"',
    },
    "no_zone": {
        "en": "{column}: {value} has no time zone; the mapping may name one: "
        'zone = "Asia/Shanghai"',
        "zh": '{column}：{value} 没有时区，可在映射表中写 zone = "Asia/Shanghai"',
    },
    "twice_an_hour": {
        "en": "{column}: {value} happened twice in {zone} (clocks went back); the mapping may say "
        'ambiguous = "first" or "second"',
        "zh": "{column}：{value} 在 {zone} 出现过两次（时钟回拨），可在映射表中写 "
        'ambiguous = "first" 或 "second"',
    },
    "range": {
        "en": "{column}: {value} lies outside the years 1970-2200",
        "zh": "{column}：{value} 不在 1970-2200 年之间",
    },
    "duplicate": {
        "en": "{number} stands already in line {line}",
        "zh": "{number} 已见于第 {line} 行",
    },
    "number": {
        "en": "{column}: a number has 1 to 100 characters, none of them a control character, and "
        "does not begin with = + - @, got {value}",
        "zh": "{column}：编号为 1 至 100 个字符，不含控制字符，且不以 = + - @ 开头，实为 {value}",
    },
    "order": {
        "en": "{column}: {value} is earlier than {other} ({instead})",
        "zh": "{column}：{value} 早于 {other}（{instead}）",
    },
    "unknown_number": {
        "en": "no complaint in the register has the number {number}",
        "zh": "登记表中没有编号 {number}",
    },
    "opening_rejected": {
        "en": "complaint {number} itself was rejected",
        "zh": "投诉 {number} 本身已被拒收",
    },
    "before_opening": {
        "en": "{value} is before complaint {number} was received",
        "zh": "{value} 早于投诉 {number} 的受理时间",
    },
    "after_until": {
        "en": "{value} lies after {until}, up to which is run",
        "zh": "{value} 晚于运行截止时间 {until}",
    },
    "what": {
        "en": "{column}: {value} is no step, duty or action of the policy{hint}",
        "zh": "{column}：制度中没有步骤、职责或措施 {value}{hint}",
    },
    "role": {
        "en": "{column}: {value} is no role of the policy{hint}",
        "zh": "{column}：制度中没有角色 {value}{hint}",
    },
    "fact": {
        "en": "{column}: {value} is no fact of the policy that people give{hint}",
        "zh": "{column}：{value} 不是制度中可填写的事实{hint}",
    },
    "pair": {
        "en": "{column}: expected name = value; name = value, got {value}",
        "zh": "{column}：应为 名称 = 值; 名称 = 值，实为 {value}",
    },
    "refused": {
        "en": "refused: {detail}",
        "zh": "被制度拒绝：{detail}",
    },
    "failed": {
        "en": "not possible: {detail}",
        "zh": "无法执行：{detail}",
    },
}
