"""Make the pictures of docs/tutorial.md: docs/pictures/*.png.

    python tools/tutorial_pictures.py

Builds the packs of Darlington and of Exampleshire in a temporary folder, as the tutorial
does, and photographs their pages with the Chromium that is installed; the picture of the
workbook takes LibreOffice and pdftoppm too. Each picture is kept under 150 kB.
"""

import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops
from playwright.sync_api import Browser, sync_playwright

PROJECT = Path(__file__).resolve().parents[1]
PICTURES = PROJECT / "docs" / "pictures"
LARGEST = 150_000
"""Bytes of one picture."""

COLOURS = 64
"""Enough for pages of text: a palette makes a picture a third of the size."""

_CENSUS = "exampleshire/output/exampleshire/2025-09-30"
_WEEK = "exampleshire/output/exampleshire/2025-W40"


@dataclass(frozen=True)
class Picture:
    """What of which page is to be seen.

    Attributes:
        name: of the picture, without its ending.
        page: the page, from the temporary folder.
        height: of the picture, in pixels; it is as wide as the window.
        start: a CSS selector of what the picture begins with; "" for the top.
    """

    name: str
    page: str
    height: int
    start: str = ""


TAKEN = (
    Picture("darlington", "output/darlington/2016-07-31/index.html", 900),
    Picture("table", f"{_CENSUS}/notebooks/02-posts.html", 820, "#posts"),
    Picture("weekly", f"{_WEEK}/notebooks/11-weekly-caseloads.html", 900),
    Picture("check", "exampleshire/output/checks/draft.html", 880),
)
COMMANDS = (
    "pack COUNCIL=darlington WORKSPACE=.",
    "exampleshire",
    "new COUNCIL=exampleshire PERIOD=2025-09-30",
    "import WORKBOOK=exampleshire/filled-in/exampleshire-2025-09-30.xlsx",
    (
        "import CENSUS=exampleshire/returns/census-2025.xml COUNCIL=exampleshire "
        "PERIOD=2025-09-30"
    ),
    "pack COUNCIL=exampleshire PERIOD=2025-09-30 FORMATS=none",
    "import CASELOADS=exampleshire/returns/caseloads.csv COUNCIL=exampleshire",
    "pack COUNCIL=exampleshire PERIOD=2025-W40 FORMATS=none",
    "check REPORT=exampleshire/draft.docx",
)
WIDTH = 960


def main() -> None:
    """Make every picture anew."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(PROJECT / "data" / "darlington", folder / "data" / "darlington")
        for command in COMMANDS:
            _run(folder, command)
        with _chromium() as browser:
            for picture in TAKEN:
                _save(picture.name, _photograph(browser, folder, picture))
        _save("workbook", _sheet(folder, "Turnover"))


def _run(folder: Path, command: str) -> None:
    words = command.split()
    if "exampleshire" in command and len(words) > 1:
        words.append("WORKSPACE=exampleshire")
    subprocess.run(  # noqa: S603 - the commands above
        [sys.executable, "-m", "scrutiny_pack", *words], cwd=folder, check=True
    )


@contextmanager
def _chromium() -> Iterator[Browser]:
    found = shutil.which("chromium") or shutil.which("google-chrome")
    if not found:
        sys.exit("There is no Chromium on this machine: apt-get install chromium")
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=found, args=flags)
        yield browser
        browser.close()


def _photograph(browser: Browser, folder: Path, picture: Picture) -> Image.Image:
    """The part of a page that a picture shows."""
    page = browser.new_page(viewport={"width": WIDTH, "height": picture.height})
    page.goto((folder / picture.page).as_uri())
    top = 0.0
    if picture.start and (box := page.locator(picture.start).bounding_box()):
        top = box["y"] - 16
    clip = {"x": 0, "y": top, "width": WIDTH, "height": picture.height}
    taken = page.screenshot(full_page=True, clip=clip)  # type: ignore[arg-type]
    page.close()
    return Image.open(io.BytesIO(taken))


def _sheet(folder: Path, name: str) -> Image.Image:
    """One sheet of the empty workbook, as LibreOffice prints it, without the margins."""
    book = folder / "exampleshire/workbooks/exampleshire-2025-09-30.xlsx"
    for command in (
        ("soffice", "--headless", "--convert-to", "pdf", "--outdir", folder, book),
        ("pdftotext", "-layout", folder / f"{book.stem}.pdf", folder / "sheets.txt"),
    ):
        subprocess.run([str(word) for word in command], check=True)  # noqa: S603
    pages = (folder / "sheets.txt").read_text(encoding="utf-8").split("\f")
    title = "Turnover rates" if name == "Turnover" else name
    number = next(
        place for place, text in enumerate(pages, 1) if re.match(rf"\s*{title}\n", text)
    )
    pdf, out = folder / f"{book.stem}.pdf", folder / "sheet"
    place = ["-f", str(number), "-l", str(number)]
    subprocess.run(  # noqa: S603
        ["pdftoppm", "-r", "220", "-png", "-singlefile", *place, str(pdf), str(out)],  # noqa: S607
        check=True,
    )
    page = Image.open(out.with_suffix(".png")).convert("RGB")
    empty = Image.new("RGB", page.size, "white")
    left, top, right, bottom = ImageChops.difference(page, empty).getbbox() or (
        0,
        0,
        *page.size,
    )
    margin = 20
    shown = min(right + margin, left + round(0.62 * (right - left)))
    return page.crop((left - margin, top - margin, shown, bottom + margin))


def _save(name: str, picture: Image.Image) -> None:
    path = PICTURES / f"{name}.png"
    palette = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    palette.save(path, optimize=True)
    size = path.stat().st_size
    print(
        f"{path.relative_to(PROJECT)}: {picture.size[0]} x {picture.size[1]}, {size:,}"
    )
    if size > LARGEST:
        sys.exit(f"{name}.png is larger than {LARGEST:,} bytes: make it smaller")


if __name__ == "__main__":
    os.environ.pop("WORKSPACE", None)
    main()
