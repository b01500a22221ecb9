"""Reading puts the collection of dead objects off, and gives it back."""

import gc

import pytest
from small import tables

import tierstock as ts
from tierstock.inputs.reading.undisturbed import undisturbed


def test_collection_is_off_inside_and_back_behind_a_fault() -> None:
    with pytest.raises(ts.InputError):
        ts.read(tables(Locations=[{"Location": "DC"}]))
    assert gc.isenabled()
    with undisturbed():
        assert not gc.isenabled()
        with undisturbed():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_who_has_it_off_keeps_it_off() -> None:
    gc.disable()
    try:
        with undisturbed():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
