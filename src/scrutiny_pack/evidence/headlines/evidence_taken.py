"""What is said of the evidence itself: what was taken, and how far it can be relied on."""

import pandas as pd

from scrutiny_pack.evidence.formatting import listed, number, plural
from scrutiny_pack.evidence.headlines.titles import first_that_fits
from scrutiny_pack.inputs.receipt import Receipt
from scrutiny_pack.measures.inputs_used import FOUND, NOTED
from scrutiny_pack.measures.stretches import NOT_STATED
from scrutiny_pack.observations import records

_KINDS = {
    "document": "Documents",
    "witness": "Witnesses",
    "session": "Sessions",
}


def documents_title(documents: pd.DataFrame) -> str:
    """How many documents the source names as evidence."""
    return f"{plural(len(documents), 'document', 'documents')} named as evidence"


def witnesses_title(witnesses: pd.DataFrame) -> str:
    """How many witnesses the source names, by role."""
    return f"{plural(len(witnesses), 'witness', 'witnesses')} named, by role"


def sessions_title(sessions: pd.DataFrame) -> str:
    """How many sessions the source names, and how many it dates."""
    named = f"{plural(len(sessions), 'session', 'sessions')} named"
    undated = int((sessions["when"] == NOT_STATED).sum())
    return f"{named}, {undated} of them without a date" if undated else named


def absent(evidence_taken: pd.DataFrame, kind: str) -> str:
    """What is not there, where there is no document, witness or session.

    Args:
        evidence_taken: the rows of the dataset ``evidence-taken``.
        kind: ``document``, ``witness`` or ``session``.

    Returns:
        What is missing; "" for all but the documents where there is no list at all.
    """
    if len(evidence_taken):
        return f"{_KINDS[kind]}: the source names none."
    if kind == "document":
        return "A list of documents, witnesses and sessions."
    return ""


def said_to_be_none(none: pd.DataFrame) -> str:
    """What the source says that there was not; "" where it says nothing of the kind."""
    if none.empty:
        return ""
    names = listed([what[:1].lower() + what[1:] for what in none["what"]])
    return f"The source says that there were none of these: {names}."


def files_title(files: pd.DataFrame) -> str:
    """How many input files the pack has, and how many rows they hold."""
    rows = sum(int(rows.replace(",", "")) for rows in files["rows"])
    counted = plural(len(files), "input file", "input files")
    return f"{counted} with {plural(rows, 'row', 'rows')}, each with its source"


def sources_title(documents: pd.DataFrame) -> str:
    """How many documents the figures were read from."""
    return f"{plural(len(documents), 'document', 'documents')} behind the figures"


def checks_sentence(receipt: Receipt) -> str:
    """How many checks were made of how many rows, and how many found something."""
    found = len(receipt.failures("critical")) + len(receipt.failures("warning"))
    checks = plural(receipt.expectations, "check", "checks")
    rows = plural(receipt.rows, "row", "rows")
    made = f"{checks} {'was' if receipt.expectations == 1 else 'were'} made of {rows}."
    if not found:
        return (
            f"{made} All were met: the figures add up as far as they can be added up."
        )
    things = plural(found, "thing", "things")
    return f"{made} They found {things}, told below; no figure was changed for it."


def found_title(found: pd.DataFrame) -> str:
    """How many things the checks found, and how many they noted."""
    things = plural(int((found["kind"] == FOUND).sum()), "thing", "things")
    notes = int((found["kind"] == NOTED).sum())
    ending = f" and left {plural(notes, 'note', 'notes')}" if notes else ""
    return f"The checks found {things}{ending}"


def missing_title(missing: pd.DataFrame) -> str:
    """How many gaps there are."""
    return f"What the source has lost or does not give: {plural(len(missing), 'gap', 'gaps')}"


def basis_title(not_stated: pd.DataFrame) -> str:
    """How many figures about staff do not say what they count.

    Args:
        not_stated: what `scrutiny_pack.measures.inputs_used.basis_not_stated` returned.
    """
    if not_stated.empty:
        return "Figures by basis"
    row = not_stated.iloc[0]
    if row["value"] == 0:
        return "Every figure about staff says whether it counts people, hours or posts"
    return (
        f"{number(row['value'])} of {number(row['denominator'])} figures about staff "
        "do not say what they count"
    )


def status_title(by_status: pd.DataFrame) -> str:
    """How many figures are not available, are kept confidential, or are estimates."""
    total = by_status[by_status["level"] == "total"]
    total = total if len(total) else by_status
    counts = total.groupby("kind")["value"].sum()
    parts = [
        f"{number(count)} {words}"
        for letter, words in (
            ("[x]", "not available"),
            ("[c]", "confidential"),
            ("[e]", "estimated"),
        )
        for kind, count in counts.items()
        if str(kind).startswith(letter) and count
    ]
    if not parts and counts[[str(kind).startswith("[") for kind in counts.index]].any():
        return "Figures by status"
    if not parts:
        return "No figure carries a status"
    of_all = number(total["denominator"].max()) if len(total) else ""
    return f"Of {of_all} figures, {listed(parts)}"


def caveats_title(caveats: pd.DataFrame) -> str:
    """How many things a reader must bear in mind."""
    counted = plural(len(caveats), "caveat", "caveats")
    return f"What to bear in mind when using the figures: {counted}"


def quoted_title(quoted: pd.DataFrame) -> str:
    """How many figures are quoted about which places."""
    areas = list(dict.fromkeys(quoted["area"]))
    counted = plural(len(quoted), "figure", "figures")
    return first_that_fits(
        f"{counted} quoted from elsewhere, about {listed(areas)}",
        f"{counted} quoted from elsewhere",
    )


def pay_title(compared: pd.DataFrame) -> str:
    """In how many comparisons the council's pay is higher, the same or lower.

    Args:
        compared: what `scrutiny_pack.measures.pay.beside_others` returned.
    """
    counts = compared["council_is"].value_counts()
    parts = [
        f"{word} in {number(counts[word])}"
        for word in ("higher", "the same", "lower")
        if word in counts
    ]
    return f"Pay compared: {listed(parts)}"


def questions(
    not_stated: pd.DataFrame, documents: pd.DataFrame, quoted: pd.DataFrame
) -> list[str]:
    """What to ask the witnesses about the evidence itself.

    Args:
        not_stated: what `scrutiny_pack.measures.inputs_used.basis_not_stated` returned.
        documents: what `scrutiny_pack.measures.inputs_used.documents` returned.
        quoted: the rows of the dataset ``quoted-figures``.
    """
    asked = []
    if len(not_stated) and not_stated["value"].iloc[0] > 0:
        row = records(not_stated)[0]
        asked.append(
            f"What do the figures about staff count: people, hours (FTE) or posts? "
            f"{number(row['value'])} of {number(row['denominator'])} do not say."
        )
    asked += [
        f"On what date was '{title}' written?"
        for title in documents.loc[documents["date"] == NOT_STATED, "document"]
    ]
    unsourced = quoted[quoted["quoted_from"] == ""]
    if len(unsourced):
        asked.append(
            f"Where do the figures about other places come from that name no source: "
            f"{listed(list(dict.fromkeys(unsourced['subject'])))}?"
        )
    return asked
