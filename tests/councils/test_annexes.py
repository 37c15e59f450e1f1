"""annex.pdf of the five councils' packs, as the command makes them."""

import pikepdf
import pytest

from scrutiny_pack.formats.content import read_content
from tests.formats.pdf_reading import (
    cells_of,
    grids_of,
    lacking,
    problems_of,
    tags_of,
    text_of,
)
from tests.published import PERIODS

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("council", PERIODS)
def test_the_annex_holds_what_the_pack_does(packs, council):
    content = read_content(packs[council])
    annex = packs[council] / "annex.pdf"
    assert problems_of(annex, content) == []
    grids = grids_of(content)
    with pikepdf.open(annex) as pdf:
        assert [tuple(t) for t in tags_of(pdf).tables] == [cells_of(g) for g in grids]
    text = text_of(annex)
    assert [row for laid in grids for row in lacking(laid, text)] == []
    for piece in content.pieces:
        if piece.item.kind == "key_figure":
            assert piece.item.headline.replace(" ", "") in text
