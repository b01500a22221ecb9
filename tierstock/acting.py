"""What to do first with a plan: ``Plan`` has it."""

from collections.abc import Mapping
from functools import cached_property
from os import PathLike

import pandas as pd

from tierstock.inputs import Network
from tierstock.ordering import ordered, save_orders
from tierstock.outputs.actions import (
    Moves,
    Saved,
    actions,
    extra_of,
    moves_of,
    with_saving,
)
from tierstock.outputs.alerts import Scene
from tierstock.outputs.expand import Flows, expand
from tierstock.outputs.simulate import Extra
from tierstock.saved import savings


class Acting:
    """The list of actions, found when somebody asks for it."""

    network: Network
    _decisions: Mapping[str, pd.DataFrame]

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """The result tables of the plan."""
        raise NotImplementedError

    @property
    def actions(self) -> pd.DataFrame:
        """What to do first, most worthwhile first: move, date, quantity, saving and reason."""
        return self.find_actions()

    def find_actions(self, language: str = "") -> pd.DataFrame:
        """Return the sheet ``Actions``; see ``tierstock.outputs.actions.actions``.

        Args:
            language: of the reasons; the settings' report language where not given.

        Raises:
            ValueError: there is no plan.
        """
        words = language or self.network.settings.report_language
        if words not in self._told:
            scene = Scene(self.network, self.tables)
            self._told[words] = actions(scene, self._flows, self.moves, self.saved, words)
        return self._told[words]

    @cached_property
    def moves(self) -> Moves:
        """The moves that are due first, as arrays."""
        return moves_of(self._flows)

    @cached_property
    def saved(self) -> Saved:
        """What they save."""
        return savings(self, self._flows, self.moves)  # type: ignore[arg-type]

    def orders(
        self, folder: str | PathLike[str], *, until: object = None, language: str = ""
    ) -> pd.DataFrame:
        """Write the orders of the plan: one workbook, and a CSV per location, supplier, carrier.

        Args:
            folder: where to write; a folder of orders that is there is replaced only by a
                complete new one, anything else is left alone.
            until: last day on which an order may have to be placed; the whole plan where not
                given.
            language: ``en`` or ``zh``; the settings' report language where not given.

        Returns:
            The order lines.

        Raises:
            ValueError: the folder holds something else, or there is no plan.
            OSError: it cannot be written; an old one is untouched.
        """
        lines = ordered(self.network, self.tables, until)
        save_orders(lines, folder, language or self.network.settings.report_language)
        return lines

    def acted(self, language: str) -> dict[str, pd.DataFrame]:
        """Return the sheet Actions, where it has rows, and Shipments with its savings."""
        found = self.find_actions(language)
        told = {"Shipments": with_saving(self.tables["Shipments"], found)}
        return {**told, "Actions": found} if len(found) else told

    def done(self, count: int) -> Extra:
        """Return what so many of the first actions send, buy and make.

        Args:
            count: rows of ``actions``, from the top; what is cancelled, cleared or opened is left
                out.
        """
        return extra_of(self._flows, self.moves, self.actions.head(count))

    @cached_property
    def _told(self) -> dict[str, pd.DataFrame]:
        return {}

    @cached_property
    def _flows(self) -> Flows:
        return expand(self.network, self._decisions)
