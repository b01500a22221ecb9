"""tierstock."""
