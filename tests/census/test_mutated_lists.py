"""Weekly lists that something has gone wrong with: a clear report each, nothing in part."""

import io
import random
import re
import shutil
import zipfile
from collections.abc import Callable
from random import Random

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from scrutiny_pack.errors import PackError
from scrutiny_pack.imports.caseload_import import import_caseloads
from scrutiny_pack.inputs.datasets import load_dataset
from scrutiny_pack.workspace import Workspace
from tests.census.refusals import told_by
from tests.census.returns import everything_under
from tests.census.test_mutations import cut_off, noise, torn, untouched

HEADINGS = ["Week", "Team", "Worker", "Cases", "FTE"]
WEEK = "2022-W10"
RARE = "Zoë Exampleshire-Rare"
JUNK = ("", "-1", "99999999", "0.5.5", "1e400", "NaN", "2025-13-45", "#REF!", "n/a", "é",
        "\u202e", "x" * 5_000, "' OR 1=1", "=1+1", '"', "31/12/1985", RARE,
        "2022-W60", "9" * 400, "{[" * 500, "\0", "٣")  # fmt: skip

Rows = list[list[str]]
Mutation = Callable[[Random, bytes], bytes]


def a_list() -> Rows:
    made = random.Random(3)  # noqa: S311 - made-up cases
    return [HEADINGS] + [
        [week, f"Team {team}", f"Quux-{team}{worker}", str(made.randint(3, 25)), "1"]
        for week in ("2022-W09", WEEK)
        for team in ("A", "B", "C")
        for worker in range(9)
    ]


def as_csv(rows: Rows) -> bytes:
    return "".join(",".join(row) + "\n" for row in rows).encode()


def as_workbook(rows: Rows) -> bytes:
    from xlsxwriter import Workbook

    raw = io.BytesIO()
    book = Workbook(raw, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet()
    for place, row in enumerate(rows):
        for column, cell in enumerate(row):
            value = int(cell) if re.fullmatch("[0-9]{1,9}", cell) else cell[:32_000]
            sheet.write(place, column, value)
    book.close()
    return raw.getvalue()


def on_rows(change: Callable[[Random, Rows], None]) -> Mutation:
    """A change to the rows, written again in the form that the bytes have."""

    def mutate(random: Random, raw: bytes) -> bytes:
        rows = [list(row) for row in a_list()]
        change(random, rows)
        return (as_workbook if raw.startswith(b"PK") else as_csv)(rows)

    return mutate


def missing(random: Random, rows: Rows) -> None:
    for _ in range(random.randrange(1, 30)):
        row = random.choice(rows)
        row[random.randrange(len(row))] = ""


def missing_column(random: Random, rows: Rows) -> None:
    column = random.randrange(len(HEADINGS))
    for row in rows:
        del row[column]


def doubled_column(random: Random, rows: Rows) -> None:
    column = random.randrange(len(HEADINGS))
    for row in rows:
        row.insert(
            random.randrange(len(row)) if row is rows[0] else column, row[column]
        )


def doubled_rows(random: Random, rows: Rows) -> None:
    rows += [list(random.choice(rows)) for _ in range(random.randrange(1, 40))]


def out_of_range(random: Random, rows: Rows) -> None:
    row = random.choice(rows)
    column = random.randrange(len(row))
    # A name that nobody in the list has is a team's, where it stands as a team's.
    is_team = HEADINGS[column : column + 1] == ["Team"]
    row[column] = random.choice([j for j in JUNK if not (is_team and RARE in j)])


def swapped(random: Random, rows: Rows) -> None:
    one, other = random.randrange(len(HEADINGS)), random.randrange(len(HEADINGS))
    for row in random.choice([rows, rows[1:], rows[5:6]]):
        row[one], row[other] = row[other], row[one]


def no_rows(random: Random, rows: Rows) -> None:
    del rows[random.randrange(3) :]


def many(random: Random, rows: Rows) -> None:
    """Huge: rows, columns or a cell."""
    kind = random.randrange(3)
    if kind == 0:
        rows += [[WEEK, f"Team {n % 50}", f"w{n}", "9", "1"] for n in range(3_000)]
    elif kind == 1:
        random.choice(rows).extend(["x"] * 20_000)
    else:
        random.choice(rows)[random.randrange(len(HEADINGS))] = "y" * 31_000


def another_encoding(random: Random, raw: bytes) -> bytes:
    encodings = ["utf-16", "utf-32", "cp1252", "cp037", "utf-8-sig", "utf-7"]
    text = raw.decode("utf-8", "replace").replace("Team A", "Téam A")
    return text.encode(random.choice(encodings), "replace")


def huge(random: Random, raw: bytes) -> bytes:
    start = random.randrange(len(raw) + 1)
    size = random.choice([3_000, 200_000, 3_000_000])
    return (
        raw[:start]
        + random.choice([b"A", b",", b'"', b"\n", b" "]) * size
        + raw[start:]
    )


def nested(random: Random, raw: bytes) -> bytes:
    """Quotes within quotes; in a workbook, elements within elements."""
    depth = random.choice([3, 1_000, 100_000])
    if not raw.startswith(b"PK"):
        start = random.randrange(len(raw) + 1)
        return raw[:start] + b'""' * depth + b"x" + b'""' * depth + raw[start:]
    return in_workbook(
        raw,
        lambda text: text.replace(
            b"<sheetData>", b"<sheetData>" + b"<x>" * depth + b"</x>" * depth
        ),
    )


def entities(random: Random, raw: bytes) -> bytes:
    if not raw.startswith(b"PK"):
        return raw.replace(b"Team A", b"&amp;Team &e;")
    declared = random.choice(
        [
            b'<!DOCTYPE worksheet [<!ENTITY e "x">]>',
            b'<!DOCTYPE worksheet [<!ENTITY e SYSTEM "file:///etc/hostname">]>',
        ]
    )
    return in_workbook(
        raw, lambda text: text.replace(b"<worksheet", declared + b"<worksheet", 1)
    )


def in_workbook(raw: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with its sheet changed; as it is where it is none any more."""
    made = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(made, "w") as new:
            for name in old.namelist():
                text = old.read(name)
                new.writestr(name, change(text) if "sheet1" in name else text)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return raw
    except Exception as error:  # noqa: BLE001 - zlib.error, and what else a torn zip raises
        assert "zlib" in type(error).__module__ or isinstance(error, EOFError)
        return raw
    return made.getvalue()


MUTATIONS: tuple[Mutation, ...] = (
    *map(on_rows, (missing, missing_column, doubled_column, doubled_rows, out_of_range,
                   swapped, no_rows, many)),
    another_encoding, cut_off, torn, noise, huge, nested, entities, untouched,
)  # fmt: skip
TEARING = {torn, noise, cut_off, huge, nested, another_encoding}
"""These can put a worker's name where a team's stands: nothing tells it from one."""
SECRETS = (b"Quux", RARE.encode(), b"root:")

mutated = st.tuples(
    st.sampled_from([as_csv, as_workbook]),
    st.lists(st.sampled_from(MUTATIONS), min_size=1, max_size=3),
    st.integers(0, 10**6),
)


def survives(workspace: Workspace, made) -> str:
    write, mutations, seed = made
    chance = Random(seed)  # noqa: S311 - it makes test data
    raw = write(a_list())
    for mutation in mutations:
        raw = mutation(chance, raw)
    home = workspace.home / "data"
    shutil.rmtree(home, ignore_errors=True)
    path = workspace.home / "returns" / f"list.{'csv' if write is as_csv else 'xlsx'}"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(raw)
    try:
        report = import_caseloads(workspace, path, "exampleshire", None, lambda _: {})
    except PackError as error:
        outcome, message = "refused", told_by(error, r"list\.(csv|xlsx)")
        assert not home.exists() or not everything_under(home)
    else:
        outcome, message = "imported", "\n".join(report.sentences)
        (folder,) = (home / "exampleshire").iterdir()
        load_dataset(folder, "weekly-caseloads", workspace.home)
        assert len(list(folder.iterdir())) == 2
    told = message.encode()
    if not TEARING & set(mutations):
        told += b"".join(everything_under(home).values())
    assert not [secret for secret in SECRETS if secret in told]
    return outcome


checks = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@settings(max_examples=60, deadline=None, suppress_health_check=checks)
@given(made=mutated)
def test_sixty_mutated_lists_are_survived(workspace, made):
    event(survives(workspace, made))


@pytest.mark.slow
@settings(max_examples=1_000, deadline=None, suppress_health_check=checks)
@given(made=mutated)
def test_a_thousand_mutated_lists_are_survived(workspace, made):
    event(survives(workspace, made))


@pytest.mark.parametrize("mutation", MUTATIONS)
@pytest.mark.parametrize("write", [as_csv, as_workbook])
def test_each_kind_of_mutation_is_survived(workspace, write, mutation):
    outcomes = {survives(workspace, (write, [mutation], seed)) for seed in range(3)}

    if mutation is untouched:
        assert outcomes == {"imported"}
