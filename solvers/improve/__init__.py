"""Better plans from a plan: one place after another, with everything elsewhere held still."""
