"""The commands that load the sample practice and remove it say what they did."""

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command

from home.sample_data.log_ins import GROUPS, PASSWORD
from scheduling.models import Therapist, Topic

pytestmark = pytest.mark.django_db


def test_log_ins_are_refused_outside_development(settings, capsys):
    settings.SAMPLE_LOG_INS = False
    call_command("load_sample_data")
    assert not get_user_model().objects.filter(username__in=GROUPS).exists()
    said = capsys.readouterr().out
    assert PASSWORD not in said
    assert "No sample log-ins were made" in said


def test_the_commands_say_what_they_did(capsys):
    call_command("make_pages")
    assert "/therapists/" in capsys.readouterr().out
    call_command("make_pages")
    assert "No page was missing" in capsys.readouterr().out
    call_command("load_sample_data")
    said = capsys.readouterr().out
    assert PASSWORD in said
    assert all(name in said for name in GROUPS)
    therapist = Therapist.objects.create(name="Real Person", slug="real")
    therapist.topics.add(Topic.objects.get(slug="trauma"))
    therapist.save()
    call_command("remove_sample_data")
    said = capsys.readouterr().out
    assert "8 therapists" in said
    assert "17 neighborhoods" in said
    assert "1 policy" in said
    assert "topic “Trauma”, used by 1 therapist" in said
