"""The answers to those who watch whether the site runs."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from django.utils import timezone
from django_q.models import Task

from cms.core import health

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker_is_alive():
    return finish_task(timezone.now())


def finish_task(stopped):
    return Task.objects.create(
        id="t1", name="t1", func="f", started=stopped, stopped=stopped, success=True
    )


def readiness(client, **kwargs):
    response = client.get("/readyz", **kwargs)
    return response.status_code, response.json().get("problems", [])


def test_alive_and_ready(client, worker_is_alive):
    assert client.get("/healthz").json() == {"status": "alive"}
    assert readiness(client) == (200, [])


def test_asked_under_any_host_name_and_without_tls(client, worker_is_alive, settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.ALLOWED_HOSTS = ["practice.test"]
    assert client.get("/healthz", headers={"host": "10.0.0.7"}).status_code == 200
    assert readiness(client, headers={"host": "10.0.0.7"}) == (200, [])


def test_no_worker_yet(client):
    assert readiness(client) == (503, ["The worker has not done anything yet."])


def test_a_silent_worker(client):
    finish_task(timezone.now() - dt.timedelta(minutes=7, seconds=5))
    assert readiness(client) == (503, ["The worker has done nothing for 7 minutes."])


def test_a_database_that_does_not_answer(client, monkeypatch):
    def fail():
        raise OperationalError("password ZZCANARY")

    monkeypatch.setattr(connection, "ensure_connection", fail)
    status, problems = readiness(client)
    assert (status, problems) == (503, ["The database does not answer."])


def test_migrations_that_are_not_applied(client, monkeypatch, worker_is_alive):
    health._require_migrations.cache_clear()
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda self, goals: [1, 2])
    expected = ["The database is behind the program: 2 migrations are not applied."]
    assert readiness(client) == (503, expected)
    monkeypatch.undo()
    assert readiness(client) == (200, [])


def test_a_cache_that_does_not_answer(client, monkeypatch, worker_is_alive):
    def fail(*args, **kwargs):
        raise ConnectionError("redis://:ZZCANARY@host")

    monkeypatch.setattr(type(cache._connections["default"]), "set", fail)
    assert readiness(client) == (503, ["The cache does not answer."])
