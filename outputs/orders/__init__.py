"""Orders of a plan as files: per location, supplier and carrier, and all in one workbook."""

from tierstock.outputs.orders.files import BOOK, NotOurs, write_orders
from tierstock.outputs.orders.lines import SHEETS, order_lines

__all__ = ["BOOK", "NotOurs", "SHEETS", "order_lines", "write_orders"]
