"""The page of a plan: ``Plan`` has it."""

from os import PathLike
from pathlib import Path

import pandas as pd

from tierstock.files import writing
from tierstock.inputs.schema import LANGUAGES
from tierstock.inputs.writing.scratch import scratch
from tierstock.insight import Insight
from tierstock.outputs import RunFacts
from tierstock.outputs.alerts import slow_movers
from tierstock.outputs.audit import AuditResult
from tierstock.outputs.page import write_page
from tierstock.outputs.workbook import Draft


class Paged(Insight):
    """What a plan needs to show itself as a page."""

    audit: AuditResult | None

    def facts(self, input_hash: str = "") -> RunFacts:
        """Return the facts of the run; the plan knows them."""
        raise NotImplementedError

    def acted(self, language: str) -> dict[str, pd.DataFrame]:
        """Return the sheet Actions, and Shipments with its savings; the plan knows them."""
        raise NotImplementedError

    def _drafted(self, folder: Path, language: str) -> tuple[Draft, AuditResult, int]:
        """Write the workbook into a folder and audit it there; the plan does."""
        raise NotImplementedError

    def page(self, path: str | PathLike[str], *, language: str | None = None) -> None:
        """Write the page of the plan: one HTML file that shows it offline, in both languages.

        A plan that was not audited yet is audited first, as ``save`` does it; only a plan that
        passed gets a page.

        Args:
            path: file to write, ``.html``; an existing one is replaced only by a complete page.
            language: ``en`` or ``zh``, in which it opens; the settings' report language where
                not given.

        Raises:
            AuditError: a check failed; nothing was written.
            OSError: the file cannot be written; an existing one is untouched.
            ValueError: there is no plan, or the network was not read from anything.
        """
        target = Path(path)
        words = language or self.network.settings.report_language
        if self.audit is None or not self.audit.passed:
            with scratch(target) as folder:
                self._drafted(folder, words)
        with writing(target):
            write_page(target, self.network, self._spoken(), self.facts(), words)

    def _spoken(self) -> dict[str, dict[str, pd.DataFrame]]:
        """Return the sheets of the page by language; only sentences differ."""
        slow = slow_movers(self._scene)
        return {
            one: {
                **self.tables,
                **self.acted(one),
                "Alerts": self.find_alerts(language=one),
                "SlowMovers": slow,
            }
            for one in LANGUAGES
        }
