"""The therapists of the sample practice. Nobody of them exists."""

import datetime as dt
from typing import NamedTuple

from locations.models import Jurisdiction, Office
from scheduling.models import (
    Approach,
    ClientGroup,
    Identity,
    Insurer,
    Language,
    Licence,
    Service,
    Therapist,
    Topic,
    WorkingHours,
)

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)
ONLINE_ONLY = ""


class Hours(NamedTuple):
    """Hours that repeat on some weekdays; `office` is a slug, empty for online sessions only."""

    weekdays: tuple[int, ...]
    starts: int
    ends: int
    office: str
    online: bool = True


class SampleTherapist(NamedTuple):
    """A therapist; `licences` says for how many days from the day of loading each still holds."""

    name: str
    pronouns: str
    credentials: str
    introduction: str
    topics: tuple[str, ...]
    approaches: tuple[str, ...]
    services: tuple[str, ...]
    licences: dict[str, int]
    hours: tuple[Hours, ...]
    languages: tuple[str, ...] = ("english",)
    client_groups: tuple[str, ...] = ("adults", "individuals")
    insurers: tuple[str, ...] = ()
    identities: tuple[str, ...] = ()
    about_identity: str = ""
    accepts_clients: bool = True
    time_zone: str = "America/Chicago"

    @property
    def slug(self) -> str:
        """The last part of the profile's address, and of the sample calendar's."""
        return self.name.lower().replace(" ", "-")


ALONE = ("consultation", "individual", "letters")
WITH_COUPLES = ("consultation", "individual", "couples", "letters")

THERAPISTS = (
    SampleTherapist(
        name="Ada Sample",
        pronouns="she/her",
        credentials="LCSW",
        introduction="I like to begin slowly: what is it like to be you this week? From there we "
        "look for the small things that can change first.",
        topics=("anxiety", "depression", "adhd"),
        approaches=("cognitive-behavioral", "acceptance-and-commitment"),
        services=ALONE,
        languages=("english", "spanish"),
        client_groups=("adults", "older-adults", "individuals"),
        insurers=("sample-health-plan", "sample-insurance"),
        identities=("latine", "immigrant-family"),
        about_identity="I grew up translating for my grandparents, and I still think in two "
        "languages.",
        licences={"IL": 700},
        hours=(
            Hours((MONDAY, TUESDAY, THURSDAY), 9, 15, "south-loop"),
            Hours((WEDNESDAY,), 12, 19, ONLINE_ONLY),
        ),
    ),
    SampleTherapist(
        name="Ben Sample",
        pronouns="he/him",
        credentials="PhD",
        introduction="Evenings are when many people have room to think, so that is when I work. "
        "Nothing you say here has to be tidy.",
        topics=("trauma", "anxiety", "lgbtqia"),
        approaches=("psychodynamic", "person-centered"),
        services=ALONE,
        insurers=("sample-insurance",),
        identities=("lgbtqia",),
        licences={"IL": 500, "DC": 420},
        hours=(
            Hours((MONDAY, WEDNESDAY), 14, 20, ONLINE_ONLY),
            Hours((TUESDAY, FRIDAY), 12, 19, "lakeview"),
        ),
    ),
    SampleTherapist(
        name="Cleo Sample",
        pronouns="she/they",
        credentials="LPC",
        introduction="I work in the room only, with time for silence, and sometimes with paper "
        "and pencils.",
        topics=("autism", "adhd", "anxiety"),
        approaches=("person-centered", "dialectical-behavior"),
        services=("individual", "letters"),
        languages=("english", "american-sign-language"),
        client_groups=("teenagers", "adults", "individuals"),
        insurers=("sample-health-plan",),
        identities=("neurodivergent",),
        about_identity="I was told late that I am autistic. It explained a great deal.",
        licences={"IL": 365},
        hours=(Hours((MONDAY, WEDNESDAY, THURSDAY), 10, 17, "lakeview", online=False),),
    ),
    SampleTherapist(
        name="Dara Sample",
        pronouns="they/them",
        credentials="LICSW",
        introduction="I see people in Washington by video. We set a pace together, and you can "
        "change it at any time.",
        topics=("lgbtqia", "depression", "race-and-ethnicity"),
        approaches=("acceptance-and-commitment", "person-centered"),
        services=ALONE,
        insurers=("sample-mutual",),
        identities=("black", "lgbtqia"),
        licences={"DC": 600},
        hours=(Hours((MONDAY, TUESDAY, WEDNESDAY, THURSDAY), 10, 18, ONLINE_ONLY),),
        time_zone="America/New_York",
    ),
    SampleTherapist(
        name="Eli Sample",
        pronouns="he/they",
        credentials="LMFT",
        introduction="Most of my clients come as two. I listen for what each of you hopes the "
        "other will hear.",
        topics=("relationships", "anxiety"),
        approaches=("gottman", "cognitive-behavioral"),
        services=WITH_COUPLES,
        client_groups=("adults", "individuals", "couples"),
        identities=("parent",),
        licences={"IL": 640, "DC": 640},
        hours=(
            Hours((TUESDAY, WEDNESDAY, THURSDAY), 12, 20, "south-loop"),
            Hours((SATURDAY,), 9, 14, "south-loop"),
        ),
    ),
    SampleTherapist(
        name="Fern Sample",
        pronouns="she/her",
        credentials="LCPC",
        introduction="I have sat with many people after something bad happened. We go only as "
        "near to it as you want.",
        topics=("trauma", "depression", "race-and-ethnicity"),
        approaches=("dialectical-behavior", "psychodynamic"),
        services=ALONE,
        client_groups=("adults", "older-adults", "individuals"),
        insurers=("sample-health-plan", "sample-mutual"),
        identities=("black",),
        licences={"IL": 20},
        hours=(Hours((MONDAY, TUESDAY, FRIDAY), 10, 16, "south-loop"),),
    ),
    SampleTherapist(
        name="Gus Sample",
        pronouns="he/him",
        credentials="PsyD",
        introduction="Plain words, one thing at a time, and a plan that you can keep in your "
        "pocket.",
        topics=("anxiety", "depression"),
        approaches=("cognitive-behavioral",),
        services=ALONE,
        languages=("english", "polish"),
        client_groups=("teenagers", "adults", "individuals"),
        licences={"IL": 450},
        hours=(Hours((MONDAY, THURSDAY), 11, 18, "lakeview"),),
        accepts_clients=False,
    ),
    SampleTherapist(
        name="Hana Sample",
        pronouns="she/her",
        credentials="LCSW",
        introduction="I work with people who live between families, languages or cities, and "
        "with couples who do.",
        topics=("race-and-ethnicity", "relationships", "trauma", "autism"),
        approaches=("acceptance-and-commitment", "gottman", "psychodynamic"),
        services=WITH_COUPLES,
        languages=("english", "mandarin"),
        client_groups=("adults", "individuals", "couples"),
        insurers=("sample-insurance", "sample-mutual"),
        identities=("asian-american", "immigrant-family", "parent"),
        licences={"IL": 300, "DC": 380},
        hours=(
            Hours((TUESDAY,), 10, 18, "lakeview"),
            Hours((FRIDAY,), 9, 17, "south-loop"),
            Hours((SUNDAY,), 12, 17, ONLINE_ONLY),
        ),
    ),
)


def load_therapists(today: dt.date) -> None:
    """Write those sample therapists that are missing, with licences counted from `today`."""
    for position, sample in enumerate(THERAPISTS, start=1):
        if not Therapist.objects.filter(slug=sample.slug).exists():
            _load_therapist(sample, position, today)


def _load_therapist(sample: SampleTherapist, position: int, today: dt.date) -> None:
    therapist = Therapist(
        slug=sample.slug,
        name=sample.name,
        pronouns=sample.pronouns,
        credentials=sample.credentials,
        introduction=sample.introduction,
        about_identity=sample.about_identity,
        email=f"{sample.slug}@example.org",
        time_zone=sample.time_zone,
        accepts_clients=sample.accepts_clients,
        position=position,
        is_sample=True,
    )
    therapist.topics.set(Topic.objects.filter(slug__in=sample.topics))
    therapist.approaches.set(Approach.objects.filter(slug__in=sample.approaches))
    therapist.services.set(Service.objects.filter(slug__in=sample.services))
    therapist.languages.set(Language.objects.filter(slug__in=sample.languages))
    therapist.client_groups.set(ClientGroup.objects.filter(slug__in=sample.client_groups))
    therapist.insurers.set(Insurer.objects.filter(slug__in=sample.insurers))
    therapist.identities.set(Identity.objects.filter(slug__in=sample.identities))
    therapist.save()
    _load_licences(therapist, sample, today)
    _load_hours(therapist, sample)


def _load_licences(therapist: Therapist, sample: SampleTherapist, today: dt.date) -> None:
    for code, days in sample.licences.items():
        jurisdiction = Jurisdiction.objects.get(code=code)
        Licence.objects.create(
            therapist=therapist,
            jurisdiction=jurisdiction,
            authority=f"Sample licensing office, {jurisdiction.name}",
            number=f"SAMPLE-{code}-{therapist.position:03}",
            valid_from=today - dt.timedelta(days=365),
            valid_until=today + dt.timedelta(days=days),
        )


def _load_hours(therapist: Therapist, sample: SampleTherapist) -> None:
    for hours in sample.hours:
        office = Office.objects.get(slug=hours.office) if hours.office else None
        for weekday in hours.weekdays:
            WorkingHours.objects.create(
                therapist=therapist,
                weekday=weekday,
                starts=dt.time(hours.starts),
                ends=dt.time(hours.ends),
                office=office,
                online=hours.online,
            )
