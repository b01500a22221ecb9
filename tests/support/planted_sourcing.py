"""Rules of sourcing that a right plan of another input breaks: DC and S1 both send to S2."""

from planted_flows import Book


def _two_sources(given: Book) -> None:
    """The lane between the stores counts as a source."""
    given["Lanes"][3]["Kind"] = "replenish"


def forbidden_source(given: Book, plan: Book) -> None:
    given["Sourcing"] = [{"To": "S1", "From": "Tier=RDC", "Rule": "forbid"}]


def source_in_another_region(given: Book, plan: Book) -> None:
    given["Sourcing"] = [{"To": "Region!=same", "From": "SUP", "Rule": "forbid"}]


def two_sources_where_one_is_allowed(given: Book, plan: Book) -> None:
    _two_sources(given)
    given["Sourcing"] = [{"To": "S2", "Rule": "single"}]


def wrong_share_of_a_source(given: Book, plan: Book) -> None:
    _two_sources(given)
    given["Sourcing"] = [{"To": "S2", "From": "DC", "Rule": "ratio", "Value": 0.9}]


def second_source_before_the_first(given: Book, plan: Book) -> None:
    _two_sources(given)
    given["Sourcing"] = [
        {"To": "S2", "From": "S1", "Rule": "priority", "Value": 1},
        {"To": "S2", "From": "DC", "Rule": "priority", "Value": 2},
    ]


SOURCING_FAULTS = {
    forbidden_source: "sourcing",
    source_in_another_region: "sourcing",
    two_sources_where_one_is_allowed: "sourcing",
    wrong_share_of_a_source: "sourcing",
    second_source_before_the_first: "sourcing",
}
