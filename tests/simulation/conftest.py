"""A small shop's procedure, with one fact of every type that a register may have."""

from __future__ import annotations

import pytest

from complaintflow.policy.policy import Policy
from complaintflow.policyfile import loads

SHOP = """
[policy]
id = "shop"
version = "1"
semantics = 1
calendar = "cn"
final = ["closed"]

[calendar.cn]
name = "cn"
timezone = "Asia/Shanghai"

[calendar.cn.week]
"mon-fri" = ["09:00-12:00", "13:00-18:00"]

[clauses]
S1 = "Somebody complains"
S2 = "Somebody answers within two days"
S3 = "It is closed"

[roles]
clerk = "S1"
chief = "S2"

[facts]
"customer, note, defect" = "text"
urgent = "yes/no"
cost = "money CNY"
pieces = "quantity"
count = "number"
made_on = "date"
seen_at = "instant"
colour = "one of: red, green, blue"
flaws = "some of: scratch, dent"
photos = "files"
blamed = "role"

[decide.level]
pick = "highest"
order = ["high", "low"]
by = "chief"
high."S1" = "urgent"
low."S1" = "not urgent"

[decide.desk]
pick = "all"
chief."S2" = "urgent"
clerk."S2" = "colour in (red, green)"

[step]
receive = { clause = "S1", by = "clerk", to = "open", asks = ["customer"] }
fix = { clause = "S2", by = "chief", from = "open", to = "fixed", needs = { S2 = "known(level)" } }
close = { clause = "S3", by = "clerk", from = "fixed, open", to = "closed" }

[duty]
answer = { clause = "S2", owner = "chief", starts = "receive", within = "2 working days", rungs = [{ at = "due", to = "chief", clause = "S2" }] }
look = { clause = "S2", owner = "chief", starts = "receive", each = ["front", "back"] }
tidy = { clause = "S2", starts = "fix", each = "desk" }

[action]
repair = { clause = "S2", kinds = "quick, thorough", by = "chief", owner = "chief", verified_by = "clerk" }

[records]
list = { clause = "S1", ledger = "list", columns = ["customer", "note", "defect", "cost", "pieces", "count", "made_on", "seen_at", "flaws", "photos", "blamed"] }

[names]
clerk = ["Clerk", "店员"]
chief = ["Chief", "店长"]
receive = ["Receive", "受理"]
fix = ["Fix", "修好"]
close = ["Close", "结案"]
answer = ["Answer", "答复"]
look = ["Look at it", "查看"]
repair = ["Repair", "维修"]
front = ["Front", "正面"]
quick = ["Quick repair", "快修"]
red = ["Red", "红"]
green = ["Green", "绿"]
scratch = ["Scratch", "划痕"]
dent = ["Dent", "凹陷"]
customer = ["Customer", "客户"]
urgent = ["Urgent", "紧急"]
level = ["Level", "级别"]
high = ["High", "高"]
low = ["Low", "低"]
"""


@pytest.fixture(scope="session")
def shop() -> Policy:
    return loads(SHOP, file="shop.toml")
