"""How far a worksheet reaches is seen whatever way its references are written."""

import pytest

from tierstock.inputs.reading.extent import extent


@pytest.mark.parametrize(
    ("text", "reach"),
    [
        (b'<row r="2"><c r="A2"/><c r="C2"/></row>', (2, 3)),
        (b'<row r="1048576"><c r="XFD1048576"/>', (1_048_576, 16_384)),
        (b"<row r='9'><c\tr = '$AB$9'/></row>", (9, 28)),
        (b'<row r="9"><c r="aa9"/></row>', (9, 27)),
        (b'<c r="A1"/><c s="1"\nr="B00000000000000000007"/>', (7, 2)),
        (b'<c r="A1"/><v>r</v> r x r=', (1, 1)),
        (b'<c r="A1"/><c r="B', (1, 1)),
        (b"<v>r</v>", (0, 0)),
        (b"", (0, 0)),
    ],
)
def test_the_reach_of_a_text(text: bytes, reach: tuple[int, int]) -> None:
    assert extent(text) == reach
