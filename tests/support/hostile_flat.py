"""Files without a zip spoilt: CSV, Parquet and the old .xls."""

import csv
import io
import struct
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from hostile_values import nasty, spoilt, study

Write = Callable[[Path, Random], Path]
KINDS: dict[str, tuple[str, str, Write]] = {}
"""Level, form and writer of every spoilt input, by name."""

OLD = Path(__file__).parents[1] / "inputs" / "starter.xls"


def writes(name: str, level: str, form: str) -> Callable[[Write], Write]:
    """Register a writer of a spoilt input."""

    def register(write: Write) -> Write:
        KINDS[name] = (level, form, write)
        return write

    return register


def _csv(rows: list[list[Any]], delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


def _folder(folder: Path, book: dict[str, list[list[Any]]], rng: Random) -> tuple[Path, str]:
    """Write a good folder of CSV files; return it and the sheet that is to be spoilt."""
    place = folder / "study"
    place.mkdir()
    for title, rows in book.items():
        (place / f"{title}.csv").write_text(_csv(rows), encoding="utf-8", errors="surrogatepass")
    return place, rng.choice(sorted(book))


@writes("CSV: nasty cells", "cell", "csv")
def _(folder: Path, rng: Random) -> Path:
    return _folder(folder, spoilt(rng), rng)[0]


@writes("CSV: bytes", "zip", "csv")
def _(folder: Path, rng: Random) -> Path:
    book = study(rng)
    place, title = _folder(folder, book, rng)
    content = bytearray(
        _csv(book[title]).encode(rng.choice(("utf-8", "utf-16", "gb18030", "utf-8-sig")))
    )
    for _ in range(rng.choice((1, 4, 40))):
        content[rng.randrange(len(content))] = rng.randrange(256)
    size = rng.choice((len(content), rng.randrange(len(content))))
    (place / f"{title}.csv").write_bytes(bytes(content[:size]))
    return place


@writes("CSV: encodings and marks", "xml", "csv")
def _(folder: Path, rng: Random) -> Path:
    book = study(rng, "zh")
    place, title = _folder(folder, book, rng)
    text = _csv(book[title], rng.choice(",;\t|"))
    mark = rng.choice(
        (b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf" * 2, b"\x00\x00\xfe\xff")
    )
    names = (
        "utf-8",
        "utf-16-le",
        "utf-16-be",
        "utf-32",
        "gb18030",
        "big5",
        "latin-1",
        "utf-7",
        "cp037",
    )
    first, second = rng.choice(names), rng.choice(names)
    half = len(text) // 2
    content = text[:half].encode(first, "replace") + text[half:].encode(second, "replace")
    (place / f"{title}.csv").write_bytes(mark + content)
    return place


@writes("CSV: marks of cells and lines", "xml", "csv")
def _(folder: Path, rng: Random) -> Path:
    book = study(rng)
    place, title = _folder(folder, book, rng)
    text = _csv(book[title])
    how = rng.choice(
        (
            lambda: text.replace(",", ',"', rng.randrange(1, 9)),
            lambda: text + '"' + "x,\n" * 50_000,
            lambda: f"sep={rng.choice(chr(34) + chr(39) + ' ,;中=a' + chr(0) + chr(13))}\n{text}",
            lambda: text.replace(
                "\r\n", rng.choice(("\r", "\n\r", "\x0b", "\x85", "\u2028", "\n\n\n", "\x00\n"))
            ),
            lambda: "," * 200_000 + "\n" + text,
            lambda: text + "\n" * 300_000,
            lambda: "," * 1_900 + text + "\n" * 300_000,
            lambda: text.replace("\n", "," * 3_000 + "\n"),
            lambda: text + "x" * 400_000,
            lambda: text.split("\n")[0] * 300,
            lambda: rng.choice(("", " ", "\n", '"', ",", "\ufeff", "sep=", "sep=;", "x" * 200_000)),
        )
    )()
    (place / f"{title}.csv").write_text(how, encoding="utf-8", newline="")
    return place


@writes("CSV: another kind of file, or a link", "zip", "csv")
def _(folder: Path, rng: Random) -> Path:
    place, title = _folder(folder, study(rng), rng)
    file = place / f"{title}.csv"
    how = rng.randrange(5)
    if how < 2:
        file.unlink()
        file.mkdir() if how else file.symlink_to(file)
    else:
        junk = (OLD.read_bytes(), b"PK\x03\x04" + rng.randbytes(900), rng.randbytes(5_000))
        file.write_bytes(junk[how - 2])
    return place


def _parquet(folder: Path, rng: Random) -> tuple[Path, Path]:
    """Write a good folder of Parquet files; return it and the file that is to be spoilt."""
    import pyarrow as pa
    from pyarrow import parquet

    place = folder / "study"
    place.mkdir()
    book = study(rng)
    for title, rows in book.items():
        columns = [
            [None if cell == "" else str(cell) for cell in cells]
            for cells in zip(*rows[1:], strict=True)
        ]
        table = pa.table([pa.array(one) for one in columns], names=rows[0])
        parquet.write_table(
            table, place / f"{title}.parquet", compression=rng.choice(("snappy", "none", "gzip"))
        )
    return place, place / f"{rng.choice(sorted(book))}.parquet"


@writes("Parquet: bytes", "zip", "parquet")
def _(folder: Path, rng: Random) -> Path:
    place, file = _parquet(folder, rng)
    content = bytearray(file.read_bytes())
    foot = max(len(content) - 600, 0)
    for _ in range(rng.choice((1, 1, 3, 30))):
        content[rng.randrange(rng.choice((0, foot)), len(content))] ^= rng.randrange(1, 256)
    size = rng.choice((len(content),) * 4 + (rng.randrange(len(content)),))
    file.write_bytes(bytes(content[:size]))
    return place


@writes("Parquet: its foot", "xml", "parquet")
def _(folder: Path, rng: Random) -> Path:
    place, file = _parquet(folder, rng)
    content = bytearray(file.read_bytes())
    (length,) = struct.unpack("<I", content[-8:-4])
    at = len(content) - 8 - rng.randrange(1, length + 1)
    size = rng.choice((1, 5, 9))
    if rng.random() < 0.2:
        content[-8:-4] = struct.pack("<I", rng.choice((0, 1, 2**31, 2**32 - 1, length + 4)))
    else:
        content[at : at + size] = rng.choice((b"\xff" * 9 + b"\x01", b"\x00" * 10, b"\x80" * 10))[
            :size
        ]
    file.write_bytes(bytes(content))
    return place


@writes("Parquet: odd types and values", "cell", "parquet")
def _(folder: Path, rng: Random) -> Path:
    import pyarrow as pa
    from pyarrow import parquet

    place, file = _parquet(folder, rng)
    old = parquet.read_table(file)
    rows, far = old.num_rows, rng.choice((-(2**62), 2**62, 2**63 - 1, 0))
    odd = rng.choice(
        (
            lambda: pa.array([float("nan"), float("inf"), 1e308][:rows] * rows)[:rows],
            lambda: pa.array([[1, 2]] * rows),
            lambda: pa.array([{"a": {"b": [1]}}] * rows),
            lambda: pa.array([rng.randbytes(9)] * rows, pa.binary()),
            lambda: (
                pa.array([nasty(rng).encode("utf-8", "surrogatepass")] * rows, pa.binary()).cast(
                    pa.string(), safe=False
                )
                if rng.random() < 0.5
                else pa.array([b"\xff\xfe\xed\xa0\x80"] * rows, pa.binary()).view(pa.string())
            ),
            lambda: pa.array([far] * rows).cast(pa.timestamp(rng.choice(("ms", "us", "ns")))),
            lambda: pa.array([far] * rows).cast(pa.duration(rng.choice(("s", "ns")))),
            lambda: pa.array([2**31 - 1] * rows, pa.int32()).cast(pa.date32()),
            lambda: pa.array([2**64 - 1] * rows, pa.uint64()),
            lambda: pa.array(["a"] * rows).dictionary_encode(),
            lambda: pa.nulls(rows),
            lambda: pa.array([True] * rows),
            lambda: pa.array(np.full(rows, 6e4, np.float16)),
            lambda: pa.array([0] * rows).cast(pa.timestamp("us", "Bogus/Zone")),
        )
    )
    try:
        column = odd()
    except (pa.ArrowException, UnicodeError):
        column = pa.array([far] * rows)
    at = rng.randrange(old.num_columns)
    name = rng.choice(
        (old.column_names[at], old.column_names[0], "", "a\x00b", "=cmd", "x" * 40_000)
    )
    arrays, names = list(old.columns), list(old.column_names)
    arrays[at], names[at] = column, name
    parquet.write_table(pa.Table.from_arrays(arrays, names=names), file)
    return place


def _old(folder: Path, content: bytes) -> Path:
    path = folder / "study.xls"
    path.write_bytes(content)
    return path


@writes("xls: bytes", "zip", "xls")
def _(folder: Path, rng: Random) -> Path:
    content = bytearray(OLD.read_bytes())
    for _ in range(rng.choice((1, 4, 40, 400))):
        content[rng.randrange(8, len(content))] ^= rng.randrange(1, 256)
    size = rng.choice((len(content),) * 4 + (rng.randrange(len(content)),))
    return _old(folder, bytes(content[:size]))


@writes("xls: its head and tables of sectors", "zip", "xls")
def _(folder: Path, rng: Random) -> Path:
    content = bytearray(OLD.read_bytes())
    (first,) = struct.unpack_from("<I", content, 76)
    (directory,) = struct.unpack_from("<I", content, 48)
    size = len(content)
    for _ in range(rng.choice((1, 1, 3))):
        table = (first + 1) * 512 + 4 * rng.randrange(128)
        entry = (
            (directory + 1) * 512 + 128 * rng.randrange(4) + rng.choice((64, 68, 72, 76, 116, 120))
        )
        at = rng.choice((rng.randrange(8, 76), 76 + 4 * rng.randrange(8), table, entry))
        value = rng.choice(
            (0, 1, 2, 5, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF, rng.randrange(size // 512))
        )
        struct.pack_into("<I", content, min(at, size - 4), value)
    return _old(folder, bytes(content))


@writes("xls: its records", "xml", "xls")
def _(folder: Path, rng: Random) -> Path:
    """Lengths, places of cells and numbers of strings become absurd, the file stays whole."""
    content = bytearray(OLD.read_bytes())
    found = records(content)
    for _ in range(rng.choice((1, 2, 6))):
        kind, at, length = rng.choice(found)
        cells = [
            one
            for one in found
            if one[0] in (0xFD, 0x203, 0x27E, 0xBD, 0x200, 0x06, 0x201, 0x85, 0xFC)
        ]
        if rng.random() < 0.8 and cells:
            kind, at, length = rng.choice(cells)
        spot = at + rng.choice((2, 4, 6, 8, 10, 12)) if length else at
        value = rng.choice((0, 1, 0x00FF, 0x0100, 0x3FFF, 0x7FFF, 0xFFFF, rng.randrange(2**16)))
        struct.pack_into("<H", content, min(spot, len(content) - 2), value)
    return _old(folder, bytes(content))


def records(content: bytes | bytearray) -> list[tuple[int, int, int]]:
    """Return kind, place and length of the records that follow one another in an .xls."""
    at, found = content.find(b"\x09\x08\x10\x00\x00\x06"), []
    while 0 <= at < len(content) - 4:
        kind, length = struct.unpack_from("<HH", content, at)
        found.append((kind, at, length))
        at += 4 + length
        if kind == 0x0A and content[at : at + 2] != b"\x09\x08":
            at = content.find(b"\x09\x08\x10\x00\x00\x06", at)
    return found
