"""Edited records, and whose openings follow from them.

Services rebuild what they change themselves. Everything else that decides about openings is edited
by staff, in many places of the admin: here each of these records says, when it is saved or deleted,
which therapists it is about. A task for each of them is enqueued in the same transaction, so that
it neither runs for a change that was taken back nor gets lost with a process that dies.
"""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django.db import models, transaction
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from django_q.tasks import async_task

from locations.models import Jurisdiction, Office, Room, ServiceArea
from scheduling.models import (
    CalendarFeed,
    HoursException,
    Licence,
    SchedulingSettings,
    Service,
    Therapist,
    TimeOff,
    TravelTime,
    WorkingHours,
)
from scheduling.services import count_openings

REBUILD = "scheduling.tasks.rebuild_openings"
PLAN_REMINDERS = "scheduling.tasks.plan_all_reminders"

# What reading a calendar writes on its feed; the sync rebuilds by itself where times changed.
FEED_FIELDS_THAT_DECIDE = {"is_active", "role", "therapist", "therapist_id"}


def connect() -> None:
    """Connect the receivers; called once, when the app is ready."""
    for of_one in (WorkingHours, HoursException, TimeOff, Licence):
        _connect(of_one, lambda record: [record.therapist_id])
    _connect(CalendarFeed, lambda feed: [feed.therapist_id], only_with=FEED_FIELDS_THAT_DECIDE)
    post_save.connect(_therapist_saved, sender=Therapist)
    pre_delete.connect(_therapist_deleted, sender=Therapist)
    m2m_changed.connect(_services_changed, sender=Therapist.services.through)
    _connect(Service, lambda service: service.therapists.values_list("pk", flat=True))
    for of_all in (Office, ServiceArea, Room, Jurisdiction, TravelTime):
        _connect(of_all, lambda record: _everyone())
    post_save.connect(_settings_saved, sender=SchedulingSettings)


def _connect(
    model: type[models.Model],
    therapists: Callable[[Any], Iterable[int]],
    *,
    only_with: set[str] | None = None,
) -> None:
    """Ask for a rebuild of `therapists` of each record of `model` that is saved or deleted.

    A save that names its fields counts only if one of `only_with` is among them.
    """

    def changed(instance: models.Model, **kwargs: Any) -> None:
        fields = kwargs.get("update_fields")
        if fields is not None and only_with is not None and not only_with & set(fields):
            return
        request_rebuild(therapists(instance))

    for signal in (post_save, post_delete):
        signal.connect(changed, sender=model, weak=False, dispatch_uid=f"openings:{model.__name__}")


def _therapist_saved(instance: Therapist, **kwargs: Any) -> None:
    request_rebuild([instance.pk])


def _therapist_deleted(instance: Therapist, **kwargs: Any) -> None:
    # The counts of each therapist go by themselves; what was added up of them does not.
    count_openings.forget(instance.pk)


def _services_changed(
    instance: Therapist | Service, action: str, pk_set: set[int] | None, **kwargs: Any
) -> None:
    if not action.startswith("post_"):
        return
    if isinstance(instance, Therapist):
        request_rebuild([instance.pk])
    else:
        # Cleared from the service's side the therapists are no longer told.
        request_rebuild(_everyone() if pk_set is None else pk_set)


def _settings_saved(*, created: bool, **kwargs: Any) -> None:
    # The first row is written by whoever reads the rules first: nothing was ever built before it.
    if not created:
        request_rebuild(_everyone())
        async_task(PLAN_REMINDERS)


def _everyone() -> Iterable[int]:
    return Therapist.objects.values_list("pk", flat=True)


def request_rebuild(therapists: Iterable[int]) -> None:
    """Enqueue a rebuild for each of `therapists`, once however often the transaction asks."""
    connection = transaction.get_connection()
    requested = {
        function.args[0]
        for _, function, *_ in connection.run_on_commit
        if isinstance(function, partial) and function.func is _noted
    }
    for therapist_id in set(therapists) - requested:
        async_task(REBUILD, therapist_id)
        # What is registered for the commit goes with a savepoint that is rolled back, as the task.
        transaction.on_commit(partial(_noted, therapist_id))


def _noted(therapist_id: int) -> None:
    """Stand in the transaction's list of what was asked for; the task does the work."""
