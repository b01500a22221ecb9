"""inputs/templates."""
