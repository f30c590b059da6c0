"""complaintflow.audit.codec, .converter, .values and .vault."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaintflow.audit.codec import (
    canonical,
    decode,
    decode_vault,
    encode,
    encode_vault,
)
from complaintflow.audit.converter import INSTANTS
from complaintflow.audit.events import (
    TAGS,
    ApprovalGiven,
    Corrected,
    Counted,
    Decided,
    Event,
    Missed,
    Noted,
    Summed,
)
from complaintflow.audit.values import instant_text, read_instant
from complaintflow.audit.vault import Erased, Kept, digest
from complaintflow.domain.values import Evidence, Money, Quantity, Ratio
from complaintflow.errors import BrokenTrailError, CodecError, InvalidValueError
from complaintflow.moments import instant
from complaintflow.testing.events import codes, events, fact_values, micros

PERSONAL = st.frozensets(codes())


def noted(position: int = 1, **facts: Any) -> Event:
    return Event(position, Noted(facts), "wang", "qa", 0, 1_500_000, "cmd-1", "abc")


def plain(event: Event) -> str:
    return encode(event)[0]


class TestEvents:
    """encode(event) and decode(text)"""

    @given(events())
    def test_what_is_written_is_read_back(self, event: Event) -> None:
        """decode(encode(e)) == e, for every kind of event and of fact."""
        assert decode(plain(event)) == event

    @given(events(), PERSONAL)
    def test_also_with_personal_values_apart(self, event: Event, personal: frozenset[str]) -> None:
        text, vault = encode(event, personal)
        assert decode(text, decode_vault(encode_vault(vault))) == event

    @given(events())
    def test_equal_events_have_equal_text(self, event: Event) -> None:
        """Writing what was read gives the same bytes."""
        text = plain(event)
        assert plain(decode(text)) == text

    def test_the_text_is_written_down(self) -> None:
        """These bytes are for ever: stored chains hang on them."""
        assert plain(noted(amount=Money("5000.00", "CNY"), 客户="华东")) == (
            '{"body":{"evidence":[],"facts":{"amount":{"money":["5000.00","CNY"]},"客户":"华东"}},'
            '"by":"wang","command":"cmd-1","kind":"noted","occurred":"1970-01-01T00:00:00Z",'
            '"policy":"abc","position":1,"recorded":"1970-01-01T00:00:01.500000Z","role":"qa",'
            '"v":1}'
        )

    def test_order_of_facts_does_not_matter(self) -> None:
        assert plain(noted(a="1", b="2")) == plain(noted(b="2", a="1"))

    def test_every_kind_has_a_tag_and_no_tag_is_used_twice(self) -> None:
        assert len(set(TAGS.values())) == len(TAGS)

    def test_whole_numbers_that_are_instants_are_known(self) -> None:
        """A new whole number in a body must be placed: is it an instant?"""
        numbers = {
            f"{tag}.{field.name}"
            for kind, tag in TAGS.items()
            for field in attrs.fields(kind)
            if field.type in {"int", "int | None", int, int | None}
        }
        instants = {f"{TAGS[kind]}.{name}" for kind, names in INSTANTS.items() for name in names}
        counts = {
            "counted.value",
            "missed.round",
            "rejected.round",
            "ruled.round",
            "passed-on.round",
            "waived.round",
            "rung.round",
            "rung.repetition",
            "corrected.position",
            "signed.entry",
        }
        assert numbers == instants | counts


class TestValues:
    """Fact values say what they are."""

    @pytest.mark.parametrize(
        ("value", "text"),
        [
            (None, "null"),
            (True, "true"),
            (12, "12"),
            ("12", '"12"'),
            (Decimal("12.50"), '{"number":"12.50"}'),
            (Decimal("1E+3"), '{"number":"1000"}'),
            (Money("5000.00", "CNY"), '{"money":["5000.00","CNY"]}'),
            (Quantity("12", "件"), '{"quantity":["12","H87"]}'),
            (Ratio("0.025"), '{"ratio":"0.025"}'),
            (dt.date(2026, 3, 10), '{"date":"2026-03-10"}'),
            (
                instant("2026-03-10T09:20+08:00", "Asia/Shanghai"),
                '{"instant":["2026-03-10T01:20:00Z","Asia/Shanghai"]}',
            ),
            (
                dt.datetime(2026, 3, 10, 9, 20, tzinfo=dt.timezone(dt.timedelta(hours=-3.5))),
                '{"instant":["2026-03-10T12:50:00Z","-03:30"]}',
            ),
            (dt.datetime(2026, 3, 10, tzinfo=dt.UTC), '{"instant":["2026-03-10T00:00:00Z","UTC"]}'),
            (frozenset({"b", "a"}), '{"set":["a","b"]}'),
            (
                (Evidence("photo"),),
                '{"files":[{"name":"photo","sha256":"","size":0,"uri":""}]}',
            ),
            (("b", "a"), '{"texts":["b","a"]}'),
            (Erased("0" * 64), f'{{"personal":"{"0" * 64}"}}'),
        ],
    )
    def test_each_has_one_text(self, value: object, text: str) -> None:
        written = plain(noted(it=value))
        assert f'"facts":{{"it":{text}}}' in written
        assert decode(written).body == Noted({"it": value})

    def test_a_flag_is_no_number_afterwards(self) -> None:
        body = decode(plain(noted(flag=True, count=1))).body
        assert isinstance(body, Noted)
        assert body.facts["flag"] is True
        assert type(body.facts["count"]) is int

    def test_members_of_a_hosts_enum_are_their_values(self) -> None:
        class Channel(StrEnum):
            PHONE = "phone"

        assert '"phone"' in plain(noted(channel=Channel.PHONE))
        assert '{"set":["phone"]}' in plain(noted(channels=frozenset({Channel.PHONE})))

    def test_a_zone_survives_a_repeated_hour(self) -> None:
        """02:30 happened twice in Berlin on 2026-10-25: the second pass stays the second."""
        second = instant("2026-10-25T02:30", "Europe/Berlin", ambiguous="second")
        body = decode(plain(noted(at=second))).body
        assert isinstance(body, Noted)
        assert body.facts["at"].isoformat() == "2026-10-25T02:30:00+01:00"

    @pytest.mark.parametrize(
        ("value", "words"),
        [
            (1.5, "Decimal"),
            (dt.datetime(2026, 1, 1), "no time zone"),
            (object(), "no fact has the value"),
            (frozenset({1}), "no fact has the value"),
            ((1,), "no fact has the value"),
            (Decimal("NaN"), "finite"),
            (Decimal("1E+999"), "200 digits"),
            ("\ud800", "half a character"),
        ],
    )
    def test_what_no_fact_can_be_is_refused(self, value: object, words: str) -> None:
        with pytest.raises(InvalidValueError, match=words):
            encode(noted(it=value))

    @given(micros())
    def test_instants_are_utc_text(self, at: int) -> None:
        text = instant_text(at)
        assert read_instant(text) == at
        assert ("." in text) == bool(at % 1_000_000)


class TestErrors:
    """decode says everything that is wrong, and where."""

    @staticmethod
    def changed(event: Event, change: Mapping[str, Any]) -> str:
        raw = json.loads(plain(event))
        for path, value in change.items():
            *parents, last = path.split(".")
            place = raw
            for name in parents:
                place = place[name]
            if value is ...:
                del place[last]
            else:
                place[last] = value
        return canonical(raw)

    @pytest.mark.parametrize(
        ("change", "expected"),
        [
            ({"kind": "notde"}, "kind: unknown kind 'notde'; did you mean 'noted'?"),
            ({"by": 5}, "by: expected text, got 5"),
            ({"position": "1"}, "position: expected a whole number, got '1'"),
            ({"position": True}, "position: expected a whole number, got True"),
            ({"by": ...}, "by: expected the key 'by'"),
            ({"bye": "x"}, "bye: unknown key 'bye'; did you mean 'by'?"),
            ({"occurred": "2026-03-10T09:20+08:00"}, "occurred: expected an instant such as"),
            ({"occurred": "2026-13-10T09:20:00Z"}, "occurred: expected an instant such as"),
            ({"body": []}, "body: expected an object, got []"),
            ({"body": ...}, "body: expected the key 'body'"),
            ({"body.facts": ...}, "body.facts: expected the key 'facts'"),
            ({"body.fact": {}}, "body: unknown key 'fact', did you mean 'facts'?"),
            ({"body.facts": []}, "body.facts: expected facts by name, got []"),
            ({"body.evidence": "photo"}, "body.evidence: expected a list, got 'photo'"),
            ({"body.evidence": [{"name": "x"}]}, "body.evidence: expected a file with name"),
            (
                {"body.evidence": [{"name": "x", "uri": "", "size": -1, "sha256": ""}]},
                "body.evidence: expected a file's evidence",
            ),
            ({"body.facts.it": []}, "body.facts['it']: expected text, a flag"),
            ({"body.facts.it": {"mony": "5"}}, "body.facts['it']: unknown kind of value 'mony'"),
            ({"body.facts.it": {"zzzzz": "5"}}, "known: number, money"),
            ({"body.facts.it": {"money": ["5"]}}, "body.facts['it']: expected ['5000.00', 'CNY']"),
            ({"body.facts.it": {"money": ["5", "yuan"]}}, "three capital letters"),
            ({"body.facts.it": {"number": "1e9"}}, "expected a decimal number"),
            ({"body.facts.it": {"number": "１"}}, "expected a decimal number"),
            ({"body.facts.it": {"ratio": "2"}}, "between 0 and 1"),
            ({"body.facts.it": {"date": "20260310"}}, "expected a date"),
            ({"body.facts.it": {"date": "2026-02-30"}}, "expected a date"),
            ({"body.facts.it": {"instant": ["2026-03-10T01:20:00Z", "Mars"]}}, "no time zone"),
            ({"body.facts.it": {"instant": ["2026-03-10T01:20:00Z", "+99:00"]}}, "below 24 hours"),
            ({"body.facts.it": {"set": "ab"}}, "expected a list of texts"),
            ({"body.facts.it": {"files": "ab"}}, "expected a list of files"),
            ({"body.facts.it": {"personal": "ab"}}, "64 hexadecimal digits"),
            ({"v": 2}, "written by a newer complaintflow"),
            ({"v": ...}, "expected an event with its kind and version"),
        ],
    )
    def test_each_mistake_is_named(self, change: dict[str, Any], expected: str) -> None:
        with pytest.raises(CodecError) as caught:
            decode(self.changed(noted(it="x"), change))
        assert expected in str(caught.value)

    def test_all_of_them_at_once(self) -> None:
        text = self.changed(noted(a="x", b="x"), {"body.facts.a": [], "body.facts.b": [], "by": 1})
        with pytest.raises(CodecError) as caught:
            decode(text)
        assert [problem.path for problem in caught.value.problems] == [
            "by",
            "body.facts['a']",
            "body.facts['b']",
        ]

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("", "expected JSON text"),
            ("{", "expected JSON text"),
            ("[]", "expected a JSON object"),
            ('{"a":1.5}', "written as text"),
            ('{"a":NaN}', "written as text"),
            ('{"a":1,"a":1}', "stands twice"),
            ("[" * 100_000, "expected JSON text"),
        ],
    )
    def test_what_is_no_such_json_is_refused(self, text: str, words: str) -> None:
        with pytest.raises(CodecError, match=words):
            decode(text)

    def test_an_answer_is_text_a_flag_or_several_texts(self) -> None:
        event = attrs.evolve(noted(), body=Decided("grade", ("A", "B")))
        assert decode(plain(event)) == event
        with pytest.raises(CodecError, match=r"body.answer: expected text, got 1"):
            decode(self.changed(event, {"body.answer": [1]}))

    def test_an_instant_in_a_body_is_checked_too(self) -> None:
        event = attrs.evolve(noted(), body=Missed("reply", "", 1, 5_000_000))
        assert '"due":"1970-01-01T00:00:05Z"' in plain(event)
        with pytest.raises(CodecError, match=r"body.due: expected an instant"):
            decode(self.changed(event, {"body.due": 5}))


class TestPersonal:
    """encode(event, personal) and an erased vault"""

    def test_the_value_is_not_in_the_text(self) -> None:
        text, vault = encode(noted(phone="13800138000", lot="L7"), frozenset({"phone"}))
        assert "13800138000" not in text
        assert "L7" in text
        assert vault["facts.phone"].value == "13800138000"

    def test_the_digest_is_of_salt_and_value(self) -> None:
        text, vault = encode(noted(phone="138"), frozenset({"phone"}), salt=lambda: "s")
        assert vault == {"facts.phone": Kept("138", "s")}
        assert json.loads(text)["body"]["facts"]["phone"] == {"personal": digest("s", '"138"')}

    def test_equal_values_have_unequal_digests(self) -> None:
        first, _ = encode(noted(phone="138"), frozenset({"phone"}))
        second, _ = encode(noted(phone="138"), frozenset({"phone"}))
        assert first != second

    def test_an_erased_value_is_marked(self) -> None:
        text, _ = encode(noted(phone="138", lot="L7"), frozenset({"phone"}), salt=lambda: "s")
        body = decode(text).body
        assert body == Noted({"phone": Erased(digest("s", '"138"')), "lot": "L7"})
        assert isinstance(body, Noted)
        assert str(body.facts["phone"]) == "[erased]"

    @given(events(), PERSONAL)
    def test_erasing_leaves_the_text_as_it_was(
        self, event: Event, personal: frozenset[str]
    ) -> None:
        """What is read without its vault is written as it stands, also under the same names."""
        text, _ = encode(event, personal)
        assert encode(decode(text), personal) == (text, {})

    def test_old_and_new_values_and_keys_are_personal_too(self) -> None:
        names = frozenset({"phone"})
        mended = attrs.evolve(noted(), body=Corrected(1, {"phone": "1"}, {"phone": "2"}, "typo"))
        assert set(encode(mended, names)[1]) == {"old.phone", "new.phone"}
        counted = attrs.evolve(noted(), body=Counted("again", 2, {"phone": "1"}))
        assert set(encode(counted, names)[1]) == {"key.phone"}

    def test_the_answer_of_an_approval_and_a_sum_are_personal_too(self) -> None:
        names = frozenset({"phone", "paid_in_all"})
        answered = attrs.evolve(noted(7), body=ApprovalGiven("consent", "138", "", "phone"))
        summed = attrs.evolve(noted(7), body=Summed("paid_in_all", Decimal(7), {}))
        for event, path, text in (
            (answered, "answer.phone", '"138"'),
            (summed, "value.paid_in_all", '"7"'),
        ):
            written, vault = encode(event, names, salt=lambda: "s")
            assert set(vault) == {path}
            assert text not in written
            assert decode(written, vault) == event
            assert encode(decode(written), names) == (written, {})
            with pytest.raises(BrokenTrailError, match=f"{path} of event 7"):
                decode(written, {path: Kept("another", "s")})

    def test_an_answer_of_yes_or_no_is_nobodys_secret(self) -> None:
        event = attrs.evolve(noted(), body=ApprovalGiven("consent", True))
        assert encode(event, frozenset({"phone", "consent"}))[1] == {}

    def test_unknown_is_nobodys_secret(self) -> None:
        text, vault = encode(noted(phone=None), frozenset({"phone"}))
        assert vault == {}
        assert decode(text) == noted(phone=None)

    def test_another_value_in_the_vault_is_found(self) -> None:
        text, vault = encode(noted(3, phone="138"), frozenset({"phone"}))
        forged = {path: attrs.evolve(kept, value="139") for path, kept in vault.items()}
        with pytest.raises(BrokenTrailError, match=r"facts\.phone of event 3") as caught:
            decode(text, forged)
        assert caught.value.position == 3

    def test_a_vault_for_another_event_is_found(self) -> None:
        with pytest.raises(BrokenTrailError):
            decode(plain(noted(lot="L7")), {"facts.phone": Kept("138", "s")})

    @given(fact_values())
    def test_a_vault_is_written_and_read(self, value: object) -> None:
        vault = {"facts.it": Kept(value, "s")}
        assert decode_vault(encode_vault(vault)) == vault

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ('{"facts.a":5}', "facts.a: expected a value and its salt"),
            ('{"facts.a":{"value":{"x":1},"salt":"s"}}', "facts.a: unknown kind of value"),
            ('{"facts.a":{"value":1,"salt":"s","more":1}}', "facts.a: expected a value"),
        ],
    )
    def test_a_damaged_vault_is_named(self, text: str, words: str) -> None:
        with pytest.raises(CodecError, match=words):
            decode_vault(text)
