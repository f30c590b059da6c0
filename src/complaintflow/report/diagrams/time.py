"""Who owes what by when, as a flowchart: from the moments through the duties to the ladders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from complaintflow.policy.choice import Open
from complaintflow.policy.duty import Duty, Target
from complaintflow.policy.expression import Expression
from complaintflow.policy.life import Life
from complaintflow.policy.naming import Naming
from complaintflow.policy.policy import Policy
from complaintflow.policy.rung import Point
from complaintflow.report.diagrams.mermaid import chart, clauses, label, lines, word

__all__ = ["time"]


def time(policy: Policy, language: str = "en") -> str:
    """A Mermaid flowchart: each duty with owner, limit and clauses, behind what starts it.

    Args:
        policy: Whose duties are drawn.
        language: Names in ``en`` or ``zh``.

    Raises:
        InvalidValueError: there is no such language.
    """
    return chart("flowchart LR", _lines(policy, Naming(policy, language)))


def _lines(policy: Policy, naming: Naming) -> Iterator[str]:
    moments: dict[Expression | Open, str] = {}
    for duty in policy.duties:
        if duty.starts not in moments:
            moments[duty.starts] = f"m{len(moments)}"
            yield f'{moments[duty.starts]}(["{_moment(duty.starts, naming)}"])'
    for duty in policy.duties:
        node = f"t_{duty.code}"
        yield f'{node}["{_duty(duty, naming)}"]'
        if duty.when is None:
            yield f"{moments[duty.starts]} --> {node}"
        else:
            asked = label(word("if", naming.language, naming.condition(duty.when)))
            yield f'{moments[duty.starts]} -- "{asked}" --> {node}'
        yield from _ladder(duty, node, naming)


def _moment(starts: Expression | Open, naming: Naming) -> str:
    if isinstance(starts, Open):
        return label(f"? {naming.name(starts.choice)}")
    return label(naming.condition(starts))


def _duty(duty: Duty, naming: Naming) -> str:
    language = naming.language
    each = duty.each if isinstance(duty.each, tuple) else (duty.each,)
    said = [naming.name(duty.code)]
    if duty.owner is not None:
        said.append(naming.party(duty.owner))
    if each:
        said.append(word("each", language, naming.names(each)))
    if duty.jointly is not None:
        said.append(word("together", language, naming.party(duty.jointly)))
    said += _limit(duty.target, naming)
    if duty.ends is not None:
        said.append(word("until", language, naming.condition(duty.ends)))
    if duty.target is not None and duty.target.pauses is not None:
        said.append(word("pauses", language, naming.condition(duty.target.pauses)))
    said += _life(duty.life, naming)
    if duty.target is not None and duty.target.extended is not None:
        extended = duty.target.extended
        parts = naming.limit(extended.by), naming.condition(extended.on)
        said.append(word("extended", language, *parts))
    return lines((*said, clauses(duty.clauses)))


def _life(life: Life, naming: Naming) -> Iterator[str]:
    language = naming.language
    for key in ("ruled_by", "passed_on_by", "waived_by"):
        who = getattr(life, key)
        if who is not None:
            yield word(key, language, naming.party(who))
    if life.arbiter is not None:
        yield word("arbiter", language, str(life.bounces), naming.party(life.arbiter))


def _limit(target: Target | None, naming: Naming) -> list[str]:
    language = naming.language
    if target is None:
        return [word("no limit", language)]
    if target.date is not None:
        if target.within is None:
            return [word("by", language, naming.name(target.date))]
        *most, last = _within(target, naming)
        return [*most, word(target.ranks, language, last, naming.name(target.date))]
    return _within(target, naming)


def _within(target: Target, naming: Naming) -> list[str]:
    language = naming.language
    if isinstance(target.within, Mapping):
        return [
            word("of", language, naming.limit(limit), naming.name(answer))
            for answer, limit in target.within.items()
        ]
    if isinstance(target.within, Open) or target.within is None:
        return [naming.limit(target.within)]
    counted = target.within.counted or target.within.sort in ("elapsed", "working time")
    plain = counted and target.within.sort not in ("same day", "fixed point")
    return [word("within" if plain else "limit", language, naming.limit(target.within))]


def _ladder(duty: Duty, node: str, naming: Naming) -> Iterator[str]:
    """One box a rung, behind the duty or the rung before."""
    before = node
    for index, rung in enumerate(duty.target.rungs if duty.target else ()):
        here = f"{node}_r{index}"
        said = lines((word("told", naming.language, naming.names(rung.to)), clauses(rung.clauses)))
        yield f'{here}>"{said}"]'
        yield f'{before} -. "{label(_point(rung.at, naming))}" .-> {here}'
        before = here


def _point(point: Point, naming: Naming) -> str:
    if naming.language == "en":
        return str(point)
    amount = naming.limit(point.amount)
    match point.kind:
        case "share":
            return f"期限的 {point.share * 100} %"
        case "lead":
            return f"到期前 {amount}"
        case "lag" if point.times > 1:
            return f"到期后每 {amount}，共 {point.times} 次"
        case "lag":
            return f"到期后 {amount}"
        case _:
            return "到期未完成"
