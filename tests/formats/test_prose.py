"""Prose with links, cut into runs."""

import pytest

from scrutiny_pack.formats.prose import Run, runs

SLUGS = ("posts", "turnover")


@pytest.mark.parametrize(
    ("markdown", "cut"),
    [
        ("", ()),
        ("Plain, 5% of it.", (Run("Plain, 5% of it."),)),
        (
            "See [Table 3](notebooks/02-posts.html#posts).",
            (Run("See "), Run("Table 3", item="posts"), Run(".")),
        ),
        ("[Table 9](#pay)", (Run("Table 9"),)),
        ("[a page](https://example.org/#posts)", (Run("a page"),)),
        ("A **b** *c*", (Run("A "), Run("b", "strong"), Run(" "), Run("c", "emphasis"))),
        ("`a_b`", (Run("a_b", "code"),)),
        ("A <b>tag</b>", (Run("A "), Run("<b>"), Run("tag"), Run("</b>"))),
        ("Q &amp; A &lt;", (Run("Q & A <"),)),
        ("One\n\nTwo", (Run("One"), Run(" "), Run("Two"))),
        ("One\nTwo", (Run("One"), Run(" "), Run("Two"))),
    ],
)  # fmt: skip
def test_prose_is_cut_into_runs(markdown, cut):
    assert runs(markdown, SLUGS) == cut
