"""From text to nodes: recursive descent, one token at a time, nothing looked up twice.

or < and < not < comparison, is, in < + - < * / < unary minus < value
"""

from __future__ import annotations

import datetime as _dt
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, NoReturn

from complaintflow.domain.values import UNITS, Money, Quantity, Ratio, exact, unit_code
from complaintflow.errors import InvalidValueError, TextError, did_you_mean
from complaintflow.policy.expression.nodes import (
    COMPARISONS,
    KEYWORDS,
    And,
    Arith,
    Call,
    Choice,
    Compare,
    Expression,
    In,
    Is,
    Listing,
    Literal,
    Minus,
    Name,
    Not,
    Or,
    Place,
    one_way,
    shifted,
)
from complaintflow.policy.expression.tokens import Kind, Token, tokens
from complaintflow.policy.expression.walk import depth

__all__ = ["MAX_DEPTH", "MAX_LENGTH", "parse"]

MAX_LENGTH = 2_000
"""Characters that one expression may have."""
MAX_DEPTH = 40
"""Levels that one expression may nest."""

_INFIX = ("and", "or", "is", "in", "not in", "is not")
_LOOKALIKE = {"isnot": "is not", "isnt": "is not", "notin": "not in", "equals": "=="}
_CURRENCY = re.compile(r"[A-Z]{3}\Z")


def parse(text: str) -> Expression:
    """Read an expression.

    Args:
        text: Such as ``possible_loss >= 5000 CNY or line_stopped``, at most `MAX_LENGTH`
            characters and `MAX_DEPTH` levels deep.

    Raises:
        TextError: it does not parse; with column and, where one is likely, what was meant.
    """
    if not isinstance(text, str):
        raise TextError(f"an expression is text, got {type(text).__name__}", str(text))
    shown = re.sub(r"[\t\r\n\f\v]", " ", text)  # the caret stands under one line
    if len(text) > MAX_LENGTH:
        raise TextError(
            f"an expression has at most {MAX_LENGTH} characters, this one {len(text)}; "
            "put a part of it into a fact of its own",
            shown[:80],
        )
    reader = _Reader(shown, tokens(text, shown))
    found = reader.condition()
    if reader.token.kind is not Kind.END:
        reader.unexpected()
    if depth(found) > MAX_DEPTH:
        reader.too_deep(1)
    return found


class _Reader:
    """Where in the tokens we are."""

    def __init__(self, text: str, found: tuple[Token, ...]) -> None:
        self.text = text
        self.tokens = found
        self.index = 0
        self.level = 0

    @property
    def token(self) -> Token:
        return self.tokens[self.index]

    def at(self, token: Token) -> Place:
        return Place(self.text, token.column)

    def is_(self, *words: str) -> bool:
        """Whether the next token is one of these keywords or signs."""
        token = self.token
        return token.text in words and token.kind in (Kind.WORD, Kind.SIGN)

    def take(self) -> Token:
        token = self.token
        self.index += 1
        return token

    def fail(self, message: str, column: int, meant: str | None = None) -> NoReturn:
        raise TextError(message, self.text, column, meant)

    def too_deep(self, column: int) -> NoReturn:
        self.fail(
            f"an expression nests at most {MAX_DEPTH} levels; "
            "put a part of it into a fact of its own",
            column,
        )

    def nested(self, read: Callable[[], Expression]) -> Expression:
        """*read* one level deeper."""
        self.level += 1
        if self.level > MAX_DEPTH:
            self.too_deep(self.token.column)
        found = read()
        self.level -= 1
        return found

    # -- conditions ------------------------------------------------------------------------

    def condition(self) -> Expression:
        return self._joined("or", Or, lambda: self._joined("and", And, self._not))

    def _joined(
        self, word: str, node: Callable[..., And | Or], read: Callable[[], Expression]
    ) -> Expression:
        start = self.token
        parts = [read()]
        while self.is_(word):
            self.take()
            parts.append(read())
        return node(parts, at=self.at(start)) if len(parts) > 1 else parts[0]

    def _not(self) -> Expression:
        if not self.is_("not"):
            return self._comparison()
        start = self.take()
        return Not(self.nested(self._not), at=self.at(start))

    def _comparison(self) -> Expression:
        start = self.token
        left = self._sum()
        if self.is_("is"):
            self.take()
            negated = self.is_("not")
            if negated:
                self.take()
            found: Expression = Is(left, self._sum(), negated, at=self.at(start))
        elif self.is_("in", "not"):
            negated = self.take().text == "not"
            if negated and not self.is_("in"):
                self.fail(
                    "expected 'in' after 'not', as in 'cause not in (a, b)'", self.token.column
                )
            if negated:
                self.take()
            found = In(left, self._options(), negated, at=self.at(start))
        elif self.is_(*COMPARISONS):
            return self._chain(left, start)
        else:
            return left
        if self.is_("is", "in", *COMPARISONS):
            self.fail(
                "one comparison follows another; join them with 'and' or 'or', "
                "or put one in parentheses",
                self.token.column,
            )
        return found

    def _chain(self, left: Expression, start: Token) -> Expression:
        operands, operators = [left], []
        while self.is_(*COMPARISONS):
            sign = self.take()
            operators.append(sign.text)
            if not one_way(tuple(operators)):
                self.fail(
                    "a chain goes one way, as in '0 CNY < claim <= 5000 CNY'; "
                    "join different comparisons with 'and'",
                    sign.column,
                )
            operands.append(self._sum())
        if self.is_("is", "in", "not"):
            self.fail(
                "one comparison follows another; join them with 'and' or 'or'", self.token.column
            )
        return Compare(operands, operators, at=self.at(start))

    def _options(self) -> Listing | Name | Choice | Call:
        start = self.token
        if self.is_("("):
            self.take()
            return Listing(self._items(), at=self.at(start))
        options = self._value()
        if not isinstance(options, (Listing, Name, Choice, Call)):
            self.fail(
                "expected a list such as '(a, b)' or the name of a 'some of' after 'in'",
                start.column,
            )
        return options

    def _items(self, first: Expression | None = None) -> list[Expression]:
        """The rest of a list up to and with its closing parenthesis."""
        items = [self.nested(self.condition)] if first is None else [first]
        while self.is_(","):
            self.take()
            if self.is_(")"):
                break
            items.append(self.nested(self.condition))
        self._close()
        return items

    def _close(self) -> None:
        if not self.is_(")"):
            if self.token.kind is Kind.END:
                self.fail("a closing ')' is missing", self.token.column, ")")
            self.unexpected()
        self.take()

    # -- values ----------------------------------------------------------------------------

    def _sum(self) -> Expression:
        return self._arithmetic("+", "-", lambda: self._arithmetic("*", "/", self._minus))

    def _arithmetic(self, one: str, other: str, read: Callable[[], Expression]) -> Expression:
        start = self.token
        found = read()
        while self.is_(one, other):
            sign = self.take().text
            found = Arith(sign, found, read(), at=self.at(start))
        return found

    def _minus(self) -> Expression:
        if not self.is_("-"):
            return self._value()
        start = self.take()
        number = self.token.kind is Kind.NUMBER
        found = self.nested(self._minus)
        match found:
            case Literal(Money(amount, currency)) if number:
                return self._literal(lambda: Money(amount.copy_negate(), currency), start)
            case Literal(Decimal() as value) if number:
                return self._literal(value.copy_negate, start)
        return Minus(found, at=self.at(start))

    def _value(self) -> Expression:
        token = self.token
        match token.kind:
            case Kind.NUMBER:
                return self._number()
            case Kind.DATE:
                self.take()
                return self._literal(lambda: _dt.date.fromisoformat(token.text), token)
            case Kind.INSTANT:
                self.take()
                return self._instant(token)
            case Kind.STRING:
                self.take()
                quote = token.text[0]
                content = token.text[1:-1].replace(quote * 2, quote)
                return Literal(content, at=self.at(token))
            case Kind.CHOICE:
                self.take()
                return Choice(token.text[1:], at=self.at(token))
            case Kind.WORD if token.text in ("true", "false"):
                self.take()
                return Literal(token.text == "true", at=self.at(token))
            case Kind.WORD if token.text not in KEYWORDS:
                return self._named()
        if not self.is_("("):
            self._no_value(token)
        self.take()
        found = self.nested(self.condition)
        if self.is_(","):
            return Listing(self._items(found), at=self.at(token))
        self._close()
        return found

    def _named(self) -> Expression:
        token = self.take()
        if not token.text.isascii():
            self.fail(
                "a name is an ASCII code; a text stands in quotes, as in 'text'", token.column
            )
        if not (self.is_("(") and self.token.glued):
            try:
                return Name(token.text, at=self.at(token))
            except InvalidValueError:  # a part that begins with an underscore
                self.fail("a name begins with a letter", token.column)
        if "." in token.text or token.text.startswith("_"):
            self.fail("a function's name is one code, such as 'known'", token.column)
        self.take()
        if self.is_(")"):
            self.take()
            return Call(token.text, (), at=self.at(token))
        return Call(token.text, self._items(), at=self.at(token))

    def _number(self) -> Expression:
        token = self.take()
        after = self.token
        if self.is_("%"):
            self.take()
            return self._literal(lambda: Ratio(shifted(exact(token.text, "a ratio"), -2)), token)
        if after.kind is not Kind.WORD or after.text in KEYWORDS:
            return self._literal(lambda: exact(token.text, "a number"), token)
        if after.text in ("元", "¥"):
            self.take()
            return self._literal(lambda: Money(token.text, "CNY"), token)
        if _CURRENCY.match(after.text) and after.text not in UNITS:
            self.take()
            return self._literal(lambda: Money(token.text, after.text), token)
        try:
            unit_code(after.text)
        except InvalidValueError:
            self._unknown_unit(after)
        self.take()
        return self._literal(lambda: Quantity(token.text, after.text), token)

    def _instant(self, token: Token) -> Literal:
        def read() -> _dt.datetime:
            value = _dt.datetime.fromisoformat(token.text)
            if value.tzinfo is None:
                raise InvalidValueError(f"an instant has an offset, as in {token.text}+08:00")
            return value

        return self._literal(read, token)

    def _unknown_unit(self, word: Token) -> NoReturn:
        if len(word.text) == 3 and word.text.isascii() and word.text.isalpha():
            keyword = did_you_mean(word.text, ("and", "not"))
            if keyword is None or word.text.isupper():
                self.fail("a currency is three capital letters", word.column, word.text.upper())
        known = [*_INFIX, *(word for words in UNITS.values() for word in words)]
        self.fail(
            f"expected a unit, a currency or an operator after the number, got {word.text!r}",
            word.column,
            did_you_mean(word.text, known),
        )

    def _literal(self, make: Callable[[], Any], token: Token) -> Literal:
        try:
            return Literal(make(), at=self.at(token))
        except (InvalidValueError, ValueError, OverflowError) as error:
            reason = error.message if isinstance(error, InvalidValueError) else str(error)
            self.fail(reason, token.column)

    # -- what went wrong -------------------------------------------------------------------

    def unexpected(self) -> NoReturn:
        """Complain about the present token, which does not continue what stands before it."""
        token = self.token
        if token.kind is not Kind.WORD:
            if token.text == ")":
                self.fail("no '(' was opened for this ')'", token.column)
            if token.text == "(":
                self._unexpected_parenthesis(token)
            self.fail(f"expected 'and', 'or' or the end, got {token.text!r}", token.column)
        before = self.tokens[self.index - 1]
        if before.kind is Kind.WORD and _meant(before.text, ("not",)):
            self.fail(f"expected 'not', got {before.text!r}", before.column, "not")
        meant = _LOOKALIKE.get(token.text.lower()) or _meant(token.text, _INFIX)
        self.fail(
            f"expected an operator such as 'and', 'or', 'is', 'in' or '>=', got {token.text!r}",
            token.column,
            meant,
        )

    def _no_value(self, token: Token) -> NoReturn:
        if token.kind is Kind.END:
            self.fail("the expression ends where a name or a value is expected", token.column)
        meant = "not in" if token.text == "not" else None
        self.fail(f"expected a name or a value, got {token.text!r}", token.column, meant)

    def _unexpected_parenthesis(self, token: Token) -> NoReturn:
        before = self.tokens[self.index - 1]
        meant = _meant(before.text, ("not", "and", "or", "in"))
        if before.kind is Kind.WORD and meant is not None:
            self.fail(f"expected {meant!r}, got {before.text!r}", before.column, meant)
        self.fail(
            "expected an operator before '('; a function's name stands right before its "
            "parenthesis, as in 'known(claim)'",
            token.column,
        )


def _meant(word: str, known: tuple[str, ...]) -> str | None:
    return None if word in known else did_you_mean(word, known)
