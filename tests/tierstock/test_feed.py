"""``tierstock feed``: movements in, opening stock out, told in both languages."""

import json
import sqlite3
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from commands import answer, run

import tierstock as ts

AT = "2026-01-05T00:00+08:00"
MOVES = [
    "Event,Time,Location,Product,Type,To,Quantity,Lot,Expiry Date,Source",
    "1,2026-01-01T08:00:00+08:00,DC1,TEA-G,in,,100,,,wms",
    "2,2026-01-02T08:00:00+08:00,DC1,TEA-G,transfer,S1,30.5,,,wms",
    "3,2026-01-03T00:00:00Z,S1,TEA-G,out,,5,,,pos",
    "3,2026-01-03T08:00:00+08:00,S1,TEA-G,out,,5,,,pos",
    "4,2026-01-06T08:00:00+08:00,S1,TEA-G,out,,5,,,pos",
]


@pytest.fixture
def moves(tmp_path: Path) -> Path:
    file = tmp_path / "moves.csv"
    file.write_text("\n".join(MOVES), encoding="utf-8")
    return file


def test_movements_become_a_sheet_and_a_line_for_machines(moves: Path, tmp_path: Path) -> None:
    target = tmp_path / "OpeningStock.csv"
    done = run("feed", moves, "--at", AT, "-o", target, "--json", "--lang", "en")

    assert done.exit_code == 0, done.output
    assert target.read_text("utf-8-sig").splitlines() == [
        "Location,Product,Quantity,#As Of",
        "DC1,TEA-G,69.5,2026-01-05T00:00:00+08:00",
        "S1,TEA-G,25.5,2026-01-05T00:00:00+08:00",
    ]
    told = answer(done)
    assert told["events"] == {"read": 5, "repeated": 1, "after": 1, "before": 0, "counted": 3}
    assert (told["rows"], told["units"], told["files"]) == (2, 95.0, [str(target)])
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []


def test_into_a_copy_of_a_workbook_that_is_then_planned_with(
    moves: Path, starter: Path, tmp_path: Path
) -> None:
    before, target = starter.read_bytes(), tmp_path / "next.xlsx"
    done = run("feed", moves, "--at", AT, "--into", starter, "-o", target, "--lang", "zh")
    again = run("feed", moves, "--at", AT, "--into", target, "-o", tmp_path / "2.xlsx", "--json")

    assert done.exit_code == 0 and "库存共 2 行" in done.output
    assert starter.read_bytes() == before
    assert answer(again)["replaced"] == 2
    for book in (target, tmp_path / "2.xlsx"):
        sheet = openpyxl.load_workbook(book)["OpeningStock"]
        assert [row[:3] for row in sheet.iter_rows(min_row=2, values_only=True)] == [
            ("DC1", "TEA-G", 69.5),
            ("S1", "TEA-G", 25.5),
        ]
        assert ts.read(book).places.opening.sum() == 95.0


def test_another_stock_date_in_the_settings_is_told(
    moves: Path, starter: Path, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(starter)
    book["Settings"].append(["stock_date", "2026-01-20"])
    book.save(starter)
    words = ("feed", moves, "--into", starter, "--force", "-o", tmp_path / "next.xlsx", "--json")
    far = run(*words, "--at", AT)
    near = run(*words, "--at", "2026-01-20T06:00+08:00")

    assert [one["code"] for one in answer(far)["findings"]] == ["feed-stock-date"]
    assert [one["cell"] for one in answer(near)["findings"]] == []


def test_the_next_day_starts_from_the_snapshot_before(moves: Path, tmp_path: Path) -> None:
    first, second, whole = (tmp_path / f"{one}.parquet" for one in ("first", "second", "whole"))
    pytest.importorskip("pyarrow", reason="pyarrow is not installed (extra data)")
    later = "2026-01-07T00:00+08:00"
    run("feed", moves, "--at", AT, "-o", first)
    done = run(
        "feed", moves, "--at", later, "--from", first, "-o", second, "--json", "--lang", "en"
    )
    run("feed", moves, "--at", later, "-o", whole)

    assert answer(done)["events"]["before"] == 3
    assert "3 movements of 2026-01-05T00:00:00+08:00" in done.stderr
    pd.testing.assert_frame_equal(pd.read_parquet(second), pd.read_parquet(whole))


def test_parquet_and_databases_give_the_same_stock(moves: Path, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed (extra data)")
    pytest.importorskip("sqlalchemy", reason="sqlalchemy is not installed (extra data)")
    frame = pd.read_csv(moves, dtype={"Event": int})
    frame["Time"] = pd.to_datetime(frame["Time"], utc=True, format="ISO8601")
    frame.to_parquet(tmp_path / "moves.parquet")
    with sqlite3.connect(tmp_path / "moves.db") as database:
        frame.assign(Time=frame["Time"].astype(str)).to_sql("Log", database, index=False)
    database.close()

    answers = [
        answer(run("feed", source, "--at", AT, "-o", tmp_path / f"{n}.csv", "--json", *more))
        for n, (source, *more) in enumerate(
            [
                (moves,),
                (tmp_path / "moves.parquet",),
                (tmp_path / "moves.db", "--table", "Log"),
                (moves, tmp_path / "moves.parquet", tmp_path / "moves.db", "--table", "Log"),
            ]
        )
    ]
    assert {(one["rows"], one["units"]) for one in answers} == {(2, 95.0)}
    assert answers[-1]["events"]["repeated"] == 11
    texts = {(tmp_path / f"{number}.csv").read_bytes() for number in range(4)}
    assert len(texts) == 1
    lost = run("feed", tmp_path / "moves.db", "--at", AT, "-o", tmp_path / "x.csv", "--lang", "en")
    assert lost.exit_code == 2 and "Movements" in lost.output and "--table" in lost.output


def test_chinese_headings_local_times_and_the_words_of_an_export(tmp_path: Path) -> None:
    file = tmp_path / "流水.csv"
    rows = [
        "流水号;时间;仓库;商品;业务类型;终点;数量;操作员",
        'A1;2026/1/2 8:05;中心仓;茶;采购入库;;"1,200";张',
        "A2;2026-01-03 09:00:00;中心仓;茶;调拨;东门店;200;李",
        "A3;2026-01-03 09:00:00;东门店;茶;盘点;;198;李",
    ]
    file.write_bytes("\n".join(rows).encode("gb18030"))
    target = tmp_path / "期初库存.csv"
    done = run("feed", file, "--at", "2026-01-05", "--zone", "Asia/Shanghai", "-o", target)

    assert done.exit_code == 0 and "操作员" in done.output
    assert "读取变动 3 条" in done.output
    assert target.read_text("utf-8-sig").splitlines() == [
        "地点,产品,数量,#时点",
        "东门店,茶,198,2026-01-05T00:00:00+08:00",
        "中心仓,茶,1000,2026-01-05T00:00:00+08:00",
    ]


def test_what_cannot_be_done_is_refused_and_nothing_is_written(
    moves: Path, starter: Path, tmp_path: Path
) -> None:
    (tmp_path / "fake.xlsx").write_text("no workbook", encoding="utf-8")
    broken = tmp_path / "broken.csv"
    broken.write_text("\n".join([*MOVES, "5,soon,DC1,TEA-G,in,,1,,,"]), encoding="utf-8")
    there = tmp_path / "there.csv"
    there.write_text("kept", encoding="utf-8")
    target = tmp_path / "out.csv"
    calls = {
        "line 7": (broken, "--at", AT, "-o", target),
        "with its zone": (moves, "--at", "2026-01-05", "-o", target),
        "Mars": (moves, "--at", "2026-01-05", "--zone", "Mars", "-o", target),
        "--force": (moves, "--at", AT, "-o", there),
        ".docx": (moves, "--at", AT, "-o", tmp_path / "out.docx"),
        "never changed": (moves, "--at", AT, "--into", starter, "--force", "-o", starter),
        "fake.xlsx": (
            moves,
            "--at",
            AT,
            "--into",
            tmp_path / "fake.xlsx",
            "-o",
            tmp_path / "1.xlsx",
        ),
        "--from-time": (moves, "--at", AT, "--from", moves, "-o", target),
        "database": (starter, "--at", AT, "-o", target),
        "none.csv": (tmp_path / "none.csv", "--at", AT, "-o", target),
    }
    for text, words in calls.items():
        done = run("feed", *words, "--lang", "en", "--json")
        assert done.exit_code == 2, (text, done.output)
        assert text.casefold() in done.stderr.casefold(), done.stderr
        assert set(json.loads(done.stdout.splitlines()[-1])) >= {"files", "rows", "findings"}
    assert not target.exists() and there.read_text(encoding="utf-8") == "kept"


def test_movements_are_never_written_over(moves: Path) -> None:
    before = moves.read_bytes()
    done = run("feed", moves, "--at", AT, "-o", moves, "--force", "--lang", "en")

    assert done.exit_code == 2 and "is an input of this command" in done.output
    assert moves.read_bytes() == before


def test_moments_that_no_clock_counts_are_told(moves: Path, tmp_path: Path) -> None:
    far = run("feed", moves, "--at", "9999-12-31T00:00Z", "-o", tmp_path / "o.csv", "--lang", "en")
    texts = ["1500-01-01T00:00:00Z", "0010-01-01", "9999-12-31T00:00:00+08:00"]
    moves.write_text("\n".join([MOVES[0], *(f"{one},{one},D,P,in,,1,,," for one in texts)]))
    told = run("feed", moves, "--at", AT, "--zone", "UTC", "-o", tmp_path / "o.csv", "--json")

    assert far.exit_code == 2 and "write a moment from 1990 to 2199" in far.output
    assert [(one["code"], one["row"]) for one in answer(told)["findings"]] == [
        ("feed-time", 2),
        ("feed-time", 3),
        ("feed-time", 4),
    ]


def test_a_snapshot_without_stock_needs_its_moment(moves: Path, tmp_path: Path) -> None:
    empty, target = tmp_path / "none.csv", tmp_path / "o.csv"
    empty.write_text("Location,Product,Quantity,#As Of\n", encoding="utf-8")
    words = ("feed", moves, "--at", AT, "--from", empty, "-o", target, "--json")

    assert answer(run(*words))["findings"][0]["code"] == "feed-former-when"
    assert answer(run(*words, "--from-time", "2025-12-31T00:00Z"))["units"] == 95.0


def test_codes_that_cannot_be_printed_are_refused(moves: Path, tmp_path: Path) -> None:
    moves.write_text(f"{MOVES[0]}\n1,2026-01-01T08:00Z,D\x1b[2JC,P,in,,1,,,\n", encoding="utf-8")
    done = run("feed", moves, "--at", AT, "-o", tmp_path / "o.csv", "--lang", "en")

    assert done.exit_code == 2 and '"D<U+001B>[2JC" holds' in done.output


def test_merged_cells_give_way_to_the_stock(moves: Path, starter: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(starter)
    book["OpeningStock"].merge_cells("A3:C4")
    book.save(starter)
    done = run("feed", moves, "--at", AT, "--into", starter, "-o", tmp_path / "o.xlsx")
    rows = list(openpyxl.load_workbook(tmp_path / "o.xlsx")["OpeningStock"].values)

    assert done.exit_code == 0, done.output
    assert [row[:3] for row in rows[1:3]] == [("DC1", "TEA-G", 69.5), ("S1", "TEA-G", 25.5)]
