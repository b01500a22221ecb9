"""model/constraints."""
