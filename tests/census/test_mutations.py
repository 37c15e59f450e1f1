"""Returns that something has gone wrong with: a clear report each, nothing in part."""

import shutil
from collections.abc import Callable
from random import Random

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from scrutiny_pack.errors import PackError
from scrutiny_pack.exampleshire.census_return import (
    as_csv,
    as_xml,
    council_level,
    records,
)
from scrutiny_pack.imports.census_fields import worker_fields
from scrutiny_pack.inputs.datasets import load_dataset
from scrutiny_pack.inputs.supplied import supplied_datasets
from scrutiny_pack.workspace import Workspace
from tests.census.refusals import told_by
from tests.census.returns import everything_under, import_bytes

YEAR = 2025
WORKERS = records(YEAR, 14)
COUNCIL = council_level(YEAR, 14)
NAMES = sorted(worker_fields())
JUNK = ("", "-1", "99999999", "0.5.5", "1e400", "NaN", "2025-13-45", "#REF!", "n/a", "é",
        "\u202e", "x" * 5_000, "' OR 1=1", "<", "]]>", "31/12/1985", "Zoë Exampleshire-Rare")  # fmt: skip

Mutation = Callable[[Random, bytes], bytes]


def on_records(change: Callable[[Random, list[dict[str, str]]], None]) -> Mutation:
    """A change to the records, written again in the form that the bytes have."""

    def mutate(random: Random, raw: bytes) -> bytes:
        workers = [dict(worker) for worker in WORKERS]
        change(random, workers)
        write = as_xml if raw.lstrip().startswith(b"<") else as_csv
        return write(workers, COUNCIL, YEAR)

    return mutate


def a_worker(random: Random, workers: list[dict[str, str]]) -> dict[str, str]:
    return workers[random.randrange(len(workers))]


def missing(random, workers):
    for _ in range(random.randrange(1, 30)):
        worker = a_worker(random, workers)
        worker.pop(random.choice(sorted(worker) or ["FTE"]), None)


def missing_from_all(random, workers):
    name = random.choice(NAMES)
    for worker in workers:
        worker.pop(name, None)


def out_of_range(random, workers):
    a_worker(random, workers)[random.choice(NAMES)] = random.choice(JUNK)


def repeated_workers(random, workers):
    workers += [dict(a_worker(random, workers)) for _ in range(random.randrange(1, 40))]


def no_workers(random, workers):
    del workers[random.randrange(2) :]


def swapped(random, workers):
    worker = a_worker(random, workers)
    one, other = random.choice(NAMES), random.choice(NAMES)
    worker[one], worker[other] = worker.get(other, ""), worker.get(one, "")


def doubled(random: Random, raw: bytes) -> bytes:
    lines = raw.split(b"\n")
    place = random.randrange(len(lines))
    return b"\n".join([*lines[:place], lines[place], *lines[place:]])


def dropped(random: Random, raw: bytes) -> bytes:
    lines = raw.split(b"\n")
    del lines[random.randrange(len(lines))]
    return b"\n".join(lines)


def cut_off(random: Random, raw: bytes) -> bytes:
    return raw[: random.randrange(len(raw) + 1)]


def torn(random: Random, raw: bytes) -> bytes:
    start = random.randrange(len(raw) + 1)
    return raw[:start] + raw[start + random.randrange(200) :]


def noise(random: Random, raw: bytes) -> bytes:
    start = random.randrange(len(raw) + 1)
    return raw[:start] + random.randbytes(random.randrange(1, 20)) + raw[start:]


def another_encoding(random: Random, raw: bytes) -> bytes:
    encoding = random.choice(
        ["utf-16", "utf-32", "cp1252", "cp037", "utf-8-sig", "utf-7"]
    )
    return (
        raw.decode("utf-8", "replace")
        .replace("WBRI", "WBRé")
        .encode(encoding, "replace")
    )


def nested(random: Random, raw: bytes) -> bytes:
    depth = random.choice([3, 10, 1_000, 100_000])
    start = random.randrange(len(raw) + 1)
    return raw[:start] + b"<FTE>" * depth + b"</FTE>" * depth + raw[start:]


def huge(random: Random, raw: bytes) -> bytes:
    start = random.randrange(len(raw) + 1)
    size = random.choice([3_000, 200_000, 3_000_000])
    return (
        raw[:start]
        + random.choice([b"A", b"<a/>", b",", b'"', b"\n", b" "]) * size
        + raw[start:]
    )


def entities(random: Random, raw: bytes) -> bytes:
    declared = random.choice(
        [
            b'<!DOCTYPE Message [<!ENTITY e "x">]>',
            b'<!DOCTYPE Message [<!ENTITY e SYSTEM "file:///etc/hostname">]>',
            b'<!DOCTYPE Message SYSTEM "http://127.0.0.1:9/x.dtd">',
            b"",
        ]
    )
    used = random.choice([b"&e;", b"&#65;", b"&amp;", b"&undefined;"])
    raw = raw.replace(b"<Message>", declared + b"<Message>")
    return raw.replace(b"WBRI", used, 1) if random.random() < 0.8 else raw


def renamed(random: Random, raw: bytes) -> bytes:
    name = random.choice(
        [*NAMES, "Message", "Header", "CSWWWorker", "LALevel", "LEA"]
    ).encode()
    new = random.choice([b"Zo", b"x:" + name, name.lower(), b"a" * 400, "Ã©".encode()])
    return raw.replace(name, new)


def untouched(random: Random, raw: bytes) -> bytes:
    return raw


MUTATIONS: tuple[Mutation, ...] = (
    *map(on_records, (missing, missing_from_all, out_of_range, repeated_workers, no_workers,
                      swapped)),
    doubled, dropped, cut_off, torn, noise, another_encoding, nested, huge, entities,
    renamed, untouched,
)  # fmt: skip

mutated = st.tuples(
    st.sampled_from([as_xml, as_csv]),
    st.lists(st.sampled_from(MUTATIONS), min_size=1, max_size=3),
    st.integers(0, 10**6),
)

SECRETS = {worker["SWENo"].encode() for worker in WORKERS}
SECRETS |= {w["PersonBirthDate"].encode() for w in WORKERS if "PersonBirthDate" in w}
SECRETS |= {"Zoë Exampleshire-Rare".encode(), b"University"}


def survives(workspace: Workspace, made) -> str:
    write, mutations, seed = made
    random = Random(seed)  # noqa: S311 - it makes test data
    raw = write(WORKERS, COUNCIL, YEAR)
    for mutation in mutations:
        raw = mutation(random, raw)
    folder = workspace.data_folder("exampleshire", "2025-09-30")
    shutil.rmtree(folder, ignore_errors=True)
    try:
        report = import_bytes(workspace, raw)
    except PackError as error:
        outcome, message = "refused", told_by(error, r"return\.xml")
        assert not folder.exists()
        # It says that nothing was imported, or nothing of it.
        assert "othing" in message, message
    else:
        outcome, message = "imported", "\n".join(report.sentences)
        names = supplied_datasets(folder)
        assert names == sorted(report.written)
        for name in names:
            load_dataset(folder, name, folder)
    assert not [p for p in folder.parent.glob(".*") if folder.parent.exists()]
    told = message.encode() + b"".join(
        everything_under(workspace.home / "data").values()
    )
    assert not [secret for secret in SECRETS if secret in told]
    return outcome


checks = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@settings(max_examples=100, deadline=None, suppress_health_check=checks)
@given(made=mutated)
def test_a_hundred_mutated_returns_are_survived(workspace, made):
    event(survives(workspace, made))


@pytest.mark.slow
@settings(max_examples=1_000, deadline=None, suppress_health_check=checks)
@given(made=mutated)
def test_a_thousand_mutated_returns_are_survived(workspace, made):
    event(survives(workspace, made))


@pytest.mark.parametrize("mutation", MUTATIONS)
@pytest.mark.parametrize("write", [as_xml, as_csv])
def test_each_kind_of_mutation_is_survived(workspace, write, mutation):
    outcomes = {survives(workspace, (write, [mutation], seed)) for seed in range(3)}

    if mutation is untouched:
        assert outcomes == {"imported"}
