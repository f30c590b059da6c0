"""The words of a policy that a register may use: codes, or the names that people gave them."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from complaintflow.errors import did_you_mean
from complaintflow.policy.fact import Fact
from complaintflow.policy.policy import Policy
from complaintflow.simulation.register.messages import MESSAGES

__all__ = ["Vocabulary", "hint", "vocabulary"]


@attrs.frozen
class Vocabulary:
    """What may be written where, as a word to the code that it means.

    Args:
        facts: Facts that people give, by code.
        what: Steps, duties and actions.
        roles: Roles.
        decisions: Decisions, which may be overruled.
        kinds: Actions and the kinds that they may be of.
        names: Every code's names, English and Chinese, to look members up.
    """

    facts: dict[str, Fact]
    fact_words: dict[str, str]
    what: dict[str, str]
    roles: dict[str, str]
    decisions: dict[str, str]
    kinds: dict[str, tuple[str, ...]]
    names: dict[str, tuple[str, ...]]

    def member(self, word: str, members: Iterable[str]) -> str:
        """The one of *members* that *word* names, else the *word* itself."""
        members = tuple(members)
        if word in members:
            return word
        found = [code for code in members if word in self.names.get(code, ())]
        return found[0] if len(found) == 1 else word


def vocabulary(policy: Policy) -> Vocabulary:
    """The words of *policy*."""
    names = {
        code: tuple(text for text in (name.en, name.zh) if text)
        for code, name in policy.names.items()
    }

    def words(codes: Iterable[str]) -> dict[str, str]:
        codes = tuple(codes)
        known: dict[str, str] = {}
        twice: set[str] = set()
        for code in codes:
            for word in names.get(code, ()):
                if known.setdefault(word, code) != code:
                    twice.add(word)
        for word in twice:
            del known[word]
        return known | {code: code for code in codes}

    facts = {fact.code: fact for fact in policy.facts if fact.given}
    return Vocabulary(
        facts=facts,
        fact_words=words(facts),
        what=words(
            [
                *(step.code for step in policy.steps),
                *(duty.code for duty in policy.duties),
                *(action.code for action in policy.actions),
            ]
        ),
        roles=words(role.code for role in policy.roles),
        decisions=words(decision.code for decision in policy.decisions),
        kinds={action.code: tuple(action.kinds) for action in policy.actions},
        names=names,
    )


def hint(word: str, known: Iterable[str]) -> dict[str, str]:
    """``; did you mean 'x'?`` in every language, or nothing."""
    meant = did_you_mean(word, known)
    return {
        language: text.format(meant=meant) if meant else ""
        for language, text in MESSAGES["hint"].items()
    }
