"""Checks that need the whole network."""
