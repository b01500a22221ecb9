"""Products that may stand in for others (F30)."""

from dataclasses import dataclass

from tierstock.inputs.network.arrays import Floats, Ints


@dataclass(frozen=True)
class Substitutes:
    """Ways to meet a demand with another product: W of them, by stream and rank."""

    stream: Ints
    """[W] demand stream that is met."""
    place: Ints
    """[W] place whose stock is used: the location of the stream, the Substitute."""
    ratio: Floats
    """[W] units of the substitute per unit wanted."""
    cost: Floats
    """[W] money per unit wanted that is met so."""
    rank: Ints
    """[W] order of preference, 1 first."""

    def __len__(self) -> int:
        return len(self.stream)
