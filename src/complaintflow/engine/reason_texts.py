"""What refusals say, in English and in Chinese."""

from __future__ import annotations

__all__ = ["TEXTS", "WORDS"]

TEXTS: dict[str, dict[str, str]] = {
    "step-not-possible": {
        "en": "{step!r} is not possible in {state!r}; possible: {possible}",
        "zh": "在状态“{state}”下不能执行“{step}”；可执行：{possible}",
    },
    "wrong-role": {
        "en": "{what!r} is for {party}, not for {role!r} ({clause})",
        "zh": "“{what}”应由 {party} 执行，而不是“{role}”（{clause}）",
    },
    "need-not-met": {
        "en": "{clause}: {condition} does not hold ({why})",
        "zh": "{clause}：条件“{condition}”不成立（{why}）",
    },
    "still-missing": {"en": "; still missing: {missing}", "zh": "；尚缺：{missing}"},
    "fact-missing": {
        "en": "{clause}: {facts} must be known",
        "zh": "{clause}：必须填写 {facts}",
    },
    "presence-missing": {
        "en": "{clause}: {roles} must be present as well",
        "zh": "{clause}：还须 {roles} 共同在场",
    },
    "signature-missing": {
        "en": "{clause}: the signature of {roles} is missing (to sign: {party})",
        "zh": "{clause}：缺少 {roles} 的签字（应签：{party}）",
    },
    "via-missing": {
        "en": "{clause}: it must go by {via}",
        "zh": "{clause}：必须通过 {via}",
    },
    "evidence-missing": {
        "en": "{clause}: {documents} must be attached",
        "zh": "{clause}：必须附上 {documents}",
    },
    "reason-missing": {
        "en": "{clause}: {condition} should hold; give a reason to go on without it",
        "zh": "{clause}：应满足“{condition}”；如要继续，请说明理由",
    },
    "open-item": {
        "en": "{clause}: the procedure leaves {choice!r} open ({why}); settle it in the policy",
        "zh": "{clause}：程序文件未规定“{choice}”（{why}）；请先在政策中确定",
    },
    "unknown-name": {
        "en": "there is no {kind} {name!r}{hint}; there are: {known}",
        "zh": "没有{kind}“{name}”{hint}；现有：{known}",
    },
    "bad-value": {"en": "{name}: {problem}", "zh": "{name}：{problem}"},
    "case-closed": {
        "en": "the case is closed ({state}); nothing more can be done in it",
        "zh": "案件已结案（{state}），不能再操作",
    },
    "acted-already": {
        "en": "{what!r} has been done already by {by}",
        "zh": "“{what}”已由 {by} 完成",
    },
    "not-a-key": {
        "en": "{what!r} is owed by each of {keys}; got {key!r}",
        "zh": "“{what}”须分别由 {keys} 完成；收到“{key}”",
    },
    "not-owed": {
        "en": "{clause}: {what!r} is not owed now: {progress}",
        "zh": "{clause}：目前无须履行“{what}”：{progress}",
    },
    "not-foreseen": {
        "en": "{clause}: the procedure does not say that {what!r} may be {act}; it says so of: "
        "{others}",
        "zh": "{clause}：程序文件未规定“{what}”可以{act}；可以的有：{others}",
    },
    "bounced-out": {
        "en": "{clause}: {what!r} was rejected or passed on {times} times; now {arbiter} decides",
        "zh": "{clause}：“{what}”已退转 {times} 次，现由 {arbiter} 决定",
    },
    "not-eligible": {
        "en": "{role!r} of this case cannot be given to {person!r}: {why}; it can to: {able}",
        "zh": "本案的“{role}”不能交给“{person}”：{why}；可交给：{able}",
    },
    "not-in-role": {
        "en": "{person!r} does not act as {role!r} at that time; acting: {acting}",
        "zh": "“{person}”当时不担任“{role}”；当时担任者：{acting}",
    },
    "same-person": {
        "en": "{clause}: {person} did {first!r} and must not do {second!r}; another person can",
        "zh": "{clause}：{person} 已执行“{first}”，不得再执行“{second}”，须由他人执行",
    },
    "link-not-open": {
        "en": "{clause}: {link!r} is not open for {member!r}; open: {members}",
        "zh": "{clause}：“{link}”对“{member}”未开启；已开启：{members}",
    },
    "link-of-a-case": {
        "en": "{clause}: {link!r} closes with the case {case}; bring that to an end",
        "zh": "{clause}：“{link}”随案件 {case} 结案而结束；请先办结该案件",
    },
    "merged-already": {
        "en": "case {case} was merged into {into}; go on there",
        "zh": "案件 {case} 已并入 {into}，请在该案件中继续",
    },
    "later-survivor": {
        "en": "case {into} was received later ({received}); merge it into {case} instead, so that "
        "nobody gets more time",
        "zh": "案件 {into} 受理较晚（{received}）；请反向并入 {case}，以免延长期限",
    },
    "concerned": {
        "en": "{clause}: {person} is the {fact} of this case and must not do {what!r}; "
        "another person can",
        "zh": "{clause}：{person} 是本案的“{fact}”，不得执行“{what}”，须由他人执行",
    },
    "recused": {
        "en": "{person} is recused from this case ({reason}); another person can do it",
        "zh": "{person} 已从本案回避（{reason}），须由他人办理",
    },
    "too-late": {
        "en": "{clause}: {what!r} is allowed within {within}, that is until {until}",
        "zh": "{clause}：“{what}”须在 {within} 内进行，即截至 {until}",
    },
    "not-theirs": {
        "en": "{person} has nothing in case {case}; it is with {people}",
        "zh": "{person} 在案件 {case} 中没有承担事项；承办人：{people}",
    },
    "out-of-time": {
        "en": "it occurred {occurred}, {problem}",
        "zh": "发生时间 {occurred}：{problem}",
    },
}


WORDS: dict[str, dict[str, str]] = {
    "waiting": {"en": "it has not begun", "zh": "尚未开始"},
    "not asked": {"en": "it is not asked for", "zh": "不要求"},
    "undecided": {"en": "it cannot be told yet whether it is", "zh": "尚无法判定"},
    "done": {"en": "it is done", "zh": "已完成"},
    "waived": {"en": "it was waived", "zh": "已免除"},
    "rejected": {"en": "its rejection was upheld", "zh": "驳回已获准"},
    "act rejected": {"en": "rejected", "zh": "驳回"},
    "act passed on": {"en": "passed on", "zh": "转派"},
    "act waived": {"en": "waived", "zh": "免除"},
    "unfit absent": {"en": "absent", "zh": "不在岗"},
    "unfit recused": {"en": "recused", "zh": "已回避"},
    "unfit concerned": {"en": "is concerned by the case", "zh": "与本案有利害关系"},
    "unfit apart": {"en": "did what must stay apart from it", "zh": "已执行须与之分离的操作"},
    "unfit stranger": {"en": "does not hold the role", "zh": "不担任该角色"},
}
"""Words of reasons that are codes in their fields."""
