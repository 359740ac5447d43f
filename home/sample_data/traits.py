"""What the sample therapists can be found by.

Topics and approaches are those of the first practice; the rest is made up.
"""

from scheduling.models import Approach, ClientGroup, Identity, Insurer, Language, Topic

from .records import ensure

TOPICS = {
    "adhd": "ADHD",
    "anxiety": "Anxiety",
    "autism": "Autism",
    "depression": "Depression",
    "lgbtqia": "LGBTQIA+ issues",
    "race-and-ethnicity": "Race-ethnicity issues",
    "relationships": "Relationship issues",
    "trauma": "Trauma",
}
APPROACHES = {
    "acceptance-and-commitment": "Acceptance and commitment therapy",
    "cognitive-behavioral": "Cognitive behavioral therapy",
    "dialectical-behavior": "Dialectical behavior therapy",
    "gottman": "Gottman method",
    "person-centered": "Person-centered therapy",
    "psychodynamic": "Psychodynamic therapy",
}


LANGUAGES = {
    "american-sign-language": "American Sign Language",
    "english": "English",
    "mandarin": "Mandarin",
    "polish": "Polish",
    "spanish": "Spanish",
}
CLIENT_GROUPS = {
    "teenagers": ("Teenagers (13 to 17)", ClientGroup.By.AGE),
    "adults": ("Adults", ClientGroup.By.AGE),
    "older-adults": ("Older adults (65 and up)", ClientGroup.By.AGE),
    "individuals": ("Individuals", ClientGroup.By.COMPANY),
    "couples": ("Couples", ClientGroup.By.COMPANY),
}
# Companies that don't exist, so that nobody takes them for a promise.
INSURERS = {
    "sample-health-plan": "Sample Health Plan",
    "sample-insurance": "Sample Insurance Company",
    "sample-mutual": "Sample Mutual",
}
IDENTITIES = {
    "asian-american": "Asian American",
    "black": "Black",
    "immigrant-family": "From an immigrant family",
    "latine": "Latina, Latino or Latine",
    "lgbtqia": "LGBTQIA+",
    "neurodivergent": "Neurodivergent",
    "parent": "A parent",
}


def load_traits() -> None:
    """Write topics, approaches, languages, groups of clients, insurers and identities."""
    for model, names in (
        (Topic, TOPICS),
        (Approach, APPROACHES),
        (Language, LANGUAGES),
        (Identity, IDENTITIES),
        (Insurer, INSURERS),
    ):
        for slug, name in names.items():
            ensure(model, {"name": name}, slug=slug)
    for position, (slug, (name, by)) in enumerate(CLIENT_GROUPS.items(), start=1):
        ensure(ClientGroup, {"name": name, "by": by, "position": position}, slug=slug)
