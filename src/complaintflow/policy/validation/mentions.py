"""Every place where a policy mentions a role, a fact, a form, a decision or a clause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from complaintflow.domain.types import OneOf, Simple, SomeOf
from complaintflow.policy.choice import Open
from complaintflow.policy.decision import Decision
from complaintflow.policy.fact import Ask
from complaintflow.policy.link import Link
from complaintflow.policy.party import Party
from complaintflow.policy.policy import Policy
from complaintflow.policy.role import Role
from complaintflow.policy.validation.finding import Finding, Path
from complaintflow.policy.validation.ledger import Ledger

__all__ = ["clauses_of", "mentions_in", "opens_in", "parties_in"]

_ROLE = Simple("role")


def mentions_in(policy: Policy, ledger: Ledger) -> None:
    """Note every mention outside of expressions; what is not declared is a finding."""
    _Mentions(policy, ledger).run()


class _Mentions:
    def __init__(self, policy: Policy, ledger: Ledger) -> None:
        self.policy = policy
        self.ledger = ledger
        self.decisions = {decision.code: decision for decision in policy.decisions}
        self.facts = {fact.code: fact for fact in policy.facts}

    def run(self) -> None:
        for path, clauses in clauses_of(self.policy):
            self.clauses(path, clauses)
        for path, who in parties_in(self.policy):
            if isinstance(who, Open):
                self.choice(path, who)
            elif who is not None:
                for name in who.names:
                    self.who(path, name)
        for path, names in _recipients(self.policy):
            for name in names:
                self.who(path, name)
        self.asked()
        self.facts_used()
        for link in self.policy.links:
            self.link(("link", link.code), link)
        self.facts_shown()
        self.targets()
        self.routes()
        for path, value in opens_in(self.policy):
            if isinstance(value, Open):
                self.choice(path, value)

    # -- one mention -----------------------------------------------------------------------

    def clauses(self, path: Path, clauses: Iterable[str]) -> None:
        if not self.policy.clauses:
            return
        for clause in clauses:
            if clause not in self.policy.clauses:
                self.ledger.stranger(
                    path,
                    f"no clause has the id {clause!r}",
                    clause,
                    self.policy.clauses,
                    taken_for="clause",
                )

    def choice(self, path: Path, choice: Open) -> None:
        if choice.choice in self.ledger.spaces.get("choice", {}):
            self.ledger.use("choice", choice.choice)
        elif choice.choice:  # the loader puts an empty one where nothing could be read
            known = self.ledger.known("choice")
            message = f"no choice is called {choice.choice!r}"
            self.ledger.stranger(path, message, choice.choice, known, taken_for="choice")

    def who(self, path: Path, name: str) -> None:
        """*name* must be a role, or a decision that answers roles."""
        roles = self.ledger.spaces.get("role", {})
        if name in roles:
            self.ledger.use("role", name)
            return
        decision = self.decisions.get(name)
        if decision is None:
            known = [*roles, *self.decisions]
            self.ledger.stranger(path, f"no role is called {name!r}", name, known)
            return
        self.ledger.use("name", name)
        self.answers_are_roles(decision)

    def answers_are_roles(self, decision: Decision) -> None:
        roles = self.ledger.spaces.get("role", {})
        for index, rule in enumerate(decision.criteria):
            for answer in rule.answers:
                if answer in roles:
                    self.ledger.use("role", answer)
                    continue
                path = ("decide", decision.code, "rules", index, "answer")
                message = f"{decision.code} says who, so its answers are roles: none is {answer!r}"
                if not any(f.path == path and f.word == answer for f in self.ledger.findings):
                    self.ledger.stranger(path, message, answer, roles)

    def fact(self, path: Path, name: str, *, given: bool, decisions: bool = False) -> None:
        """*name* must be a fact, *given* by people, or one of the *decisions* where they may be."""
        fact = self.facts.get(name)
        if fact is not None:
            self.ledger.use("name", name)
            if given and not fact.given:
                how = "counted" if fact.count is not None else "computed"
                self.ledger.findings.append(
                    Finding(path, f"{name} is {how}; nobody can give it", name)
                )
            return
        if decisions and name in self.decisions:
            self.ledger.use("name", name)
            return
        known = [*self.facts, *(self.decisions if decisions else ())]
        what = "fact or decision" if decisions else "fact"
        self.ledger.stranger(path, f"no {what} is called {name!r}", name, known)

    def form(self, path: Path, name: str | None) -> None:
        if name is None:
            return
        if name in self.ledger.spaces.get("form", {}):
            self.ledger.use("form", name)
        else:
            known = self.ledger.known("form")
            self.ledger.stranger(path, f"no form is called {name!r}", name, known)

    def asks(self, path: Path, asks: tuple[Ask, ...]) -> None:
        for index, ask in enumerate(asks):
            for name in ask.names:
                self.fact((*path, index), name, given=True, decisions=True)

    # -- where ---------------------------------------------------------------------------

    def asked(self) -> None:
        """Facts and forms that acts must make known."""
        policy = self.policy
        for form in policy.forms:
            self.asks(("form", form.code, "asks"), form.fields)
        for step in policy.steps:
            path = ("step", step.code)
            self.asks((*path, "asks"), step.asks)
            self.form((*path, "form"), step.form)
        for duty in policy.duties:
            self.asks(("duty", duty.code, "asks"), duty.asks)
            self.form(("duty", duty.code, "form"), duty.form)

    def facts_used(self) -> None:
        """Facts that are set, asked in an approval, counted over."""
        policy = self.policy
        for step in policy.steps:
            for name in step.sets:
                self.fact(("step", step.code, "sets", name), name, given=True)
        for duty in policy.duties:
            if isinstance(duty.each, str):
                self.each(("duty", duty.code, "each"), duty.each)
        for approval in policy.approvals:
            if approval.asks is not None:
                self.fact(("approval", approval.code, "asks"), approval.asks, given=True)
        for fact in policy.facts:
            if fact.count is not None and not isinstance(fact.count.same, Open):
                for name in fact.count.same:
                    self.fact(("facts", fact.code, "same"), name, given=False)
            if fact.count is not None and fact.count.sum is not None:
                self.fact(("facts", fact.code, "sum"), fact.count.sum, given=False)

    def facts_shown(self) -> None:
        """Facts and decisions that lists and notices show."""
        shown = [
            ("records", record.code, "columns", record.columns) for record in self.policy.records
        ]
        shown += [("tell", tell.code, "shows", tell.shows) for tell in self.policy.tells]
        for section, code, key, names in shown:
            for index, name in enumerate(names):
                self.fact((section, code, key, index), name, given=False, decisions=True)

    def each(self, path: Path, name: str) -> None:
        """*name* must be a decision or a fact that answers codes."""
        self.fact(path, name, given=False, decisions=True)
        decision, fact = self.decisions.get(name), self.facts.get(name)
        kind = decision.type if decision else fact.type if fact else None
        if kind is not None and not isinstance(kind, (OneOf, SomeOf)) and kind != _ROLE:
            self.ledger.findings.append(
                Finding(path, f"'each' needs codes, but {name} is {kind}", name)
            )
        duty = next((d for d in self.policy.duties if path[:2] == ("duty", d.code)), None)
        if decision is not None and duty is not None and duty.owner is None:
            self.answers_are_roles(decision)

    def link(self, path: Path, link: Link) -> None:
        """Facts that go down to the other case and come up from it."""
        if isinstance(link.each, str):
            self.each((*path, "each"), link.each)
        for name in link.takes:
            own = link.policy is None
            self.fact((*path, "takes"), name, given=own, decisions=not own)
        for name in link.gives:
            self.fact((*path, "gives"), name, given=True)
        if link.member is not None and link.policy is None:
            self.fact((*path, "member"), link.member, given=True)

    def routes(self) -> None:
        roles = {role.code: role for role in self.policy.roles}
        for route in self.policy.routes:
            path, role = ("route", route.code), roles.get(route.code)
            if role is None:
                message = f"no role is called {route.code!r}"
                self.ledger.stranger(path, message, route.code, roles, key=True)
            elif role.outside:
                message = f"{route.code} is outside the company: nobody is chosen for it"
                self.ledger.findings.append(Finding(path, message, route.code, key=True))
            for strategy in route.by:
                if strategy.of and strategy.kind != "own":
                    self.fact((*path, "by"), strategy.of, given=False, decisions=True)
        for code, role in roles.items():
            self.above(code, role.above, roles)
            self.calendar(("roles", code, "calendar"), role.calendar, self.policy.calendar.name)

    def above(self, code: str, above: str | None, roles: Mapping[str, Role]) -> None:
        """To whom a vacancy of *code* climbs: roles of the company, in no ring."""
        path = ("roles", code, "above")
        if above is None:
            return
        if above not in roles:
            self.ledger.stranger(path, f"no role is called {above!r}", above, roles)
            return
        self.ledger.use("role", above)
        if roles[above].outside:
            message = f"{above} is outside the company: no vacancy climbs to it"
            self.ledger.findings.append(Finding(path, message, above))
        seen = [code]
        while above is not None and above in roles:
            if above in seen:
                message = f"a vacancy would climb in a ring: {' - '.join((*seen, above))}"
                self.ledger.findings.append(Finding(path, message, roles[code].above or ""))
                return
            seen.append(above)
            above = roles[above].above

    def targets(self) -> None:
        for duty in self.policy.duties:
            target, path = duty.target, ("duty", duty.code)
            if target is None:
                continue
            if target.date is not None:
                self.fact((*path, "date"), target.date, given=False)
            if target.extended is not None and isinstance(target.extended.by, str):
                self.fact((*path, "extended", "by"), target.extended.by, given=False)
            if target.per is not None:
                if target.per in self.decisions:
                    self.ledger.use("name", target.per)
                else:
                    known = list(self.decisions)
                    message = f"no decision is called {target.per!r}"
                    self.ledger.stranger((*path, "per"), message, target.per, known)
            self.calendar((*path, "calendar"), target.calendar)

    def calendar(self, path: Path, name: str | None, *also: str) -> None:
        """*name* must be one of the policy's calendars, or one of those *also* known."""
        calendars = (*self.policy.calendars, *also)
        if name is not None and name not in calendars:
            message = f"no calendar is called {name!r}"
            self.ledger.stranger(path, message, name, calendars, taken_for="calendar")


def opens_in(policy: Policy) -> Iterator[tuple[Path, object]]:
    """Values that may be open choices."""
    for step in policy.steps:
        for index, branch in enumerate(step.to):
            yield ("step", step.code, "to", index, "to"), branch.to
    for duty in policy.duties:
        path = ("duty", duty.code)
        yield (*path, "starts"), duty.starts
        within = duty.target.within if duty.target else None
        yield (*path, "within"), within
        for answer, one in within.items() if isinstance(within, Mapping) else ():
            yield (*path, "within", answer), one
    for fact in policy.facts:
        if fact.count is not None:
            yield ("facts", fact.code, "same"), fact.count.same
            yield ("facts", fact.code, "within"), fact.count.within
    for record in policy.records:
        yield ("records", record.code, "keep"), record.keep
    for permission in policy.permissions:
        yield ("allow", permission.code, "within"), permission.within


def parties_in(policy: Policy) -> Iterator[tuple[Path, Party | Open | None]]:
    """Everything that says who."""
    for decision in policy.decisions:
        yield ("decide", decision.code, "by"), decision.by
    for step in policy.steps:
        yield ("step", step.code, "by"), step.by
        yield ("step", step.code, "signed"), step.signed
    for duty in policy.duties:
        yield ("duty", duty.code, "owner"), duty.owner
        yield ("duty", duty.code, "jointly"), duty.jointly
        for key in ("ruled_by", "passed_on_by", "waived_by", "arbiter"):
            yield ("duty", duty.code, key), getattr(duty.life, key)
    for approval in policy.approvals:
        yield ("approval", approval.code, "by"), approval.by
    for action in policy.actions:
        yield ("action", action.code, "by"), action.by
        yield ("action", action.code, "owner"), action.owner
        yield ("action", action.code, "followed_by"), action.followed_by
        yield ("action", action.code, "verified_by"), action.verified_by
    for link in policy.links:
        yield ("link", link.code, "closed_by"), link.closed_by
    for permission in policy.permissions:
        yield ("allow", permission.code, "by"), permission.by


def _recipients(policy: Policy) -> Iterator[tuple[Path, tuple[str, ...]]]:
    for duty in policy.duties:
        for index, rung in enumerate(duty.target.rungs if duty.target else ()):
            yield ("duty", duty.code, "rungs", index, "to"), rung.to
    for tell in policy.tells:
        yield ("tell", tell.code, "to"), tell.to
    for record in policy.records:
        yield ("records", record.code, "roles"), record.roles
        if record.others_ask:
            yield ("records", record.code, "others_ask"), (record.others_ask,)
    if policy.keeper is not None:
        yield ("policy", "keeper"), (policy.keeper,)


def clauses_of(policy: Policy) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """Every list of clauses that *policy* cites, with its place."""
    for section, rows in (
        ("roles", policy.roles),
        ("facts", policy.facts),
        ("form", policy.forms),
        ("decide", policy.decisions),
        ("step", policy.steps),
        ("duty", policy.duties),
        ("approval", policy.approvals),
        ("action", policy.actions),
        ("tell", policy.tells),
        ("route", policy.routes),
        ("link", policy.links),
        ("records", policy.records),
        ("apart", policy.apart),
        ("allow", policy.permissions),
        ("choices", policy.choices),
    ):
        for row in rows:
            code: str = row.code
            clauses: tuple[str, ...] = row.clauses
            yield (section, code, "clause"), clauses
    for decision in policy.decisions:
        for index, rule in enumerate(decision.criteria):
            yield ("decide", decision.code, "rules", index, "clause"), rule.clauses
    for step in policy.steps:
        for name, needs in (("needs", step.needs), ("should", step.should)):
            for index, need in enumerate(needs):
                cited = (need.clause,) if need.clause else ()
                yield ("step", step.code, name, index, "clause"), cited
    for duty in policy.duties:
        for index, rung in enumerate(duty.target.rungs if duty.target else ()):
            yield ("duty", duty.code, "rungs", index, "clause"), rung.clauses
        if duty.target is not None and duty.target.extended is not None:
            yield ("duty", duty.code, "extended", "clause"), duty.target.extended.clauses
