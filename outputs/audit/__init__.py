"""outputs/audit."""
