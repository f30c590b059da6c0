"""The story of a case: every event as a line that people can read, with clause and times."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs
from pendulum import DateTime

from complaintflow.audit.events import (
    Adopted,
    ApprovalGiven,
    Assigned,
    Body,
    Corrected,
    Counted,
    Decided,
    DutyDone,
    Event,
    HandedOver,
    LinkClosed,
    Linked,
    Migrated,
    Missed,
    Noted,
    Numbered,
    Opened,
    Overruled,
    PassedOn,
    PeriodBegun,
    Raised,
    Recused,
    Rejected,
    Related,
    Ruled,
    RungReached,
    Signed,
    StepTaken,
    Summed,
    Told,
    Voided,
    Waived,
)
from complaintflow.domain.types import show
from complaintflow.engine.story_routing import assigned
from complaintflow.engine.story_texts import TEXTS
from complaintflow.moments import from_micros
from complaintflow.policy.policy import Policy

__all__ = ["Line", "Teller", "keyed", "story_of"]


@attrs.frozen
class Line:
    """One event, told.

    Args:
        at: When it happened; *recorded* is when it was entered.
        key: What kind of line; the key of its text.
        clauses: Where the procedure says so.
        text_en, text_zh: The line in both languages.
    """

    position: int
    at: DateTime
    recorded: DateTime
    key: str
    clauses: tuple[str, ...]
    text_en: str
    text_zh: str

    def text(self, language: str = "en") -> str:
        """The line with its time and clauses."""
        told = self.text_zh if language == "zh" else self.text_en
        cited = f" ({', '.join(self.clauses)})" if self.clauses else ""
        return f"{stamp(self.at)}  {told}{cited}"


def stamp(at: DateTime) -> str:
    """An instant as people write it: ``2026-03-10 09:20`` or with seconds where there are any."""
    return at.strftime("%Y-%m-%d %H:%M:%S" if at.second else "%Y-%m-%d %H:%M")


def story_of(policy: Policy, events: Iterable[Event]) -> tuple[Line, ...]:
    """Every event as a line, in recorded order."""
    return tuple(_line(policy, event) for event in events)


class Teller:
    """Says things of one policy in one language."""

    def __init__(self, policy: Policy, language: str) -> None:
        self.policy = policy
        self.language = language

    def say(self, key: str, /, **values: object) -> str:
        """The text *key* with *values*."""
        return TEXTS[key][self.language].format(**values)

    def name(self, code: str) -> str:
        """What people call *code*."""
        return self.policy.name(code, self.language)

    def names(self, codes: Iterable[str]) -> str:
        """What people call each code, separated by commas."""
        return ", ".join(self.name(code) for code in codes) or self.say("nothing")

    def at(self, micros: int) -> str:
        """An instant in the policy's zone."""
        return stamp(from_micros(micros, self.policy.calendar.tz))

    def value(self, value: Any, of: str = "") -> str:
        """A fact's value or an answer; codes by their names.

        A code that means something else elsewhere may have a name of its own beside the fact
        or decision *of* which it is a value: ``"subject.quality"``.
        """
        if isinstance(value, str):
            own = f"{of}.{value}"
            return self.name(own) if own in self.policy.names else self.name(value)
        if isinstance(value, (tuple, frozenset)):
            parts = value if isinstance(value, tuple) else sorted(value, key=str)
            return ", ".join(self.value(part, of) for part in parts) or self.say("nothing")
        return show(value, self.language)

    def facts(self, facts: Mapping[str, Any]) -> str:
        """Facts with their values."""
        shown = (f"{self.name(name)} = {self.value(value, name)}" for name, value in facts.items())
        return ", ".join(shown)

    def people(self, people: Mapping[str, str]) -> str:
        """Persons with their roles."""
        return ", ".join(f"{person} ({self.name(role)})" for role, person in people.items())

    def rung(self, duty: str, code: str) -> str:
        """A rung by its name, else by its point."""
        target = next((d.target for d in self.policy.duties if d.code == duty), None)
        for rung in target.rungs if target is not None else ():
            if rung.code == code and code not in self.policy.names:
                return rung.at.text("zh" if self.language == "zh" else "en")
        return self.name(code)

    def told(self, body: Told | RungReached) -> str:
        """Roles that were told, with the persons as far as they are known."""
        parts = []
        for role in body.to:
            said = self.name(role)
            if role in body.climbed:
                said += f" → {self.name(body.climbed[role])}"
            if role in body.people:
                said += f" ({', '.join(body.people[role])})"
            parts.append(said)
        already = body.told_already if isinstance(body, RungReached) else ()
        if already:
            parts.append(self.say("told-already", people=", ".join(already)))
        return ", ".join(parts) or self.say("nothing")


def _line(policy: Policy, event: Event) -> Line:
    tz = policy.calendar.tz
    key = ""
    texts = []
    for language in ("en", "zh"):
        teller = Teller(policy, language)
        key, text = _tell(teller, event)
        if event.recorded - event.occurred >= 60_000_000:
            text += f" [{teller.say('recorded', recorded=teller.at(event.recorded))}]"
        texts.append(text)
    return Line(
        event.position,
        from_micros(event.occurred, tz),
        from_micros(event.recorded, tz),
        key,
        clauses_of(policy, event.body),
        texts[0],
        texts[1],
    )


def clauses_of(policy: Policy, body: Body) -> tuple[str, ...]:
    """The clauses under which an event happened."""
    match body:
        case StepTaken(step):
            return next((s.clauses for s in policy.steps if s.code == step), ())
        case (
            DutyDone(code)
            | Missed(code)
            | RungReached(code)
            | Raised(code)
            | Rejected(code)
            | Ruled(code)
            | PassedOn(code)
            | Waived(code)
        ):
            wanted = code.removeprefix("verify ")
            found = next((d.clauses for d in policy.duties if d.code == wanted), None)
            return found or next((a.clauses for a in policy.actions if a.code == wanted), ())
        case Linked(link) | LinkClosed(link):
            return next((one.clauses for one in policy.links if one.code == link), ())
        case Signed(_, _, clause):
            return tuple(part.strip() for part in clause.split(",") if part.strip())
        case Told(tell):
            return next((t.clauses for t in policy.tells if t.code == tell), ())
        case ApprovalGiven(approval):
            return next((a.clauses for a in policy.approvals if a.code == approval), ())
        case Overruled(decision):
            return next((d.clauses for d in policy.decisions if d.code == decision), ())
        case Assigned(role):
            return next((r.clauses for r in policy.routes if r.code == role), ())
        case Counted(fact) | Summed(fact):
            return next((f.clauses for f in policy.facts if f.code == fact), ())
        case _:
            return ()


def _tell(t: Teller, event: Event) -> tuple[str, str]:  # noqa: C901 -- one arm an event
    who = {"by": event.by, "role": t.name(event.role)}
    match event.body:
        case Opened(_, version):
            title = t.policy.title.text(t.language, t.policy.id)
            return "opened", t.say("opened", policy=title, version=version)
        case StepTaken(step, source, target, facts, present, signed, evidence, via, reason):
            head = t.say(
                "step",
                step=t.name(step),
                source=t.name(source) if source else "-",
                target=t.name(target),
                **who,
            )
            return "step", _with(t, head, facts, present, signed, evidence, via, reason)
        case DutyDone(duty, key, facts, present, evidence, via):
            named = t.name(duty)
            head = (
                t.say("duty-key", duty=named, key=t.name(key), **who)
                if key
                else t.say("duty", duty=named, **who)
            )
            return "duty", _with(t, head, facts, present, {}, evidence, via, "")
        case Rejected(duty, key, _, reason):
            return "rejected", t.say("rejected", duty=keyed(t, duty, key), reason=reason, **who)
        case Ruled(duty, key, _, upheld, reason, to):
            ruling = ("upheld-to" if to else "upheld") if upheld else "refused"
            values = {"duty": keyed(t, duty, key), "to": t.name(to), "reason": reason}
            return "ruled-on", t.say(ruling, **values, **who)
        case PassedOn(duty, key, _, to, reason):
            values = {"duty": keyed(t, duty, key), "to": t.name(to), "reason": reason}
            return "passed-on", t.say("passed-on", **values, **who)
        case Waived(duty, key, _, reason):
            return "waived", t.say("waived", duty=keyed(t, duty, key), reason=reason, **who)
        case Raised(action, key, kind, owner, text):
            owners = t.names(owner.split(", "))
            values = {"action": t.name(action), "kind": t.name(kind), "owner": owners}
            return "raised", t.say("raised", key=key, text=text or "-", **values, **who)
        case Noted(facts, evidence):
            return "noted", _with(t, t.say("noted", **who), facts, {}, {}, evidence, "", "")
        case Counted(fact, value, _, cases):
            listed = ", ".join(cases) or t.say("nothing")
            return "counted", t.say("counted", fact=t.name(fact), value=value, cases=listed)
        case Summed(fact, value, _, cases):
            listed = ", ".join(cases) or t.say("nothing")
            shown = t.say("unknown") if value is None else t.value(value)
            return "summed", t.say("summed", fact=t.name(fact), value=shown, cases=listed)
        case Decided(decision, answer, matched, unknown):
            named = t.name(decision)
            if answer is None:
                listed = ", ".join(unknown) or t.say("nothing")
                return "decided", t.say("undetermined", decision=named, unknown=listed)
            listed = ", ".join(matched) or t.say("nothing")
            return "decided", t.say(
                "decided", decision=named, answer=t.value(answer, decision), matched=listed
            )
        case Overruled(decision, answer, reason, before):
            return "overruled", t.say(
                "overruled",
                decision=t.name(decision),
                answer=t.value(answer, decision),
                before=t.value(before, decision),
                reason=reason,
                **who,
            )
        case ApprovalGiven(approval, answer, reason):
            head = t.say("approval", approval=t.name(approval), answer=t.value(answer), **who)
            return "approval", _with(t, head, {}, {}, {}, (), "", reason)
        case Signed(what, entry, _, meaning, digest):
            meant = t.name(meaning) if meaning else "-"
            values = {"what": t.name(what), "entry": str(entry), "meaning": meant}
            return "signature", t.say("signature", digest=digest[:12], **values, **who)
        case Assigned() as body:
            return "assigned", assigned(t, body, who)
        case HandedOver(leaving, successor, reason):
            return "handed-over", t.say(
                "handed-over", leaving=leaving, successor=successor, reason=reason or "-"
            )
        case Linked(link, key, case):
            where = case or t.say("outside")
            return "linked", t.say("linked", link=keyed(t, link, key), case=where)
        case LinkClosed(link, key, facts, evidence):
            head = t.say("link-closed", link=keyed(t, link, key))
            return "link-closed", _with(t, head, facts, {}, {}, evidence, "", "")
        case Related(kind, case, reason, link):
            head = t.say(kind, case=case, link=t.name(link) if link else "")
            return "related", _with(t, head, {}, {}, {}, (), "", reason)
        case Recused(person, reason, lifted):
            key = "recusal-lifted" if lifted else "recused"
            return "recused", t.say(key, person=person, reason=reason, **who)
        case Numbered(_, number):
            return "numbered", t.say("numbered", number=number)
        case PeriodBegun(_, label):
            return "period", t.say("period", label=label)
        case Migrated(_, version, _, state, how, _, _, reason):
            head = t.say("migrated", version=version, state=t.name(state), how=t.say(how))
            return "migrated", _with(t, head, {}, {}, {}, (), "", reason)
        case Told(tell) as body:
            return "told", t.say("told", tell=t.name(tell), to=t.told(body))
        case Missed(duty, key, _, due):
            return "missed", t.say("missed", duty=keyed(t, duty, key), due=t.at(due))
        case RungReached(duty, key, _, rung, _, due) as body:
            text = "rung-too-late" if body.too_late else "rung"
            values = {"duty": keyed(t, duty, key), "due": t.at(due), "rung": t.rung(duty, rung)}
            return "rung", t.say(text, to=t.told(body), **values)
        case Corrected(position, old, new, reason):
            values = {"old": t.facts(old), "new": t.facts(new), "reason": reason}
            return "corrected", t.say("corrected", position=position, **values, **who)
        case Voided(reason):
            return "voided", t.say("voided", reason=reason, **who)
        case Adopted(system, state, received):
            return "adopted", t.say(
                "adopted", system=system, state=t.name(state), received=t.at(received)
            )


def keyed(t: Teller, duty: str, key: str) -> str:
    """A duty by its name, with its key if it has one."""
    return f"{t.name(duty)} ({t.name(key)})" if key else t.name(duty)


def _with(
    t: Teller,
    head: str,
    facts: Mapping[str, Any],
    present: Mapping[str, str],
    signed: Mapping[str, str],
    evidence: tuple[Any, ...],
    via: str,
    reason: str,
) -> str:
    parts = [head]
    if facts:
        parts.append(t.say("facts", facts=t.facts(facts)))
    if present:
        parts.append(t.say("present", people=t.people(present)))
    if signed:
        parts.append(t.say("signed", people=t.people(signed)))
    if evidence:
        parts.append(t.say("evidence", evidence=show(evidence, t.language)))
    if via:
        parts.append(t.say("via", via=via))
    if reason:
        parts.append(t.say("reason", reason=reason))
    return "; ".join(parts)
