"""Inputs side by side: what differs between two, and several made into one."""
