"""What a claim rests on: a small language that an analyst can write in one cell.

``posts[unit=Total; measure=vacancies] / posts[unit=Total; measure=establishment]``

docs/claims.md explains it with examples.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from scrutiny_pack.claims.errors import ClaimError
from scrutiny_pack.evidence.formatting import plural

Operator = Literal["+", "-", "*", "/"]
Function = Literal["sum", "count", "series", "change", "place"]


@dataclass(frozen=True)
class Condition:
    """What a column must hold.

    Attributes:
        column: the column.
        relation: ``=``, or for a column of dates ``<=`` (up to) or ``>=`` (from).
        value: the value.
    """

    column: str
    relation: Literal["=", "<=", ">="]
    value: str


@dataclass(frozen=True)
class Cells:
    """The rows of a dataset whose columns hold these values.

    Attributes:
        dataset: the name of the dataset.
        where: the conditions, in the order written.
        column: the column that holds the number; "" for the figure of the row.
    """

    dataset: str
    where: tuple[Condition, ...]
    column: str = ""


@dataclass(frozen=True)
class Number:
    """A plain number, as written."""

    text: str


@dataclass(frozen=True)
class Unknown:
    """A number that the report does not give; those of one name are the same number."""

    name: str = ""


@dataclass(frozen=True)
class Combined:
    """Two expressions and what is done with them."""

    operator: Operator
    left: "Expression"
    right: "Expression"


@dataclass(frozen=True)
class Called:
    """A function of one or two expressions.

    Attributes:
        function: ``sum``, ``count`` and ``series`` take the rows that match;
            ``change`` takes what was before and what came after; ``place`` takes the
            rows to be put in order.
        arguments: the expressions.
        options: what stands after the comma, name and value: for a place, the column
            and value of the row that is placed, and ``of``, how many are compared;
            for a series, ``better`` and ``lower`` or ``higher``.
    """

    function: Function
    arguments: tuple["Expression", ...]
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Alternatives:
    """Several readings, where the report does not say which is meant."""

    readings: tuple["Expression", ...]


Expression = Cells | Number | Unknown | Combined | Called | Alternatives

_NAME = re.compile(r"[A-Za-z][\w-]*")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_OPERATOR = re.compile(r" +([-+*/]) +")
_RELATION = re.compile(r"<=|>=|=")
_QUOTED = re.compile(r'"((?:[^"]|"")*)"')
_FUNCTIONS = ("sum", "count", "series", "change", "place")
_IN_BRACKETS = re.compile(r'[;\]"]|^\s|\s$|^$')
_IN_A_CALL = re.compile(r'[,)"]|^\s|\s$|^$')


def parse(text: str) -> Expression:
    """Read what a claim rests on.

    Args:
        text: an expression; see docs/claims.md.

    Raises:
        ClaimError: naming the character at which it can no longer be read.
    """
    reader = _Reader(text)
    expression = reader.alternatives()
    reader.space()
    if reader.at < len(text):
        raise reader.error("an operator with a space on each side, 'or', or the end")
    return expression


class _Reader:
    """Reads an expression from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def error(self, expected: str) -> ClaimError:
        found = self.text[self.at : self.at + 12] or "the end"
        msg = (
            f"'{self.text}' cannot be read at character {self.at + 1}, before '{found}': "
            f"expected {expected}"
        )
        return ClaimError(msg)

    def space(self) -> None:
        while self.text[self.at : self.at + 1] == " ":
            self.at += 1

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.match(self.text, self.at)
        if match:
            self.at = match.end()
        return match

    def literal(self, wanted: str) -> bool:
        if self.text.startswith(wanted, self.at):
            self.at += len(wanted)
            return True
        return False

    def need(self, wanted: str) -> None:
        self.space()
        if not self.literal(wanted):
            expected = f"'{wanted}'"
            raise self.error(expected)

    def alternatives(self) -> Expression:
        readings = [self.sum()]
        while self.literal(" or "):
            readings.append(self.sum())
        return readings[0] if len(readings) == 1 else Alternatives(tuple(readings))

    def sum(self) -> Expression:
        return self.chain(self.product, "+-")

    def product(self) -> Expression:
        return self.chain(self.atom, "*/")

    def chain(self, part: Callable[[], Expression], operators: str) -> Expression:
        left = part()
        while True:
            match = _OPERATOR.match(self.text, self.at)
            if not match or match[1] not in operators:
                return left
            self.at = match.end()
            operator: Operator = match[1]  # type: ignore[assignment]
            left = Combined(operator, left, part())

    def atom(self) -> Expression:
        self.space()
        if self.literal("("):
            inner = self.sum()
            self.need(")")
            return inner
        if self.literal("?"):
            name = self.take(_NAME)
            return Unknown(name[0] if name else "")
        if number := self.take(_NUMBER):
            return Number(number[0])
        start = self.at
        name = self.take(_NAME)
        if name and self.literal("("):
            if name[0] in _FUNCTIONS:
                return self.called(name[0])
            self.at = start
            expected = f"one of the functions {', '.join(_FUNCTIONS)}"
            raise self.error(expected)
        if name and self.literal("["):
            return self.cells(name[0])
        self.at = start
        raise self.error("a dataset with its columns in [ ], a number, ? or a function")

    def called(self, name: str) -> Expression:
        function: Function = name  # type: ignore[assignment]
        arguments = [self.sum()]
        options: list[tuple[str, str]] = []
        self.space()
        while self.literal(","):
            self.space()
            if function in {"place", "series"}:
                pair = self.pair(",)")
                options.append((pair.column, pair.value))
                self.space()
                continue
            arguments.append(self.sum())
            self.space()
        self.need(")")
        wanted = 2 if function == "change" else 1
        if len(arguments) != wanted:
            expected = f"{plural(wanted, 'expression', 'expressions')} in {function}( )"
            raise self.error(expected)
        if function != "change" and not isinstance(arguments[0], Cells):
            expected = f"the rows of one dataset in {function}( )"
            raise self.error(expected)
        if function == "place" and not options:
            raise self.error("whose place it is, such as place(...[...], unit=Team A)")
        return Called(function, tuple(arguments), tuple(options))

    def cells(self, dataset: str) -> Cells:
        pairs = []
        while True:
            pairs.append(self.pair(";]"))
            if not self.literal(";"):
                break
        self.need("]")
        column = ""
        if self.literal("."):
            name = self.take(_NAME)
            if not name:
                raise self.error("the column that holds the number")
            column = name[0]
        return Cells(dataset, tuple(pairs), column)

    def pair(self, ends: str) -> Condition:
        self.space()
        name = self.take(_NAME)
        if not name:
            raise self.error("a column")
        self.space()
        relation = self.take(_RELATION)
        if not relation:
            raise self.error("'=', '<=' or '>='")
        self.space()
        if quoted := self.take(_QUOTED):
            value = quoted[1].replace('""', '"')
            self.space()
        else:
            end = self.at
            while end < len(self.text) and self.text[end] not in ends:
                end += 1
            value = self.text[self.at : end].rstrip(" ")
            if not value:
                expected = f"a value for the column {name[0]}"
                raise self.error(expected)
            self.at = end
        return Condition(name[0], relation[0], value)  # type: ignore[arg-type]


_RANK = {"+": 1, "-": 1, "*": 2, "/": 2}


def write(expression: Expression) -> str:
    """The expression as an analyst would write it; [`parse`][] reads it back."""
    match expression:
        case Cells(dataset, where, column):
            inside = "; ".join(
                f"{c.column}{c.relation}{_value(c.value, _IN_BRACKETS)}" for c in where
            )
            return f"{dataset}[{inside}]" + (f".{column}" if column else "")
        case Number(text):
            return text
        case Unknown(name):
            return f"?{name}"
        case Combined(operator, left, right):
            first = _bracketed(left, _RANK[operator])
            return f"{first} {operator} {_bracketed(right, _RANK[operator] + 1)}"
        case Called(function, arguments, options):
            parts = [write(argument) for argument in arguments]
            parts += [f"{name}={_value(value, _IN_A_CALL)}" for name, value in options]
            return f"{function}({', '.join(parts)})"
        case Alternatives(readings):
            return " or ".join(write(reading) for reading in readings)


def _bracketed(expression: Expression, rank: int) -> str:
    text = write(expression)
    lower = isinstance(expression, Combined) and _RANK[expression.operator] < rank
    return f"({text})" if lower else text


def _value(value: str, needs_quotes: re.Pattern[str]) -> str:
    if needs_quotes.search(value):
        doubled = value.replace('"', '""')
        return f'"{doubled}"'
    return value


def unknowns(expression: Expression) -> Iterator[Unknown]:
    """Every unknown in the expression."""
    match expression:
        case Unknown():
            yield expression
        case Combined(_, left, right):
            yield from unknowns(left)
            yield from unknowns(right)
        case Called(_, arguments, _) | Alternatives(arguments):
            for argument in arguments:
                yield from unknowns(argument)


def cell_references(expression: Expression) -> Iterator[Cells]:
    """Every reference to rows of a dataset in the expression, in order."""
    match expression:
        case Cells():
            yield expression
        case Combined(_, left, right):
            yield from cell_references(left)
            yield from cell_references(right)
        case Called(_, arguments, _) | Alternatives(arguments):
            for argument in arguments:
                yield from cell_references(argument)
