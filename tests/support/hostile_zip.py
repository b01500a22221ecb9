"""Workbooks spoilt as archives: bytes, members, sizes, names and bombs."""

import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random

from hostile_values import study
from starter import save

Parts = dict[str, bytes]
Spoil = Callable[[Parts, Random], Parts | bytes]
"""Takes the parts of a good file; returns spoilt parts, or the bytes of a spoilt file."""

FORMS = ("xlsx", "xlsm", "ods")
KINDS: dict[str, tuple[str, tuple[str, ...], Spoil]] = {}
"""Level, forms and maker of every way to spoil a packed file, by name."""


def spoils(name: str, level: str, *forms: str) -> Callable[[Spoil], Spoil]:
    """Register a way to spoil a packed file."""

    def register(spoil: Spoil) -> Spoil:
        KINDS[name] = (level, forms or FORMS, spoil)
        return spoil

    return register


@cache
def good(form: str, looks: str) -> tuple[tuple[str, bytes], ...]:
    """Return the parts of a good file: ``plain``, or the ``template`` with all its looks."""
    from tempfile import TemporaryDirectory

    from tierstock.inputs.findings import Findings
    from tierstock.inputs.samples import sample
    from tierstock.inputs.templates.template import write_template
    from tierstock.inputs.writing.convert import convert

    with TemporaryDirectory() as folder:
        path = Path(folder) / "study.xlsx"
        if looks == "template":
            write_template(path, lang="en", sheets="core", sample=sample("starter", "en"))
        else:
            save(study(Random(looks), "zh" if looks == "chinese" else "en"), path)
        if form == "ods":
            convert(path, path.with_suffix(".ods"), Findings())
            path = path.with_suffix(".ods")
        with zipfile.ZipFile(path) as book:
            parts = {name: book.read(name) for name in book.namelist()}
    if form == "xlsm":
        kind = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
        plain = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(plain, kind)
        parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0" + bytes(500)
    return tuple(parts.items())


def packed(parts: Parts, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip of parts."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as book:
        for name, data in parts.items():
            book.writestr(name, data, zipfile.ZIP_STORED if name == "mimetype" else method)
    return content.getvalue()


def sheets(parts: Parts) -> list[str]:
    """Return the names of the parts that hold cells."""
    return [name for name in parts if name.startswith("xl/worksheets/sheet")] or ["content.xml"]


def _entry(content: bytes, rng: Random) -> int:
    """Return where an entry of the directory begins."""
    places, at = [], content.find(b"PK\x01\x02")
    while at >= 0:
        places.append(at)
        at = content.find(b"PK\x01\x02", at + 4)
    return rng.choice(places)


def _with(content: bytes, at: int, new: bytes) -> bytes:
    return content[:at] + new + content[at + len(new) :]


@spoils("flipped bytes", "zip")
def _(parts: Parts, rng: Random) -> bytes:
    content = bytearray(packed(parts))
    for _ in range(rng.choice((1, 1, 2, 8, 64))):
        content[rng.randrange(len(content))] ^= rng.randrange(1, 256)
    return bytes(content)


@spoils("flipped bytes, stored", "zip")
def _(parts: Parts, rng: Random) -> bytes:
    """Without compression nearly every flip reaches the XML, and with the checksum mended."""
    name = rng.choice(sorted(parts))
    data = bytearray(parts[name])
    for _ in range(rng.choice((1, 2, 8))):
        data[rng.randrange(len(data))] ^= rng.randrange(1, 256)
    return packed({**parts, name: bytes(data)}, zipfile.ZIP_STORED)


@spoils("cut short", "zip")
def _(parts: Parts, rng: Random) -> bytes:
    content = packed(parts)
    return content[: rng.randrange(len(content))]


@spoils("a piece missing, doubled or inserted", "zip")
def _(parts: Parts, rng: Random) -> bytes:
    content = packed(parts)
    at, size = rng.randrange(len(content)), rng.choice((1, 7, 100, 2_000))
    piece = rng.choice((b"", content[at : at + size] * 2, rng.randbytes(size)))
    return content[:at] + piece + content[at + size :]


@spoils("before or behind the archive", "zip")
def _(parts: Parts, rng: Random) -> bytes:
    content, junk = packed(parts), rng.randbytes(rng.choice((1, 22, 5_000)))
    return rng.choice((junk + content, content + junk, content + content, b"PK\x03\x04" + content))


@spoils("sizes that lie", "zip")
def _(parts: Parts, rng: Random) -> bytes:
    content = packed(parts)
    at = _entry(content, rng)
    size = rng.choice((0, 1, 99, 0x7FFFFFFF, 0xFFFFFFFF, 0xFFFFFFFE, rng.randrange(2**32)))
    return _with(content, at + rng.choice((16, 20, 24, 42)), struct.pack("<I", size))


@spoils("flags and methods", "zip")
def _(parts: Parts, rng: Random) -> bytes:
    content = packed(parts)
    at = _entry(content, rng)
    field, value = rng.choice(
        ((8, 1), (8, 0x41), (8, 0xFFFF), (10, 12), (10, 14), (10, 99), (6, 99))
    )
    return _with(content, at + field, struct.pack("<H", value))


@spoils("end of the directory", "zip")
def _(parts: Parts, rng: Random) -> bytes:
    content = packed(parts)
    end = content.rfind(b"PK\x05\x06")
    value = rng.choice((0, 1, 0xFFFF, rng.randrange(2**16)))
    return _with(content, end + rng.choice((4, 8, 10, 12, 16, 20)), struct.pack("<H", value))


@spoils("a long directory (zip64)", "zip")
def _(parts: Parts, rng: Random) -> bytes:
    content = packed(parts)
    end = content.rfind(b"PK\x05\x06")
    big = rng.choice((2**63, 2**40, 0, 5))
    record = struct.pack("<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, big, big, big, big)
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, rng.choice((end, 0, 2**62)), 1)
    return content[:end] + record + locator + _with(content[end:], 8, b"\xff" * 12)


@spoils("names", "zip")
def _(parts: Parts, rng: Random) -> Parts:
    """Names that would leave the folder if anything were unpacked, or look like another's."""
    old = rng.choice(sorted(parts))
    new = rng.choice(
        (
            "../../../tmp/evil.xml",
            "/etc/cron.d/evil",
            "C:\\evil.xml",
            "xl/../xl/workbook.xml",
            "CON",
            "xl\\workbook.xml",
            "XL/WORKBOOK.XML",
            "xl//workbook.xml",
            "a" * 60_000,
            "evil\u202excod.xml",
            "xl/worksheets/sheet1.xml/",
            "./content.xml",
            " ",
        )
    )
    kept = parts if rng.random() < 0.5 else {k: v for k, v in parts.items() if k != old}
    return {**kept, new: parts[old]}


@spoils("a part twice", "zip")
def _(parts: Parts, rng: Random) -> bytes:
    content = io.BytesIO(packed(parts))
    name = rng.choice(sorted(parts))
    with warnings.catch_warnings(), zipfile.ZipFile(content, "a") as book:
        warnings.simplefilter("ignore")
        book.writestr(name, rng.choice((b"", b"<a/>", parts[name], parts[sheets(parts)[0]])))
    return content.getvalue()


@spoils("a part missing, empty or another's", "zip")
def _(parts: Parts, rng: Random) -> Parts:
    name, other = rng.sample(sorted(parts), 2)
    how = rng.randrange(4)
    if how == 0:
        return {one: data for one, data in parts.items() if one != name}
    return {**parts, name: (b"", parts[other], rng.randbytes(500))[how - 1]}


@spoils("too many parts", "zip")
def _(parts: Parts, rng: Random) -> Parts:
    return {
        **parts,
        **{f"xl/media/{n}.xml": b"<a/>" for n in range(rng.choice((900, 1_100, 3_000)))},
    }


@spoils("parts that overlap", "zip")
def _(parts: Parts, rng: Random) -> bytes:
    """Many entries of the directory share one piece of data."""
    content = packed(parts)
    start, end = content.find(b"PK\x01\x02"), content.rfind(b"PK\x05\x06")
    at = _entry(content, rng)
    behind = content.find(b"PK\x01\x02", at + 4)
    entry = content[at : behind if behind > 0 else end]
    count = rng.choice((2, 400))
    directory = content[start:end] + entry * count
    total = struct.pack("<HHI", len(parts) + count, len(parts) + count, len(directory))
    return content[:start] + directory + _with(content[end:], 8, total)


@cache
def _blown(size: int, piece: bytes) -> bytes:
    """Return a stream that unpacks to ``size`` bytes of one piece."""
    packer = zlib.compressobj(1, zlib.DEFLATED, -15)
    block = piece * (1_000_000 // len(piece))
    return b"".join(packer.compress(block) for _ in range(size // len(block))) + packer.flush()


@spoils("a bomb", "zip")
def _(parts: Parts, rng: Random) -> bytes:
    """A small file that unpacks to hundreds of megabytes; the directory may lie about it."""
    name = rng.choice(("xl/sharedStrings.xml", *sheets(parts), "xl/styles.xml", "xl/media/a.bin"))
    size = rng.choice((9_000_000, 60_000_000, 400_000_000))
    stream = _blown(size, rng.choice((b" ", b"<row/>", b"<a>")))
    told = rng.choice((size, size, 1_000, len(stream)))
    sign = rng.choice((0, 0xDEADBEEF))
    label = name.encode()
    content = packed({one: data for one, data in parts.items() if one != name})
    start, end = content.find(b"PK\x01\x02"), content.rfind(b"PK\x05\x06")
    sizes = struct.pack("<IIIH", sign, len(stream), told, len(label))
    local = struct.pack("<4sHHHHH", b"PK\x03\x04", 20, 0, 8, 0, 33) + sizes + b"\0\0" + label
    entry = struct.pack("<4sHHHHHH", b"PK\x01\x02", 20, 20, 0, 8, 0, 33) + sizes
    entry += struct.pack("<HHHHII", 0, 0, 0, 0, 0, start) + label
    count = len(parts) + (name not in parts)
    tail = struct.pack("<HHII", count, count, end - start + len(entry), start + len(local + stream))
    return (
        content[:start]
        + local
        + stream
        + content[start:end]
        + entry
        + _with(content[end:], 8, tail)
    )
