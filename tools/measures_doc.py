"""Write docs/measures.md from the definitions and the spec tests: `make docs`."""

import ast
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

from scrutiny_pack.measures.definitions import Measure, measures

PROJECT = Path(__file__).parent.parent
PAGE = PROJECT / "docs" / "measures.md"
DEFINITIONS = PROJECT / "src" / "scrutiny_pack" / "measures" / "definitions.yaml"
SPEC = PROJECT / "tests" / "spec"

HEAD = """\
# The measures

Every measure that a pack shows: what it is, how it is worked out, and whose definition
it is. Then, how each is worked out, by example.

This page is written by `make docs` from
`src/scrutiny_pack/measures/definitions.yaml` and from the tests in `tests/spec/`: the
examples are the tests, so they hold. A test holds this page up to date.

A rate never stands without its base: what it counts, and what it counts that against.
Where definitions differ, all are shown, and none is chosen for the reader.
"""

_SECTION = re.compile(r"^# -+ (.+?) -+$", re.MULTILINE)
_NAME = re.compile(r"^([a-z_]+):", re.MULTILINE)


def page() -> str:
    """The whole page as Markdown."""
    parts = [HEAD, "## Definitions", ""]
    for title, names in _sections():
        parts += [f"### {title}", "", _table([measures()[name] for name in names])]
    parts += ["## By example", ""]
    for path in sorted(SPEC.glob("test_*.py")):
        parts += _chapter(ast.parse(path.read_text(encoding="utf-8")))
    return "\n".join(parts).rstrip() + "\n"


def _sections() -> Iterator[tuple[str, list[str]]]:
    """The headings in the file of definitions, and the measures under each."""
    text = DEFINITIONS.read_text(encoding="utf-8")
    _, *pieces = _SECTION.split(text)
    for title, body in zip(pieces[::2], pieces[1::2], strict=True):
        yield title, _NAME.findall(body)


def _table(group: list[Measure]) -> str:
    rows = ["| measure | what it is | unit | whose definition |", "|---|---|---|---|"]
    for measure in group:
        what = measure.meaning
        if measure.formula:
            what += f" Worked out as {measure.formula}."
        elif measure.is_published_rate:
            what += " The base is not stated."
        source = f" ({measure.source})" if measure.source else ""
        rows.append(
            f"| **{measure.title}** `{measure.name}` | {what} | {measure.unit} | "
            f"{measure.defined_by}{source} |"
        )
    return "\n".join([*rows, ""])


def _chapter(module: ast.Module) -> Iterator[str]:
    """A file of tests: its title and first words, then a paragraph for each test."""
    title, _, words = (ast.get_docstring(module) or "").partition("\n")
    yield from (f"### {title}", "", words.strip(), "")
    for test in module.body:
        if isinstance(test, ast.FunctionDef) and test.name.startswith("test_"):
            yield from _paragraph(test)


def _paragraph(test: ast.FunctionDef) -> Iterator[str]:
    first, _, rest = (ast.get_docstring(test) or "").partition("\n")
    yield from (f"**{first}**", "")
    if rest.strip():
        yield from (rest.strip(), "")
    examples = [(call, _rows(call)) for call in _calls(test)]
    if all(len(rows) < 2 for _, rows in examples):
        return  # tables without rows show nothing
    for call, rows in examples:
        if rows:
            yield from (_lead(call, empty=len(rows) == 1), "")
        if len(rows) > 1:
            yield from (*_as_markdown(rows), "")


def _rows(call: ast.Call) -> list[str]:
    """The lines of a table that is written out in a call; none if it is not."""
    text = call.args[1 if _called(call) == "expect" else 0]
    if not isinstance(text, ast.Constant):
        return []
    return textwrap.dedent(str(text.value)).strip().splitlines()


def _calls(test: ast.FunctionDef) -> list[ast.Call]:
    """The tables of a test, in the order in which they stand."""
    calls = (node for node in ast.walk(test) if isinstance(node, ast.Call))
    tables = [call for call in calls if _called(call) in {"table", "expect"}]
    return sorted(tables, key=lambda call: (call.lineno, call.col_offset))


def _called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _lead(call: ast.Call, *, empty: bool) -> str:
    if _called(call) == "expect":
        return "Result: no row." if empty else "Result:"
    return f"Given {'no' if empty else 'these'} rows of `{_dataset(call)}`:"


def _dataset(call: ast.Call) -> str:
    """The dataset that a table is rows of, as the test names it."""
    for keyword in call.keywords:
        if isinstance(keyword.value, ast.Constant):
            return str(keyword.value.value)
    return "posts"


def _as_markdown(rows: list[str]) -> list[str]:
    heading, *others = rows
    rule = "|".join("---" for _ in heading.strip().strip("|").split("|"))
    return [heading.strip(), f"|{rule}|", *(row.strip() for row in others)]


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
