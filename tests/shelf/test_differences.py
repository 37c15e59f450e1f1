"""What differs between two packs, value by value."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrutiny_pack.errors import InputFileError
from scrutiny_pack.shelf.difference import Difference
from scrutiny_pack.shelf.differences import differences, pack_differences
from scrutiny_pack.shelf.json_differences import json_differences
from tests.shelf.small_packs import LEFT_OUT, POSTS, pack, put


def found(old, new):
    """The differences that say something, as four texts each."""
    made = differences(old, new)
    return [(d.file, d.what, d.old, d.new) for d in made if d.of_value]


def only_bytes(old, new):
    made = differences(old, new)
    assert [d for d in made if d.of_value] == []
    return [(d.file, d.what) for d in made]


def with_posts(text):
    return pack({"posts": text, "left-out": LEFT_OUT})


def test_the_same_bytes_have_no_difference():
    assert differences(pack(), pack()) == []


def test_a_cell_is_named_by_its_item_its_row_and_its_column():
    new = with_posts(POSTS.replace("8.00,,,,,8,", "6.00,,,,,6,"))
    assert found(pack(), new) == [
        (
            "tables/posts.csv",
            "Table 1 (posts): Team A, vacancies, headcount; value",
            "8.00",
            "6.00",
        ),
        (
            "tables/posts.csv",
            "Table 1 (posts): Team A, vacancies, headcount; as published",
            "8",
            "6",
        ),
    ]


def test_a_status_is_compared_and_put_into_words():
    new = with_posts(POSTS.replace(",-,x,", ",-,c,"))
    [(_, what, old, new)] = found(pack(), new)
    assert what == "Table 1 (posts): Team B, vacancies, headcount; status"
    assert (old, new) == ("x (not available)", "c (confidential)")


def test_a_figure_in_the_place_of_a_status_is_two_differences():
    new = with_posts(POSTS.replace("headcount,,,,,,-,x", "headcount,3.00,,,,,-,"))
    made = [
        (what.rpartition("; ")[2], old, new) for _, what, old, new in found(pack(), new)
    ]
    assert made == [("value", "", "3.00"), ("status", "x (not available)", "")]


def test_a_row_more_or_less_is_one_difference_each():
    without = POSTS.replace("Team B,posts,headcount,12.00,,,,,12,,\n", "")
    more = "Team C,posts,headcount,4.00,,,,,4,,\n"
    assert found(pack(), with_posts(without + more)) == [
        (
            "tables/posts.csv",
            "Table 1 (posts): Team B, posts, headcount; the row is gone",
            "12.00",
            "",
        ),
        (
            "tables/posts.csv",
            "Table 1 (posts): Team C, posts, headcount; the row is new",
            "",
            "4.00",
        ),
    ]


def test_rows_in_another_order_say_the_same():
    head, *rows = POSTS.splitlines(keepends=True)
    assert only_bytes(pack(), with_posts(head + "".join(reversed(rows)))) == [
        ("evidence.json", "Table 1 (posts): citation"),
        ("tables/posts.csv", "Table 1 (posts): the order of the rows"),
    ]


def test_the_same_number_written_otherwise_is_of_bytes_alone():
    made = only_bytes(pack(), with_posts(POSTS.replace("20.00", "20.0")))
    assert (
        "tables/posts.csv",
        "Table 1 (posts): Team A, posts, headcount; value",
    ) in made


def test_rows_of_one_name_are_told_apart_by_their_place():
    twice = "team,reason\nNorth,One\nNorth,Two\n"
    old = pack({"left-out": twice})
    new = pack({"left-out": twice.replace("Two", "Three")})
    assert found(old, new) == [
        ("tables/left-out.csv", "Table 1 (left-out): North (2); reason", "Two", "Three")
    ]


def test_items_come_go_and_are_retitled_in_reading_order():
    old = pack({"posts": POSTS, "gone": LEFT_OUT, "left-out": LEFT_OUT})
    new = pack(
        {"posts": POSTS, "left-out": LEFT_OUT, "new": LEFT_OUT},
        items={"left-out": {"title": "Two teams are left out"}},
    )
    assert [d[1:] for d in found(old, new)] == [
        ("Table 1 (gone): the item is gone", "What gone shows", ""),
        (
            "Table 1 (left-out): title",
            "What left-out shows",
            "Two teams are left out",
        ),
        ("Table 1 (new): the item is new", "", "What new shows"),
    ]


def test_a_note_more_is_one_difference():
    new = pack(items={"posts": {"notes": ["As printed.", "New.", "Counted by hand."]}})
    assert found(pack(), new) == [
        ("evidence.json", "Table 1 (posts): notes", "", "New.")
    ]


def test_what_a_pack_says_of_itself_is_compared_and_its_software_is_no_value():
    new = pack(
        about={
            "software": {"name": "scrutiny-pack", "version": "0.2.0"},
            "questions": [{"notebook": "02-posts", "answered": False}],
        }
    )
    assert found(pack(), new) == [
        (
            "evidence.json",
            "the pack: questions, 02-posts, answered",
            "true",
            "false",
        )
    ]
    [version] = [d for d in differences(pack(), new) if not d.of_value]
    assert version == Difference(
        "evidence.json",
        "the pack: software, version",
        "0.1.0",
        "0.2.0",
        of_value=False,
    )


def test_a_citation_that_differs_in_its_checksum_alone_says_the_same():
    new = pack(items={"posts": {"citation": f"Table 1. Data: sha256 {'a' * 12}."}})
    assert only_bytes(pack(), new) == [("evidence.json", "Table 1 (posts): citation")]


def test_a_checksum_that_is_wrong_is_not_lost_where_its_file_is_as_it_was():
    new = pack(items={"posts": {"sha256": "0" * 64}})
    assert only_bytes(pack(), new) == [("evidence.json", "Table 1 (posts): sha256")]


def test_a_page_is_compared_by_its_bytes_and_its_first_line_that_differs_is_named():
    new = pack(files={"index.html": b"<h1>Posts</h1>\n<p>As read.</p>\n"})
    assert differences(pack(), new) == [
        Difference(
            "index.html",
            "line 2 and perhaps others",
            "<p>As printed.</p>",
            "<p>As read.</p>",
            of_value=False,
        )
    ]


def test_a_long_line_is_shown_from_where_it_differs():
    [made] = differences(
        pack(files={"index.html": b"x" * 500 + b" 8 posts"}),
        pack(files={"index.html": b"x" * 500 + b" 6 posts"}),
    )
    assert made.old.endswith("x 8 posts")
    assert made.new.endswith("x 6 posts")
    assert max(len(made.old), len(made.new)) < 125


def test_a_file_that_is_no_text_is_told_by_its_size_and_checksum():
    [made] = differences(
        pack(files={"annex.pdf": b"\xff\x00"}), pack(files={"annex.pdf": b"\xff\x01!"})
    )
    assert made.what == "the bytes"
    assert made.old.startswith("2 bytes, sha256 ")
    assert made.new.startswith("3 bytes, sha256 ")


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        (pack(), pack(files={"more.txt": b"!"}), "the file is new"),
        (pack(files={"more.txt": b"!"}), pack(), "the file is gone"),
    ],
)
def test_a_file_more_or_less_is_a_difference(old, new, what):
    assert only_bytes(old, new) == [("more.txt", what)]


def test_other_json_files_are_compared_by_what_they_say():
    old = {"claims": [{"claim": "p22-1", "finding": "agrees"}], "made": 1}
    new = {"claims": [{"claim": "p22-1", "finding": "disagrees"}], "made": 1}
    assert found(
        pack(files={"claims.json": json.dumps(old).encode()}),
        pack(files={"claims.json": json.dumps(new, indent=1).encode()}),
    ) == [("claims.json", "claims, p22-1, finding", "agrees", "disagrees")]


def test_json_that_says_the_same_otherwise_is_of_bytes_alone():
    old, new = b'{"a": 1,\n"b": 2}', b'{"b": 2,\n"a": 1}'
    assert only_bytes(
        pack(files={"claims.json": old}), pack(files={"claims.json": new})
    ) == [("claims.json", "line 1 and perhaps others")]


def test_entries_without_a_name_are_told_by_their_sentences_or_else_whole():
    def of(*entries):
        return pack(files={"claims.json": json.dumps({"tables": entries}).encode()})

    one, two = {"sentence": "Five.", "rows": [5]}, {"sentence": "Six.", "rows": [6]}
    assert found(of(one), of(two)) == [("claims.json", "tables", "Five.", "Six.")]
    assert found(of(one), of(one | {"rows": [6]})) == [
        (
            "claims.json",
            "tables",
            '{"sentence": "Five.", "rows": [5]}',
            '{"sentence": "Five.", "rows": [6]}',
        )
    ]


def test_who_checked_a_pack_and_what_it_replaces_are_no_values():
    standing = {"is_draft": False, "words": "Final: checked by the Scrutiny Officer"}
    replaces = {"evidence": "a" * 64, "why": "Misread.", "changes": [{"what": "x"}]}
    new = pack(about={"standing": standing, "replaces": replaces})
    assert found(pack(), new) == []
    assert [d.what for d in differences(pack(), new)] == [
        "the pack: standing, is draft",
        "the pack: standing, words",
        "the pack: replaces, evidence",
        "the pack: replaces, why",
    ]


def test_the_manifest_comes_last():
    old = pack(files={"manifest-sha256.txt": b"a", "z.txt": b"a"})
    new = pack(files={"manifest-sha256.txt": b"b", "z.txt": b"b"})
    assert [d.file for d in differences(old, new)] == ["z.txt", "manifest-sha256.txt"]


def test_evidence_in_another_layout_is_said_to_differ_in_bytes_alone():
    old = pack()
    new = dict(old)
    new["evidence.json"] = json.dumps(json.loads(old["evidence.json"])).encode()
    assert [name for name, _ in only_bytes(old, new)] == ["evidence.json"]


def test_a_pack_of_a_format_to_come_or_long_gone_is_compared_all_the_same():
    bare = {
        "evidence.json": json.dumps(
            {"pack": {"format": "0"}, "items": [{"slug": "posts", "words": "Eight"}]}
        ).encode()
    }
    whats = [what for _, what, _, _ in found(bare, pack({"posts": POSTS}))]
    assert "the pack: id" in whats
    assert "Table 1 (posts): words" in whats
    assert "Table 1 (posts): title" in whats


def test_packs_are_read_from_their_folders(tmp_path):
    old = put(tmp_path / "old", pack())
    new = put(tmp_path / "new", with_posts(POSTS.replace("20.00", "21.00")))
    assert [d.new for d in pack_differences(old, new) if d.of_value] == ["21.00"]


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"index.html": b""}, r"new is not a pack: it has no evidence.json"),
        ({"evidence.json": b"{"}, r"new: evidence.json cannot be read"),
        ({"evidence.json": b"[]"}, r"new: evidence.json cannot be read"),
        ({"evidence.json": b'{"pack": {}, "items": [{}]}'}, r"cannot be read"),
    ],
)
def test_what_is_no_pack_is_said_plainly(tmp_path, files, message):
    old, new = put(tmp_path / "old", pack()), put(tmp_path / "new", files)
    with pytest.raises(InputFileError, match=message):
        pack_differences(old, new)
    with pytest.raises(InputFileError, match="no such folder"):
        pack_differences(tmp_path / "nowhere", old)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda values: (
        st.lists(values, max_size=3)
        | st.dictionaries(st.sampled_from("abc"), values, max_size=3)
        | st.lists(st.fixed_dictionaries({"name": st.text(max_size=2), "x": values}))
    ),
    max_leaves=8,
)


def without_nothing(value):
    """A value as it is compared: what is empty says nothing."""
    if isinstance(value, dict):
        kept = {k: without_nothing(v) for k, v in value.items()}
        return {k: v for k, v in kept.items() if v not in (None, "", {}, [])} or None
    if isinstance(value, list):
        return [without_nothing(v) for v in value] or None
    return value


def as_compared(value):
    return json.dumps(without_nothing(value), sort_keys=True)


@given(JSON)
def test_a_json_value_does_not_differ_from_itself(value):
    assert list(json_differences(value, json.loads(json.dumps(value)))) == []


@given(JSON, JSON)
def test_json_values_that_differ_are_found_to_differ(old, new):
    if as_compared(old) != as_compared(new):
        assert list(json_differences(old, new)) != []


@given(JSON, JSON)
def test_what_is_new_one_way_is_gone_the_other(old, new):
    there = sorted((place, a, b) for place, a, b in json_differences(old, new))
    back = sorted((place, b, a) for place, a, b in json_differences(new, old))
    assert {place for place, _, _ in there} == {place for place, _, _ in back}


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\r\x00"), max_size=5)


@given(st.lists(st.tuples(TEXT, st.decimals(0, 99, places=2)), min_size=1, max_size=6))
def test_each_cell_that_is_changed_is_found_and_no_other(rows):
    import csv
    import io

    def text(values):
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["unit", "measure", "basis", "value"])
        for (unit, _), value in zip(rows, values, strict=True):
            writer.writerow([unit, "posts", "fte", value])
        return out.getvalue()

    old = [value for _, value in rows]
    for place, value in enumerate(old):
        new = [*old[:place], value + 1, *old[place + 1 :]]
        made = found(pack({"posts": text(old)}), pack({"posts": text(new)}))
        assert [d[2:] for d in made] == [(str(value), str(value + 1))]
