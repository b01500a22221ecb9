"""Whole lots: least orders, multiples and quotas.

Sizes in the shapes are those of :mod:`tierstock.inputs.network`.
"""

from dataclasses import dataclass

import numpy as np

from tierstock.inputs.network.arrays import Flags, Floats

SLACK = 1e-9
"""Share by which a quantity may miss a whole number of lots and still counts as whole."""


@dataclass(frozen=True)
class Lots:
    """What orders and shipments are counted in."""

    moq: Floats
    """[S, T] an order is 0 or at least this, units; 0 where nothing is asked."""
    order: Floats
    """[S, T] orders come in whole multiples of this, units; 0 = any quantity."""
    shipment: Floats
    """[K, T] shipments come in whole multiples of this, units; 0 = any quantity."""
    share_min: Floats
    """[S, T] least share of all that enters the network of the product; 0 where none."""
    share_max: Floats
    """[S, T] largest share of it; 1 where none is stated."""

    def least_order(self) -> Floats:
        """[S, T] the least order in whole lots, units; 0 where any quantity will do."""
        lots = np.ceil(self.moq / np.where(self.order > 0, self.order, 1.0) - SLACK)
        return np.where(self.order > 0, np.maximum(lots, 0.0) * self.order, self.moq)

    def needs_switch(self) -> Flags:
        """[S, T] a least order that neither 0 nor one lot can stand for."""
        return np.asarray(self.least_order() > self.order * (1 + SLACK))
