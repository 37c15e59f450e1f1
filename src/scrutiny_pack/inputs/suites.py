"""Read an expectation suite: JSON written by hand, one rule after another.

A rule that checks nothing is worse than none, so that a misspelt word in a suite is
an error. Whether Great Expectations has an expectation of that name is seen when
the suite is run, in [`expectations`][scrutiny_pack.inputs.expectations].
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NoReturn, cast

from scrutiny_pack.errors import InputFileError, SuiteError
from scrutiny_pack.inputs.files import decode, read_bytes
from scrutiny_pack.inputs.wording import did_you_mean, joined, shown


@dataclass(frozen=True)
class Expectation:
    """One rule of a suite.

    Attributes:
        type: what Great Expectations calls it.
        kwargs: what it is told, such as the column and its bounds.
        severity: ``critical`` or ``warning``.
        rule: what is expected, in words that begin a sentence.
        remedy: what to do where it is not so, as a sentence.
    """

    type: str
    kwargs: Mapping[str, Any]
    severity: Literal["critical", "warning"]
    rule: str
    remedy: str


@dataclass(frozen=True)
class Suite:
    """The rules that one table is held to.

    Attributes:
        name: its name, the stem of its file.
        file: how messages call the file.
        about: what it is for.
        expectations: its rules, in the order of the file.
    """

    name: str
    file: str
    about: str
    expectations: tuple[Expectation, ...]


def read_suite(
    folder: Path, name: str, dataset: str, choices: Mapping[str, tuple[str, ...]]
) -> Suite:
    """Read one suite.

    Args:
        folder: where the suites stand.
        name: the suite; its file is ``<name>.json``.
        dataset: the dataset that it must be about.
        choices: for each column of the table that takes only certain words, those
            words; for any other column, nothing.

    Raises:
        SuiteError: if the file is missing, or is not such a suite.
    """
    file = f"{folder.name}/{name}.json"
    try:
        text, _ = decode(read_bytes(folder / f"{name}.json", file), file)
        raw = json.loads(text)
    except InputFileError as error:
        raise SuiteError(str(error)) from None
    except json.JSONDecodeError as error:
        msg = f"{file}, line {error.lineno}: not JSON ({error.msg})"
        raise SuiteError(msg) from None
    except (RecursionError, ValueError):
        msg = f"{file}: not a suite; see the others in {folder.name}/"
        raise SuiteError(msg) from None
    top = _fields(raw, {"name": str, "meta": dict, "expectations": list}, file)
    meta = _fields(top["meta"], {"dataset": str, "about": str}, f"{file}, meta")
    for word, is_, wanted in (
        ("name", top["name"], name),
        ("meta.dataset", meta["dataset"], dataset),
    ):
        if is_ != wanted:
            _refuse(file, f"{word} is {shown(is_)} and must be {shown(wanted)}")
    if not top["expectations"]:
        _refuse(file, "has no expectations; write some")
    expectations = tuple(
        _expectation(one, f"{file}, expectation {position}", choices)
        for position, one in enumerate(top["expectations"], 1)
    )
    return Suite(name, file, meta["about"], expectations)


def _expectation(
    raw: object, where: str, choices: Mapping[str, tuple[str, ...]]
) -> Expectation:
    wanted = {"type": str, "kwargs": dict, "severity": str, "meta": dict}
    one = _fields(raw, wanted, where)
    where = f"{where} ({one['type']})"
    meta = _fields(one["meta"], {"rule": str, "remedy": str}, f"{where}, meta")
    severity = one["severity"]
    if severity not in ("critical", "warning"):
        _refuse(where, f"severity is {shown(severity)}; write critical or warning")
    if "row_condition" in one["kwargs"]:
        _check_condition(one["kwargs"]["row_condition"], where, choices)
    return Expectation(
        type=one["type"],
        kwargs=one["kwargs"],
        severity=cast("Literal['critical', 'warning']", severity),
        rule=meta["rule"],
        remedy=meta["remedy"],
    )


def _check_condition(
    condition: object, where: str, choices: Mapping[str, tuple[str, ...]]
) -> None:
    """See that the rows that a rule is about can be there at all."""
    where = f"{where}, row_condition"
    kind = str(condition.get("type")) if isinstance(condition, dict) else ""
    if not isinstance(condition, dict) or kind not in _CONDITIONS:
        _refuse(where, f"write {{}} with a type of {joined(list(_CONDITIONS), 'or')}")
    wanted = _CONDITIONS[kind]
    _fields(condition, {"type": str} | wanted, where)
    if kind in ("and", "or"):
        for part in condition["conditions"]:
            _check_condition(part, where, choices)
        return
    column = _fields(condition["column"], {"name": str}, f"{where}, column")["name"]
    if column not in choices:
        _refuse(where, f"there is no column {shown(column)}.", column, choices)
    compared = condition.get("parameter", [])
    for word in compared if isinstance(compared, list) else [compared]:
        if choices[column] and word not in choices[column]:
            _refuse(
                where, f"{column} is never {shown(str(word))}.", word, choices[column]
            )


def columns_of(condition: Mapping[str, Any]) -> list[str]:
    """The columns that a row condition looks at, each once."""
    if "conditions" not in condition:
        return [condition["column"]["name"]]
    found = [name for part in condition["conditions"] for name in columns_of(part)]
    return list(dict.fromkeys(found))


_CONDITIONS: Mapping[str, dict[str, type]] = {
    "comparison": {"column": dict, "operator": str, "parameter": object},
    "nullity": {"column": dict, "is_null": bool},
    "and": {"conditions": list},
    "or": {"conditions": list},
}
"""The kinds of row condition that Great Expectations has, and their fields."""

_CALLED: Mapping[type, str] = {
    str: "text",
    dict: "{}",
    list: "[]",
    bool: "true or false",
}


def _fields(raw: object, wanted: Mapping[str, type], where: str) -> dict[str, Any]:
    """The fields of a JSON object: all of those that are wanted, and no others."""
    if not isinstance(raw, dict) or set(raw) != set(wanted):
        _refuse(where, f"write {{}} with exactly {joined(list(wanted))}")
    for name, kind in wanted.items():
        if not isinstance(raw[name], kind) or raw[name] == "":
            _refuse(where, f"{name} must be {_CALLED[kind]}, and not empty")
    return raw


def _refuse(
    where: str, problem: str, word: str = "", known: Iterable[str] = ()
) -> NoReturn:
    msg = f"{where}: {problem}{did_you_mean(word, known)}"
    raise SuiteError(msg)
