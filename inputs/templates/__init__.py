"""The planner's template, built from the schema, and its committed copies."""
