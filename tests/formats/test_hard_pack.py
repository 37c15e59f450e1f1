"""The hard pack is as hard as it says."""

from scrutiny_pack.observations import STATUS_WORDS
from tests.formats.hard_pack import NOT_RUN, POSTS_ITEMS, STAYING_ITEMS, TEAMS


def test_it_holds_every_item_and_every_status_and_little_else(hard_content):
    slugs = {piece.item.slug for piece in hard_content.pieces}
    assert slugs == {*POSTS_ITEMS, *STAYING_ITEMS}
    letters = {
        letter
        for piece in hard_content.pieces
        for cell in piece.data.get("status", ())
        for letter in cell.split()
    }
    assert letters == set(STATUS_WORDS)
    unanswered = [q for q in hard_content.pack["questions"] if not q["answered"]]
    assert [q["notebook"] for q in unanswered] == list(NOT_RUN)


def test_it_has_sixty_teams_and_three_decimal_places(hard_content):
    by_slug = {piece.item.slug: piece for piece in hard_content.pieces}
    wide = by_slug["vacancies-and-staff-by-team-headcount-and-fte"].grid
    assert len(wide.rows) == TEAMS
    assert len(wide.columns) == 15
    figures = [c.text for row in wide.rows for c in row.cells if c.value is not None]
    assert any(len(text.partition(".")[2].split()[0]) == 3 for text in figures)
