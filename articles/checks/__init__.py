"""What is looked at before an entry is published, in words for its editor.

`reading` takes the text out of rendered HTML, the rules in `sources`, `wording` and `facts` find
what to look at, `catalogue` names each kind of finding: these are pure. `entry` asks the records.
"""

from .catalogue import CHECKS, Check, Finding, Level, by_check

__all__ = ["CHECKS", "Check", "Finding", "Level", "by_check"]
