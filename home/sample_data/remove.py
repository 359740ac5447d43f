"""Removing the sample practice, and nothing else."""

from collections import Counter
from typing import NamedTuple

from django.contrib.admin.utils import NestedObjects
from django.db import DEFAULT_DB_ALIAS, models, transaction

from home.models import Question, SamplePage
from locations.models import (
    Jurisdiction,
    Neighborhood,
    Office,
    OfficeHours,
    Place,
    Room,
    ServiceArea,
)
from scheduling.models import (
    Approach,
    Booking,
    BookingChange,
    BookingMail,
    BusyTime,
    CalendarFeed,
    Claim,
    ClaimedCell,
    ClientGroup,
    Collision,
    FeedMemory,
    Hold,
    HoursException,
    Identity,
    Insurer,
    Language,
    Licence,
    LicenceWarning,
    MonthOfOpenings,
    Opening,
    OpenStarts,
    OpenTime,
    OutgoingFeed,
    Policy,
    Resource,
    Series,
    Service,
    StartingStep,
    Therapist,
    TimeOff,
    Topic,
    TravelTime,
    WorkingHours,
)

from .log_ins import remove_log_ins
from .practice import clear_practice

DERIVED = {Opening, OpenStarts, MonthOfOpenings, Resource, Claim, ClaimedCell}

# In an order in which nothing is removed before what points at it, and for each kind of record
# what is a part of it and goes with it. Anything else that would go is somebody's own.
KINDS: dict[type[models.Model], set[type[models.Model]]] = {
    Booking: DERIVED | {BookingChange, BookingMail, Collision},
    Therapist: DERIVED
    | {
        CalendarFeed,
        BusyTime,
        Collision,
        OpenTime,
        OutgoingFeed,
        FeedMemory,
        HoursException,
        Licence,
        LicenceWarning,
        TimeOff,
        WorkingHours,
        Therapist.topics.through,
        Therapist.approaches.through,
        Therapist.services.through,
        Therapist.languages.through,
        Therapist.client_groups.through,
        Therapist.insurers.through,
        Therapist.identities.through,
    },
    Series: set(),
    Policy: set(),
    Service: {Opening, OpenStarts, MonthOfOpenings},
    Topic: set(),
    Approach: set(),
    Language: set(),
    ClientGroup: set(),
    Insurer: set(),
    Identity: set(),
    Office: DERIVED | {Place, Room, OfficeHours, TravelTime},
    ServiceArea: {Place, Opening, OpenStarts, MonthOfOpenings},
    Jurisdiction: set(),
    Neighborhood: set(),
    StartingStep: set(),
    Question: set(),
}


class Kind(NamedTuple):
    """What one record, and what several of a kind are called."""

    one: str
    several: str


class Removed(NamedTuple):
    """How many records of each kind went, and what was kept because of what."""

    counts: Counter[Kind]
    kept: list[str]

    @property
    def in_words(self) -> list[str]:
        """The counts as "8 therapists", in alphabetical order."""
        return sorted(_counted(self.counts), key=lambda line: line.split()[1])


@transaction.atomic
def remove_sample_practice() -> Removed:
    """Remove every sample record that no record of the practice's own uses.

    What is kept still carries its mark, and so does the practice: the pages go on saying that
    there are samples, until a later removal finds nothing in use.
    """
    removed = Removed(Counter(), [])
    _remove_pages(removed)
    removed.counts[Kind("log-in", "log-ins")] = remove_log_ins()
    Hold.objects.filter(therapist__is_sample=True).delete()
    for model, parts in KINDS.items():
        for record in model._default_manager.filter(is_sample=True):
            _remove(record, parts, removed)
    if not removed.kept:
        clear_practice()
    return removed


def _remove(record: models.Model, parts: set[type[models.Model]], removed: Removed) -> None:
    kind = _kind(record)
    if users := _users_of(record, parts):
        used_by = ", ".join(_counted(Counter(map(_kind, users))))
        removed.kept.append(f"{kind.one} “{record}”, used by {used_by}")
        return
    record.delete()
    removed.counts[kind] += 1


def _users_of(record: models.Model, parts: set[type[models.Model]]) -> list[models.Model]:
    """Return what refuses the removal of `record`, or would vanish with it without being a part."""
    collector = NestedObjects(using=DEFAULT_DB_ALIAS)
    collector.collect([record])
    going = [
        each
        for model, instances in collector.data.items()
        if model not in parts and model is not type(record)
        for each in instances
    ]
    return [*collector.protected, *going]


def _kind(record: models.Model) -> Kind:
    """Return what `record` is; a row that only joins two records is named after the first."""
    owner = record._meta.auto_created
    meta = owner._meta if isinstance(owner, type) else record._meta
    return Kind(str(meta.verbose_name), str(meta.verbose_name_plural))


def _counted(counts: Counter[Kind]) -> list[str]:
    """Say how many records of which kinds there are; never what they say about clients."""
    return [
        f"{count} {kind.one if count == 1 else kind.several}"
        for kind, count in counts.items()
        if count
    ]


def _remove_pages(removed: Removed) -> None:
    """Remove sample pages, save those that an editor has changed or put pages under."""
    samples = SamplePage.objects.order_by("-page__depth").select_related("page")
    for page in [sample.page for sample in samples]:
        page.refresh_from_db()
        if page.revisions.exists() or not page.is_leaf():
            removed.kept.append(f"page “{page.title}”, which an editor has worked on")
            continue
        page.delete()
        removed.counts[Kind("page", "pages")] += 1
