"""Reads. Nothing here writes, and nothing here reads the clock."""
