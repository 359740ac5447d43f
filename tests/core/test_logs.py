"""No log line tells whom it is about."""

import json
import logging
import traceback

import pytest
import structlog
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from cms.core import logs
from cms.core.middleware import RequestLogMiddleware
from tests.log_stream import log_stream
from tests.staff import PASSWORD, make_staff

CANARY = "ZZCANARY"
TOKEN = f"{CANARY}abcdefghijklmnopqrstuvwxyz0123456789"


@pytest.fixture
def written():
    with log_stream() as stream:
        yield stream


def lines(stream):
    return [json.loads(line) for line in stream.getvalue().splitlines()]


@pytest.mark.parametrize(
    "private",
    [
        f"https://calendar.example.org/{TOKEN}/basic.ics",
        f"webcal://calendar.example.org/private-{CANARY}",
        f"{CANARY.lower()}@example.org",
        f"/book/booking/{CANARY}/",
        TOKEN,
        "+13125550123",
        "(312) 555-0123",
        "312-555-0123",
    ],
)
def test_what_looks_private_is_masked_in_any_message(written, private):
    logging.getLogger("some.library").warning("Failed for %s, trying again", private)
    structlog.get_logger("practice").info("sync failed", feed=3, detail=private)
    text = written.getvalue()
    assert private not in text
    assert CANARY.lower() not in text.lower()
    assert "trying again" in text
    assert lines(written)[1]["feed"] == 3


def test_plain_messages_stay_as_they_are():
    text = "Rebuilt 17 openings of therapist 4 in 35 ms at 2026-11-24 23:00:01"
    assert logs.masked(text) == text


def test_known_private_keys_are_dropped(written):
    structlog.get_logger().info("booked", booking=7, client_name=CANARY, email=CANARY, note=CANARY)
    (line,) = lines(written)
    assert (line["booking"], line["client_name"]) == (7, "[private]")
    assert CANARY not in written.getvalue()


def test_an_exception_is_logged_without_its_message(written):
    try:
        raise ValueError(CANARY)
    except ValueError as error:
        cause = error
        try:
            raise RuntimeError(CANARY) from cause
        except RuntimeError:
            logging.getLogger("some.library").exception("It broke")
    (line,) = lines(written)
    assert (line["exception"], line["cause"]) == ("RuntimeError", "ValueError")
    assert "test_logs.py" in line["frames"][-1]
    assert CANARY not in written.getvalue()


def test_a_failed_task_keeps_its_type_and_lines_only():
    try:
        raise ValueError(f"no address {CANARY}\nsecond line {CANARY}")
    except ValueError as error:
        task = {"success": False, "result": f"{error} : {traceback.format_exc()}"}
    logs.forget_values_of_failed_task(task)
    assert CANARY not in task["result"]
    assert "test_logs.py" in task["result"]
    kept = {"success": True, "result": 17}
    logs.forget_values_of_failed_task(kept)
    assert kept["result"] == 17


def test_the_queue_says_that_a_task_failed_and_not_why(written):
    logging.getLogger("django-q").error("Failed 'sync_feed' (ten-one) - %s", CANARY)
    (line,) = lines(written)
    assert line["event"] == "Failed 'sync_feed' (ten-one)"


@pytest.mark.django_db
def test_requests_are_logged_by_route_without_path_query_or_form(written, client):
    client.get(f"/book/booking/{TOKEN}/", {"q": CANARY})
    client.post(reverse("account_login"), {"login": f"{CANARY}@example.org", "password": CANARY})
    client.post("/book/", {"name": CANARY, "email": f"{CANARY}@example.org", "phone": CANARY})
    response = client.get(f"/account/password/reset/key/1-{CANARY}/")
    entries = [line for line in lines(written) if line["event"] == "request"]
    assert entries[-1]["route"] == "account_reset_password_from_key"
    assert entries[-1]["request_id"] == response["X-Request-ID"]
    assert {"method", "status", "ms"} <= entries[-1].keys()
    assert CANARY.lower() not in written.getvalue().lower()


@pytest.mark.django_db
def test_staff_appear_by_number(written, client):
    user = make_staff("Owner")
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    client.get(reverse("wagtailadmin_home"))
    assert lines(written)[-1]["staff"] == user.pk
    assert user.email not in written.getvalue()


@pytest.mark.django_db
def test_a_crash_is_logged_once_with_its_route_and_without_values(written, monkeypatch):
    def crash(*args, **kwargs):
        raise RuntimeError(CANARY)

    monkeypatch.setattr("wagtail.admin.views.home.HomeView.get_context_data", crash)
    client = Client(raise_request_exception=False)
    client.force_login(make_staff("Owner"))
    response = client.get(reverse("wagtailadmin_home"), {"q": CANARY})
    assert response.status_code == 500
    (crashed,) = [line for line in lines(written) if line["level"] == "error"]
    assert crashed["event"] == "Internal Server Error"
    assert crashed["route"] == "wagtailadmin_home"
    assert crashed["exception"] == "RuntimeError"
    assert CANARY not in written.getvalue()


def test_a_method_that_is_none_is_not_written(written):
    request = RequestFactory().generic(CANARY, "/")
    request.resolver_match = None
    RequestLogMiddleware(lambda request: HttpResponse())(request)
    assert lines(written)[0]["method"] == "other"
