"""Reading what a scenario expects: a closed set of kinds, every one counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, get_args

from complaintflow.audit.events import Answer
from complaintflow.audit.relations import RELATIONS
from complaintflow.domain.types import show
from complaintflow.engine import reasons
from complaintflow.policy.approval import APPROVAL_STATES
from complaintflow.policy.decision import Decision
from complaintflow.simulation.scenarios.duty_expects import DUTY_KINDS, read_duties
from complaintflow.simulation.scenarios.node import Node
from complaintflow.simulation.scenarios.scenario import Expectation, ReasonAs
from complaintflow.simulation.scenarios.vocabulary import Vocabulary

__all__ = ["KINDS", "REASONS", "read_answer", "read_expects", "read_refused"]

REASONS: tuple[str, ...] = tuple(sorted(reason.key for reason in get_args(reasons.Reason)))
"""The kinds of reasons for which a command can be refused."""


def read_expects(node: Node, words: Vocabulary) -> tuple[Expectation, ...]:
    """The expectations of an ``expect`` table.

    Beside the kinds it may name any decision or fact and say its answer or value.
    """
    known = (*KINDS, *words.decisions, *words.facts)
    found: list[Expectation] = []
    for key, part in node.table(known, "expectation, decision or fact").items():
        if key in KINDS:
            found += KINDS[key](part, words)
        elif key in words.decisions:
            found += _answer(part, words, key)
        else:
            found += _fact(part, words, key)
    return tuple(found)


def read_refused(node: Node, words: Vocabulary) -> Expectation | None:
    """What a refusal must say: ``true``, the kind of its only reason, or every reason."""
    if node.value is True:
        return Expectation("refused", "", None, None, "refused", node.line)
    found: list[ReasonAs] = []
    for item in node.items():
        if isinstance(item.value, str):
            kind = item.named("kind of reason", REASONS)
            found += [ReasonAs(kind)] if kind else []
        else:
            found += _reason(item, words)
    if not found:
        return None
    said = "; ".join(map(str, found))
    return Expectation("refused", "", None, tuple(found), said, node.line)


def _reason(node: Node, words: Vocabulary) -> Iterator[ReasonAs]:
    parts = node.table(("reason", "clause", "facts", "roles", "choice"))
    if "reason" not in parts:
        if parts:
            node.complain(
                f"say the kind of reason: reason = 'need-not-met'; there are: {', '.join(REASONS)}"
            )
        return
    kind = parts["reason"].named("kind of reason", REASONS)
    clauses = frozenset(words.clauses(parts["clause"])) if "clause" in parts else None
    facts = (
        frozenset(parts["facts"].names("fact", tuple(words.facts))) if "facts" in parts else None
    )
    roles = frozenset(parts["roles"].names("role", words.roles)) if "roles" in parts else None
    choice = parts["choice"].named("choice", words.choices) if "choice" in parts else None
    if kind:
        yield ReasonAs(kind, clauses, facts, roles, choice)


# -- kinds that are not about duties ---------------------------------------------------------


_Kind = Callable[[Node, Vocabulary], Iterator[Expectation]]


def _state(node: Node, words: Vocabulary) -> Iterator[Expectation]:
    state = node.named("state", words.policy.states)
    if state:
        yield Expectation("state", "", None, state, state, node.line)


def _flag(kind: str) -> _Kind:
    def read(node: Node, words: Vocabulary) -> Iterator[Expectation]:
        wanted = node.flag()
        yield Expectation(kind, "", None, wanted, show(wanted), node.line)

    return read


def _number(node: Node, words: Vocabulary) -> Iterator[Expectation]:
    wanted = node.text("a number such as '2026-0001'")
    if wanted:
        yield Expectation("number", "", None, wanted, wanted, node.line)


def _possible(node: Node, words: Vocabulary) -> Iterator[Expectation]:
    wanted = node.names("step", tuple(words.steps))
    yield Expectation("possible", "", None, frozenset(wanted), _list(wanted), node.line)


def _turn(node: Node, words: Vocabulary) -> Iterator[Expectation]:
    wanted = node.names("role", words.roles)
    yield Expectation("turn", "", None, frozenset(wanted), _list(wanted), node.line)


def _each(kind: str, noun: str, known: Callable[[Vocabulary], tuple[str, ...]]) -> _Kind:
    """A list of names about each of which the same is expected."""

    def read(node: Node, words: Vocabulary) -> Iterator[Expectation]:
        for name in node.names(noun, known(words)):
            yield Expectation(kind, name, None, None, kind.replace("_", " "), node.line)

    return read


def _clauses(kind: str) -> _Kind:
    def read(node: Node, words: Vocabulary) -> Iterator[Expectation]:
        for name, part in node.table(tuple(words.decisions), "decision").items():
            wanted = words.clauses(part)
            yield Expectation(kind, name, None, frozenset(wanted), _list(wanted), part.line)

    return read


def _answers(node: Node, words: Vocabulary) -> Iterator[Expectation]:
    for name, part in node.table(tuple(words.decisions), "decision").items():
        yield from _answer(part, words, name)


def _answer(node: Node, words: Vocabulary, code: str) -> Iterator[Expectation]:
    decision = words.decisions[code]
    wanted = read_answer(node, decision)
    if wanted is not None:
        said = show(wanted) or "-"
        typed = frozenset(wanted) if isinstance(wanted, tuple) else wanted
        yield Expectation("answer", code, None, typed, said, node.line)


def read_answer(node: Node, decision: Decision) -> Answer:
    """An answer that *decision* can have; None with a problem noted."""
    if decision.pick == "flag":
        return node.flag()
    if decision.pick == "all":
        return node.names("answer", decision.answers)
    return node.named("answer", decision.answers)


def _approvals(node: Node, words: Vocabulary) -> Iterator[Expectation]:
    for name, part in node.table(tuple(words.approvals), "approval").items():
        wanted = part.named("answer", APPROVAL_STATES)
        if wanted:
            yield Expectation("approval", name, None, wanted, wanted, part.line)


def _facts(node: Node, words: Vocabulary) -> Iterator[Expectation]:
    for name, part in node.table(tuple(words.facts), "fact").items():
        yield from _fact(part, words, name)


def _fact(node: Node, words: Vocabulary, code: str) -> Iterator[Expectation]:
    wanted = words.value(code, node)
    if wanted is not None:
        yield Expectation("fact", code, None, wanted, show(wanted), node.line)


def _counted(node: Node, words: Vocabulary) -> Iterator[Expectation]:
    for name, part in node.table(words.counts, "counted fact").items():
        wanted = tuple(word for _, word in part.words("names of earlier cases"))
        yield Expectation("counted", name, None, frozenset(wanted), _list(wanted), part.line)


def _signed(node: Node, words: Vocabulary) -> Iterator[Expectation]:
    """Whose signatures of a step or an approval stand."""
    signable = [step.code for step in words.policy.steps if step.signed is not None]
    signable += [one.code for one in words.policy.approvals if one.meaning is not None]
    for name, part in node.table(tuple(signable), "step or approval that is signed").items():
        wanted = part.names("role", words.roles)
        yield Expectation("signed", name, None, frozenset(wanted), _list(wanted), part.line)


def _told(node: Node, words: Vocabulary) -> Iterator[Expectation]:
    """Every notice that the entry sends, and that it sends no other."""
    found: dict[str, Any] = {}
    if isinstance(node.value, dict):
        for name, part in node.table(words.tells, "notice").items():
            wanted = part.names("role", words.roles)
            found[name] = None
            yield Expectation("told", name, None, frozenset(wanted), _list(wanted), part.line)
    else:
        for name in node.names("notice", words.tells):
            found[name] = None
            yield Expectation("told", name, None, None, "told", node.line)
    yield Expectation("told_only", "", None, frozenset(found), _list(tuple(found)), node.line)


def _links(kind: str) -> _Kind:
    """Links, each with its key where it has keys: ``["lab", "companies.north"]``."""

    def read(node: Node, words: Vocabulary) -> Iterator[Expectation]:
        for item in node.items() if isinstance(node.value, list) else (node,):
            said = item.text("a link such as 'lab' or 'companies.north'") or ""
            code, _, key = said.partition(".")
            if code not in words.links:
                item.unknown("link", code, tuple(words.links))
            else:
                yield Expectation(kind, code, key or None, None, kind.replace("_", " "), item.line)

    return read


def _related(node: Node, words: Vocabulary) -> Iterator[Expectation]:
    """How the case belongs to others: by name where the scenario names them, else by number."""
    for kind, part in node.table(RELATIONS, "relation").items():
        wanted = tuple(word for _, word in part.words("names or numbers of cases"))
        yield Expectation("related", kind, None, frozenset(wanted), _list(wanted), part.line)


def _people(node: Node, words: Vocabulary) -> Iterator[Expectation]:
    for role, part in node.table(words.roles, "role").items():
        wanted = part.text("a person")
        if wanted:
            yield Expectation("people", role, None, wanted, wanted, part.line)


def _duties(kind: str) -> _Kind:
    return lambda node, words: read_duties(kind, node, words)


def _list(words: tuple[str, ...]) -> str:
    return ", ".join(words) or "-"


KINDS: dict[str, _Kind] = {
    "state": _state,
    "final": _flag("final"),
    "number": _number,
    "possible": _possible,
    "turn": _turn,
    "answers": _answers,
    "undetermined": _each("undetermined", "decision", lambda words: tuple(words.decisions)),
    "matched": _clauses("matched"),
    "not_evaluated": _clauses("not_evaluated"),
    "approvals": _approvals,
    "facts": _facts,
    "unknown": _each("unknown", "fact", lambda words: tuple(words.facts)),
    "counted": _counted,
    "signed": _signed,
    "told": _told,
    **{kind: _links(kind) for kind in ("opened", "not_opened", "closed")},
    "related": _related,
    "people": _people,
    **{kind: _duties(kind) for kind in DUTY_KINDS},
}
"""The keys of an ``expect`` table, apart from the names of decisions and facts."""
