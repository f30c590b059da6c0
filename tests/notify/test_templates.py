"""What messages say: shipped templates, own ones, and what no fact may do to them."""

from __future__ import annotations

import datetime as dt
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("jinja2")

from tests.notify.conftest import given as assigned
from tests.notify.conftest import letter, reminder

from complaintflow.audit.messages import MESSAGE_KINDS
from complaintflow.errors import InvalidValueError, TemplateError
from complaintflow.notify.template_check import check_templates
from complaintflow.notify.templates import SHIPPED, Templates
from complaintflow.notify.wording import NAMES, wording
from complaintflow.policyfile import loads
from complaintflow.testing.events import fact_values, texts

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "notify.md"
LINK = "https://crm.example.com/case/{case}"


def test_a_notice_in_english() -> None:
    said = Templates(link=LINK).render(letter())
    assert said.subject == "Line stopped: case C-1.2"
    assert said.text == (
        "Line stopped\n\nCase C-1.2, Complaints (N1, N2)\n\n"
        "Loss: 6000 CNY\nColour: red\nurgent: yes\nHappened 2026-03-10 07:30 (Asia/Shanghai)\n"
        "https://crm.example.com/case/C-1.2\n\nSent to you as General manager.\n"
    )
    assert "<th" in said.html
    assert "6000 CNY</td>" in said.html


def test_a_notice_in_chinese() -> None:
    said = Templates(language="zh").render(letter())
    assert said.subject == "停线：C-1.2"
    assert "颜色：红\n" in said.text
    assert "urgent：是\n" in said.text
    assert "总经理" in said.html
    assert "https" not in said.text


@pytest.mark.parametrize(
    ("language", "overdue", "subject", "line"),
    [
        ("en", False, "Due soon: Report, case C-1.2", "Report is due 2026-03-10 09:30"),
        ("en", True, "Overdue: Report, case C-1.2", "Report was due 2026-03-10 09:30"),
        ("zh", False, "即将到期：报告，C-1.2", "报告须于 2026-03-10 09:30 前完成"),
        ("zh", True, "已逾期：报告，C-1.2", "报告应于 2026-03-10 09:30 前完成"),
    ],
)
def test_a_reminder(language: str, overdue: bool, subject: str, line: str) -> None:
    said = Templates(language=language).render(reminder(data={"overdue": overdue}))  # type: ignore[arg-type]
    assert said.subject == subject
    assert said.text.startswith(line)
    assert line in said.html


def test_a_reminder_says_for_whom_and_how_often() -> None:
    data = {"key": "plant", "repetition": 3, "rung": "every 24 h after, 3 times"}
    english = Templates().render(reminder(data=data)).text
    assert "Report (plant) is due" in english
    assert "Reminder: every 24 h after, 3 times, no. 3" in english
    chinese = Templates(language="zh").render(reminder(data=data)).text
    assert "提醒：逾期后每 24 小时，共 3 次，第 3 次" in chinese
    named = reminder(data={"rung": "last_call"}, names={"last_call": ("Last call", "最后提醒")})
    assert "Reminder: Last call" in Templates().render(named).text


def test_somebody_hears_that_a_case_is_theirs() -> None:
    said = Templates(link=LINK).render(assigned())
    assert said.subject == "Yours: case C-1.2, as Clerk"
    assert said.text == (
        "You have case C-1.2 as Clerk\n\nComplaints (Q1)\n\n"
        "Since 2026-03-10 07:30 (Asia/Shanghai)\nhttps://crm.example.com/case/C-1.2\n"
    )
    assert "<p>Complaints (Q1)</p>" in said.html
    bare = Templates().render(assigned(names={}, clauses=(), data={"policy": "", "acting": "boss"}))
    assert bare.text == (
        "You have case C-1.2 as clerk (it came to you as boss)\n\n"
        "Since 2026-03-10 07:30 (Asia/Shanghai)\n"
    )
    chinese = Templates(language="zh").render(assigned(data={"acting": "boss"}))
    assert chinese.subject == "由您承办：C-1.2（文员）"
    assert chinese.text.startswith("案件 C-1.2 由您作为文员承办（以老板身份）\n")
    assert "以老板身份" in chinese.html


def test_each_kind_has_its_templates_in_both_languages() -> None:
    for kind in MESSAGE_KINDS:
        for language in ("en", "zh"):
            for ending in ("txt", "html"):
                assert (SHIPPED / f"{kind}.{language}.{ending}").is_file()
    assert len(list(SHIPPED.iterdir())) == 4 * len(MESSAGE_KINDS) + 2  # and two pages' frames


def test_the_names_of_a_template_are_those_that_are_documented() -> None:
    for message in (letter(), reminder(), assigned()):
        assert set(wording(message)) == set(NAMES)
    if PAGE.is_file():
        page = PAGE.read_text("utf-8").replace("\\|", "|")
        assert all(f"| `{name}` | {meaning} |\n" in page for name, meaning in NAMES.items())


def test_instants_are_told_in_the_zone_of_the_people() -> None:
    facts = {"seen": dt.datetime.fromisoformat("2026-03-09T23:30+00:00")}
    names = wording(letter(facts=facts))
    assert names["fact"] == {"seen": "2026-03-10 07:30"}
    assert names["at"] == "2026-03-10 08:00"


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag + "".join(sorted(name for name, _ in attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def tags(html: str) -> Tags:
    parser = Tags()
    parser.feed(html)
    parser.close()
    return parser


EVIL = '<script>alert(1)</script><img src=x onerror="x">\r\nBcc: all@example.com\r\n\r\n{{ 7 * 7 }}'


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_fact_name_or_case_becomes_html(language: str) -> None:
    templates = Templates(language=language, link=LINK)  # type: ignore[arg-type]
    plain = letter(facts={"loss": "quiet"})
    evil = letter(
        facts={"loss": EVIL},
        case=EVIL,
        role=EVIL,
        names={"news": (EVIL, EVIL), "loss": (EVIL, EVIL), "p": (EVIL, EVIL)},
        clauses=(EVIL,),
    )
    harmed, calm = tags(templates.render(evil).html), tags(templates.render(plain).html)
    assert harmed.seen == calm.seen
    assert "49" not in "".join(harmed.words)
    said = templates.render(evil)
    assert "\n" not in said.subject
    assert "\r" not in said.subject
    assert "<script>" in said.text  # a plain text is no HTML


@given(texts(), fact_values(), st.sampled_from(["en", "zh"]))
def test_whatever_is_known_can_be_said(text: str, value: object, language: str) -> None:
    facts = {} if value is None else {"it": value}
    templates = Templates(language=language, link=LINK)  # type: ignore[arg-type]
    for message in (
        letter(facts=facts, case=text, names={}),
        reminder(names={}, data={"key": text}),
        assigned(names={}, case=text, data={"acting": text}),
    ):
        said = templates.render(message)
        assert said.subject == " ".join(said.subject.split())
        assert tags(said.html).seen[:2] == ["htmllang", "head"]


def own(folder: Path, **files: str) -> Templates:
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, "utf-8")
    return Templates(folder)


SUBJECT = "{% set subject %}Own {{ case }}{% endset %}"


def test_own_templates_come_first_the_most_exact_one_before_all(tmp_path: Path) -> None:
    templates = own(tmp_path, notice__en__txt=f"{SUBJECT}any", news__en__txt=f"{SUBJECT}the news")
    assert templates.render(letter()).text == "the news"
    assert templates.render(letter(about="copy")).text == "any"
    assert templates.render(letter()).html == ""  # no other's page beside an own text
    assert templates.render(reminder()).subject == "Due soon: Report, case C-1.2"
    chinese = Templates(tmp_path, language="zh")
    assert chinese.render(letter()).subject == "停线：C-1.2"


def test_an_own_template_may_build_on_a_shipped_one(tmp_path: Path) -> None:
    page = '{% extends "base.en.html" %}{% block body %}<p>{{ fact.loss }}</p>{% endblock %}'
    templates = own(tmp_path, news__en__txt=SUBJECT, news__en__html=page)
    assert "<p>6000 CNY</p>" in templates.render(letter()).html
    assert "&lt;b&gt;" in templates.render(letter(facts={"loss": "<b>"})).html


@pytest.mark.parametrize(
    ("text", "line", "words", "meant"),
    [
        (f"{SUBJECT}\n\n{{% if %}}", 3, "Expected an expression", None),
        (f"{SUBJECT}\n{{{{ naem }}}}", 2, "'naem' is undefined", "name"),
        (f"{SUBJECT}\n\n{{{{ fact.los }}}}", 3, "the fact 'los' is not shown here", "loss"),
        (f"{SUBJECT}\n{{{{ 1 / 0 }}}}", 2, "ZeroDivisionError", None),
        (f"{SUBJECT}\n{{{{ case.__class__ }}}}", 2, "unsafe", None),
        (f'{SUBJECT}\n{{% include "gone.txt" %}}', 2, "gone.txt", None),
        ("no subject", 1, "set subject", None),
    ],
)
def test_a_problem_has_its_file_and_line(
    tmp_path: Path, text: str, line: int, words: str, meant: str | None
) -> None:
    with pytest.raises(TemplateError) as caught:
        own(tmp_path, news__en__txt=text).render(letter())
    (problem,) = caught.value.problems
    assert problem.file is not None
    assert problem.file.endswith("news.en.txt")
    assert (problem.line, problem.suggestion) == (line, meant)
    assert words in problem.message
    assert str(problem) in str(caught.value)


def test_a_strange_code_finds_no_file_outside_the_folder(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "out.en.txt").write_text(f"{SUBJECT}outside")
    assert Templates(tmp_path / "in").render(letter(about="../out")).text.startswith("../out")


def test_what_cannot_be_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidValueError, match="there is no folder"):
        Templates(tmp_path / "gone")
    with pytest.raises(InvalidValueError, match="'en' or 'zh'"):
        Templates(language="de")  # type: ignore[arg-type]


POLICY = """
policy = { id = "t", version = "1", semantics = 1, calendar = "c", final = ["done"] }
roles = { desk = "1" }
[facts]
loss = "money CNY"
[step]
open = { by = "desk", to = "going", asks = ["loss"] }
go = { by = "desk", from = "going", to = "done", needs = { "1" = "report" } }
[duty]
report = { owner = "desk", starts = "open", within = "2 h", rungs = [{ at = "1 h before", to = "desk" }] }
[tell]
news = { on = "open", to = "desk", shows = ["loss"] }
[calendar.c]
timezone = "Asia/Shanghai"
week = { mon-fri = ["08:00-17:00"] }
"""


def checked(folder: Path, **files: str) -> list[str]:
    found = check_templates(own(folder, **files), loads(POLICY))
    return [str(problem).replace(str(folder) + "/", "") for problem in found]


def test_good_templates_have_no_problem(tmp_path: Path) -> None:
    assert check_templates(Templates(), loads(POLICY)) == ()
    good = f'{SUBJECT}{{% include "_sign.txt" %}}{{{{ fact.loss | default("-") }}}}'
    files = {
        "news__en__txt": good,
        "news__en__html": "<p>",
        "report__zh__txt": f"{SUBJECT}{{{{ due }}}}",
        "desk__en__txt": f"{SUBJECT}{{{{ acting }}}}",
    }
    assert checked(tmp_path, **files, _sign__txt="bye") == []


def test_every_own_template_is_tried(tmp_path: Path) -> None:
    files = {
        "notise__en__txt": SUBJECT,
        "rung__en__html": "alone",
        "news__en__txt": f"{SUBJECT}{{{{ fact.loss }}}}",
        "news__zh__txt": f"{SUBJECT}\n{{% endif %}}",
        "report__zh__txt": f"{SUBJECT}\n\n{{{{ deu }}}}",
        "desk__en__txt": f"{SUBJECT}{{{{ actin }}}}",
    }
    stranger, alone, unknown, lost, broken, slip = checked(tmp_path, **files)
    assert stranger.startswith("notise.en.txt: no message uses this file: expected the code of a ")
    assert stranger.endswith("did you mean 'notice.en.txt'?")
    assert alone == "rung.en.html: the same as .txt is missing beside it"
    assert lost == "desk.en.txt:1: 'actin' is undefined; did you mean 'acting'?"
    assert unknown.startswith("news.en.txt:1: the fact 'loss' is not shown here, or not known; ")
    assert unknown.endswith('write {{ fact.loss | default("-") }}')
    assert broken == "news.zh.txt:2: Encountered unknown tag 'endif'."
    assert slip == "report.zh.txt:3: 'deu' is undefined; did you mean 'due'?"
