"""The same plan in either language, as workbooks or as folders of CSV files."""

import copy
import csv
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from planted_flows import Book

from tierstock.outputs.audit import audit
from tierstock.outputs.audit.book import content_hash
from tierstock.outputs.audit.report import NAMES
from tierstock.outputs.audit.words import data_folder

Write = Callable[..., tuple[Path, Path]]


def dictionary(name: str, key: str | tuple[str, ...]) -> dict[Any, str]:
    with open(data_folder() / name, encoding="utf-8-sig", newline="") as file:
        return {
            row[key] if isinstance(key, str) else tuple(row[k] for k in key): row["zh"]
            for row in csv.DictReader(file)
        }


def chinese(book: Book) -> Book:
    sheets = dictionary("sheets.csv", "sheet")
    columns = dictionary("schema.csv", ("sheet", "column"))
    words = dictionary("choices.csv", "word")
    # Codes are no words; ServiceClasses.Mode is one.
    keep = ("Class", "Mode", "Location", "Product", "Vehicle", "Period")
    return {
        sheets[name]: [
            {
                columns.get((name, column), column): words.get(value, value)
                if column not in keep or (name, column) == ("ServiceClasses", "Mode")
                else value
                for column, value in row.items()
            }
            for row in rows
        ]
        for name, rows in book.items()
    }


def write_folder(folder: Path, book: Book, encoding: str = "utf-8") -> Path:
    folder.mkdir()
    for name, rows in book.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        with open(folder / f"{name}.csv", "w", encoding=encoding, newline="") as file:
            writer = csv.DictWriter(file, columns, restval="")
            writer.writeheader()
            writer.writerows(rows)
    return folder


def test_a_chinese_plan_of_a_chinese_workbook_passes_in_chinese(
    case: tuple[Book, Book], write: Write
) -> None:
    given, plan = case
    given["Settings"] = [{"Setting": "持有费率", "Value": "36.5%"}]
    plan["RunInfo"] = [{"Item": "目标值", "Value": plan["RunInfo"][0]["Value"]}]
    facts = {"RunInfo": plan["RunInfo"]}

    source, result = write(chinese(given), {**chinese(plan), **facts})
    found = audit(source, result)

    assert [c.where for c in found.checks if not c.passed] == []
    assert [c.name for c in found.checks] == [zh for _, zh in NAMES.values()]


def test_defaults_may_be_told_in_chinese_and_words_of_the_input_are_its_own(
    case: tuple[Book, Book], write: Write
) -> None:
    given, plan = case
    told = copy.deepcopy(plan)
    for name in ("Shipments", "VehicleUse"):
        for row in told[name]:
            row["Mode"] = "公路"
    for row in told["Service"]:
        row["Class"] = "标准" if row["Class"] == "standard" else row["Class"]
    assert audit(*write(given, told)).passed

    for row in given["Lanes"]:
        row["Mode"] = "公路"
    assert audit(*write(given, told)).passed
    failed = [c for c in audit(*write(given, plan)).checks if not c.passed]
    assert NAMES["lanes"][0] in {c.name for c in failed}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_folders_of_csv_files_pass_too(
    case: tuple[Book, Book], tmp_path: Path, encoding: str
) -> None:
    given, plan = case
    source = write_folder(tmp_path / "net", given, encoding)
    digest = hashlib.sha256()
    for file in sorted(source.iterdir()):
        digest.update(file.name.encode() + file.read_bytes())
    plan["RunInfo"].append({"Item": "Input hash", "Value": digest.hexdigest()})
    result = write_folder(tmp_path / "plan", plan, encoding)

    found = audit(source, result)

    assert [(c.name, c.where) for c in found.checks if not c.passed] == []
    assert found.input_hash == digest.hexdigest()


@pytest.mark.parametrize(
    ("mark", "ending", "encoding"),
    [(";", "csv", "utf-16"), ("|", "csv", "gb18030"), ("\t", "tsv", "utf-16-le")],
)
def test_tables_are_audited_whatever_parts_their_cells(
    case: tuple[Book, Book], tmp_path: Path, mark: str, ending: str, encoding: str
) -> None:
    given, plan = case
    source = write_folder(tmp_path / "net", given)
    for file in list(source.iterdir()):
        with file.open(encoding="utf-8", newline="") as text:
            rows = list(csv.reader(text))
        file.unlink()
        with file.with_suffix(f".{ending}").open("w", encoding=encoding, newline="") as text:
            csv.writer(text, delimiter=mark).writerows(rows)
    plan["RunInfo"].append({"Item": "Input hash", "Value": content_hash(source)})
    result = write_folder(tmp_path / "plan", plan)

    found = audit(source, result)

    assert [(c.name, c.where) for c in found.checks if not c.passed] == []
    (source / f"Demand.{ending}").unlink()
    assert not audit(source, result).passed


@pytest.mark.parametrize("form", ["folder", "workbook"])
def test_decimal_commas_of_texts_are_read_where_the_settings_say_so(
    case: tuple[Book, Book], tmp_path: Path, write: Write, form: str
) -> None:
    given, plan = case
    given["Settings"].append({"Setting": "小数点", "Value": "逗号"})
    for row in given["Products"]:
        row["Unit Value"] = f"{row['Unit Value']:.2f}".replace(".", ",")
    if form == "workbook":
        source, result = write(given, plan)
    else:
        for row in (one for rows in given.values() for one in rows):
            row |= {
                name: str(value).replace(".", ",")
                for name, value in row.items()
                if isinstance(value, float)
            }
        source = write_folder(tmp_path / "net", given)
        plan["RunInfo"].append({"Item": "Input hash", "Value": content_hash(source)})
        result = write_folder(tmp_path / "plan", plan)

    found = audit(source, result)

    assert [(c.name, c.where) for c in found.checks if not c.passed] == []


def test_two_audits_of_one_plan_say_the_same(case: tuple[Book, Book], write: Write) -> None:
    files = write(*case)

    assert audit(*files) == audit(*files)


def test_the_tolerance_is_that_of_the_settings_unless_one_is_given(
    case: tuple[Book, Book], write: Write
) -> None:
    given, plan = case
    plan["Summary"][0]["Value"] *= 1 + 1e-4

    given["Settings"].append({"Setting": "audit_tolerance", "Value": "0.001"})
    source, result = write(given, plan)

    assert audit(source, result).passed
    assert not audit(source, result, tolerance=1e-6).passed


def test_a_document_type_declaration_is_refused(
    case: tuple[Book, Book], write: Write, tmp_path: Path
) -> None:
    import zipfile

    source, result = write(*case)
    evil = tmp_path / "evil.xlsx"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(evil, "w") as new:
        for part in old.namelist():
            data = old.read(part)
            if part == "xl/workbook.xml":
                data = data.replace(b"<workbook", b'<!DOCTYPE x [<!ENTITY a "b">]><workbook', 1)
            new.writestr(part, data)

    with pytest.raises(ValueError, match="document type"):
        audit(evil, result)
