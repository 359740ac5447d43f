"""A glossary for tests, and texts of articles that no web site has."""

from wagtail.models import Page

from articles.models import GlossaryIndexPage

ARTICLE = """Grounding techniques

Grounding brings attention back to the present. It helps when a memory feels nearer than the room.

What is grounding?

It is a set of small exercises (Sample, 2020).

Exercises

- Senses: Name five things that you can see.
- Breath: Breathe out for longer than in.

Takeaways

- It works better with practice.
- Nobody has to notice.

References

1. Sample, A. B. (2020). Coming back to the room. Journal of Examples, 3(2), 10–12. https://doi.org/10.1234/example.1
"""

FURNITURE = """Book Now!

At Sample Therapy, we provide a warm space and evidence-based care to help you on your journey.

{article}
Our offices are located in Riverside and Old Mill, and we also welcome clients for online therapy.

Schedule a session today!
"""


def make_glossary():
    """Write an empty glossary below the site's root page."""
    return Page.objects.get(depth=2).add_child(
        instance=GlossaryIndexPage(title="Glossary", slug="glossary")
    )
