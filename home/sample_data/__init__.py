"""A made-up practice to look at and to try things on.

Nothing in it is a fact about anyone: people are called Sample, telephone numbers end in 555-01xx,
mail addresses are at example.org, and every record carries `is_sample`.
"""
