"""Returns and substitutes: the most specific row sets each value, blanks inherit."""

from retail import WEEKS, built, demand, place, said, seen


def test_a_blank_lag_inherits_from_the_wider_row() -> None:
    net = built(
        Returns=[
            {"Location": "*", "Product": "*", "Ratio": 0.1, "Lag": 7},
            {"Location": "S1", "Product": "A", "Ratio": 0.3},
        ]
    )
    back = net.returns
    assert back is not None
    ratio = dict(zip(back.place.tolist(), back.ratio.tolist(), strict=True))
    assert ratio == {place(net, "S1", "A"): 0.3, place(net, "S2", "B"): 0.1}
    assert back.lag[:, 0].tolist() == [1, 1]


def test_goods_may_come_back_as_another_product() -> None:
    row = {"Location": "S1", "Product": "A", "Ratio": 0.3, "Return Product": "B"}
    net = built(Returns=[row])
    assert net.returns is not None
    assert net.returns.back.tolist() == [place(net, "S1", "B")]
    assert "unknown-reference" in said(seen(Returns=[row | {"Return Product": "BX"}]))


def test_one_product_comes_back_at_one_cost_of_disposal() -> None:
    rows = [
        {"Location": "S1", "Product": "A", "Ratio": 0.3, "Return Product": "B", "Disposal Cost": 1},
        {"Location": "S1", "Product": "B", "Ratio": 0.3, "Disposal Cost": 2},
    ]
    asked = demand("S1", "A", 1, 2, 3, 4) + demand("S1", "B", 1, 2, 3, 4)
    assert "returns-disposal-differs" in said(seen(Demand=asked, Returns=rows))


def test_a_substitute_holds_for_its_channel_and_never_for_itself() -> None:
    web = {"Location": "S2", "Tier": "store", "Channel": "web"}
    shops = [
        {"Location": "SUP", "Tier": "supplier"},
        {"Location": "DC", "Tier": "CDC"},
        {"Location": "S1", "Tier": "store", "Channel": "shop"},
        web,
    ]
    net = built(
        Locations=shops,
        Substitutes=[
            {"Product": "*", "Substitute": "*", "Cost": 1, "Rank": 2},
            {"Product": "*", "Substitute": "A", "Channel": "web", "Ratio": 2},
        ],
    )
    ways = net.substitutes
    assert ways is not None
    found = {
        (int(net.demand.place[stream]), int(other)): (ratio, cost, rank)
        for stream, other, ratio, cost, rank in zip(
            ways.stream, ways.place, ways.ratio, ways.cost, ways.rank, strict=True
        )
    }
    assert found == {
        (place(net, "S1", "A"), place(net, "S1", "B")): (1.0, 1.0, 2),
        (place(net, "S2", "B"), place(net, "S2", "A")): (2.0, 1.0, 2),
    }


def test_demand_without_a_way_of_its_own_may_be_met_by_a_substitute() -> None:
    asked = demand("S1", "A", *(1.0 for _ in WEEKS))
    lanes = [{"From": "SUP", "To": "DC", "Lead Time": 7, "Product": "A"}]
    stock = [{"Location": "S1", "Product": "B", "Quantity": 9}]
    alone = said(seen(Demand=asked, Lanes=lanes, OpeningStock=stock))
    helped = said(
        seen(
            Demand=asked,
            Lanes=lanes,
            OpeningStock=stock,
            Substitutes=[{"Product": "A", "Substitute": "B"}],
        )
    )
    assert "no-route" in alone and "no-route" not in helped
