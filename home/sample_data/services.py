"""What the sample practice offers, what it costs, and how people start.

The fees are those of the first practice. How long sessions are is not known, so the minutes are
made up, like the policy. A consultation is by telephone: it counts as online, since what decides
is where the client is at that time, and no room is needed (docs/decisions/0006-sample-practice.md).
"""

from typing import NamedTuple

from scheduling.models import Policy, Service, StartingStep

from .records import ensure


class SampleService(NamedTuple):
    """A service as the fees page lists it."""

    slug: str
    name: str
    description: str
    minutes: int
    price: int
    price_unit: str = "a session"
    in_person: bool = True
    online: bool = True
    by_phone: bool = False
    bookable_by: int = Service.Audience.EVERYONE
    buffer_minutes: int = 10
    in_series: bool = True


SERVICES = (
    SampleService(
        "consultation",
        "Consultation by phone",
        "A first short talk, if you would like one before you decide.",
        minutes=15,
        price=45,
        price_unit="a call",
        in_person=False,
        by_phone=True,
        buffer_minutes=5,
        in_series=False,
    ),
    SampleService(
        "individual",
        "Individual therapy",
        "You and your therapist, usually every week or every two weeks.",
        minutes=50,
        price=150,
    ),
    SampleService(
        "couples",
        "Couples therapy",
        "You, your partner and your therapist together.",
        minutes=50,
        price=150,
    ),
    SampleService(
        "letters",
        "Letters and correspondence",
        "Written work that you ask your therapist for, arranged with them.",
        minutes=60,
        price=150,
        price_unit="an hour",
        in_person=False,
        bookable_by=Service.Audience.STAFF,
        buffer_minutes=0,
        in_series=False,
    ),
)

STEPS = {
    StartingStep.Way.SELF_PAY: (
        ("Choose a time", "Look at who is free, at an office or online, and pick what suits you."),
        ("Tell us who you are", "Your name, e-mail and phone are enough. No account is needed."),
        ("Read your confirmation", "It comes by mail, with the papers to fill in beforehand."),
    ),
    StartingStep.Way.INSURANCE: (
        ("Tell us your plan", "Call or write, and say which therapist you would like to see."),
        ("Hear what it will cost", "We check your plan and answer with the cost and free times."),
        ("Confirm one of the times", "Then the papers to fill in beforehand come by mail."),
    ),
}

POLICY = (
    "Sample policy. You can cancel or move a session up to 24 hours before it begins. "
    "This text is made up and stands for the practice's own."
)


def load_services() -> None:
    """Write services, the ways to start and, where there is none, a policy."""
    for position, sample in enumerate(SERVICES, start=1):
        ensure(Service, sample._asdict() | {"position": position}, slug=sample.slug)
    if not StartingStep.objects.exists():
        for way, steps in STEPS.items():
            for position, (title, text) in enumerate(steps, start=1):
                StartingStep.objects.create(
                    way=way, title=title, text=text, position=position, is_sample=True
                )
    if not Policy.objects.exists():
        Policy.objects.create(version=1, text=POLICY, notice_hours=24, is_sample=True)
