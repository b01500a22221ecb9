"""The bound of a large model from its products: each on its own, shared capacities as prices."""
