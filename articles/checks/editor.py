"""The checks in the editor: its preview lists what they find, and its side panel names it.

The side panel runs axe-core over the preview. Each kind of finding is a rule of its own there: the
elements that report a finding break it, by lacking what only pictures have.
"""

from wagtail.admin.userbar import ContentCheckerItem

from .catalogue import CHECKS

_ALWAYS_FAILS = "has-alt"


class EntryChecker(ContentCheckerItem):
    """Wagtail's checks of a page, and ours of an entry."""

    axe_run_only = [*ContentCheckerItem.axe_run_only, *CHECKS]
    axe_custom_rules = [
        *ContentCheckerItem.axe_custom_rules,
        *(
            {
                "id": code,
                "impact": "serious",
                "selector": f'[data-finding="{code}"]',
                "any": [_ALWAYS_FAILS],
                "enabled": True,
            }
            for code in CHECKS
        ),
    ]
    axe_messages = {
        **ContentCheckerItem.axe_messages,
        **{
            code: {"error_name": check.title, "help_text": check.advice}
            for code, check in CHECKS.items()
        },
    }
