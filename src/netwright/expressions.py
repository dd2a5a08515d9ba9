"""The expressions of a spec, `"${2 * width}"`: text -> value. Small, total and bounded; nothing is executed.

    expression  = comparison ["if" comparison "else" expression]
    comparison  = sum [("==" | "!=" | "<" | "<=" | ">" | ">=") sum]
    sum         = term {("+" | "-") term}
    term        = factor {("*" | "/" | "//" | "%") factor}
    factor      = "-" factor | power
    power       = item ["**" factor]
    item        = atom {"[" expression "]"}
    atom        = number | 'text' | name | "true" | "false" | "null" | "(" expression ")"
                | ("min" | "max") "(" expression {"," expression} ")"

A number without a fractional part is an integer, whatever it was made from; a boolean is no number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from operator import add, eq, floordiv, ge, gt, le, lt, mod, mul, ne, sub, truediv
from typing import Any, NamedTuple, TypeAlias

# What a param can't be called, because it means something here.
WORDS = frozenset({"true", "false", "null", "if", "else", "min", "max", "index"})
# Beyond this, a float can't tell neighbouring integers apart.
GREATEST = 2**53
MOST_EXPONENT = 63
MOST_CHARACTERS = 1000
# Each may nest what it stands between.
MOST_TOKENS = 200
MOST_NESTED = 32

_TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)|(?P<text>'[^']*')|(?P<word>[A-Za-z_]\w*)"
    r"|(?P<sign>\*\*|//|[<>=!]=|[-+*/%()\[\],<>])|(?P<other>\S))"
)
_SUMS: dict[str, Callable[[Any, Any], Any]] = {"+": add, "-": sub}
_TERMS: dict[str, Callable[[Any, Any], Any]] = {"*": mul, "/": truediv, "//": floordiv, "%": mod}
_ORDERS: dict[str, Callable[[Any, Any], Any]] = {"<": lt, "<=": le, ">": gt, ">=": ge}
_EQUALITIES: dict[str, Callable[[Any, Any], Any]] = {"==": eq, "!=": ne}
_CONSTANTS = {"true": True, "false": False, "null": None}


class BadExpression(Exception):
    """An expression has no value. `start` and `end` are offsets in its text; `message` says why."""

    def __init__(self, message: str, start: int, end: int) -> None:
        super().__init__(message)
        self.message, self.start, self.end = message, start, end


class UnknownName(BadExpression):
    """An expression has a name that is no param; `choices` are those there are."""

    def __init__(self, name: str, choices: tuple[str, ...], start: int, end: int) -> None:
        super().__init__(f"there is no param `{name}`", start, end)
        self.name, self.choices = name, choices


class Token(NamedTuple):
    """A piece of an expression."""

    kind: str
    text: str
    start: int
    end: int


Values: TypeAlias = Mapping[str, Any]
# A part of an expression: what it is worth for given params, and where it stands.
Worth: TypeAlias = Callable[[Values], Any]


class Part(NamedTuple):
    """A part of an expression that has a value."""

    worth: Worth
    start: int
    end: int
    names: frozenset[str] = frozenset()


def is_expression(value: object) -> bool:
    """Whether a string of a spec is one."""
    return isinstance(value, str) and value.startswith("${") and value.endswith("}")


@lru_cache(maxsize=4096)
def parsed(text: str) -> Part:
    """The expression in `text`, which is `${...}`. Offsets count from the dollar.

    Raises:
        BadExpression: it is none.
    """
    if len(text) > MOST_CHARACTERS:
        raise BadExpression(f"an expression has at most {MOST_CHARACTERS} characters", 0, len(text))
    return _Parser(text).whole()


def value_of(text: str, params: Values) -> Any:
    """The value of an expression for the values of params.

    Raises:
        BadExpression: it has none.
    """
    return parsed(text).worth(params)


class _Parser:
    def __init__(self, text: str) -> None:
        inner = text[2:-1]
        self.tokens = [
            Token(str(one.lastgroup), one[one.lastgroup or 0], one.start(one.lastgroup or 0) + 2, one.end() + 2)
            for one in _TOKEN.finditer(inner)
        ]
        if len(self.tokens) > MOST_TOKENS:
            far = self.tokens[MOST_TOKENS]
            raise BadExpression(f"an expression has at most {MOST_TOKENS} numbers, names and signs", far.start, far.end)
        self.tokens.append(Token("end", "", len(text) - 1, len(text)))
        self.at = 0
        self.depth = 0

    def whole(self) -> Part:
        found = self.expression()
        if self.next.kind != "end":
            raise self.unexpected()
        return found

    @property
    def next(self) -> Token:
        return self.tokens[self.at]

    def take(self, *texts: str) -> Token | None:
        """The next token, if it is one of `texts`."""
        token = self.next
        if token.kind in ("sign", "word") and token.text in texts:
            self.at += 1
            return token
        return None

    def need(self, text: str) -> Token:
        found = self.take(text)
        if found is None:
            raise self.unexpected(f"`{text}`")
        return found

    def unexpected(self, need: str = "") -> BadExpression:
        token = self.next
        what = "the expression ends" if token.kind == "end" else f"`{token.text}` can't stand here"
        return BadExpression(f"{what}{f', but {need} is needed' if need else ''}", token.start, token.end)

    def expression(self) -> Part:
        self.depth += 1
        if self.depth > MOST_NESTED:
            raise BadExpression(f"an expression is nested at most {MOST_NESTED} deep", self.next.start, self.next.end)
        first = self.comparison()
        if self.take("if"):
            condition = self.comparison()
            self.need("else")
            first = _choice(first, condition, self.expression())
        self.depth -= 1
        return first

    def comparison(self) -> Part:
        left = self.sum()
        sign = self.take(*_EQUALITIES, *_ORDERS)
        if sign is None:
            return left
        right = self.sum()
        if self.next.text in {*_EQUALITIES, *_ORDERS}:
            raise BadExpression("only one comparison can stand here", self.next.start, self.next.end)
        return _equality(sign, left, right) if sign.text in _EQUALITIES else _order(sign, left, right)

    def sum(self) -> Part:
        left = self.term()
        while sign := self.take(*_SUMS):
            left = _arithmetic(_SUMS[sign.text], sign, left, self.term())
        return left

    def term(self) -> Part:
        left = self.factor()
        while sign := self.take(*_TERMS):
            left = _arithmetic(_TERMS[sign.text], sign, left, self.factor())
        return left

    def factor(self) -> Part:
        signs = []
        while sign := self.take("-"):
            signs.append(sign)
        found = self.power()
        for sign in reversed(signs):
            found = _negative(sign, found)
        return found

    def power(self) -> Part:
        base = self.item()
        sign = self.take("**")
        if sign is None:
            return base
        self.depth += 1
        if self.depth > MOST_NESTED:
            raise BadExpression(f"an expression is nested at most {MOST_NESTED} deep", sign.start, sign.end)
        found = _power(base, self.factor())
        self.depth -= 1
        return found

    def item(self) -> Part:
        found = self.atom()
        while self.take("["):
            position = self.expression()
            found = _item(found, position, self.need("]").end)
        return found

    def atom(self) -> Part:
        token = self.next
        if token.kind == "number":
            self.at += 1
            return _constant(_number(_literal(token.text), token.start, token.end), token)
        if token.kind == "text":
            self.at += 1
            return _constant(token.text[1:-1], token)
        if self.take("("):
            inner = self.expression()
            return inner._replace(start=token.start, end=self.need(")").end)
        if token.kind == "word" and token.text not in ("if", "else"):
            self.at += 1
            if token.text in ("min", "max"):
                return self.extreme(token)
            return _constant(_CONSTANTS[token.text], token) if token.text in _CONSTANTS else _name(token)
        if token.text == "'":
            raise BadExpression("the text that begins here does not end", token.start, token.end)
        raise self.unexpected("a value")

    def extreme(self, token: Token) -> Part:
        self.need("(")
        parts = [self.expression()]
        while self.take(","):
            parts.append(self.expression())
        end = self.need(")").end
        pick = min if token.text == "min" else max
        names = frozenset[str]().union(*(one.names for one in parts))
        return Part(lambda params: pick(_need_number(one, params) for one in parts), token.start, end, names)


def _literal(text: str) -> int | float:
    return int(text) if text.isdigit() else float(text)


def _constant(value: Any, token: Token) -> Part:
    return Part(lambda params: value, token.start, token.end)


def _name(token: Token) -> Part:
    def worth(params: Values) -> Any:
        if token.text not in params:
            raise UnknownName(token.text, tuple(params), token.start, token.end)
        return params[token.text]

    return Part(worth, token.start, token.end, frozenset({token.text}))


def _choice(yes: Part, condition: Part, no: Part) -> Part:
    def worth(params: Values) -> Any:
        chosen = condition.worth(params)
        if not isinstance(chosen, bool):
            raise BadExpression(
                f"`if` needs true or false, but this is {shown(chosen)}", condition.start, condition.end
            )
        return (yes if chosen else no).worth(params)

    return Part(worth, yes.start, no.end, yes.names | condition.names | no.names)


def _equality(sign: Token, left: Part, right: Part) -> Part:
    compare = _EQUALITIES[sign.text]

    def worth(params: Values) -> bool:
        one, other = left.worth(params), right.worth(params)
        # In Python, true is 1.
        alike = isinstance(one, bool) == isinstance(other, bool)
        return bool(compare(one, other)) if alike else sign.text == "!="

    return Part(worth, left.start, right.end, left.names | right.names)


def _order(sign: Token, left: Part, right: Part) -> Part:
    compare = _ORDERS[sign.text]
    return Part(
        lambda params: bool(compare(_need_number(left, params), _need_number(right, params))),
        left.start,
        right.end,
        left.names | right.names,
    )


def _arithmetic(compute: Callable[[Any, Any], Any], sign: Token, left: Part, right: Part) -> Part:
    def worth(params: Values) -> Any:
        one, other = _need_number(left, params), _need_number(right, params)
        if not other and sign.text in ("/", "//", "%"):
            raise BadExpression("this divides by 0", left.start, right.end)
        return _number(compute(one, other), left.start, right.end)

    return Part(worth, left.start, right.end, left.names | right.names)


def _negative(sign: Token, inner: Part) -> Part:
    return inner._replace(worth=lambda params: -_need_number(inner, params), start=sign.start)


def _power(base: Part, exponent: Part) -> Part:
    def worth(params: Values) -> Any:
        one, other = _need_number(base, params), _need_number(exponent, params)
        if not isinstance(other, int) or not 0 <= other <= MOST_EXPONENT:
            message = f"an exponent is an integer from 0 to {MOST_EXPONENT}, but this is {shown(other)}"
            raise BadExpression(message, exponent.start, exponent.end)
        return _number(one**other, base.start, exponent.end)

    return Part(worth, base.start, exponent.end, base.names | exponent.names)


def _item(inner: Part, position: Part, end: int) -> Part:
    def worth(params: Values) -> Any:
        items, at = inner.worth(params), position.worth(params)
        if not isinstance(items, list | tuple):
            raise BadExpression(f"`[...]` needs a list, but this is {shown(items)}", inner.start, inner.end)
        if type(at) is not int or not 0 <= at < len(items):
            message = f"the list has {len(items)} items, counted from 0, but this is {shown(at)}"
            raise BadExpression(message, position.start, position.end)
        return items[at]

    return Part(worth, inner.start, end, inner.names | position.names)


def _need_number(part: Part, params: Values) -> Any:
    value = part.worth(params)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadExpression(f"a number is needed, but this is {shown(value)}", part.start, part.end)
    return value


def _number(value: float, start: int, end: int) -> int | float:
    if not -GREATEST <= value <= GREATEST:
        raise BadExpression("numbers are at most 2^53, up or down", start, end)
    return int(value) if value == int(value) else value


def shown(value: Any) -> str:
    """A value as it is written in an expression, in short."""
    if isinstance(value, list | tuple | dict):
        return "an object" if isinstance(value, dict) else "a list"
    if isinstance(value, bool) or value is None:
        return str(value).lower().replace("none", "null")
    return f"'{value}'" if isinstance(value, str) else str(value)
