"""Inputs written again in another form: what ``tierstock convert`` turns into what."""
