"""The pictures of the README, made anew: ``.venv/bin/python scripts/pictures.py``.

Plans the sample study, draws the first sheets of its results workbook with LibreOffice and the top
of its page with Chromium, and writes docs/pictures. Where a tool is missing it says which one, and
leaves the pictures as they are. Needs ``pip install tierstock[pictures]``.
"""

import argparse
import importlib.util
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
SAMPLE = "rebalancing"
MOST = 150_000
"""Bytes that a picture may have."""
DOTS = 96
"""Dots per inch of the pictures of sheets."""
PAPER = (11.69, 8.27)
"""Inches of the paper on which sheets are printed."""
PARTS = {"summary": ("Summary", 0.93), "charts": ("Charts", 0.93)}
"""Picture -> sheet, and the share of the height of its first printed page that is shown."""
SIZE = (1280, 860)
"""Pixels of the picture of the page."""
OFFICE = ("soffice", "libreoffice")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PACKAGES = {"playwright": "playwright", "PIL": "pillow"}
COLOURS = 128
"""Colours of a picture: text and charts need no more."""
FIRST = 6
"""Pages of the workbook that are printed; the sheets shown are among them."""


def missing() -> str:
    """Return what is needed and not there, blank for nothing."""
    lacking = []
    if not _found(OFFICE):
        lacking.append("LibreOffice (soffice)")
    lacking += [name for name in ("pdftoppm", "pdftotext") if not shutil.which(name)]
    if not _found(BROWSERS):
        lacking.append("Chromium")
    for name in ("playwright", "PIL"):
        if importlib.util.find_spec(name) is None:
            lacking.append(f"the Python package {PACKAGES[name]}")
    return ", ".join(lacking)


def _found(names: tuple[str, ...]) -> str:
    return next((path for name in names if (path := shutil.which(name))), "")


def plan(folder: Path, gap: float) -> tuple[Path, Path]:
    """Plan the sample study; return its results workbook and its page."""
    import tierstock as ts
    from tierstock.inputs.samples import sample
    from tierstock.inputs.templates.template import write_template

    source = folder / f"{SAMPLE}.xlsx"
    write_template(source, lang="en", sample=sample(SAMPLE, "en"))
    model = ts.build(ts.read(source))
    found = ts.solve(model, gap=gap, progress=False)
    book, page = folder / f"{SAMPLE}.plan.xlsx", folder / f"{SAMPLE}.plan.html"
    found.save(book)
    found.page(page)
    return book, page


def sheets(book: Path, into: Path) -> None:
    """Draw the sheets of ``PARTS``."""
    folder = book.parent
    pages = f'{{"PageRange":{{"type":"string","value":"1-{FIRST}"}}}}'
    own = (folder / "office").as_uri()
    _run(
        _found(OFFICE),
        f"-env:UserInstallation={own}",
        *("--headless", "--convert-to", f"pdf:calc_pdf_Export:{pages}"),
        *("--outdir", folder, book),
    )
    printed = book.with_suffix(".pdf")
    for name, (sheet, share) in PARTS.items():
        number = str(_page_of(printed, sheet))
        wide, high = (round(DOTS * inches) for inches in PAPER)
        edge = round(0.3 * DOTS)
        crop = ("-x", edge, "-y", edge, "-W", wide - 2 * edge, "-H", round(share * high) - edge)
        where = ("-f", number, "-l", number, "-r", DOTS, *crop)
        _run("pdftoppm", "-png", "-singlefile", *where, printed, into / name)


def _page_of(printed: Path, sheet: str) -> int:
    """Return the first page whose footer names a sheet."""
    for number in range(1, FIRST + 1):
        here = ("-f", number, "-l", number)
        lines = _run("pdftotext", "-layout", *here, printed, "-").splitlines()
        if any(re.match(rf"\s*{sheet}\s", line) for line in lines[-4:]):
            return number
    raise SystemExit(f"{sheet} is not on the first {FIRST} pages")


def _run(*command: object) -> str:
    """Run a program and return what it says; end with its words where it fails."""
    words = [str(word) for word in command]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{words[0]} failed: {done.stderr.strip()[-500:]}")
    return done.stdout


def page_top(page: Path, into: Path) -> None:
    """Draw the top of the page."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=_found(BROWSERS), args=["--no-sandbox"])
        wide, high = SIZE
        view = browser.new_page(viewport={"width": wide, "height": high})
        view.goto(page.as_uri())
        view.wait_for_selector("html[data-ready=yes]")
        view.wait_for_timeout(1500)  # drawings come in step by step
        view.screenshot(path=into / "page.png")
        browser.close()


def smaller(picture: Path) -> None:
    """Write a picture with few colours."""
    from PIL import Image

    with Image.open(picture) as whole:
        few = whole.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(picture, optimize=True)


def main() -> int:
    """Make the pictures; return 1 where one is too large."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gap", type=float, default=0.01, help="gap of the plan shown")
    asked = parser.parse_args()
    if lacking := missing():
        print(f"No pictures were made. Missing: {lacking}.")
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        book, page = plan(folder, asked.gap)
        made = folder / "pictures"
        made.mkdir()
        sheets(book, made)
        page_top(page, made)
        for one in made.iterdir():
            smaller(one)
        sizes = {one.name: one.stat().st_size for one in sorted(made.iterdir())}
        for picture, size in sizes.items():
            print(f"{picture}: {size:,} bytes")
        if max(sizes.values()) > MOST:
            print(f"A picture is larger than {MOST:,} bytes; docs/pictures stays as it is.")
            return 1
        PICTURES.mkdir(exist_ok=True)
        for picture in sizes:
            shutil.copyfile(made / picture, PICTURES / picture)
    return 0


if __name__ == "__main__":
    sys.exit(main())
