"""What a due instant was before, until when, and what moved it."""

from __future__ import annotations

import pytest
from tests.engine.test_extending import BANK, asked, consent

from complaintflow.engine.superseded import CAUSES
from complaintflow.policyfile import loads
from complaintflow.testing.rehearsal import Rehearsal


def causes(play: Rehearsal, duty: str = "settle") -> list[tuple[str, str | None]]:
    found = play.desk.explain(play.number).superseded
    return [
        (one.cause, None if one.due is None else play.wall(one.due)[5:16])
        for identity, all_of_it in found.items()
        if identity[0] == duty
        for one in all_of_it
    ]


def test_each_cause_by_its_name() -> None:
    text = BANK.replace('owner = "unit"', 'owner = "unit"\npauses = "waiting"')
    text = text.replace('severity = "one', 'waiting = "yes/no"\nseverity = "one')
    play = asked(text)
    consent(play, "2026-03-12 15:00")
    play.note("2026-03-12 15:10", waiting=True)
    play.note("2026-03-13 15:10", waiting=False)
    play.note("2026-03-13 15:20", severity="high")
    assert causes(play) == [
        ("extension", "03-12 17:00"),
        ("pause", "03-16 17:00"),
        ("resume", None),
        ("dropped", "03-16 17:00"),
    ]


def test_a_correction_and_another_date() -> None:
    text = BANK.replace('ends = "answer"', 'ends = "answer"\ndate = "named"').replace(
        'severity = "one', 'named = "date"\nseverity = "one'
    )
    play = asked(text)
    play.note("2026-03-12 15:00", named="2026-03-12")
    assert causes(play) == []  # the limit is earlier than the end of the day
    play.note("2026-03-12 15:30", named="2026-03-11")
    play.note("2026-03-12 15:31", named="2026-03-10")
    (opening, *_) = [e for e in play.case.events if getattr(e.body, "step", "") == "raise"]
    play.desk.correct(
        play.number, opening.position, {"severity": "high"}, reason="r", by="x", role="unit"
    )
    assert causes(play) == [
        ("date", "03-12 17:00"),
        ("date", "03-11 23:59"),
        ("correction", "03-10 23:59"),
    ]


def test_a_regrade_is_one_change() -> None:
    play = Rehearsal(loads(BANK.replace('ends = "answer"', 'ends = "answer"\nregrade = "regrade"')))
    play.receive("2026-03-09 10:00", role="liaison", facts={"severity": "low"})
    play.note("2026-03-10 09:00", severity="high")
    assert causes(play) == [("regrade", "03-12 17:00")]
    assert play.due("settle") == "2026-03-11 17:00:00"


def test_a_corrected_grade() -> None:
    play = Rehearsal(loads(BANK))
    play.receive("2026-03-09 10:00", role="liaison", facts={"severity": "low"})
    (opening,) = [e for e in play.case.events if getattr(e.body, "step", "") == "raise"]
    play.desk.correct(
        play.number, opening.position, {"severity": "high"}, reason="r", by="x", role="unit"
    )
    assert causes(play) == [("correction", "03-12 17:00")]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_is_told(language: str) -> None:
    play = asked()
    consent(play, "2026-03-12 15:00")
    text = play.desk.explain(play.number).text(language)
    told = {
        "en": "was 2026-03-12 17:00 until 2026-03-12 15:00, because it was extended (entry",
        "zh": "2026-03-12 15:00 之前为 2026-03-12 17:00，变更原因：准予延期",
    }
    assert told[language] in text
    given = {
        "en": "extended on 2026-03-12 15:00 by 2 working days from 2026-03-12 14:00 (W13)",
        "zh": "2026-03-12 15:00 准予延期 2 个工作日，自 2026-03-12 14:00 起算",
    }
    assert given[language] in text


def test_every_cause_has_words() -> None:
    from complaintflow.engine.story_texts import TEXTS

    assert {f"moved-{cause}" for cause in CAUSES} == {k for k in TEXTS if k.startswith("moved-")}


def test_what_waits_and_what_stands_beside_are_told() -> None:
    from tests.engine.test_forecast import HOPS

    play = Rehearsal(
        loads(
            HOPS.replace('within = "24 h"', 'within = "24 h", date = "named"').replace(
                "[facts]", '[facts]\nnamed = "date"'
            )
        )
    )
    play.receive("2026-03-10 08:00", role="desk", facts={"easy": False})
    text = play.desk.explain(play.number).text("en")
    assert "mend (T2) waits; from 2026-03-10 10:00 if the one before is in time" in text
    play.do("2026-03-10 09:00", "look", role="desk")
    play.do("2026-03-10 10:00", "mend", role="unit")
    play.note("2026-03-10 11:00", named="2026-03-10")
    text = play.desk.explain(play.number).text("en")
    assert "the earliest governs; beside it: 24 h, 2026-03-11 10:00" in text
    assert "customer, round 1" in text
