"""Loading the sample practice."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from home.models import HomePage
from home.pages import make_pages
from scheduling.models import Therapist
from scheduling.services.rebuild_openings import rebuild_openings

from .calendars import load_calendars
from .glossary import load_glossary
from .log_ins import load_log_ins
from .pages import load_pages
from .people import load_therapists
from .places import load_places
from .practice import load_practice
from .questions import load_questions
from .services import load_services
from .traits import load_traits


@transaction.atomic
def load_sample_practice(*, now: dt.datetime) -> None:
    """Write the sample practice, whole or not at all; what is there already stays as it is.

    Openings are built for therapists without a calendar. Those with one get theirs when it was
    read for the first time: before that nothing may be promised.
    """
    load_practice()
    load_places()
    load_services()
    load_traits()
    load_therapists(today=timezone.localdate(now))
    load_calendars()
    make_pages()
    home = HomePage.objects.get()
    load_questions(home)
    load_pages(home)
    load_glossary()
    load_log_ins()
    for therapist in Therapist.objects.filter(is_sample=True, feeds=None, openings=None):
        rebuild_openings(therapist.pk, now=now)
