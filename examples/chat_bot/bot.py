"""A notifier for chat rooms as WeCom and DingTalk offer them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import urlencode

import attrs

from complaintflow import Message
from complaintflow.errors import NotDeliveredError
from complaintflow.moments import Now, system_clock, to_micros
from complaintflow.notify.wording import wording

BUSY = {-1, 45009, 130101}
"""Answers that may change: the service is busy, or the room has had too many messages."""
MARKUP = re.compile(r"([\\`*_{}\[\]()#+.!|<>~-])")


@attrs.frozen
class ChatRoom:
    """Posts each message as a card of Markdown.

    Args:
        url: The room's address, which holds its key.
        secret: What the address is signed with (DingTalk); empty where it is not (WeCom).
        language: ``en`` or ``zh``.
        link: Pattern of the case's address.
        now: Gives the present.
    """

    url: str = attrs.field(repr=False)
    secret: str = attrs.field(default="", repr=False)
    language: Any = "zh"
    link: str = ""
    now: Now = system_clock

    def send(self, message: Message) -> None:
        """Post *message*. Raises NotDeliveredError."""
        body = json.dumps(self.card(message), ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(self.address(), body, headers)  # noqa: S310 - ours
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
                said = json.loads(answer.read(10_000))
            code = said["errcode"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            # Not the error's own words: they may repeat the address, and with it the key.
            raise NotDeliveredError(f"the room does not answer: {type(error).__name__}") from error
        if code != 0:
            reason = f"the room answered {code}: {said.get('errmsg', '')}"
            raise NotDeliveredError(reason, permanent=code not in BUSY)

    def address(self) -> str:
        """The address, signed as DingTalk wants it."""
        if not self.secret:
            return self.url
        stamp = str(to_micros(self.now()) // 1000)
        content = f"{stamp}\n{self.secret}".encode()
        sign = base64.b64encode(hmac.digest(self.secret.encode(), content, hashlib.sha256)).decode()
        return f"{self.url}&{urlencode({'timestamp': stamp, 'sign': sign})}"

    def card(self, message: Message) -> dict[str, Any]:
        """What is posted."""
        names = wording(message, self.language, self.link)
        title = f"{names['name']} {names['case']}"
        lines = [f"**{escaped(title)}**"]
        if message.kind == "rung":
            late = {"en": ("due", "overdue since"), "zh": ("期限", "已逾期，期限")}
            lines.append(f"{late[self.language][names['overdue']]} {escaped(names['due'])}")
        lines += [f"{escaped(one['name'])}: {escaped(one['value'])}" for one in names["facts"]]
        if names["link"]:
            lines.append(f"[{escaped(names['case'])}]({names['link']})")
        lines.append(f"`{message.key.replace('`', '')}`")
        text = "\n\n".join(lines)
        return {"msgtype": "markdown", "markdown": {"title": title, "text": text, "content": text}}


def escaped(text: str) -> str:
    """*text* as one line in which nothing is markup."""
    return MARKUP.sub(r"\\\1", " ".join(text.split()))
