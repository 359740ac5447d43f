"""What can't be a port, or is taken, is said in words before anything starts."""

import pytest
from django.core.management import CommandError, call_command

from tests.browser.processes import free_port, listen


@pytest.fixture
def taken():
    with listen() as listener:
        yield listener.getsockname()[1]


@pytest.mark.parametrize("port", ["0", "65536", "-1", "a-word", "80.5"])
def test_what_is_no_port_is_said_in_words(port):
    with pytest.raises(CommandError, match=f"{port} is no port; use a number from 1 to 65535"):
        call_command("serve", f"--port={port}")


def test_a_taken_port_of_the_site_is_said_in_one_line(taken, settings):
    settings.DEBUG = True
    with pytest.raises(CommandError) as refused:
        call_command("serve", f"--port={taken}")
    (line,) = str(refused.value).splitlines()
    assert f"Port {taken} is taken" in line
    assert f"make serve PORT={taken + 1}" in line


def test_a_taken_port_of_the_calendars_is_said_before_the_site_starts(taken, settings):
    settings.DEBUG = True
    settings.SAMPLE_CALENDAR_PORT = taken
    with pytest.raises(CommandError, match=f"make serve SAMPLE_CALENDAR_PORT={taken + 1}"):
        call_command("serve", f"--port={free_port()}")
    with pytest.raises(CommandError) as refused:
        call_command("serve_sample_calendars")
    assert str(refused.value) == (f"Port {taken} is taken; set SAMPLE_CALENDAR_PORT to a free one.")
