"""What the story of a case says, in English and in Chinese."""

from __future__ import annotations

__all__ = ["TEXTS"]

TEXTS: dict[str, dict[str, str]] = {
    "opened": {
        "en": "case opened under {policy}, version {version}",
        "zh": "按《{policy}》{version}版立案",
    },
    "step": {
        "en": "{by} ({role}) took the step {step}: {source} -> {target}",
        "zh": "{by}（{role}）执行“{step}”：{source} → {target}",
    },
    "duty": {"en": "{by} ({role}) did {duty}", "zh": "{by}（{role}）完成“{duty}”"},
    "duty-key": {
        "en": "{by} ({role}) did {duty} for {key}",
        "zh": "{by}（{role}）完成“{duty}”（{key}）",
    },
    "rejected": {
        "en": "{by} ({role}) rejected {duty}: {reason}",
        "zh": "{by}（{role}）驳回“{duty}”：{reason}",
    },
    "upheld": {
        "en": "{by} ({role}) upheld the rejection of {duty}: {reason}",
        "zh": "{by}（{role}）准予驳回“{duty}”：{reason}",
    },
    "upheld-to": {
        "en": "{by} ({role}) upheld the rejection of {duty}, which goes to {to}: {reason}",
        "zh": "{by}（{role}）准予驳回“{duty}”，改由{to}承担：{reason}",
    },
    "refused": {
        "en": "{by} ({role}) refused the rejection of {duty}: {reason}",
        "zh": "{by}（{role}）不准驳回“{duty}”：{reason}",
    },
    "passed-on": {
        "en": "{by} ({role}) passed {duty} on to {to}: {reason}",
        "zh": "{by}（{role}）将“{duty}”转派{to}：{reason}",
    },
    "waived": {
        "en": "{by} ({role}) waived {duty}: {reason}",
        "zh": "{by}（{role}）免除“{duty}”：{reason}",
    },
    "custody": {"en": "Who had it", "zh": "承办经过"},
    "had": {
        "en": "{duty}: {roles} from {since} to {until}{why}",
        "zh": "“{duty}”：{roles}，{since} 至 {until}{why}",
    },
    "why": {"en": " ({why})", "zh": "（{why}）"},
    "present": {"en": "present: {people}", "zh": "在场：{people}"},
    "signed": {"en": "signed by {people}", "zh": "签字：{people}"},
    "via": {"en": "by {via}", "zh": "方式：{via}"},
    "reason": {"en": "reason: {reason}", "zh": "理由：{reason}"},
    "evidence": {"en": "evidence: {evidence}", "zh": "证据：{evidence}"},
    "facts": {"en": "stated: {facts}", "zh": "记录：{facts}"},
    "raised": {
        "en": "{by} ({role}) raised {action} {key} ({kind}) for {owner}: {text}",
        "zh": "{by}（{role}）提出“{action}”{key}（{kind}），责任方 {owner}：{text}",
    },
    "noted": {"en": "{by} ({role}) noted facts", "zh": "{by}（{role}）补充记录"},
    "counted": {
        "en": "{fact} is {value}, counted from: {cases}",
        "zh": "{fact}为 {value}，统计自：{cases}",
    },
    "summed": {
        "en": "{fact} is {value}, added up from: {cases}",
        "zh": "{fact}为 {value}，累计自：{cases}",
    },
    "unknown": {"en": "unknown", "zh": "未知"},
    "decided": {
        "en": "{decision} is {answer}; matched: {matched}",
        "zh": "{decision}为{answer}；符合条款：{matched}",
    },
    "undetermined": {
        "en": "{decision} is undetermined; not evaluated: {unknown}",
        "zh": "{decision}未能确定；无法判断的条款：{unknown}",
    },
    "overruled": {
        "en": "{by} ({role}) ruled {decision} to be {answer} instead of {before}: {reason}",
        "zh": "{by}（{role}）将{decision}由{before}改定为{answer}：{reason}",
    },
    "approval": {
        "en": "{by} ({role}) answered {approval}: {answer}",
        "zh": "{by}（{role}）对“{approval}”的答复：{answer}",
    },
    "signature": {
        "en": "{by} ({role}) signed {what}, entry {entry}; meaning: {meaning}; digest {digest}",
        "zh": "{by}（{role}）签署“{what}”（第 {entry} 条）；含义：{meaning}；摘要 {digest}",
    },
    "assigned": {
        "en": "{person} has the case as {role} ({why})",
        "zh": "{person} 作为{role}承办（{why}）",
    },
    "passed": {"en": "{people}: {why}", "zh": "{people}：{why}"},
    "between": {"en": "; ", "zh": "；"},
    "because": {"en": ": ", "zh": "："},
    "and more": {"en": "and {count} more", "zh": "等共另 {count} 人"},
    "handed-over": {
        "en": "{leaving} handed over to {successor}: {reason}",
        "zh": "{leaving}移交给{successor}：{reason}",
    },
    "linked": {"en": "{link} opened: {case}", "zh": "已开启“{link}”：{case}"},
    "outside": {"en": "outside", "zh": "外部"},
    "link-closed": {"en": "{link} is closed", "zh": "“{link}”已结束"},
    "opened_by": {"en": "opened by {link} of case {case}", "zh": "由案件 {case} 的“{link}”开启"},
    "duplicate_of": {"en": "merged into case {case}", "zh": "并入案件 {case}"},
    "has_duplicate": {"en": "case {case} was merged into this one", "zh": "案件 {case} 并入本案"},
    "part_of": {"en": "split from case {case}", "zh": "自案件 {case} 分出"},
    "has_part": {"en": "case {case} was split from this one", "zh": "分出案件 {case}"},
    "recused": {
        "en": "{by} ({role}) recused {person}: {reason}",
        "zh": "{by}（{role}）令{person}回避：{reason}",
    },
    "recusal-lifted": {
        "en": "{by} ({role}) lifted the recusal of {person}: {reason}",
        "zh": "{by}（{role}）解除{person}的回避：{reason}",
    },
    "numbered": {"en": "numbered {number}", "zh": "编号 {number}"},
    "period": {"en": "standing case of {label}", "zh": "{label} 期间的常设案件"},
    "migrated": {
        "en": "moved to version {version}, {how}, in {state}",
        "zh": "转入 {version} 版（{how}），状态{state}",
    },
    "from now": {"en": "from now on", "zh": "自此起适用"},
    "recompute": {"en": "as if it had always held", "zh": "视同自始适用"},
    "told-already": {
        "en": "but {people}, told already by the rung before",
        "zh": "但 {people} 已由上一级通知",
    },
    "told": {"en": "{tell}: told {to}", "zh": "{tell}：已通知 {to}"},
    "missed": {
        "en": "{duty} was missed: due {due}",
        "zh": "“{duty}”逾期：应于 {due} 前完成",
    },
    "rung": {
        "en": "{duty}, due {due}: at {rung}, told {to}",
        "zh": "“{duty}”（期限 {due}）：到达“{rung}”，已通知 {to}",
    },
    "rung-too-late": {
        "en": "{duty}, due {due}: {rung} was found too late to tell {to}",
        "zh": "“{duty}”（期限 {due}）：发现“{rung}”时已不必通知 {to}",
    },
    "corrected": {
        "en": "{by} ({role}) corrected entry {position}: {old} became {new}: {reason}",
        "zh": "{by}（{role}）更正第 {position} 条：{old} 改为 {new}：{reason}",
    },
    "voided": {
        "en": "{by} ({role}) voided the case: {reason}",
        "zh": "{by}（{role}）作废：{reason}",
    },
    "adopted": {
        "en": "taken over from {system} in {state}, received {received}",
        "zh": "自{system}接管，状态{state}，受理时间 {received}",
    },
    "recorded": {"en": "entered {recorded}", "zh": "录入时间 {recorded}"},
    "nothing": {"en": "nothing", "zh": "无"},
    "story": {"en": "What happened", "zh": "经过"},
    "decisions": {"en": "How it is judged", "zh": "判定"},
    "clocks": {"en": "What is timed", "zh": "时限"},
    "criterion": {
        "en": "{clause}: {condition} [{result}] {facts}",
        "zh": "{clause}：{condition}［{result}］{facts}",
    },
    "matched": {"en": "matched", "zh": "符合"},
    "not-matched": {"en": "not matched", "zh": "不符合"},
    "not-evaluated": {"en": "not evaluated", "zh": "无法判断"},
    "answer": {"en": "{decision}: {answer}", "zh": "{decision}：{answer}"},
    "ruled": {
        "en": "{decision}: {answer}, ruled by a person: {reason}",
        "zh": "{decision}：{answer}（人工裁定：{reason}）",
    },
    "clock": {
        "en": "{duty} ({clause}), {kind}, round {round}, from {start}: {outcome}",
        "zh": "“{duty}”（{clause}），{kind}，第 {round} 轮，自 {start} 起：{outcome}",
    },
    "clock-ahead": {
        "en": "{duty} ({clause}) waits; from {start} if the one before is in time, then due {due}",
        "zh": "“{duty}”（{clause}）待前一环节完成；若其按时，自 {start} 起，期限 {due}",
    },
    "kind-internal": {"en": "internal", "zh": "内部时限"},
    "kind-customer": {"en": "customer", "zh": "客户时限"},
    "kind-statutory": {"en": "statutory", "zh": "法定时限"},
    "kind-promise": {"en": "promise", "zh": "承诺时限"},
    "beside-earliest": {
        "en": "the earliest governs; beside it: {what}, {due}",
        "zh": "以最早者为准；另有：{what}，{due}",
    },
    "beside-replaces": {
        "en": "a date that is named replaces the limit; beside it: {what}, {due}",
        "zh": "指定日期取代期限；另有：{what}，{due}",
    },
    "extended": {
        "en": "extended on {at} by {by} from {anchor} ({clause}): due {due}",
        "zh": "{at} 准予延期 {by}，自 {anchor} 起算（{clause}）：期限 {due}",
    },
    "superseded": {
        "en": "was {was} until {until}, because {cause} (entry {position}: {line})",
        "zh": "{until} 之前为 {was}，变更原因：{cause}（第 {position} 条：{line}）",
    },
    "moved-pause": {"en": "the clock was stopped", "zh": "停止计时"},
    "moved-resume": {"en": "the clock had stood", "zh": "恢复计时"},
    "moved-regrade": {"en": "another limit holds", "zh": "适用期限改变"},
    "moved-extension": {"en": "it was extended", "zh": "准予延期"},
    "moved-dropped": {"en": "an extension was dropped", "zh": "延期失效"},
    "moved-date": {"en": "another date was named", "zh": "日期改变"},
    "moved-correction": {"en": "an entry was corrected", "zh": "更正记录"},
    "moved-migration": {"en": "another version holds", "zh": "适用版本变更"},
    "moved-entry": {"en": "of what was entered", "zh": "新的记录"},
    "clock-due": {"en": "due {due}", "zh": "期限 {due}"},
    "clock-done": {"en": "due {due}, done {done}", "zh": "期限 {due}，完成于 {done}"},
    "clock-now": {"en": "now", "zh": "现在"},
    "clock-paused": {"en": "paused", "zh": "暂停"},
    "clock-none": {"en": "no instant ({sort})", "zh": "无确定时刻（{sort}）"},
    "clock-open": {
        "en": "no limit: the procedure leaves {choice} open",
        "zh": "无时限：程序文件未规定“{choice}”",
    },
}
