"""The whole story of a case, in both languages, with clause, facts and times."""

from __future__ import annotations

import re

import pytest

from complaintflow.engine.story_texts import TEXTS
from complaintflow.errors import RefusedError
from complaintflow.gallery import load_pack
from complaintflow.moments import instant
from complaintflow.testing.rehearsal import Rehearsal

OEM = load_pack("oem_supplier")


def told() -> Rehearsal:
    """A case in which nearly everything happens that can."""
    play = Rehearsal(OEM)
    facts = {
        "customer": "OEM-1",
        "subject": "quality",
        "oral": True,
        "product": "hinge",
        "model": "H1",
        "defect": "crack",
        "shipped": "100",
        "defective": "3",
        "disposal": "held",
        "produced_on": "2026-02-01",
        "line_stopped": True,
    }
    play.receive("2026-03-10 09:20", role="sales_point", facts=facts, by="li")
    play.do("2026-03-10 10:00", "confirm_on_site", role="sales_point", facts={"problem_real": True})
    play.do("2026-03-10 10:10", "file_sheet", role="sales_point", signed={"sales_point": "li"})
    play.do("2026-03-10 10:30", "verify", role="sales", facts={"vague": False})
    play.desk.overrule(play.number, "grade", "A", reason="seen on site", by="qin", role="quality")
    play.do("2026-03-10 10:30", "confirm_grade", role="quality")
    play.desk.raise_action(
        play.number, "measure", "emergency", by="pan", role="plant", text="sort the stock"
    )
    play.do("2026-03-10 15:00", "measure", role="plant", key="1", by="pan")
    play.do("2026-03-10 16:00", "verify measure", role="sales", key="1", by="wang")
    play.do("2026-03-10 16:10", "gate_check", role="plant", key="stock", late="2026-03-10 14:00")
    noted = play.note("2026-03-10 17:00", role="sales", cause="design")
    play.desk.correct(
        play.number,
        noted.events[0].position,
        {"cause": "drawing"},
        reason="a slip",
        by="wang",
        role="sales",
    )
    play.sweep("2026-03-12 09:00")
    return play


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_event_is_told(language: str) -> None:
    play = told()
    explanation = play.desk.explain(play.number)
    assert len(explanation.story) == len(play.case.events)
    text = explanation.text(language)
    for line in explanation.story:
        assert line.text(language) in text
    assert "{" not in text
    for clause in ("C1.1", "T4", "T6", "W6", "Q6", "N1"):
        assert clause in text


def test_it_says_when_something_was_entered_late() -> None:
    play = told()
    text = play.desk.explain(play.number).text("en")
    assert re.search(r"2026-03-10 14:00 .*Gate check for Stock.*\[entered 2026-03-10 16:10\]", text)


def test_it_says_why_a_due_instant_is_what_it_is() -> None:
    play = told()
    text = play.desk.explain(play.number).text("en")
    assert "24 h from Tue 2026-03-10 10:30 (Asia/Shanghai): due Wed 2026-03-11 10:30." in text


def test_a_ruling_stands_above_its_criteria() -> None:
    play = told()
    text = play.desk.explain(play.number).text("en")
    assert "Grade: Grade A, ruled by a person: seen on site" in text
    assert "C1.3: possible_loss >= 5000 CNY [not evaluated]" in text


def test_a_voided_and_an_adopted_case_are_told_too() -> None:
    play = told()
    play.desk.void(play.number, reason="a twin", by="q", role="quality")
    assert "voided the case: a twin" in play.desk.explain(play.number).text("en")
    assert play.owed() == ()
    play.desk.adopt(
        "OLD-1",
        system="spreadsheet",
        state="in_review",
        received=instant("2026-03-01T09:00+08:00"),
        by="migration",
    )
    assert "taken over from spreadsheet" in play.desk.explain("OLD-1").text("en")
    assert "spreadsheet" in play.desk.explain("OLD-1").text("zh")


def test_every_text_is_in_both_languages_with_the_same_places() -> None:
    for key, texts in TEXTS.items():
        places = [set(re.findall(r"{(\w+)}", texts[language])) for language in ("en", "zh")]
        assert places[0] == places[1], key


class TestActions:
    """A measure is carried out by its owner and verified by somebody else (s000:A2, A6)."""

    def test_who_carried_it_out_does_not_verify_it(self) -> None:
        play = told()
        play.desk.raise_action(play.number, "measure", "training", by="pan", role="plant")
        with pytest.raises(RefusedError, match="is not carried out"):
            play.do("2026-03-12 10:00", "verify measure", role="sales", key="2", by="wang")
        play.do("2026-03-12 10:00", "measure", role="plant", key="2", by="wang")
        with pytest.raises(RefusedError, match="must not do"):
            play.do("2026-03-12 10:10", "verify measure", role="sales", key="2", by="wang")
        with pytest.raises(RefusedError, match="already"):
            play.do("2026-03-12 10:10", "measure", role="plant", key="2", by="pan")

    @pytest.mark.parametrize(
        ("action", "kind", "role", "said"),
        [
            ("mesure", "training", "plant", "did you mean 'measure'"),
            ("measure", "trianing", "plant", "did you mean 'training'"),
            ("measure", "training", "sales", "is for plant"),
        ],
    )
    def test_what_cannot_be_raised(self, action: str, kind: str, role: str, said: str) -> None:
        play = told()
        with pytest.raises(RefusedError, match=said):
            play.desk.raise_action(play.number, action, kind, by="x", role=role)

    def test_the_owner_may_be_somebody_else(self) -> None:
        play = told()
        play.desk.raise_action(
            play.number, "measure", "training", by="pan", role="plant", owner="technical"
        )
        with pytest.raises(RefusedError, match="is for technical"):
            play.do("2026-03-12 10:00", "measure", role="plant", key="2")
        play.do("2026-03-12 10:00", "measure", role="technical", key="2")
        with pytest.raises(RefusedError, match="owed by each of 1, 2"):
            play.do("2026-03-12 10:00", "measure", role="plant", key="3")
