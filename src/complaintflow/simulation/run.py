"""The main job: a register driven through a policy in virtual time, up to a ledger.

Time is what the files say: before each entry the desk is swept at every instant at which some
case needed attention, so that misses and rungs are recorded when they happened. Every command
has an id of its own and every refusal is kept, so a run that was cut off anywhere can simply be
started again on the same store.
"""

from __future__ import annotations

import json
from collections.abc import Callable

import attrs
from pendulum import DateTime

from complaintflow.desk.desk import Desk
from complaintflow.engine.outcome import Refused
from complaintflow.errors import ComplaintFlowError, RefusedError, UnknownCaseError
from complaintflow.moments import from_micros, to_micros
from complaintflow.policy.choice import Choice, Open
from complaintflow.policy.digest import digest
from complaintflow.policy.party import Party
from complaintflow.policy.policy import Policy
from complaintflow.report.ledger import LedgerRow
from complaintflow.simulation.ledger import ledger_row
from complaintflow.simulation.register.entries import EntryList
from complaintflow.simulation.register.entry import Entry
from complaintflow.simulation.register.mapping import RegisterMapping
from complaintflow.simulation.register.reason import Reason, Rejection, reason
from complaintflow.simulation.register.rows import Register
from complaintflow.simulation.timeline import Planned, make_timeline
from complaintflow.store.memory import MemoryStore
from complaintflow.store.protocol import CaseStore

__all__ = ["Progress", "RunResult", "run_register"]

Progress = Callable[[int, int], None]
"""Told how many of how many entries are done."""

_REFUSAL = "run refusal"
_NOBODY = "unnamed"


@attrs.frozen
class RunResult:
    """What came out: ``total == processed + len(rejected)``.

    Args:
        until: Up to when was run; None when there was nothing to run.
        total: Rows in both files that are not blank.
        processed: Rows that were carried out.
        rejected: Rows that were not, or not wholly, by file and line.
        ledger: One row a case, in the order of receipt.
        open_items: What the procedure leaves open.
    """

    until: DateTime | None
    total: int
    processed: int
    rejected: tuple[Rejection, ...]
    ledger: tuple[LedgerRow, ...]
    open_items: tuple[Choice, ...]


def run_register(
    policy: Policy,
    register: Register,
    mapping: RegisterMapping | None = None,
    entries: EntryList | None = None,
    until: DateTime | None = None,
    store: CaseStore | None = None,
    progress: Progress | None = None,
) -> RunResult:
    """Drive *register* and *entries* through *policy*.

    Args:
        policy: The procedure.
        register: Complaints, read by `read_register`.
        mapping: What the ledger shows; where it was read from is of no matter here.
        entries: What was done when, read by `read_entries`.
        until: Nothing later is done, and open targets are judged at it; None is the newest
            opening, closing or entry read.
        store: Where the cases are kept; a store that an earlier run has filled is gone on with.
        progress: Told after each entry.
    """
    mapping = mapping or RegisterMapping()
    entries = entries or EntryList("")
    driver = _Driver(policy, store if store is not None else MemoryStore())
    timeline = make_timeline(register, entries, until, driver.has)
    refused: dict[tuple[str, int], Rejection] = {}
    for done, planned in enumerate(timeline.planned, 1):
        reasons = driver.carry_out(planned)
        if reasons:
            entry = planned.entry
            place = (entry.file, entry.line)
            before = refused[place].reasons if place in refused else ()
            refused[place] = Rejection(entry.line, (*before, *reasons), entry.number, entry.file)
        if progress is not None:
            progress(done, len(timeline.planned))
    ledger: tuple[LedgerRow, ...] = ()
    if timeline.until is not None:
        driver.sweep_to(to_micros(timeline.until))
        ledger = tuple(ledger_row(case, mapping.shown) for case in driver.desk.cases())
    rejected = _merged(
        (*register.rejected, *entries.rejected, *timeline.rejected, *refused.values()),
        (register.file, entries.file),
    )
    total = register.total + entries.total
    return RunResult(
        timeline.until, total, total - len(rejected), rejected, ledger, policy.open_items
    )


def _merged(rejected: tuple[Rejection, ...], files: tuple[str, str]) -> tuple[Rejection, ...]:
    """One rejection a row, with every reason, the register's rows first."""
    rows: dict[tuple[int, int], Rejection] = {}
    for each in rejected:
        place = (files.index(each.file), each.line)
        before = rows.get(place)
        rows[place] = (
            each
            if before is None
            else attrs.evolve(before, reasons=(*before.reasons, *each.reasons))
        )
    return tuple(rows[place] for place in sorted(rows))


class _Driver:
    """A desk whose present moment is set by the files."""

    def __init__(self, policy: Policy, store: CaseStore) -> None:
        self.policy = policy
        self.store = store
        self.now = 0
        tz = policy.calendar.tz
        self.desk = Desk(policy, store=store, now=lambda: from_micros(self.now, tz))
        with store.begin() as work:
            self.resumed = next(iter(work.cases()), None) is not None
        self.roles = {role.code for role in policy.roles}
        self.acting = _acting(policy, self.roles)

    def has(self, number: str) -> bool:
        """Whether the store knows the complaint."""
        if not self.resumed:
            return False
        with self.store.begin() as work:
            return work.version(number) > 0

    def sweep_to(self, until: int) -> None:
        """Sweep at every instant up to *until* at which a case needs attention."""
        while True:
            with self.store.begin() as work:
                first = work.due(until, 1)
                attention = work.status(first[0]).attention if first else None
            if attention is None:
                break
            self.now = max(self.now, attention)
            self.desk.sweep()
        self.now = until

    def carry_out(self, planned: Planned) -> tuple[Reason, ...]:
        """Carry out one entry; the reasons why not, or none."""
        known = self._refused_before(planned) if self.resumed else None
        if known is not None:
            return known
        self.sweep_to(to_micros(planned.entry.recorded))
        try:
            self._command(planned.id, planned.entry)
        except RefusedError as error:
            reasons = _reasons(error)
        except UnknownCaseError:
            reasons = (reason("opening_rejected", number=planned.entry.number),)
        except ComplaintFlowError as error:
            return (reason("failed", detail=str(error)),)
        else:
            return ()
        self._keep(planned, reasons)
        return reasons

    def _command(self, command_id: str, entry: Entry) -> None:
        desk = self.desk
        role = entry.role or self.acting.get(entry.what, "")
        if not role and entry.key in self.roles:  # a duty that each of several departments owes
            role = entry.key
        by = entry.who or role or _NOBODY
        at = entry.occurred
        match entry.kind:
            case "open":
                desk.receive(
                    entry.facts,
                    by=by,
                    role=role,
                    at=at,
                    number=entry.number,
                    step=entry.what,
                    command_id=command_id,
                )
            case "do":
                desk.do(
                    entry.number,
                    entry.what,
                    by=by,
                    role=role,
                    at=at,
                    key=entry.key,
                    facts=entry.facts,
                    present=entry.present,
                    signed=entry.signed,
                    evidence=entry.evidence,
                    via=entry.via,
                    reason=entry.reason,
                    command_id=command_id,
                )
            case "raise":
                desk.raise_action(
                    entry.number,
                    entry.what,
                    entry.key,
                    by=by,
                    role=role,
                    text=entry.reason,
                    at=at,
                    command_id=command_id,
                )
            case "note":
                desk.note(
                    entry.number,
                    entry.facts,
                    by=by,
                    role=role,
                    at=at,
                    evidence=entry.evidence,
                    command_id=command_id,
                )
            case "overrule":
                desk.overrule(
                    entry.number,
                    entry.what,
                    _answer(self.policy, entry),
                    by=by,
                    role=role,
                    reason=entry.reason,
                    at=at,
                    command_id=command_id,
                )

    def _refused_before(self, planned: Planned) -> tuple[Reason, ...] | None:
        """The reasons of an earlier run: a refusal is not asked again of a later state."""
        with self.store.begin() as work:
            text = work.document(_REFUSAL, _place(planned))
        if text is None:
            return None
        return tuple(Reason(each["code"], each["data"]) for each in json.loads(text))

    def _keep(self, planned: Planned, reasons: tuple[Reason, ...]) -> None:
        data = [{"code": each.code, "data": dict(each.data)} for each in reasons]
        text = json.dumps(data, ensure_ascii=False, sort_keys=True)
        with self.store.begin() as work:
            work.save_document(_REFUSAL, _place(planned), text)


def _place(planned: Planned) -> str:
    """Under what a refusal is kept: a row that was mended since is asked anew."""
    entry = attrs.asdict(planned.entry, recurse=False)
    for where in ("file", "line"):
        del entry[where]
    for when in ("occurred", "recorded"):
        entry[when] = to_micros(entry[when])
    return digest({"id": planned.id, "entry": entry})


def _reasons(error: RefusedError) -> tuple[Reason, ...]:
    refused = error.refused
    if not isinstance(refused, Refused):
        return (reason("failed", detail=error.message),)
    return tuple(
        reason("refused", detail={language: each.text(language) for language in ("en", "zh")})
        for each in refused.reasons
    )


def _acting(policy: Policy, roles: set[str]) -> dict[str, str]:
    """Who acts where an entry does not say: the first role that may."""

    def first(party: Party | Open | None) -> str:
        names = party.names if isinstance(party, Party) else ()
        return next((name for name in names if name in roles), "")

    acting = {step.code: first(step.by) for step in policy.steps}
    acting |= {duty.code: first(duty.owner) for duty in policy.duties}
    for action in policy.actions:
        acting[action.code] = first(action.by)
        acting[f"verify {action.code}"] = first(action.verified_by)
    acting |= {decision.code: first(decision.by) for decision in policy.decisions}
    return acting


def _answer(policy: Policy, entry: Entry) -> str | bool | tuple[str, ...]:
    """The answer that a person gave, by code or by the policy's name for it."""
    decision = next(each for each in policy.decisions if each.code == entry.what)
    if decision.pick == "flag":
        return entry.answer in ("yes", "true", "是")
    named = {
        text: code
        for code in decision.answers
        if code in policy.names
        for text in (policy.names[code].en, policy.names[code].zh)
        if text
    }
    parts = tuple(part.strip() for part in entry.answer.replace("、", ",").split(","))
    answers = tuple(named.get(part, part) for part in parts)
    return answers if decision.pick == "all" else answers[0]
