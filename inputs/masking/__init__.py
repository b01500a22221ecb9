"""An input made fit to be shown: other names, other amounts, the same plan."""
