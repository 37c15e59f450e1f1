"""The check: a draft report and the packs that it cites in, findings out."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from scrutiny_pack.check.citations import Citation, citations, plain
from scrutiny_pack.check.cited import Cited, aliases_of, is_caption
from scrutiny_pack.check.figures import Figure, figures
from scrutiny_pack.check.findings import Checked, Finding
from scrutiny_pack.check.held import Holding, stems_of
from scrutiny_pack.check.matching import HOLDING, Match, Verdict, match
from scrutiny_pack.check.packs import CitedPack
from scrutiny_pack.check.pasted import check_table
from scrutiny_pack.check.report import Passage, Report, Table
from scrutiny_pack.check.sentences import sentences
from scrutiny_pack.evidence.formatting import listed, plural

_MOST_SUGGESTED = 2

CITES_NOTHING = "What its sentence cites is not there."
"""What is said of a figure whose only citation is of what is not there."""


def all_citations(report: Report) -> Iterator[Citation]:
    """Every citation of a draft that can be told without its pack."""
    for text in _texts(report):
        yield from citations(plain(text), ())


def _texts(report: Report) -> Iterator[str]:
    for part in report.parts:
        if isinstance(part, Table):
            yield from (cell for row in part.rows for cell in row)
        else:
            yield part.text
            yield from (note.text for note in part.notes)


def check_report(
    report: Report, pack: CitedPack, find_pack: Callable[[str], CitedPack | None]
) -> Checked:
    """Hold a draft report against the packs that it cites.

    Args:
        report: the draft.
        pack: the pack that numbers such as Table 3 are of.
        find_pack: gives another pack by its id; None if there is no such pack.
    """
    check = _Check(report, Cited(pack, find_pack, aliases_of(report, pack)))
    for at, part in enumerate(report.parts):
        if isinstance(part, Table):
            check.table(at, part)
        else:
            check.passage(at, part)
    return Checked(report, pack, tuple(check.notices()), tuple(check.findings))


@dataclass
class _Check:
    report: Report
    cited: Cited
    findings: list[Finding] = field(default_factory=list)
    carried: tuple[Holding, ...] = ()
    changed: set[str] = field(default_factory=set)

    def passage(self, at: int, passage: Passage) -> None:
        text = plain(passage.text)
        if passage.style != "item":
            self.carried = ()
        cited = citations(text, self.cited.pack.by_slug)
        holdings = self._cited_in(
            cited, text, passage.place, at, in_caption=is_caption(passage)
        )
        in_notes = [
            (note.at, self._of_note(at, passage, note.at, plain(note.text)))
            for note in passage.notes
        ]
        spans = [(c.start, c.end) for c in cited]
        made = _joined(sentences(text, spans), text, spans)
        found = [
            (
                (start, end),
                [(c, holdings[c]) for c in cited if start <= c.start < end],
                [h for where, each in in_notes if start < where <= end for h in each],
            )
            for start, end in made
        ]
        elsewhere = [
            h for _, own, noted in found for h in (*(h for _, h in own if h), *noted)
        ]
        for (start, end), own, noted in found:
            self._sentence(at, passage, text, (start, end), own, noted, elsewhere)
        if text.rstrip().endswith(":") and found:
            _, own, noted = found[-1]
            self.carried = tuple(h for h in (*(h for _, h in own), *noted) if h)

    def _of_note(
        self, at: int, passage: Passage, where: int, text: str
    ) -> list[Holding]:
        """What a note cites; its figures are checked as those of a sentence are."""
        cited = citations(text, self.cited.pack.by_slug)
        place = f"in a note {passage.place}"
        holdings = self._cited_in(cited, text, place, at, note=where)
        there = [held for held in holdings.values() if held]
        spans = [(c.start, c.end) for c in cited]
        for figure in figures(text, spans, begins=True) if there else ():
            found = match(figure, _blanked(text, spans), there)
            self._add(
                found,
                figure.printed.text,
                text,
                figure.start,
                place,
                there,
                at,
                (where, where),
            )
        return there

    def _cited_in(
        self,
        cited: Sequence[Citation],
        text: str,
        place: str,
        at: int,
        *,
        in_caption: bool = False,
        note: int | None = None,
    ) -> dict[Citation, Holding | None]:
        found: dict[Citation, Holding | None] = {}
        for citation in cited:
            is_alias = (
                in_caption
                and not citation.slug
                and citation.number in self.cited.aliases
            )
            target = self.cited.aliases[citation.number] if is_alias else citation
            holding, verdict, said = self.cited.resolved(target, in_caption=in_caption)
            found[citation] = holding
            if verdict is None or is_alias:
                continue
            if verdict is Verdict.CHANGED and citation.sha256:
                self.changed.add(citation.pack)
            sentence, start = _around(text, citation)
            where = (citation.start, citation.end) if note is None else (note, note)
            cites = (holding,) if holding else ()
            self.findings.append(
                Finding(
                    verdict,
                    citation.words,
                    said,
                    sentence,
                    start,
                    place,
                    cites,
                    at,
                    where,
                )
            )
        return found

    def _sentence(
        self,
        at: int,
        passage: Passage,
        text: str,
        span: tuple[int, int],
        own: Sequence[tuple[Citation, Holding | None]],
        noted: Sequence[Holding],
        elsewhere: Sequence[Holding],
    ) -> None:
        start, end = span
        sentence = text[start:end]
        spans = [(c.start - start, c.end - start) for c, _ in own]
        stated = figures(sentence, spans, begins=start == 0)
        said = _blanked(sentence, spans)
        for figure in stated:
            there = _by_nearness(figure, start, own, noted) or self.carried
            if there:
                found = match(figure, said, there, stated)
                found = self._as_it_was(found, figure, said, there)
            elif own:
                found = Match(Verdict.UNSURE, CITES_NOTHING)
            elif passage.style == "heading" or is_caption(passage):
                continue
            else:
                found = Match(
                    Verdict.UNCITED, self._suggestion(figure, said, elsewhere)
                )
            place = (start + figure.start, start + figure.end)
            self._add(
                found,
                figure.printed.text,
                sentence,
                figure.start,
                passage.place,
                there,
                at,
                place,
            )

    def _as_it_was(
        self, found: Match, figure: Figure, said: str, there: Sequence[Holding]
    ) -> Match:
        """A figure that does not agree, but did with a pack that has been superseded."""
        if found.verdict is not Verdict.DIFFERS:
            return found
        for old in (old for pack in self.cited.packs for old in pack.earlier):
            before = [
                old.by_slug[h.item.slug] for h in there if h.item.slug in old.by_slug
            ]
            if before and match(figure, said, before).verdict in HOLDING:
                words = f"{found.said} The superseded pack {old.id} had it."
                return Match(found.verdict, words, found.held)
        return found

    def _suggestion(
        self, figure: Figure, sentence: str, elsewhere: Sequence[Holding]
    ) -> str:
        """Which items hold a figure that has no citation, those of its paragraph first."""
        for holding in elsewhere:
            if match(figure, sentence, [holding]).verdict in HOLDING:
                return f"Its sentence cites nothing. {holding.name}, cited in the same paragraph, holds it."
        said = stems_of(sentence)
        ranked = sorted(
            (
                (len(said & holding.stems), holding)
                for holding in self.cited.pack.holdings
                if match(figure, sentence, [holding]).verdict is Verdict.HOLDS
            ),
            key=lambda each: -each[0],
        )
        likely = [holding for score, holding in ranked if score >= 2][:_MOST_SUGGESTED]
        if not likely or figure.in_words:
            return "Its sentence cites nothing."
        names = listed([f"{h.name} ({h.item.slug})" for h in likely])
        verb = "holds" if len(likely) == 1 else "hold"
        return f"Its sentence cites nothing. {names} {verb} such a figure."

    def table(self, at: int, table: Table) -> None:
        captions = [*self._beside(at, -1), *self._beside(at, 1)]
        holdings = list(dict.fromkeys([*captions, *self.carried]))
        if holdings:
            for cell in check_table(table, holdings[0]):
                row = _row_text(table.rows[cell.row])
                start = max(row.find(cell.text), 0)
                self._add(
                    cell.match,
                    cell.text,
                    row,
                    start,
                    table.place,
                    holdings[:1],
                    at,
                    (cell.row, cell.column),
                )
            return
        uncited = 0
        for number, cells in enumerate(table.rows):
            text = plain(_row_text(cells))
            cited = citations(text, self.cited.pack.by_slug)
            spans = [(c.start, c.end) for c in cited]
            stated = figures(text, spans)
            there = [
                h for h in self._cited_in(cited, text, table.place, at).values() if h
            ]
            if not there:
                uncited += len(stated)
                continue
            for figure in stated:
                found = match(figure, _blanked(text, spans), there, stated)
                self._add(
                    found,
                    figure.printed.text,
                    text,
                    figure.start,
                    table.place,
                    there,
                    at,
                    (number, 0),
                )
        if uncited:
            first = _row_text(table.rows[0])
            said = (
                f"A table with {plural(uncited, 'figure', 'figures')} has no caption that cites an item, such as "
                "“Table 3: ...”."
            )
            self.findings.append(
                Finding(
                    Verdict.UNCITED,
                    "A table",
                    said,
                    first,
                    0,
                    table.place,
                    (),
                    at,
                    (0, 0),
                )
            )

    def _beside(self, at: int, step: int) -> list[Holding]:
        """What the caption of a table cites, above it or below."""
        near = at + step
        while 0 <= near < len(self.report.parts):
            part = self.report.parts[near]
            if isinstance(part, Table):
                return []
            if part.text.strip():
                return self._of_caption(part)
            near += step
        return []

    def _of_caption(self, passage: Passage) -> list[Holding]:
        text = plain(passage.text)
        is_source = text.strip().lower().startswith("source")
        cited = citations(text, self.cited.pack.by_slug)
        noted = [
            c
            for note in passage.notes
            for c in citations(plain(note.text), self.cited.pack.by_slug)
        ]
        only = not re.search(r"\w", _blanked(text, [(c.start, c.end) for c in cited]))
        if not (is_caption(passage) or is_source or (cited and only)):
            return []
        found = (self.cited.resolved(c, in_caption=True)[0] for c in (*cited, *noted))
        return [holding for holding in found if holding]

    def _add(
        self,
        found: Match,
        text: str,
        sentence: str,
        start: int,
        place: str,
        cited: Sequence[Holding],
        part: int,
        at: tuple[int, int],
    ) -> None:
        shown = sentence.strip()
        before = len(sentence) - len(sentence.lstrip())
        self.findings.append(
            Finding(
                found.verdict,
                text,
                found.said,
                shown,
                max(start - before, 0),
                place,
                tuple(dict.fromkeys(cited)),
                part,
                at,
            )
        )

    def notices(self) -> Iterator[str]:
        for pack in self.cited.packs:
            standing = pack.content.pack["standing"]["words"]
            yield f"{pack.content.pack['title']} ({pack.id}). {standing}."
            if pack.status in {"superseded", "withdrawn"}:
                yield f"The pack {pack.id} is {pack.status}: cite the one that replaces it."
            if pack.id in self.changed:
                yield (
                    f"The draft was written against a pack {pack.id} that has been superseded: the data of "
                    "what it cites have changed since."
                )
        for number, citation in self.cited.aliases.items():
            holding = self.cited.resolved(citation, in_caption=True)[0]
            if holding and holding.item.number != number:
                yield f"By its caption, {number} of the draft is {holding.item.number} of the pack ({citation.slug})."


def _joined(
    made: list[tuple[int, int]], text: str, spans: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """The sentences; one that is a citation and no more belongs to the one before."""
    found: list[tuple[int, int]] = []
    for start, end in made:
        inside = [(a - start, b - start) for a, b in spans if start <= a < end]
        only = inside and not re.search(
            r"\w",
            re.sub(
                r"\b(?:see|source|from)\b",
                "",
                _blanked(text[start:end], inside),
                flags=re.IGNORECASE,
            ),
        )
        if found and only:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _blanked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    letters = list(text)
    for start, end in spans:
        letters[start:end] = " " * (end - start)
    return "".join(letters)


def _by_nearness(
    figure: Figure,
    start: int,
    own: Sequence[tuple[Citation, Holding | None]],
    noted: Sequence[Holding],
) -> list[Holding]:
    """The items that a sentence cites, the first after the figure first."""
    after = [h for c, h in own if h and c.start >= start + figure.end]
    before = [h for c, h in own if h and c.start < start + figure.end]
    return list(dict.fromkeys([*after, *reversed(before), *noted]))


def _around(text: str, citation: Citation) -> tuple[str, int]:
    """The sentence of a citation, and where in it the citation begins."""
    for start, end in sentences(text, [(citation.start, citation.end)]):
        if start <= citation.start < end:
            inside = text[start:end]
            return inside.strip(), citation.start - start - (
                len(inside) - len(inside.lstrip())
            )
    return text.strip(), 0


def _row_text(cells: Sequence[str]) -> str:
    return " | ".join(cells)
