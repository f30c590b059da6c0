"""Events and messages as canonical JSON text, and back.

Canonical means that equal events have equal text, to the byte: keys sorted, no spaces, UTF-8
without escapes, instants in UTC. The chain hangs on this text, so it must never be written
differently for an event that exists; a changed format is a new version (see `upcast`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Final, NoReturn

import cattrs

from complaintflow.audit.converter import converter, problems
from complaintflow.audit.events import TAGS, ApprovalGiven, Body, Event, Summed
from complaintflow.audit.messages import Message
from complaintflow.audit.upcast import CURRENT, Upcasters
from complaintflow.audit.values import instant_text, pack, read_instant, unpack
from complaintflow.audit.vault import Kept, Vault, digest, new_salt
from complaintflow.errors import (
    BrokenTrailError,
    CodecError,
    InvalidValueError,
    Problem,
    did_you_mean,
)

__all__ = [
    "canonical",
    "decode",
    "decode_message",
    "decode_vault",
    "encode",
    "encode_message",
    "encode_vault",
]

_KINDS: Final[Mapping[str, type[Body]]] = {tag: kind for kind, tag in TAGS.items()}
_FACTS: Final = ("facts", "key", "new", "old")  # fields of bodies that hold facts by name
_VALUES: Final[Mapping[type[Body], str]] = {ApprovalGiven: "answer", Summed: "value"}
"""Bodies with the value of one fact, which their field ``fact`` names."""
_ENVELOPE: Final = {"position": int, "by": str, "role": str, "command": str, "policy": str}
_TIMES: Final = ("occurred", "recorded")
_KEYS: Final = frozenset((*_ENVELOPE, *_TIMES, "v", "kind", "body"))
_MESSAGE_VERSION: Final = 2
_ENCODER: Final = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
)


def canonical(raw: Any) -> str:
    """JSON with sorted keys, no spaces, no escapes but the needed ones."""
    return _ENCODER.encode(raw)


def encode(
    event: Event,
    personal: frozenset[str] = frozenset(),
    *,
    salt: Callable[[], str] = new_salt,
    upcasters: Upcasters = CURRENT,
) -> tuple[str, dict[str, Kept]]:
    """The canonical text of *event*, and the personal values that are not in it.

    Args:
        event: What happened.
        personal: Names of facts whose values are replaced by salted digests.
        salt: Gives the salt of each; random.
        upcasters: Tell the version that is written.

    Returns:
        The text, and a vault: path such as ``facts.phone`` to value and salt. Unknown and
        erased values are not sealed.

    Raises:
        InvalidValueError: a value that no fact can have, or text that is no Unicode.
    """
    body: dict[str, Any] = converter().unstructure(event.body)
    vault: dict[str, Kept] = {}
    if personal:
        _seal(event.body, body, personal, salt, vault)
    kind = TAGS[type(event.body)]
    text = canonical(
        {
            "v": upcasters.version(kind),
            "kind": kind,
            "body": body,
            "position": event.position,
            "by": event.by,
            "role": event.role,
            "occurred": instant_text(event.occurred),
            "recorded": instant_text(event.recorded),
            "command": event.command,
            "policy": event.policy,
        }
    )
    return _unicode(text), vault


def decode(text: str, vault: Vault | None = None, *, upcasters: Upcasters = CURRENT) -> Event:
    """The event that `encode` wrote.

    Args:
        text: Canonical text.
        vault: Personal values by path; one that is not there was erased and comes back as
            `Erased`.
        upcasters: How older versions are read.

    Raises:
        CodecError: *text* is no event; *problems* has every reason with its path.
        BrokenTrailError: a value of the vault is not the one that was sealed.
    """
    raw = upcasters.lift(_object(text))
    kind = _KINDS.get(raw["kind"])
    if kind is None:
        meant = did_you_mean(raw["kind"], _KINDS)
        raise _error(
            "event", Problem(f"unknown kind {raw['kind']!r}", path="kind", suggestion=meant)
        )
    found = [
        Problem(f"unknown key {key!r}", path=key, suggestion=did_you_mean(key, _KEYS))
        for key in sorted(raw.keys() - _KEYS)
    ]
    found += [Problem(f"expected the key {key!r}", path=key) for key in sorted(_KEYS - raw.keys())]
    for name, wanted in _ENVELOPE.items():
        if name in raw and type(raw[name]) is not wanted:
            expected = "a whole number" if wanted is int else "text"
            found.append(Problem(f"expected {expected}, got {raw[name]!r}", path=name))
    times = {name: _time(raw[name], name, found) for name in _TIMES if name in raw}
    body = raw.get("body")
    if vault and isinstance(body, dict):
        _unseal(body, vault, raw.get("position"))
    made = _structure(body, kind, "body", found) if "body" in raw else None
    if made is None or found:
        raise _error("event", *found)
    return Event(
        position=raw["position"],
        body=made,
        by=raw["by"],
        role=raw["role"],
        occurred=times["occurred"],
        recorded=times["recorded"],
        command=raw["command"],
        policy=raw["policy"],
    )


def encode_message(message: Message) -> str:
    """The canonical text of *message*. Raises InvalidValueError as `encode` does."""
    raw = converter().unstructure(message)
    return _unicode(canonical({**raw, "at": instant_text(message.at), "v": _MESSAGE_VERSION}))


def decode_message(text: str) -> Message:
    """The message that `encode_message` wrote. Raises CodecError."""
    raw = _object(text)
    version = raw.pop("v", None)
    if version == 1:
        raw = _second_version(raw)
    elif version != _MESSAGE_VERSION:
        raise _error("message", Problem(f"expected version 1 or 2, got {version!r}", path="v"))
    found: list[Problem] = []
    if "at" in raw:
        raw["at"] = _time(raw["at"], "at", found)
    made: Message | None = _structure(raw, Message, "message", found)
    if made is None or found:
        raise _error("message", *found)
    return made


def _second_version(raw: dict[str, Any]) -> dict[str, Any]:
    """A message of version 1, whose data were texts only and whose kind had to be guessed."""
    data = raw.get("data")
    if not isinstance(data, dict):
        return raw
    data = dict(data)
    notice = data.pop("notice", None) is not None
    due = data.get("due")
    if isinstance(due, str) and due.isascii() and due.isdecimal():
        data["due"] = {"instant": [instant_text(int(due)), "UTC"]}
    for name in ("round", "repetition"):
        if str(data.get(name, "")).isdecimal():
            data[name] = int(data[name])
    kind = "rung" if "rung" in data and not notice else "notice"
    return {**raw, "kind": kind, "data": data}


def encode_vault(vault: Vault) -> str:
    """A vault as canonical text; keep it where it can be erased."""
    kept = {path: {"value": pack(it.value), "salt": it.salt} for path, it in vault.items()}
    return _unicode(canonical(kept))


def decode_vault(text: str) -> dict[str, Kept]:
    """The vault that `encode_vault` wrote. Raises CodecError."""
    vault, found = {}, []
    for path, kept in _object(text).items():
        match kept:
            case {"value": value, "salt": str(salt)} if len(kept) == 2:
                try:
                    vault[path] = Kept(unpack(value), salt)
                except InvalidValueError as error:
                    found.append(Problem(error.message, path=path))
            case _:
                found.append(Problem(f"expected a value and its salt, got {kept!r}", path=path))
    if found:
        raise _error("vault", *found)
    return vault


def _seal(
    body: Body,
    raw: dict[str, Any],
    personal: frozenset[str],
    salt: Callable[[], str],
    vault: dict[str, Kept],
) -> None:
    for field in _FACTS:
        facts = raw.get(field)
        if not isinstance(facts, dict):  # `key` of a duty or rung is text
            continue
        for name in sorted(personal & facts.keys()):
            packed = facts[name]
            if _is_nobodys(packed):
                continue
            kept = Kept(getattr(body, field)[name], salt())
            facts[name] = {"personal": digest(kept.salt, _unicode(canonical(packed)))}
            vault[f"{field}.{name}"] = kept
    single = _VALUES.get(type(body))
    if single is not None and raw["fact"] in personal and not _is_nobodys(raw[single]):
        kept = Kept(getattr(body, single), salt())
        vault[f"{single}.{raw['fact']}"] = kept
        raw[single] = {"personal": digest(kept.salt, _unicode(canonical(raw[single])))}


def _is_nobodys(packed: Any) -> bool:
    """Whether a value is unknown or was erased."""
    return packed is None or (isinstance(packed, dict) and "personal" in packed)


def _unseal(body: dict[str, Any], vault: Vault, position: object) -> None:
    for path, kept in vault.items():
        field, _, name = path.partition(".")
        facts = body.get(field)
        if field in _VALUES.values():  # the value of one fact stands for itself
            facts, name = body, field
        packed = pack(kept.value)
        sealed = {"personal": digest(kept.salt, canonical(packed))}
        if not isinstance(facts, dict) or facts.get(name) != sealed:
            raise BrokenTrailError(
                f"the personal value {path} of event {position} is not the one that was sealed",
                position if isinstance(position, int) else 0,
            )
        facts[name] = packed


def _structure(raw: object, kind: type[Any], path: str, found: list[Problem]) -> Any:
    if not isinstance(raw, dict):
        found.append(Problem(f"expected an object, got {raw!r}", path=path))
        return None
    try:
        return converter().structure(raw, kind)
    except (cattrs.BaseValidationError, InvalidValueError) as error:
        found.extend(problems(error, path))
    return None


def _time(raw: object, name: str, found: list[Problem]) -> int:
    try:
        return read_instant(raw)
    except InvalidValueError as error:
        found.append(Problem(error.message, path=name))
    return 0


def _object(text: str) -> dict[str, Any]:
    try:
        raw = json.loads(text, parse_float=_refuse, parse_constant=_refuse, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise CodecError(f"expected JSON text: {error}") from error
    if not isinstance(raw, dict):
        raise CodecError(f"expected a JSON object, got {raw!r}")
    return raw


def _refuse(number: str) -> NoReturn:
    raise InvalidValueError(f"numbers with a fraction are written as text, got {number}")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise InvalidValueError(f"a key stands twice among {[name for name, _ in pairs]}")
    return made


def _unicode(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise InvalidValueError(f"the text holds half a character: {error.reason}") from error
    return text


def _error(what: str, *found: Problem) -> CodecError:
    return CodecError(f"this text is no {what}", found)
