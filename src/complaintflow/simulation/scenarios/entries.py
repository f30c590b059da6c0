"""Reading the entries of a scenario: commands at wall times."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from complaintflow.engine.commands import (
    Adopt,
    Approve,
    Assign,
    CloseLink,
    Correct,
    Do,
    HandOver,
    Merge,
    Note,
    Overrule,
    PassOn,
    Raise,
    Receive,
    Recuse,
    Reject,
    Rule,
    Split,
    Void,
    Waive,
    What,
)
from complaintflow.simulation.scenarios.expects import read_answer, read_expects, read_refused
from complaintflow.simulation.scenarios.node import Node
from complaintflow.simulation.scenarios.parts import (
    Parts,
    evidence_of,
    facts_of,
    people_of,
    text_of,
)
from complaintflow.simulation.scenarios.scenario import Entry
from complaintflow.simulation.scenarios.times import wall
from complaintflow.simulation.scenarios.vocabulary import Vocabulary

__all__ = ["COMMANDS", "ENTRY", "read_entries"]

COMMANDS: dict[str, tuple[str, ...]] = {
    "do": ("key", "facts", "unknown", "present", "signed", "evidence", "via", "reason"),
    "note": ("unknown", "evidence"),
    "overrule": ("answer", "reason"),
    "approve": ("answer", "reason"),
    "reject": ("key", "reason"),
    "rule": ("key", "answer", "to", "reason"),
    "pass_on": ("key", "to", "reason"),
    "waive": ("key", "reason"),
    "assign": ("to", "reason"),
    "raise": ("kind", "owner", "text"),
    "close_link": ("key", "facts", "evidence"),
    "hand_over": ("reason",),
    "merge": ("reason",),
    "split": ("reason",),
    "correct": ("reason",),
    "recuse": ("reason", "lifted"),
    "void": (),
    "adopt": ("system", "received", "facts"),
}
"""The commands of an entry, each with the keys that go with it."""

PERIOD = "period "
"""The standing case of a period is named by it: ``period 2026-03``."""

ENTRY = ("at", "in", "recorded", "by", "role", "sweep", "period", "refused", "expect")
"""The keys that every entry may have."""


def read_entries(
    node: Node, words: Vocabulary, case: str, given: Mapping[str, Any], before: int | None = None
) -> list[Entry]:
    """The entries of the list at *node*.

    Args:
        node: The list.
        words: The policy's words.
        case: The name of the case that they are about.
        given: Facts that its opening takes for granted.
        before: When the entry before the list was recorded.
    """
    if not isinstance(node.value, list):
        node.expected("a list of entries")
        return []
    found: list[Entry] = []
    for item in node.items():
        entry = read_entry(item, words, case, given, before)
        if entry is not None:
            found.append(entry)
            before = entry.recorded
    return found


def read_entry(
    node: Node,
    words: Vocabulary,
    case: str,
    given: Mapping[str, Any],
    before: int | None,
    opens: str = "",
) -> Entry | None:
    """One entry; *opens* is the step that it takes if it names no command."""
    if not isinstance(node.value, dict):
        node.expected("an entry such as { at = '2026-03-10 09:20', do = 'receive' }")
        return None
    commands = [key for key in node.value if key in COMMANDS]
    if not commands and opens:
        commands = ["do"]
        node = Node(node.reading, node.path, {**node.value, "do": opens})
    extra = {key for command in commands for key in COMMANDS[command]}
    parts = node.table((*COMMANDS, *ENTRY, *sorted(extra)))
    if len(commands) > 1:
        parts[commands[1]].complain(
            f"an entry has one command, not {' and '.join(commands)}", key=True
        )
        return None
    at = wall(parts["at"], words.zone, before) if "at" in parts else before
    if "at" not in parts and before is None:
        node.complain("the first entry says when it occurs: at = '2026-03-10 09:20'")
    recorded = wall(parts["recorded"], words.zone, at) if "recorded" in parts else at
    what = _READERS[commands[0]](parts, words, given) if commands else None
    role = _role(node, parts, words, what) if what is not None else ""
    _misplaced(parts, bool(commands))
    refused = read_refused(parts["refused"], words) if "refused" in parts else None
    expects = read_expects(parts["expect"], words) if "expect" in parts else ()
    if at is None or recorded is None or role is None or (commands and what is None):
        return None
    if before is not None and recorded < before:
        parts.get("recorded", parts.get("at", node)).complain(
            "this is before the entry before it; say when a late entry is recorded: "
            "recorded = '2026-03-11 08:00'"
        )
    sweep = parts["sweep"].flag() if "sweep" in parts else not commands and "at" in parts
    by = parts["by"].text("a person") if "by" in parts else None
    clock = recorded if "recorded" in parts or before is None else max(recorded, before)
    inside = _inside(parts["in"], words, what) if "in" in parts else ""
    acting = by or role
    if "period" in parts:
        case = f"{PERIOD}{parts['period'].text('a period such as 2026-03')}"
    return Entry(case, at, clock, what, acting, role, sweep, refused, expects, node.line, inside)


def _inside(node: Node, words: Vocabulary, what: What | None) -> str:
    """The link, and its key, that opened the case which an entry is about."""
    said = node.text("a link that opens a case, such as 'sites.north'") or ""
    link = words.links.get(said.partition(".")[0])
    if link is None:
        here = tuple(code for code, one in words.links.items() if not one.is_outside)
        node.unknown("link", said.partition(".")[0], here)
    elif link.is_outside or link.policy is not None:
        node.complain(f"{link.code} opens no case under this policy")
    elif isinstance(what, Receive):
        node.complain("the link has opened that case already", key=True)
    return said


def _misplaced(parts: Mapping[str, Node], command: bool) -> None:
    for key in ("recorded", "refused", "by", "role"):
        if key in parts and not command:
            parts[key].complain(f"{key!r} goes with a command: {', '.join(COMMANDS)}", key=True)
    if command and "sweep" in parts:
        parts["sweep"].complain("a command looks for what is due by itself", key=True)


def _role(
    node: Node, parts: Mapping[str, Node], words: Vocabulary, what: What | None
) -> str | None:
    """The role that acts; where nobody says so, the only one that may."""
    if "role" in parts:
        return parts["role"].named("role", words.roles)
    match what:
        case Receive(step):
            only, several = words.actor(str(step))
        case Do(code, key):
            only, several = words.actor(code, key)
        case Raise(action):
            only, several = words.only(words.actions[action].by)
        case Overrule(code) | Approve(code):
            only, several = words.actor(code)
        case CloseLink(code) if (party := words.links[code].closed_by) is not None:
            only, several = words.only(party)
        case Reject(code, key=key):
            only, several = words.actor(code, key)
        case Rule(code) | PassOn(code) | Waive(code):
            only, several = words.decider(code, what)
        case _:
            return words.policy.keeper or ""
    if only is None:
        node.complain(f"say in which role: role = {several[0]!r}; there are: {', '.join(several)}")
    return only


def _do(parts: Parts, words: Vocabulary, given: Mapping[str, Any]) -> What | None:
    what = parts["do"].named("step, duty or action", words.acts)
    if what is None:
        return None
    facts = facts_of(parts, words)
    signed = people_of(parts, "signed", words)
    evidence = evidence_of(parts)
    via = text_of(parts, "via")
    if what in words.opening:
        for key in {"key", "present"} & set(parts):
            parts[key].complain(f"{key!r} does not go with a step that opens a case", key=True)
        known = {name: value for name, value in {**given, **facts}.items() if value is not None}
        return Receive(what, known, evidence, via, signed, text_of(parts, "reason"))
    present = people_of(parts, "present", words)
    return Do(
        what,
        _key(parts, words, what),
        facts,
        present,
        signed,
        evidence,
        via,
        text_of(parts, "reason"),
    )


def _key(parts: Parts, words: Vocabulary, what: str) -> str:
    if "key" not in parts:
        return ""
    node = parts["key"]
    duty = words.duties.get(what)
    if duty is None:
        return str(node.value) if isinstance(node.value, int) else node.text("a number") or ""
    return node.text("a key of the duty") or ""


def _note(parts: Parts, words: Vocabulary, given: Mapping[str, Any]) -> What | None:
    return Note(facts_of(parts, words, "note"), evidence_of(parts))


def _overrule(parts: Parts, words: Vocabulary, given: Mapping[str, Any]) -> What | None:
    code = parts["overrule"].named("decision", tuple(words.decisions))
    if code is None:
        return None
    if "answer" not in parts:
        parts["overrule"].complain("say what is decided instead: answer = ...")
        return None
    answer = read_answer(parts["answer"], words.decisions[code])
    return None if answer is None else Overrule(code, answer, text_of(parts, "reason"))


def _approve(parts: Parts, words: Vocabulary, given: Mapping[str, Any]) -> What | None:
    """One party's answer: true, false, or a value of the fact that is asked for."""
    code = parts["approve"].named("approval", tuple(words.approvals))
    if code is None:
        return None
    if "answer" not in parts:
        parts["approve"].complain("say what is answered: answer = true")
        return None
    asked = words.approvals[code].asks
    node = parts["answer"]
    answer = words.value(asked, node) if asked in words.facts else node.flag()
    return Approve(code, answer, text_of(parts, "reason"))


def _duty(parts: Parts, words: Vocabulary, command: str) -> dict[str, str] | None:
    """The duty that a command of its life is about, with its key and the reason."""
    code = parts[command].named("duty", tuple(words.duties))
    if code is None:
        return None
    return {"duty": code, "key": _key(parts, words, code), "reason": text_of(parts, "reason")}


def _to(parts: Parts, words: Vocabulary) -> str:
    return (parts["to"].named("role", words.roles) or "") if "to" in parts else ""


def _reject(parts: Parts, words: Vocabulary, given: Mapping[str, Any]) -> What | None:
    said = _duty(parts, words, "reject")
    return None if said is None else Reject(**said)


def _rule(parts: Parts, words: Vocabulary, given: Mapping[str, Any]) -> What | None:
    said = _duty(parts, words, "rule")
    if said is None:
        return None
    if "answer" not in parts:
        parts["rule"].complain("say whether the rejection is upheld: answer = true")
        return None
    return Rule(upheld=parts["answer"].flag(), to=_to(parts, words), **said)


def _pass_on(parts: Parts, words: Vocabulary, given: Mapping[str, Any]) -> What | None:
    said = _duty(parts, words, "pass_on")
    if said is None:
        return None
    if "to" not in parts:
        parts["pass_on"].complain("say to which role: to = 'role'")
        return None
    return PassOn(to=_to(parts, words), **said)


def _waive(parts: Parts, words: Vocabulary, given: Mapping[str, Any]) -> What | None:
    said = _duty(parts, words, "waive")
    return None if said is None else Waive(**said)


def _assign(parts: Parts, words: Vocabulary, given: Mapping[str, Any]) -> What | None:
    role = parts["assign"].named("role", words.roles)
    if "to" not in parts:
        parts["assign"].complain("say who gets it: to = 'li'")
    to = parts["to"].text("a person") if "to" in parts else None
    return None if role is None or to is None else Assign(role, to, text_of(parts, "reason"))


def _raise(parts: Parts, words: Vocabulary, given: Mapping[str, Any]) -> What | None:
    action = parts["raise"].named("action", tuple(words.actions))
    if action is None:
        return None
    return Raise(action, text_of(parts, "kind"), text_of(parts, "owner"), text_of(parts, "text"))


def _close_link(parts: Parts, words: Vocabulary, given: Mapping[str, Any]) -> What | None:
    link = parts["close_link"].named("link", tuple(words.links))
    key = parts["key"].text("a key of the link") or "" if "key" in parts else ""
    return (
        None if link is None else CloseLink(link, key, facts_of(parts, words), evidence_of(parts))
    )


def _hand_over(parts: Parts, words: Vocabulary, given: Mapping[str, Any]) -> What | None:
    node = parts["hand_over"]
    people = node.table(("from", "to"))
    for key in ("from", "to"):
        if key not in people:
            node.complain("say from whom to whom: hand_over = { from = 'Zhou', to = 'Li' }")
            return None
    leaving, successor = (people[key].text("a person") or "" for key in ("from", "to"))
    return HandOver(leaving, successor, text_of(parts, "reason"))


def _merge(parts: Parts, words: Vocabulary, given: Mapping[str, Any]) -> What | None:
    into = parts["merge"].text("the name of an earlier case")
    return None if into is None else Merge(into, text_of(parts, "reason"))


def _split(parts: Parts, words: Vocabulary, given: Mapping[str, Any]) -> What | None:
    node = parts["split"]
    if not isinstance(node.value, list):
        node.expected("a list with the facts of each part")
        return None
    return Split(tuple(words.values(item) for item in node.items()), text_of(parts, "reason"))


def _correct(parts: Parts, words: Vocabulary, given: Mapping[str, Any]) -> What | None:
    return Correct(0, words.values(parts["correct"]), text_of(parts, "reason"))


def _recuse(parts: Parts, words: Vocabulary, given: Mapping[str, Any]) -> What | None:
    person = parts["recuse"].text("a person")
    lifted = parts["lifted"].flag() if "lifted" in parts else False
    return None if person is None else Recuse(person, text_of(parts, "reason"), bool(lifted))


def _void(parts: Parts, words: Vocabulary, given: Mapping[str, Any]) -> What | None:
    reason = parts["void"].text("a reason")
    return None if reason is None else Void(reason)


def _adopt(parts: Parts, words: Vocabulary, given: Mapping[str, Any]) -> What | None:
    state = parts["adopt"].named("state", words.policy.states)
    received = wall(parts["received"], words.zone) if "received" in parts else None
    if "received" not in parts:
        parts["adopt"].complain("say when it was received: received = '2026-03-10 09:20'")
    if state is None or received is None:
        return None
    return Adopt(text_of(parts, "system"), state, received, {**given, **facts_of(parts, words)})


_READERS: dict[str, Callable[[Parts, Vocabulary, Mapping[str, Any]], What | None]] = {
    "do": _do,
    "note": _note,
    "overrule": _overrule,
    "approve": _approve,
    "reject": _reject,
    "rule": _rule,
    "pass_on": _pass_on,
    "waive": _waive,
    "assign": _assign,
    "raise": _raise,
    "close_link": _close_link,
    "hand_over": _hand_over,
    "merge": _merge,
    "split": _split,
    "correct": _correct,
    "recuse": _recuse,
    "void": _void,
    "adopt": _adopt,
}
