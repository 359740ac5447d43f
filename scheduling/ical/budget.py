"""A limit to what reading may cost, counted in steps instead of seconds: the same each time."""

__all__ = ["Budget", "BudgetSpentError"]


class BudgetSpentError(Exception):
    """A rule asked for more steps than reading a calendar may cost."""


class Budget:
    """Steps that may still be taken."""

    def __init__(self, steps: int) -> None:
        self.steps = steps

    def spend(self, steps: int = 1) -> None:
        """Take steps away; raise `BudgetSpentError` where there are not enough of them."""
        self.steps -= steps
        if self.steps < 0:
            raise BudgetSpentError
