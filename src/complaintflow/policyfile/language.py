"""The language of policy files as one table: sections, their keys, what each key takes.

The readers know their keys from here, the JSON Schema and the reference page are made of it.
"""

from __future__ import annotations

from collections.abc import Iterable

from complaintflow.policyfile.keys import CLAUSE as _CLAUSE
from complaintflow.policyfile.keys import Key, Section

__all__ = ["LANGUAGE", "PARTS", "SECTIONS", "Key", "Section", "keys"]


LANGUAGE: dict[str, Section] = {
    one.name: one
    for one in (
        Section(
            "policy",
            "what the procedure is",
            keys=(
                Key("id", "text", "stable identifier, the same in every version", needed=True),
                Key("version", "text", "this version, as the company writes it", needed=True),
                Key("semantics", "one", "the version of the meaning of these words", needed=True),
                Key("calendar", "text", "name of the working calendar", needed=True),
                Key("final", "codes", "states in which a case is closed", needed=True),
                Key("keeper", "code", "role that answers for a case throughout"),
                Key("effective", "date", "first day on which it holds"),
                Key("approved_by", "text", "who approved this version"),
                Key("title", "name", "what the procedure is called"),
                Key("conventions", "conventions", "how limits are counted"),
            ),
        ),
        Section("include", "files whose tables are merged into this one"),
        Section(
            "parameters",
            "blanks that the loader's caller fills; used as $code",
            "choice",
            (
                _CLAUSE,
                Key("is", "any", "the reading taken where the caller gives none"),
                Key("or", "any list", "other readings"),
                Key("why", "text", "what the blank is about"),
            ),
        ),
        Section(
            "roles",
            "who there is",
            "role",
            (
                _CLAUSE,
                Key("outside", "flag", "whether it is a customer, a supplier, not one of our own"),
                Key("above", "code", "the role to which it climbs while nobody acts in it"),
                Key("calendar", "text", "the calendar of its hours: outside them it is quiet"),
            ),
            short="clauses",
            shorter="the clauses that name it",
        ),
        Section(
            "facts",
            "what is known about a case",
            "fact, or several separated by commas",
            (
                Key("type", "type", "what values it takes"),
                Key("is", "expression", "the formula that computes it"),
                Key("count", "cases", "counted over other cases"),
                Key("sum", "code", "a number or an amount of money, added up over other cases"),
                Key("same", "codes", "facts that are equal in those and in this one", choice=True),
                Key("where", "expression", "what holds of those"),
                Key("within", "window", "how far back from this one's receipt", choice=True),
                Key("this_one", "flag", "whether this case adds one, or its own amount"),
                _CLAUSE,
                Key("personal", "flag", "whether it says something about a person"),
            ),
            short="type",
            shorter="its type",
        ),
        Section(
            "form",
            "named lists of facts; filled(form) asks for all of them",
            "form",
            (_CLAUSE, Key("asks", "asks", "facts that must be known", needed=True)),
            short="asks",
            shorter="its facts",
        ),
        Section(
            "decide",
            "questions that the facts answer",
            "decision",
            (
                Key("pick", "pick", "how criteria that match make one answer"),
                Key("order", "codes", "answers from the most to the least severe"),
                Key(
                    "by", "party", "who confirms, overrules, answers when nothing fits", choice=True
                ),
                Key("residual", "code", "the answer when no criterion matches"),
                Key("undetermined", "code", "the answer while a criterion cannot be evaluated"),
                _CLAUSE,
                Key("rules", "rules", "criteria as a list, where their order crosses answers"),
            ),
        ),
        Section(
            "states",
            "states in which a case may stay although no step leads on from them",
            "state",
            short="clauses",
            shorter="the clauses that say so",
        ),
        Section(
            "step",
            "what a role may do now; it moves the case",
            "step",
            (
                _CLAUSE,
                Key("by", "party", "who may take it", needed=True, choice=True),
                Key("from", "codes", "states in which it is possible; none opens a case, 'any'"),
                Key(
                    "to", "to", "the state it leads to, or a state for each condition", choice=True
                ),
                Key("asks", "asks", "facts that must be known once it is taken"),
                Key("form", "code", "a form that must be filled once it is taken"),
                Key("needs", "needs", "guards that refuse, each citing its clause"),
                Key("should", "needs", "guards that can be passed with a reason"),
                Key("sets", "sets", "facts that it sets"),
                Key("signed", "party", "who signs", choice=True),
                Key("meaning", "code", "what signing it means"),
                Key("via", "texts", "channels of which one must be used"),
                Key("makes", "texts", "documents that must be among the evidence"),
            ),
        ),
        Section(
            "duty",
            "what somebody owes while the case rests; with a limit it has a target",
            "duty",
            (
                _CLAUSE,
                Key("owner", "party", "who owes it", choice=True),
                Key(
                    "starts",
                    "expression",
                    "the moment from which it is owed",
                    needed=True,
                    choice=True,
                ),
                Key("if", "expression", "it is owed only while this holds"),
                Key("ends", "expression", "what discharges it; none is an act of its own name"),
                Key("each", "codes", "keys that owe separately, or what answers them"),
                Key("asks", "asks", "facts that its act must make known"),
                Key("form", "code", "a form that its act must fill"),
                Key("jointly", "party", "who must all be present at its act"),
                Key("via", "texts", "channels of which one must be used"),
                Key("makes", "texts", "documents that must be among the evidence"),
                Key("ruled_by", "party", "its owner may reject it; who rules on that", choice=True),
                Key("passed_on_by", "party", "who may pass it on to another role", choice=True),
                Key("waived_by", "party", "who may waive it", choice=True),
                Key("bounces", "count", "how often it may be rejected and passed on in a round"),
                Key("arbiter", "party", "who alone rules and passes it on after that"),
                Key(
                    "within",
                    "limits",
                    "the limit, a fact that is one, or a limit for each answer",
                    choice=True,
                ),
                Key("per", "code", "the decision that chooses among the limits"),
                Key("date", "code", "the fact that is the due date, alone or beside a limit"),
                Key("ranks", "ranks", "with a limit and a date: which of the two governs"),
                Key("kind", "kind", "whose limit it is"),
                Key("pauses", "expression", "the clock stands while this holds; 'never'"),
                Key("rungs", "rungs", "who is told at which points"),
                Key("regrade", "regrade", "from where a new limit counts after a regrade"),
                Key("extended", "extension", "how the target is put off, once that is granted"),
                Key("conventions", "conventions", "how this limit is counted"),
                Key("calendar", "text", "the calendar on which it is counted"),
            ),
        ),
        Section(
            "approval",
            "one question put to several parties beside the flow",
            "approval",
            (
                _CLAUSE,
                Key("by", "party", "who answers", needed=True),
                Key("starts", "expression", "the moment at which it is asked", needed=True),
                Key("asks", "code", "a fact that every party answers, instead of yes or no"),
                Key("resets", "expression", "a moment that throws the answers away"),
                Key("meaning", "code", "what an answer means; with it each answer is a signature"),
            ),
        ),
        Section(
            "action",
            "kinds of measures that people raise in a case",
            "action",
            (
                _CLAUSE,
                Key("kinds", "codes", "of which each action is one", needed=True),
                Key("by", "party", "who may raise one", needed=True),
                Key("owner", "party", "who carries it out", needed=True),
                Key("followed_by", "party", "who follows it up"),
                Key("verified_by", "party", "who verifies it"),
            ),
        ),
        Section(
            "tell",
            "who hears what",
            "tell",
            (
                _CLAUSE,
                Key("on", "expression", "each time this turns true", needed=True),
                Key("to", "codes", "roles that are told", needed=True),
                Key("channel", "text", "how"),
                Key("shows", "codes", "facts and decisions whose values go with it"),
            ),
        ),
        Section(
            "route",
            "which person of a role gets a case",
            "role",
            (
                _CLAUSE,
                Key(
                    "by",
                    "strategies",
                    "how one is chosen, the first that leaves one decides",
                    needed=True,
                ),
            ),
            short="strategies",
            shorter="how one is chosen",
        ),
        Section(
            "link",
            "another case or procedure that this one opens or waits for",
            "link",
            (
                _CLAUSE,
                Key("opens", "text", "what is opened", needed=True),
                Key("starts", "expression", "from this moment on", needed=True),
                Key("if", "expression", "while this holds"),
                Key("each", "codes", "one for each of these, or for each that it answers"),
                Key("member", "code", "fact of the new case: for which one of each it is"),
                Key("step", "code", "the step by which a new case is opened"),
                Key("policy", "text", "id of the policy that the new case is under, if another"),
                Key("takes", "codes", "facts that the new case takes over"),
                Key("gives", "codes", "facts that its closing makes known here"),
                Key("closed_by", "party", "who may report that something outside is closed"),
            ),
        ),
        Section(
            "apart",
            "acts of which no one person may do two in a case",
            "rule",
            (_CLAUSE, Key("acts", "acts", "what must be by different persons", needed=True)),
            short="acts",
            shorter="the acts",
        ),
        Section(
            "allow",
            "who may use the commands beside the flow, and how long; without a row anybody may",
            "command: `note`, `correct`, `void`, `adopt`, `recuse`, `back_date`, `merge`, `split`, "
            "`hand_over`, `migrate`",
            (
                _CLAUSE,
                Key("by", "party", "who may; none is everybody", choice=True),
                Key("within", "limit", "how long it is possible", choice=True),
            ),
            short="party",
            shorter="who may",
        ),
        Section(
            "records",
            "what is kept, numbered and shown to whom",
            "record",
            (
                _CLAUSE,
                Key("ledger", "text", "what the list is called"),
                Key("columns", "codes", "facts and decisions shown in it"),
                Key("keep", "text", "how long it is kept", choice=True),
                Key("where", "expression", "which cases it holds"),
                Key("number", "text", "the pattern of numbers, such as {YY}{MM}{serial:02}"),
                Key("numbered", "expression", "when a case gets it; else when it is opened"),
                Key("read", "text", "what may be read"),
                Key("roles", "codes", "by whom"),
                Key("others_ask", "code", "whom others ask"),
            ),
        ),
        Section(
            "choices",
            "where the text can be read in several ways, or says nothing; used as $code",
            "choice",
            (
                _CLAUSE,
                Key("is", "any", "the reading taken; without it the choice is an open item"),
                Key("or", "any list", "the other readings"),
                Key("why", "text", "why there is a choice"),
            ),
        ),
        Section(
            "names",
            "what people call the codes",
            "any code",
            (Key("en", "text", "in English"), Key("zh", "text", "in Chinese")),
            short="name",
            shorter="['English', '中文']",
        ),
        Section(
            "clauses",
            "the clauses of the procedure; usually in clauses.toml",
            "clause id, in quotes if it has a point",
            short="text",
            shorter="what it says, in one line",
        ),
        Section(
            "calendar",
            "working calendars by name; usually one in calendar.toml",
            "name",
        ),
    )
}
"""The sections by name, in the order in which files have them."""

PARTS: dict[str, Section] = {
    one.name: one
    for one in (
        Section(
            "rule",
            "one criterion of a decision",
            keys=(
                Key("answer", "codes", "what it answers", needed=True),
                _CLAUSE,
                Key("when", "expression", "when it matches", needed=True),
            ),
        ),
        Section(
            "need",
            "one guard of a step",
            keys=(
                Key("clause", "text", "the clause that is cited"),
                Key("when", "expression", "what must hold", needed=True),
            ),
        ),
        Section(
            "rung",
            "one rung of a target",
            keys=(
                Key("at", "point", "when it is ready", needed=True),
                Key("to", "codes", "roles that are told", needed=True),
                _CLAUSE,
                Key("code", "text", "its name, by default its point"),
                Key("quiet", "quiet", "what its recipients' quiet hours do to it"),
            ),
        ),
        Section(
            "extension",
            "how a target is put off",
            keys=(
                Key("on", "expression", "the moment at which it is granted", needed=True),
                Key("by", "amount", "how much it gives", needed=True),
                Key("from", "anchor", "from where it is counted"),
                Key("most", "count", "how many there may be in a round"),
                Key("longest", "limit", "the most that one may give"),
                Key("regrade", "dropped", "what a regrade does to it"),
                _CLAUSE,
            ),
        ),
    )
}
"""The parts of rows that are tables themselves."""

SECTIONS = tuple(LANGUAGE)
"""The names of all sections."""


def keys(name: str, *, without: Iterable[str] = ()) -> tuple[str, ...]:
    """The keys of a row of the section or part *name*."""
    section = LANGUAGE.get(name) or PARTS[name]
    return tuple(key.name for key in section.keys if key.name not in without)
