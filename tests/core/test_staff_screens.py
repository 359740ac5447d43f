"""Which group of staff may open which page of the admin: all pages of ours, page by page.

A page that is added and stands in none of the tables below makes a test fail.
"""

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from articles.models import GlossaryPage
from cms.core.audit import record_access
from cms.core.checks import is_ours
from cms.core.models import AccessRecord
from home.models import ContactMessage, Question
from home.staff_groups import DESK, EDITOR, OWNER, THERAPIST
from locations.models import Jurisdiction, Neighborhood, Office, ServiceArea
from scheduling.models import (
    Approach,
    Booking,
    CalendarFeed,
    ClientGroup,
    Collision,
    Identity,
    Insurer,
    Language,
    OutgoingFeed,
    Policy,
    Service,
    StartingStep,
    Therapist,
    Topic,
    TravelTime,
)
from scheduling.selectors.openings import Wanted
from scheduling.services.confirm_booking import ClientDetails, confirm_booking
from scheduling.services.hold_time import hold_time
from scheduling.services.renew_outgoing_feed import renew_outgoing_feed
from tests.articles.glossary import make_glossary
from tests.collisions import collide
from tests.practice import NOW, at, make_practice
from tests.staff import ROLES, make_staff

pytestmark = pytest.mark.django_db
DESK_UP = (DESK, OWNER)
TEXT = (EDITOR, DESK, OWNER)

# Kind of record: who may see, who may add and change, who may delete.
RECORDS = {
    Office: (ROLES, DESK_UP, (OWNER,)),
    ServiceArea: (ROLES, DESK_UP, (OWNER,)),
    Jurisdiction: (ROLES, DESK_UP, (OWNER,)),
    Neighborhood: (ROLES, DESK_UP, (OWNER,)),
    Question: (TEXT, TEXT, TEXT),
    Therapist: (ROLES, DESK_UP, (OWNER,)),
    CalendarFeed: ((THERAPIST, DESK, OWNER), DESK_UP, DESK_UP),
    OutgoingFeed: ((THERAPIST, DESK, OWNER),) * 3,
    Service: (ROLES, (OWNER,), (OWNER,)),
    Policy: (ROLES, (OWNER,), (OWNER,)),
    StartingStep: (TEXT, (EDITOR, OWNER), (EDITOR, OWNER)),
    Topic: (TEXT, DESK_UP, (OWNER,)),
    Approach: (TEXT, DESK_UP, (OWNER,)),
    Language: (TEXT, DESK_UP, (OWNER,)),
    ClientGroup: (TEXT, DESK_UP, (OWNER,)),
    Insurer: (TEXT, DESK_UP, (OWNER,)),
    Identity: (TEXT, DESK_UP, (OWNER,)),
    TravelTime: (DESK_UP, DESK_UP, DESK_UP),
    Booking: ((THERAPIST, DESK, OWNER), (), ()),
    Collision: ((THERAPIST, DESK, OWNER), (), ()),
    ContactMessage: (DESK_UP, (), ()),
    AccessRecord: ((OWNER,), (), ()),
}
SEE, CHANGE, DELETE = range(3)
VIEWS = {
    "index": SEE,
    "index_results": SEE,
    "inspect": SEE,
    "history": CHANGE,
    "history_results": CHANGE,
    "usage": CHANGE,
    "add": CHANGE,
    "edit": CHANGE,
    "delete": DELETE,
}
OTHERS = {
    "booking:find": (THERAPIST, DESK, OWNER),
    "booking:cancel": (THERAPIST, DESK, OWNER),
    "booking:move": (THERAPIST, DESK, OWNER),
    "booking:book": (THERAPIST, DESK, OWNER),
    "booking:answer": (THERAPIST, DESK, OWNER),
    "booking:outcome": (THERAPIST, DESK, OWNER),
    "booking:week": (THERAPIST, DESK, OWNER),
    "booking:why_not": (THERAPIST, DESK, OWNER),
    "reset_second_factor": (OWNER,),
    "therapist:hours": (THERAPIST, DESK, OWNER),
    "therapist:time_off": (THERAPIST, DESK, OWNER),
    "before_publishing": (EDITOR, OWNER),
}
# These act on POST alone; the tests of their screens say who may.
ONLY_POSTED = {
    "calendarfeed:free_days",
    "calendarfeed:sync",
    "calendarfeed:accept",
    "collision:keep",
    "contactmessage:answered",
    "outgoingfeed:renew",
}
# This needs a time in its address; tests/scheduling/viewsets/test_book.py says who may.
WITH_A_TIME = {"booking:book_details"}
WAGTAILS = {
    "wagtailadmin_home": ROLES,
    "wagtailadmin_explore_root": (EDITOR, OWNER),
    "wagtailimages:index": (EDITOR, OWNER),
    "wagtaildocs:index": (EDITOR, OWNER),
    "wagtailredirects:index": (EDITOR, OWNER),
    "wagtailusers_users:index": (OWNER,),
    "wagtailusers_groups:index": (OWNER,),
    "wagtailsites:index": (OWNER,),
}


def kind(model):
    return model._meta.model_name


@pytest.fixture
def records():
    """Return one record of each kind; what can be a therapist's own is."""
    practice = make_practice()
    lakeview = Office.objects.create(
        name="Lakeview", slug="lakeview", jurisdiction=practice.office.jurisdiction
    )
    TravelTime.objects.create(origin=practice.office, destination=lakeview, minutes=40)
    for model in (Topic, Approach, Language, ClientGroup, Insurer, Identity):
        model.objects.create(name="Sample", slug="sample")
    Neighborhood.objects.create(name="Sample")
    ContactMessage.objects.create(about="other", name="x", way="phone", text="x")
    Question.objects.create(text="Sample?", anchor="sample", answer="Sample")
    StartingStep.objects.create(way=StartingStep.Way.SELF_PAY, title="Sample")
    wanted = Wanted(practice.therapist, practice.service, practice.office, at(9))
    client = ClientDetails("Casey Sample", "casey@example.org", "", "America/Chicago")
    token = hold_time(wanted, now=NOW).token
    booking = confirm_booking(token, client, idempotency_key="k", now=NOW).booking
    feed = CalendarFeed.objects.create(therapist=practice.therapist, name="Google", address="x")
    collide(booking, feed)
    renew_outgoing_feed(OutgoingFeed(therapist=practice.therapist), now=NOW)
    record_access(booking, user=make_staff(OWNER, name="boss"), details="name", now=NOW)
    entry = make_glossary().add_child(instance=GlossaryPage(title="Sample"))
    return {kind(model): model.objects.first() for model in RECORDS} | {"before_publishing": entry}


def our_pages(resolver=None, namespace="", prefix="") -> Iterator[tuple[str, URLPattern]]:
    """Yield name and pattern of each page of the admin that is not Wagtail's."""
    for each in (resolver or get_resolver()).url_patterns:
        path = prefix + str(each.pattern)
        if isinstance(each, URLResolver):
            inner = f"{namespace}{each.namespace}:" if each.namespace else namespace
            yield from our_pages(each, inner, path)
        elif path.startswith("admin/") and is_page_of_ours(each.callback):
            yield f"{namespace}{each.name}", each


def is_page_of_ours(view):
    model = getattr(view, "view_initkwargs", {}).get("model")
    return is_ours(model if isinstance(model, type) else getattr(view, "view_class", view))


def expected(role):
    allowed = {name for name, roles in {**OTHERS, **WAGTAILS}.items() if role in roles}
    for model, roles in RECORDS.items():
        allowed |= {
            f"{kind(model)}:{view}" for view, level in VIEWS.items() if role in roles[level]
        }
    return allowed


def address_of(name, pattern, records):
    if pattern is None or not pattern.pattern.converters:
        return reverse(name)
    record = records.get(name.partition(":")[0])
    return reverse(name, args=[record.pk if record else records["accessrecord"].user_id])


@pytest.mark.parametrize("role", ROLES)
def test_each_group_opens_what_it_may_and_nothing_else(client, role, records):
    user = make_staff(role)
    records["therapist"].user = user
    records["therapist"].save()
    client.force_login(user)
    pages = {name: page for name, page in our_pages() if name not in ONLY_POSTED | WITH_A_TIME}
    pages |= dict.fromkeys(WAGTAILS)
    opened = {
        name
        for name, page in pages.items()
        if client.get(address_of(name, page, records)).status_code == 200
    }
    assert opened == expected(role) & pages.keys()


def test_every_page_of_ours_stands_in_the_tables():
    known = {f"{kind(model)}:{view}" for model in RECORDS for view in VIEWS}
    known |= OTHERS.keys() | ONLY_POSTED | WITH_A_TIME
    assert {name for name, page in our_pages() if name not in known} == set()


@pytest.mark.parametrize("model", RECORDS, ids=kind)
def test_a_listing_searches_sorts_and_exports(client, model, records):
    client.force_login(make_staff(OWNER))
    address = reverse(f"{kind(model)}:index")
    for query in ({"q": "sample", "ordering": "-name"}, {"ordering": "nonsense"}, {"p": "999"}):
        assert client.get(address, query).status_code == 200
    assert client.get(address, {"export": "xlsx"}).status_code == 200


def test_nobody_enters_without_a_group(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("nobody"))
    assert client.get(reverse("wagtailadmin_home")).status_code == 403


def test_a_record_is_shown_in_words(client, records):
    client.force_login(make_staff(THERAPIST))
    address = reverse("therapist:inspect", args=[records["therapist"].pk])
    text = client.get(address).content.decode()
    assert "Licenses" in text
    assert "Tuesday 09:00 to 12:00" in text
    assert "Yes" in text
    assert "True" not in text.partition("<main")[2]


def test_an_export_holds_no_formula(client, records):
    records["office"].name = "=HYPERLINK(1)"
    records["office"].save()
    client.force_login(make_staff(OWNER))
    response = client.get(reverse("office:index"), {"export": "csv"})
    assert "'=HYPERLINK(1)" in b"".join(response.streaming_content).decode()
