"""What staff see of a session that a calendar holds something else for, and what they can do."""

import pytest
from django.urls import reverse
from django.utils import timezone

from cms.core.models import AccessRecord
from home.staff_groups import DESK, EDITOR, OWNER, THERAPIST
from scheduling.models import Booking, CalendarFeed
from tests.collisions import collide
from tests.practice import NOW
from tests.staff import make_staff

LIST = reverse("collision:index")
HOME = reverse("wagtailadmin_home")


@pytest.fixture
def clock(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def collision(booking, clock):
    feed = CalendarFeed.objects.create(therapist=booking.therapist, name="Google", address="x")
    return collide(booking, feed)


@pytest.fixture
def as_role(client):
    def log_in(role, **kwargs):
        user = make_staff(role, **kwargs)
        client.force_login(user)
        return user

    return log_in


@pytest.fixture
def as_therapist(as_role, collision):
    booking = collision.booking
    booking.therapist.user = as_role(THERAPIST)
    booking.therapist.save()
    return booking.therapist.user


def page_of(collision):
    return reverse("collision:inspect", args=[collision.pk])


def keep(client, collision):
    return client.post(reverse("collision:keep", args=[collision.pk]), follow=True)


def test_the_list_names_both_sides_and_not_the_client(client, as_role, collision):
    as_role(DESK)
    text = client.get(LIST).content.decode()
    for words in (
        "Tue, Jan 5, 2027, 9:00 a.m. CST",
        "Ada Sample",
        "South Loop office",
        collision.booking.reference,
        "Google",
        "Tue, Jan 5, 2027, 9:00 a.m. to 10:00 a.m. CST",
        "waits for a decision",
    ):
        assert words in text
    assert "zzcanary" not in text.lower()
    assert not AccessRecord.objects.exists()


def test_the_page_tells_the_desk_who_the_client_is_and_records_it(client, as_role, collision):
    as_role(DESK)
    response = client.get(page_of(collision))
    text = response.content.decode()
    assert "Zzcanary Sample" in text
    assert "no-store" in response["Cache-Control"]
    record = AccessRecord.objects.get()
    assert record.record_label == str(collision.booking)
    assert record.details == "Client's name, Client's phone, Client's e-mail"
    assert reverse("booking:inspect", args=[collision.booking_id]) in text
    assert reverse("booking:move", args=[collision.booking_id]) in text
    assert reverse("booking:cancel", args=[collision.booking_id]) in text
    assert reverse("calendarfeed:inspect", args=[collision.feed_id]) in text


def test_without_that_permission_the_client_is_left_out_and_nothing_recorded(
    client, as_role, collision
):
    group = as_role(DESK).groups.get()
    group.permissions.remove(group.permissions.get(codename="view_client_details"))
    text = client.get(page_of(collision)).content.decode()
    assert collision.booking.reference in text
    assert "zzcanary" not in text.lower()
    assert not AccessRecord.objects.exists()


def test_a_therapist_decides_about_their_own(client, as_therapist, collision):
    assert collision.booking.reference in client.get(LIST).content.decode()
    text = keep(client, collision).content.decode()
    assert "Both stay as they are" in text
    assert f"Both were kept\n      by {as_therapist}" in text
    collision.refresh_from_db()
    assert (collision.kept_by, collision.kept_at) == (as_therapist, NOW)
    text = keep(client, collision).content.decode()
    assert "before you answered" in text
    assert reverse("collision:keep", args=[collision.pk]) not in text


def test_another_therapists_is_not_there(client, as_role, collision):
    as_role(THERAPIST, name="someone-else")
    assert collision.booking.reference not in client.get(LIST).content.decode()
    assert client.get(page_of(collision)).status_code == 404
    assert keep(client, collision).status_code == 404


def test_who_may_only_look_can_not_decide(client, as_role, collision):
    group = as_role(DESK).groups.get()
    group.permissions.remove(group.permissions.get(codename="keep_collision"))
    assert "keep both" not in client.get(page_of(collision)).content.decode()
    assert "you do not have permission" in keep(client, collision).content.decode()
    collision.refresh_from_db()
    assert collision.kept_at is None


def test_looking_alone_decides_nothing(client, as_role, collision):
    as_role(OWNER)
    assert client.get(reverse("collision:keep", args=[collision.pk])).status_code == 405


@pytest.mark.parametrize(("state", "is_there"), [("WAITING", False), ("KEPT", True), ("x", True)])
def test_the_list_is_narrowed_by_where_it_stands(client, as_role, collision, state, is_there):
    as_role(DESK)
    keep(client, collision)
    text = client.get(LIST, {"state": state}).content.decode()
    assert (collision.booking.reference in text.partition("<main")[2]) is is_there


def test_what_waits_comes_first(client, as_role, collision):
    as_role(DESK)
    over = Booking.objects.get()
    over.pk, over.reference, over.idempotency_digest = None, "EARLIER2", "other"
    over.starts_at, over.ends_at = NOW.replace(hour=1), NOW.replace(hour=2)
    over.save()
    collision.feed.collisions.create(
        booking=over,
        session_starts_at=over.starts_at,
        busy_from=over.starts_at,
        busy_until=over.ends_at,
        found_at=NOW,
    )
    text = client.get(LIST).content.decode()
    assert text.index(collision.booking.reference) < text.index("EARLIER2")


@pytest.mark.parametrize("role", [DESK, OWNER])
def test_the_home_shows_what_waits_and_not_the_client(client, as_role, collision, role):
    as_role(role)
    text = client.get(HOME).content.decode()
    assert "Sessions that collide" in text
    assert page_of(collision) in text
    assert "zzcanary" not in text.lower()
    keep(client, collision)
    assert "Sessions that collide" not in client.get(HOME).content.decode()


@pytest.mark.parametrize("role", [EDITOR, THERAPIST])
def test_the_home_shows_others_nothing_of_it(client, as_role, collision, role):
    as_role(role, name="someone-else")
    assert "Sessions that collide" not in client.get(HOME).content.decode()


def test_its_therapists_home_shows_it(client, as_therapist, collision):
    assert page_of(collision) in client.get(HOME).content.decode()
