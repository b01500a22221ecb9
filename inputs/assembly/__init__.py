"""Typed tables in, the arrays of a ``Network`` out."""
