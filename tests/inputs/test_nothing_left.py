"""Tables of which nothing can be used tell what is wrong, and end with no fault of the program."""

import pytest
from column_networks import NETWORKS
from small import tables

import tierstock as ts


def test_products_of_one_code_that_no_row_can_name_are_told() -> None:
    groups = NETWORKS["groups"]
    twins = [groups["Products"][0] | {"Product": "cup"}, *groups["Products"][1:]]
    with pytest.raises(ts.InputError) as refused:
        ts.read(tables(**{**groups, "Products": twins}))
    found = refused.value.findings
    assert {"duplicate-key", "unknown-reference"} <= set(found["code"])
