"""Write docs/datasets.md from the schemas: `python tools/datasets_doc.py`."""

from pathlib import Path

from scrutiny_pack.inputs.schemas import (
    ColumnSchema,
    DatasetSchema,
    dataset_names,
    dataset_schema,
)

PAGE = Path(__file__).parent.parent / "docs" / "datasets.md"

HEAD = """\
# The datasets

What a council puts into `data/<council>/<period>/`: one CSV file for each dataset that
it has (UTF-8, a comma between cells), with `<dataset>.source.yaml` beside it. None is
required: a question whose datasets are not there is listed in the pack as one without
evidence.

This page is written from the schemas in `src/scrutiny_pack/inputs/schemas/` by
`make docs`; a test holds it up to date.

In the tables below, a column in **bold** must be filled in. Types: *text*; *choice*, one
of the words listed; *number*, digits and a decimal point, without commas, currency or
percent signs; *whole*, a number without decimals; *period*, an ISO 8601 date of whatever
precision is known (`2016-07-31`, `2016-07`, `2016`, `2022-W10`); *status*, letters.
"""


def page() -> str:
    """The whole page as Markdown."""
    schemas = [dataset_schema(name) for name in dataset_names()]
    figures = next(s for s in schemas if s.shape == "figures")
    shared = figures.column_names[figures.column_names.index("measure") :]
    structure = [
        c
        for c in dataset_schema("posts").columns
        if c.name in {"breakdown", "unit", "part_of", "within"}
    ]
    names = {c.name for c in structure}
    parts = [
        HEAD,
        "## The columns of a figure\n\nEvery dataset of figures ends with these.\n",
        _table([figures.column(n) for n in shared], measures=False),
        "## The columns of rows that add up\n\nDatasets whose rows add up begin with these.\n",
        _table(structure),
    ]
    for schema in schemas:
        parts += [f"## {schema.name}\n\n{schema.title}. {_about(schema, names)}", ""]
        own = [c for c in schema.columns if c.name not in {*names, *shared}]
        if schema.shape == "list":
            own = list(schema.columns)
        if own:
            parts.append(_table(own))
    return "\n".join(parts).rstrip() + "\n"


def _about(schema: DatasetSchema, structure: set[str]) -> str:
    lines = [] if schema.description == schema.title else [schema.description]
    if schema.shape == "figures":
        rows = (
            "the columns of rows that add up, "
            if "part_of" in schema.column_names
            else ""
        )
        own = [n for n in schema.column_names if n not in structure]
        kind = "its own columns, " if own[0] != "measure" else ""
        lines.append(f"Columns: {rows}{kind}the columns of a figure.")
        lines.append("Measures: " + ", ".join(f"`{m}`" for m in schema.measures) + ".")
    lines.append("A row is named by " + ", ".join(f"`{k}`" for k in schema.keys) + ".")
    return "\n".join(lines)


def _table(columns: list[ColumnSchema], *, measures: bool = True) -> str:
    rows = ["| column | type | what goes in it |", "|---|---|---|"]
    for column in columns:
        name = f"**`{column.name}`**" if column.required else f"`{column.name}`"
        choices = (
            ""
            if column.name == "measure" and not measures
            else ", ".join(column.choices)
        )
        words = column.description + (f" One of: {choices}." if choices else "")
        rows.append(f"| {name} | {column.type} | {words} |")
    return "\n".join([*rows, ""])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
