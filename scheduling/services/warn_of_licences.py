"""Having people told that a licence ends soon."""

import datetime as dt

from django.db import transaction
from django_q.tasks import async_task

from cms.core.zones import practice_day
from scheduling.models import Licence, LicenceWarning
from scheduling.selectors.licences import due_warning, ending_licences

SEND = "scheduling.tasks.send_licence_mail"


def warn_of_licences(*, now: dt.datetime) -> int:
    """Enqueue the warnings that are due on the practice's day at `now`; return how many.

    What could not be sent is due again at the next call, so that nothing is lost with a worker or
    a mail server. Calling it twice has nobody told twice: the mail itself is claimed.
    """
    today = practice_day(now)
    return sum(_warn(licence, today) for licence in ending_licences(today=today))


@transaction.atomic
def _warn(licence: Licence, today: dt.date) -> bool:
    """Write the warning that is due, with the task that sends it; return whether one is."""
    licences = Licence.objects.select_for_update(no_key=True)
    if not licences.filter(pk=licence.pk, valid_until=licence.valid_until).exists():
        return False
    days = due_warning(licence, today=today)
    if days is None:
        return False
    warning, _ = LicenceWarning.objects.get_or_create(
        licence=licence, valid_until=licence.valid_until, days=days
    )
    async_task(SEND, warning.pk)
    return True
