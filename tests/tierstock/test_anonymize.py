"""``tierstock anonymize``: other names and other amounts, the same plan."""

import io
import sqlite3
import zipfile
from pathlib import Path
from random import Random
from typing import Any

import pandas as pd
import pytest
from all_cases import ALL
from column_networks import NETWORKS
from commands import answer, run, write_folder
from in_process import frames, least_cost_of
from openpyxl import load_workbook
from renamed import renamed
from small import Rows

import tierstock as ts
from tierstock.inputs import Findings
from tierstock.inputs.masking.codes import Codes
from tierstock.inputs.masking.mask import Masked, masked
from tierstock.inputs.samples import sample

Frames = dict[str, pd.DataFrame]

SECRET: dict[str, list[str]] = {
    "Locations": [
        "Location,Name,Tier,Region,Channel,Company,Class,Latitude,Longitude,Time Zone,# Owner",
        "HaierQD,青岛工厂,supplier,Shandong,,Haier Ltd,,36.1,120.4,Asia/Shanghai,Zhang Wei",
        "Jinan-DC,济南总仓,CDC,Shandong,,Haier Ltd,,36.7,117.0,Asia/Shanghai,Zhang Wei",
        "门店南京路,南京路旗舰店,store,华东大区,SuningShop,Suning AG,Goldkunde,31.2,121.5,,",
        "Store-Xian,,store,Northwest,SuningShop,Suning AG,,34.3,108.9,,",
    ],
    "Products": [
        "Product,Name,Family,Base Unit,Unit Value,Price,Zone,Units Per Case,Weight,Note",
        "FridgeXL,双门冰箱,ColdLine,EA,1000,2100,白电专区,2,80,Geheim",
        "WashPro,,WetLine,EA,800,1500,ambient,1,60,",
    ],
    "Lanes": [
        "From,To,Product,Mode,Lead Time,Unit Cost,Cost Basis,Order Multiple,Departure Days,Vehicle",
        "HaierQD,Jinan-DC,*,,3,0.8,t-km,case,,",
        "Jinan-DC,Tier=store;Region=华东大区,Family=ColdLine;!WashPro,SF-Cargo,2,12,,4,Werktag,",
        "Jinan-DC,Nordläden,\"FridgeXL,WashPro\",,2,15,,,Mon-Fri,Laster18",
    ],
    "Demand": [
        "Location,Product,Period,Quantity,Unit,Channel",
        "门店南京路,FridgeXL,2026-01-05,41,,SuningShop",
        "门店南京路,FridgeXL,2026-01-12,7,case,SuningShop",
        "Store-Xian,WashPro,2026-01-12,23,,",
        "Store-Xian,FridgeXL,2026-01-12,2,Sixpack,",
    ],
    "OpeningStock": ["Location,Product,Quantity,Lot", "Jinan-DC,WashPro,9,LotQD77"],
    "Vehicles": ["Vehicle,Max Weight,Cost Per Trip", "Laster18,900,300"],
    "Calendars": ["Calendar,Date From,Date To,Open", "Werktag,2026-01-10,2026-01-11,N"],
    "ServiceClasses": ["Class,Priority,Lost Cost", "Goldkunde,1,4000", "standard,2,1500"],
    "Groups": ["Group,Kind,Member", "Nordläden,location,Region=Northwest"],
    "Units": ["Product,Unit,Per Base", "FridgeXL,Sixpack,6"],
    "Budgets": ["Budget,Kind,Limit,Hardness", "Jahrestopf,freight,90000,soft",
                "Klimaziel,moves,1,soft"],
    "Settings": ["Setting,Value,Note", "model_name,Projekt Drache,", "bucket,week,Chefsache",
                 "carrying_rate,0.15,", "start_date,2026-01-05,"],
}  # fmt: skip
HIDDEN = (
    "HaierQD", "青岛工厂", "Shandong", "Haier Ltd", "Zhang Wei", "Jinan-DC", "济南总仓",
    "门店南京路", "南京路旗舰店", "华东大区", "SuningShop", "Suning AG", "Goldkunde",
    "Asia/Shanghai",
    "Store-Xian", "Northwest", "FridgeXL", "双门冰箱", "ColdLine", "Geheim", "WashPro", "WetLine",
    "白电专区", "SF-Cargo", "Werktag", "Nordläden", "Laster18", "LotQD77", "Jahrestopf",
    "Klimaziel", "Projekt Drache", "Chefsache", "Sixpack", "Owner",
)  # fmt: skip


@pytest.fixture(scope="module")
def secret(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_folder(tmp_path_factory.mktemp("secret") / "in", **SECRET)


def anonymized(*words: object) -> dict[str, Any]:
    """Return the line for machines of a command that ends well."""
    done = run("anonymize", *words, "--json", "--lang", "en")
    assert done.exit_code == 0, done.output
    return answer(done)


def shown(made: Masked) -> Frames:
    return {
        tab.title: pd.DataFrame(tab.body, columns=tab.rows[0], dtype=object) for tab in made.tabs
    }


def mask(source: Any, seed: int = 1, language: str = "") -> Masked:
    made = masked(source, Findings(), Random(seed), language)
    assert made is not None
    return made


def everything(path: Path) -> bytes:
    """Return all bytes of a file or folder, those of archives unpacked."""
    if path.is_dir():
        files = sorted(path.iterdir())
        return b"".join(one.name.encode() + everything(one) for one in files)
    whole = path.read_bytes()
    if not zipfile.is_zipfile(io.BytesIO(whole)):
        return whole
    with zipfile.ZipFile(io.BytesIO(whole)) as book:
        return b"".join(one.filename.encode() + book.read(one) for one in book.infolist())


@pytest.mark.parametrize(
    ("name", "language"), [("q.xlsx", "en"), ("q.ods", "zh"), ("q", "zh"), ("q.db", "en")]
)
def test_no_name_is_left_anywhere_in_the_bytes(
    name: str, language: str, secret: Path, tmp_path: Path
) -> None:
    target = tmp_path / name

    anonymized(secret, target, "--lang", language)

    before = everything(secret).decode("utf-8")
    assert [word for word in HIDDEN if word not in before] == []
    whole = everything(target).decode("utf-8", "replace").casefold()
    assert [word for word in HIDDEN if word.casefold() in whole] == []


def test_the_plan_costs_so_many_times_what_it_did(secret: Path) -> None:
    made = mask(secret)

    cost = least_cost_of(ts.read(secret))

    assert cost
    assert least_cost_of(ts.read(shown(made))) == pytest.approx(cost * made.scales.money, rel=1e-9)
    assert made.turned


def masked_cost(sheets: dict[str, Rows], seed: int, language: str) -> tuple[float, float]:
    """Return the least cost of a network shown, and what it has to be."""
    tables = frames(sheets)
    made, cost = mask(tables, seed, language), least_cost_of(ts.read(tables))
    found = least_cost_of(ts.read(shown(made)))
    assert cost is not None and found is not None
    return found, cost * made.scales.money


@pytest.mark.parametrize("name", ["places", "freight", "hours"])
def test_every_column_keeps_the_optimum_but_for_its_factor(name: str) -> None:
    found, wanted = masked_cost(NETWORKS[name], seed=len(name), language="zh")

    assert found == pytest.approx(wanted, rel=1e-9)


def words_of(made: Masked) -> str:
    """Return all that is written, as one text."""
    return "\n".join(str(cell) for tab in made.tabs for row in tab.rows for cell in row)


@pytest.mark.parametrize("name", ["goods", "targets", "groups", "plants"])
def test_whatever_holds_a_code_gets_another(name: str) -> None:
    network = renamed(NETWORKS[name], lambda code, number: f"Geheim{number} {code}")

    text = words_of(mask(frames(network)))

    assert "Geheim" not in text
    assert any(prefix in text for prefix in ("L1", "L01"))


@pytest.mark.slow
@pytest.mark.parametrize("name", NETWORKS)
def test_every_network_of_all_columns_keeps_its_optimum(name: str) -> None:
    found, wanted = masked_cost(NETWORKS[name], seed=len(name), language="en")

    assert found == pytest.approx(wanted, rel=1e-9)


@pytest.mark.slow
@pytest.mark.parametrize("name", ALL)
def test_every_hand_solved_network_keeps_its_optimum_but_for_the_factor(name: str) -> None:
    network = renamed(ALL[name].sheets, lambda code, number: f"Geheim{number} {code}")
    made = mask(frames(network), seed=len(name), language="en")

    assert "Geheim" not in words_of(made)
    wanted = ALL[name].optimum * made.scales.money
    assert least_cost_of(ts.read(shown(made))) == pytest.approx(wanted, rel=1e-6, abs=1e-6)


def row(**more: Any) -> dict[str, Any]:
    return {"Row": "keep open", "Sense": "<=", "Value": 100, **more}


def test_a_constraint_that_mixes_goods_and_counts_says_the_same() -> None:
    network: dict[str, Rows] = {
        "Locations": [{"Location": "DC", "Tier": "supplier"}, {"Location": "S", "Tier": "store"}],
        "Products": [{"Product": "tea", "Unit Value": 10, "Price": 30}],
        "Lanes": [{"From": "DC", "To": "S", "Lead Time": 0, "Unit Cost": 1, "Fixed Cost": 5}],
        "Demand": [
            {"Location": "S", "Product": "tea", "Period": t, "Quantity": 50 * t} for t in (1, 2, 3)
        ],
        "UserRows": [
            row(Variable="ship", From="DC"),
            row(Variable="departures", From="DC", Coefficient=20),
            row(Row="soft", Variable="spend", Value=60, Penalty=3),
        ],
    }

    found, wanted = masked_cost(network, seed=3, language="en")

    assert found == pytest.approx(wanted, rel=1e-9)


def test_lots_in_words_and_units_of_ones_own_keep_their_meaning() -> None:
    network: dict[str, Rows] = {
        "Locations": [
            {"Location": "DC", "Tier": "supplier"},
            {"Location": "S", "Tier": "store"},
        ],
        "Products": [{"Product": "tea", "Unit Value": 10, "Price": 30, "Units Per Pallet": 40}],
        "Lanes": [
            {"From": "DC", "To": "S", "Lead Time": 0, "Unit Cost": 1, "Order Multiple": "pallet"}
        ],
        "Demand": [{"Location": "S", "Product": "tea", "Period": 1, "Quantity": "9 dozen"}],
        "Units": [{"Unit": "dozen", "Per Base": 12}],
        "Supply": [{"Location": "DC", "Product": "tea", "MOQ": "2 pallet", "Unit Cost": 4}],
        "Budgets": [{"Budget": "B", "Kind": "carbon", "Limit": 1, "Hardness": "soft"}],
    }
    network["Lanes"][0]["Carbon"] = 0.5

    found, wanted = masked_cost(network, seed=8, language="zh")

    assert found == pytest.approx(wanted, rel=1e-9)


def test_the_key_translates_back_and_is_for_its_owner_only(secret: Path, tmp_path: Path) -> None:
    target, key = tmp_path / "q.xlsx", tmp_path / "key.csv"

    found = anonymized(secret, target, "--key", key)

    names = pd.read_csv(key, encoding="utf-8-sig", dtype=str)
    back = dict(zip(names["Code"], names["Name"], strict=True))
    places = [cell.value for cell in load_workbook(target)["Locations"]["A"][1:]]
    assert [back[code] for code in places] == ["HaierQD", "Jinan-DC", "门店南京路", "Store-Xian"]
    assert found["files"] == [str(target), str(key)]
    assert key.stat().st_mode & 0o077 == 0
    factors = names[names["Kind"] == "factor"].set_index("Name")["Code"].astype(float)
    assert factors["money"] == pytest.approx(factors["goods"] * factors["price"])


def test_selectors_and_conditions_use_the_codes(secret: Path) -> None:
    tables = shown(mask(secret))

    lanes, groups = tables["Lanes"], tables["Groups"]
    assert lanes["To"].tolist() == ["L2", "Tier=store;Region=R2", "G1"]
    assert lanes["Product"].tolist() == ["*", "Family=F1;!P2", "P1,P2"]
    assert lanes["Departure Days"].tolist() == ["", "CAL1", "Mon-Fri"]
    assert groups["Member"].tolist() == ["Region=R3"]
    assert tables["Settings"]["Setting"].tolist() == ["bucket", "carrying_rate", "start_date"]


def test_the_same_seed_gives_the_same_and_no_seed_another(secret: Path) -> None:
    assert mask(secret, 7) == mask(secret, 7)
    assert mask(secret, 7).scales != mask(secret, 8).scales


def test_coordinates_nothing_is_computed_from_are_left_out() -> None:
    tables = dict(sample("rebalancing", "en"))
    made = mask(tables)

    assert "Latitude" in tables["Locations"]
    assert "Latitude" not in shown(made)["Locations"]
    assert not made.turned


def test_periods_of_ones_own_get_codes_and_weeks_stay() -> None:
    network = {
        **{name: NETWORKS["weeks"][name] for name in ("Locations", "Products", "Lanes")},
        "Periods": [
            {"Period": "AcmeFair", "Start Date": "2026-01-05"},
            {"Period": "W2", "Start Date": "2026-01-12", "End Date": "2026-01-18"},
        ],
        "Demand": [{"Location": "S1", "Product": "tea", "AcmeFair": 10, "W2": 20}],
    }

    tables = shown(mask(frames(network)))

    assert tables["Periods"]["Period"].tolist() == ["PER1", "W2"]
    assert [str(name) for name in tables["Demand"]][-2:] == ["PER1", "W2"]


def test_no_code_holds_a_name() -> None:
    numbers = Codes({"location": [f"{n:03d}" for n in range(1, 60)]})
    words = Codes({"product": ["P01", "P02", "P1", *"abcdefghij"], "lot": ["lot"]})

    assert not any(mark.isdigit() for code in numbers.given["location"].values() for mark in code)
    assert len(set(numbers.given["location"].values())) == 59
    assert not {"P01", "P02"} & set(words.given["product"].values())
    assert "lot" not in words.given["lot"]["lot"].casefold()


def test_sheets_of_later_versions_are_masked_too() -> None:
    """They are refused when planned; a question may be about them."""
    later: dict[str, Rows] = {
        "Locations": [{"Location": "Laden-Nord", "Tier": "store", "Region": "Heimat"}],
        "Products": [{"Product": "Teekanne", "Unit Value": 5}],
        "Events": [{"Event": "Messe Köln", "Kind": "promotion", "Product": "Teekanne",
                    "Date From": "2026-01-05", "Demand Add": 10}],
        "History": [{"Location": "Laden-Nord", "Product": "Teekanne", "Date": "2025-12-01",
                     "Sales": 20, "Channel": "Kanalratte"}],
        "Policy": [{"Location": "Region=Heimat", "Policy": "min-max", "Parameter 1": 10,
                    "Parameter 2": 30, "Source": "Laden-Nord"}],
        "Scenarios": [
            {"Scenario": "Plan Omega", "Base": "base", "Sheet": "Products", "Column": "Unit Value",
             "Where": "Region=Heimat", "Action": "set", "Value": 7},
            {"Scenario": "Plan Omega", "Sheet": "Locations", "Column": "Region", "Action": "set",
             "Value": "Fernost"},
        ],
        "Finance": [{"Party": "Laden-Nord", "Kind": "opening cash", "Amount": 1000}],
    }  # fmt: skip

    made = mask(frames(later), seed=3, language="en")

    text, tables = words_of(made).casefold(), shown(made)
    names = ("laden-nord", "heimat", "teekanne", "messe", "kanalratte", "omega", "fernost")
    assert [name for name in names if name in text] == []
    goods, price = made.scales.goods, made.scales.price
    assert tables["Policy"]["Parameter 2"].tolist() == [pytest.approx(30 * goods)]
    assert tables["Events"]["Demand Add"].tolist() == [pytest.approx(10 * goods)]
    assert float(tables["Scenarios"]["Value"][0]) == pytest.approx(7 * price)
    assert tables["Scenarios"]["Where"][0] == "Region=R1"
    assert tables["Finance"]["Amount"].tolist() == [pytest.approx(1000 * goods * price)]


def test_faults_are_told_and_nothing_is_written(tmp_path: Path) -> None:
    bad = write_folder(tmp_path / "in", Products=["Product,Unit Value", "tea,ten"])
    target, key = tmp_path / "q.xlsx", tmp_path / "key.csv"

    done = run("anonymize", bad, target, "--key", key, "--json", "--lang", "zh")

    assert done.exit_code == 2
    assert [one["code"] for one in answer(done)["findings"]] == ["not-a-number"]
    assert not target.exists() and not key.exists()


def test_an_input_with_faults_between_its_sheets_can_be_shown(tmp_path: Path) -> None:
    odd = write_folder(tmp_path / "in", Demand=["Location,Product,Period,Quantity", "ABCD,tea,1,2"])

    anonymized(odd, tmp_path / "q")

    text = (tmp_path / "q" / "Demand.csv").read_text(encoding="utf-8-sig")
    assert text.splitlines()[1].startswith("L1,P1,1,")


@pytest.mark.parametrize("key", ["key.txt", "out/key.csv", "there.csv"])
def test_a_key_is_never_put_into_what_is_sent_nor_over_a_file(key: str, tmp_path: Path) -> None:
    source = write_folder(tmp_path / "in", Products=["Product,Unit Value", "tea,10"])
    (tmp_path / "there.csv").write_text("mine")
    write_folder(tmp_path / "out", Products=["Product,Unit Value", "tea,10"])
    words = (
        ("--key", tmp_path / key, "--force") if key == "out/key.csv" else ("--key", tmp_path / key)
    )

    done = run("anonymize", source, tmp_path / ("out" if "out" in key else "q"), *words)

    assert done.exit_code == 2
    assert (tmp_path / "there.csv").read_text() == "mine"


def test_a_database_can_be_shown(secret: Path, tmp_path: Path) -> None:
    anonymized(secret, tmp_path / "q.db", "--seed", "5")

    with sqlite3.connect(tmp_path / "q.db") as database:
        rows = database.execute('select "Location", "Region" from "Locations"').fetchall()
    database.close()
    assert rows == [("L1", "R1"), ("L2", "R1"), ("L3", "R2"), ("L4", "R3")]
