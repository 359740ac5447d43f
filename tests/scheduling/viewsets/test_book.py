"""Booking for a client at the desk, with the real forms."""

import datetime as dt

import pytest
from django.urls import reverse

from home.staff_groups import DESK, EDITOR, OWNER, THERAPIST
from scheduling.models import (
    Booking,
    BookingMail,
    BusyTime,
    CalendarFeed,
    Hold,
    Licence,
    Policy,
    SchedulingSettings,
    Service,
    TimeOff,
)
from scheduling.selectors.openings import Wanted
from scheduling.services.hold_time import hold_time
from tests.practice import NOW, at
from tests.staff import make_staff

BOOK, DETAILS = reverse("booking:book"), reverse("booking:book_details")
CALLER = {
    "name": "Zzcanary Sample",
    "email": "zzcanary@example.org",
    "phone": "(312) 555-0123",
    "told_policy": "on",
    "policy": "1",
    "key": "a-key",
}


@pytest.fixture
def desk(client, open_practice):
    user = make_staff(DESK)
    client.force_login(user)
    return user


@pytest.fixture
def asked(open_practice):
    return {
        "service": open_practice.service.pk,
        "place": open_practice.office.pk,
        "therapist": open_practice.therapist.pk,
    }


def value(moment):
    return f"{moment:%Y-%m-%dT%H:%MZ}~ada-sample"


def choose(client, asked, moment):
    """Choose an offered time; return the address of the page that books it."""
    response = client.post(BOOK, asked | {"opening": value(moment)})
    assert response.status_code == 302
    return response.url


def name_time(client, asked, date, time):
    """Name another time; return the address of the page that says what speaks against it."""
    response = client.post(BOOK, asked | {"date": date, "time": time})
    assert response.status_code == 302, response.content.decode()
    return response.url


def test_the_desk_books_a_free_time_and_the_client_gets_the_mails(client, desk, asked):
    page = client.get(BOOK, asked)
    assert value(at(9)) in page.content.decode()
    address = choose(client, asked, at(9))
    assert Hold.objects.get().starts_at == at(9)
    shown = client.get(address).content.decode()
    assert "Please tell us a day before." in shown
    assert "Kept for you until" in shown
    response = client.post(address, CALLER, follow=True)
    assert "The client gets a mail" in response.content.decode()
    booking = Booking.objects.get()
    assert (booking.starts_at, booking.client_name) == (at(9), "Zzcanary Sample")
    assert (booking.policy.version, booking.policy_told) == (1, True)
    assert "told by staff" in response.content.decode()
    change = booking.changes.get()
    assert (change.by, change.user, change.overridden) == ("staff", desk, [])
    assert BookingMail.objects.filter(booking=booking, kind="client_confirmed").exists()
    assert not Hold.objects.exists()


def test_sending_the_form_twice_makes_one_booking(client, desk, asked):
    address = choose(client, asked, at(9))
    first = client.post(address, CALLER)
    assert client.post(address, CALLER).url == first.url
    assert Booking.objects.count() == 1


def test_without_an_address_no_mail_is_sent_and_the_desk_is_told(client, desk, asked):
    response = client.post(choose(client, asked, at(9)), CALLER | {"email": ""}, follow=True)
    assert "No mail was sent" in response.content.decode()
    booking = Booking.objects.get()
    assert (booking.email_index, booking.reminder_hours) == ("", [])
    assert not booking.mails.filter(kind__startswith="client").exists()


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"name": ""}, "This field is required"),
        ({"email": "nowhere"}, "valid email"),
        ({"phone": "12"}, "valid phone number"),
        ({"email": "", "phone": ""}, "Write a phone number or an e-mail address"),
        ({"told_policy": ""}, "Tell the client the policy"),
        ({"policy": "0"}, "The policy has just changed"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_is_kept(client, desk, asked, change, complaint):
    response = client.post(choose(client, asked, at(9)), CALLER | change)
    assert response.status_code == 422
    text = response.content.decode()
    assert complaint in text
    assert "name" in change or "Zzcanary Sample" in text
    assert not Booking.objects.exists()


def test_a_hold_that_ran_out_is_taken_up_again(client, desk, asked, clock):
    address = choose(client, asked, at(9))
    clock.now += dt.timedelta(minutes=30)
    assert "Kept for you until" not in client.get(address).content.decode()
    assert client.post(address, CALLER).status_code == 302
    assert Booking.objects.get().starts_at == at(9)


def test_a_time_that_a_client_took_meanwhile_is_refused_and_others_are_named(
    client, desk, asked, clock, open_practice
):
    address = choose(client, asked, at(9))
    clock.now += dt.timedelta(minutes=30)
    wanted = Wanted(*(getattr(open_practice, n) for n in ("therapist", "service", "office")), at(9))
    hold_time(wanted, now=clock.now)
    response = client.post(address, CALLER)
    assert response.status_code == 409
    text = response.content.decode()
    assert "Another session, with its buffer, is booked or held." in text
    assert "Zzcanary Sample" in text
    assert not Booking.objects.exists()
    other = response.context["times"][0]
    assert other.starts_at == at(10)
    typed_wrong = client.post(address, CALLER | {"opening": other.value, "name": ""})
    assert f'name="opening" value="{other.value}"' in typed_wrong.content.decode()
    assert client.post(address, CALLER | {"opening": other.value}).status_code == 302
    assert Booking.objects.get().starts_at == at(10)


def test_a_time_against_the_rules_says_why_and_needs_a_reason_that_is_kept(client, desk, asked):
    address = name_time(client, asked, "2027-01-06", "20:10")
    shown = client.get(address)
    text = shown.content.decode()
    assert "Clients are offered other starts" in text
    assert "does not fit into the working hours" in text
    told = {"told": shown.context["told"]}
    assert told["told"] == "off_grid outside_hours"
    assert client.post(address, CALLER).status_code == 409
    unreasoned = client.post(address, CALLER | told | {"reason": " "})
    assert "Write why this time is booked against the rules" in unreasoned.content.decode()
    assert not Booking.objects.exists()
    done = client.post(address, CALLER | told | {"reason": "Zzreason: a crisis"}, follow=True)
    booking = Booking.objects.get()
    assert booking.starts_at == at(20, 10, dt.date(2027, 1, 6))
    change = booking.changes.get()
    assert (change.user, change.reason) == (desk, "Zzreason: a crisis")
    assert change.overridden == ["off_grid", "outside_hours"]
    history = done.content.decode()
    assert "Zzreason: a crisis" in history
    assert "against the rules: Clients are offered other starts" in history


def test_a_rule_that_was_not_told_is_not_overridden(client, desk, asked, open_practice):
    address = name_time(client, asked, "2027-01-05", "13:00")
    told = client.get(address).context["told"]
    TimeOff.objects.create(therapist=open_practice.therapist, starts_at=at(13), ends_at=at(15))
    again = client.post(address, CALLER | {"told": told, "reason": "Known"})
    assert again.status_code == 409
    assert "The therapist has time off." in again.content.decode()
    assert "Known" in again.content.decode()
    assert not Booking.objects.exists()
    told = again.context["told"]
    client.post(address, CALLER | {"told": told, "reason": "Known"})
    assert Booking.objects.get().changes.get().overridden == ["outside_hours", "time_off"]


@pytest.mark.parametrize(
    ("settings", "time", "code"),
    [
        ({"notice_hours": 300}, ("2027-01-05", "09:00"), "too_soon"),
        ({"horizon_days": 1}, ("2027-01-12", "09:00"), "beyond_horizon"),
        ({"daily_limit": 0}, ("2027-01-05", "09:00"), "daily_limit"),
    ],
)
def test_each_rule_of_the_practice_can_be_overridden(client, desk, asked, settings, time, code):
    rules = SchedulingSettings.load()
    for name, setting in settings.items():
        setattr(rules, name, setting)
    rules.save()
    address = name_time(client, asked, *time)
    assert client.get(address).context["told"] == code
    client.post(address, CALLER | {"told": code, "reason": "Agreed"})
    assert Booking.objects.get().changes.get().overridden == [code]


def test_a_stale_calendar_can_be_overridden(client, desk, asked, open_practice):
    CalendarFeed.objects.create(
        therapist=open_practice.therapist,
        name="Google",
        address="https://127.0.0.1:9/x",
        succeeded_at=NOW - dt.timedelta(days=3),
        covered_until=NOW + dt.timedelta(days=90),
    )
    nothing = client.get(BOOK, asked)
    assert nothing.context["times"] is None
    assert f"{reverse('booking:why_not')}?service=" in nothing.content.decode()
    address = name_time(client, asked, "2027-01-05", "09:00")
    shown = client.get(address)
    assert "has not been read for too long" in shown.content.decode()
    client.post(address, CALLER | {"told": shown.context["told"], "reason": "She said so"})
    assert Booking.objects.get().changes.get().overridden == ["calendar_uncertain"]


def test_busy_time_that_was_overridden_is_no_collision_to_decide_about(
    client, desk, asked, open_practice
):
    feed = CalendarFeed.objects.create(
        therapist=open_practice.therapist,
        name="Google",
        address="x",
        succeeded_at=NOW,
        covered_until=NOW + dt.timedelta(days=90),
    )
    BusyTime.objects.create(feed=feed, generation=1, starts_at=at(9), ends_at=at(10))
    address = name_time(client, asked, "2027-01-05", "09:00")
    assert client.get(address).context["told"] == "busy"
    client.post(address, CALLER | {"told": "busy", "reason": "It is this very session"})
    collision = Booking.objects.get().collisions.get()
    assert (collision.kept_by, collision.ended_at) == (desk, None)


def test_another_session_can_never_be_overridden(client, desk, asked, open_practice):
    hold_time(
        Wanted(open_practice.therapist, open_practice.service, open_practice.online, at(9)), now=NOW
    )
    address = name_time(client, asked, "2027-01-05", "09:30")
    text = client.get(address).content.decode()
    assert "Nobody can override that" in text
    assert 'name="reason"' not in text
    forged = CALLER | {"told": "claimed travel no_room off_grid", "reason": "Please"}
    assert client.post(address, forged).status_code == 409
    assert not Booking.objects.exists()


def test_a_missing_licence_can_never_be_overridden(client, desk, asked):
    Licence.objects.update(valid_until=dt.date(2027, 1, 4))
    address = name_time(client, asked, "2027-01-05", "09:00")
    assert "No license is valid" in client.get(address).content.decode()
    forged = CALLER | {"told": "not_licensed", "reason": "Please"}
    assert client.post(address, forged).status_code == 409
    assert not Booking.objects.exists()


def test_what_has_passed_is_not_booked(client, desk, asked):
    address = name_time(client, asked, "2027-01-04", "09:00")
    assert "This time has passed" in client.get(address).content.decode()
    assert client.post(address, CALLER).status_code == 409


def test_without_the_permission_nothing_is_overridden(client, desk, asked):
    group = desk.groups.get()
    group.permissions.remove(group.permissions.get(codename="override_rules"))
    address = name_time(client, asked, "2027-01-05", "13:00")
    assert "You may not override this" in client.get(address).content.decode()
    forged = CALLER | {"told": "outside_hours", "reason": "Please"}
    assert client.post(address, forged).status_code == 409
    assert not Booking.objects.exists()


def test_staff_book_what_only_staff_may_and_full_therapists(client, desk, asked, open_practice):
    Service.objects.update(bookable_by=Service.Audience.STAFF)
    open_practice.therapist.accepts_clients = False
    open_practice.therapist.save()
    assert value(at(9)) in client.get(BOOK, asked).content.decode()
    client.post(choose(client, asked, at(9)), CALLER)
    assert Booking.objects.get().changes.get().overridden == []


def test_therapists_book_for_their_own_clients_alone(client, asked, open_practice):
    user = make_staff(THERAPIST)
    client.force_login(user)
    address = f"{DETAILS}?service={asked['service']}&place={asked['place']}"
    address += f"&therapist={asked['therapist']}&at={at(9):%Y-%m-%dT%H:%MZ}"
    assert client.get(address).url == BOOK
    assert client.post(address, CALLER).url == BOOK
    assert client.get(BOOK, asked).context["form"].errors
    open_practice.therapist.user = user
    open_practice.therapist.save()
    assert client.get(BOOK, asked | {"therapist": ""}).context["form"].errors
    client.post(choose(client, asked, at(9)), CALLER)
    assert Booking.objects.get().changes.get().user == user


def test_the_owner_may_and_editors_may_not(client, open_practice, asked):
    client.force_login(make_staff(OWNER))
    assert client.get(BOOK).status_code == 200
    client.force_login(make_staff(EDITOR))
    for address in (BOOK, DETAILS):
        assert client.get(address).status_code == 302
        assert client.post(address, asked | CALLER).status_code == 302
    assert not Hold.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"service": "0"},
        {"place": "x"},
        {"therapist": "\0"},
        {"opening": "nonsense"},
        {"opening": f"{at(9):%Y-%m-%dT%H:%MZ}~nobody"},
        {"date": "2027-02-31", "time": "9"},
        {"date": "9999-12-31", "time": "09:00"},
        {"date": "2027-01-05", "time": "26:00"},
    ],
)
def test_what_can_not_be_meant_is_asked_again(client, desk, asked, change):
    response = client.post(BOOK, asked | change)
    assert response.status_code == 200
    assert not Hold.objects.exists()


@pytest.mark.parametrize("when", ["", "x", "2027-01-05", "9999-99-99T00:00Z"])
def test_an_address_without_a_time_leads_back(client, desk, asked, when):
    assert client.get(DETAILS, asked | {"at": when}).url == BOOK


def test_without_a_policy_there_is_none_to_tell(client, desk, asked):
    Policy.objects.all().delete()
    details = {name: CALLER[name] for name in ("name", "phone", "key")}
    assert client.post(choose(client, asked, at(9)), details).status_code == 302
    assert Booking.objects.get().policy is None
