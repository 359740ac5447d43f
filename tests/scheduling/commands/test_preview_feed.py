"""The preview's contract with other programs, and its words for people."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests import feed_server as fs
from tests.feed_server import CALENDAR, feed_server

WINDOW = {"start": "2027-01-01", "end": "2027-02-01T00:00Z"}
TEN = [["2027-01-05T16:00:00Z", "2027-01-05T17:00:00Z"]]


@pytest.fixture(autouse=True)
def server(settings):
    with feed_server() as running:
        settings.FEED_ALLOWED_HOSTS = [running.host]
        settings.FEED_ALLOW_HTTP = True
        yield running


@pytest.fixture
def calendar_file(tmp_path):
    path = tmp_path / "calendar.ics"
    path.write_bytes(CALENDAR)
    return str(path)


def preview(*sources, **options):
    """Return the objects that were printed, and whether the command ended well."""
    out = StringIO()
    options = {**WINDOW, "as_json": True, "stdout": out, **options}
    arguments = [f"--{name}={options.pop(name)}" for name in ("start", "end") if options.get(name)]
    arguments += [f"--timezone={options.pop('timezone')}"] if "timezone" in options else []
    try:
        call_command("preview_feed", *sources, *arguments, **options)
    except CommandError as error:
        return [json.loads(line) for line in out.getvalue().splitlines()], error.returncode
    return [json.loads(line) for line in out.getvalue().splitlines()], 0


def test_files_and_addresses_are_read_alike(server, calendar_file):
    server.answers["/a.ics"] = fs.calendar()
    printed, status = preview(calendar_file, server.url("/a.ics"))
    assert status == 0
    for source, answer in zip((calendar_file, server.url("/a.ics")), printed, strict=True):
        assert answer == {
            "source": source,
            "ok": True,
            "intervals": TEN,
            "warnings": [],
            "error": None,
        }


def test_the_zone_is_that_of_times_which_name_none(tmp_path):
    path = tmp_path / "floating.ics"
    path.write_bytes(CALENDAR.replace(b"0000Z", b"0000"))
    (answer,), _ = preview(str(path), timezone="America/New_York")
    assert answer["intervals"] == [["2027-01-05T21:00:00Z", "2027-01-05T22:00:00Z"]]


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (fs.status(404), "http_status"),
        (fs.body(b"<html></html>"), "not_a_calendar"),
        (fs.body(b""), "not_a_calendar"),
        (fs.body(CALENDAR[:-20]), "truncated"),
        (fs.cut_off, "truncated"),
        (fs.bomb(11), "too_large"),
        (fs.hang_up, "unreachable"),
        (fs.redirect("http://127.0.0.1:1/"), "address_refused"),
    ],
)
def test_what_could_not_be_read_says_why_and_the_others_are_still_read(
    server, calendar_file, answer, code
):
    server.answers["/a.ics"] = answer
    printed, status = preview(server.url("/a.ics"), calendar_file)
    assert status == 1
    assert [each["ok"] for each in printed] == [False, True]
    assert printed[0]["intervals"] == []
    assert printed[0]["error"]["code"] == code
    assert printed[0]["error"]["message"]


def test_hosts_that_are_not_public_are_refused(settings, server):
    settings.FEED_ALLOWED_HOSTS = []
    server.answers["/a.ics"] = fs.calendar()
    (answer,), status = preview(server.url("/a.ics"))
    assert (answer["error"]["code"], status) == ("address_refused", 1)
    assert not server.requests


def test_a_file_that_is_missing_and_one_that_is_too_large(tmp_path):
    large = tmp_path / "large.ics"
    large.write_bytes(bytes(10 * 1024 * 1024 + 1))
    printed, status = preview(str(tmp_path / "missing.ics"), str(large), str(tmp_path))
    assert [each["error"]["code"] for each in printed] == [
        "unreachable",
        "too_large",
        "unreachable",
    ]
    assert status == 1


@pytest.mark.django_db
def test_without_a_window_it_is_the_one_of_bookings(calendar_file):
    printed, status = preview(calendar_file, start=None, end=None)
    assert (len(printed), status) == (1, 0)


def test_people_read_local_times(calendar_file):
    out = StringIO()
    call_command(
        "preview_feed", calendar_file, "--start=2027-01-01", "--end=2027-02-01", stdout=out
    )
    assert "Tue 2027-01-05 10:00 to Tue 2027-01-05 11:00" in out.getvalue()


def test_people_are_told_where_nothing_lies_in_the_window(calendar_file):
    out = StringIO()
    call_command(
        "preview_feed", calendar_file, "--start=2029-01-01", "--end=2029-02-01", stdout=out
    )
    assert "no such time between --start and --end" in out.getvalue()


@pytest.mark.parametrize(
    "wrong", [["--start=soon"], ["--timezone=Mars/Olympus"], ["--start=2028-01-01"], ["--role=x"]]
)
def test_impossible_arguments_are_named(calendar_file, wrong):
    with pytest.raises(CommandError):
        call_command(
            "preview_feed", calendar_file, "--start=2027-01-01", "--end=2027-02-01", *wrong
        )
