"""The groups of staff are as their table says, however often the database is migrated."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from home import staff_groups
from home.staff_groups import DESK, EDITOR, OWNER, PERMISSIONS, keep_staff_groups

pytestmark = pytest.mark.django_db


def migrate_again():
    keep_staff_groups(apps.get_app_config("home"), using="default")


def holdings():
    return {
        group.name: (
            set(group.permissions.values_list("content_type__app_label", "codename")),
            group.page_permissions.count(),
            group.collection_permissions.count(),
        )
        for group in Group.objects.all()
    }


def test_the_groups_stand_and_wagtails_first_ones_are_gone():
    assert set(holdings()) == set(PERMISSIONS)


def test_migrating_again_changes_nothing():
    before = holdings()
    migrate_again()
    assert holdings() == before


def test_a_group_gets_back_what_the_table_says_and_loses_the_rest():
    before = holdings()
    desk = Group.objects.get(name=DESK)
    desk.permissions.set(Permission.objects.filter(codename="delete_user"))
    migrate_again()
    assert holdings() == before


def test_what_was_narrowed_by_section_is_given_again_and_more_is_kept():
    GroupPagePermission.objects.filter(group__name=EDITOR).first().delete()
    own = Group.objects.create(name="Blog team")
    own.permissions.set(Permission.objects.filter(codename="view_topic"))
    migrate_again()
    assert GroupPagePermission.objects.filter(group__name=EDITOR).count() == 5
    assert own.permissions.count() == 1


def test_every_line_of_the_table_means_something():
    known = staff_groups._known_permissions("default")
    for group, patterns in PERMISSIONS.items():
        for pattern in patterns:
            assert list(staff_groups._matching(known, [pattern])), (group, pattern)


def test_only_the_owner_changes_people_rules_and_reads_the_audit():
    for codename in ("change_user", "change_schedulingsettings", "view_accessrecord"):
        groups = Group.objects.filter(permissions__codename=codename)
        assert [group.name for group in groups] == [OWNER], codename
    assert not Group.objects.filter(permissions__codename__contains="apitoken").exists()
    assert GroupCollectionPermission.objects.exclude(group__name__in=[EDITOR, OWNER]).count() == 0


def test_a_first_group_of_wagtail_that_somebody_is_in_stays(db):
    Group.objects.filter(name__in=PERMISSIONS).delete()
    used, _ = Group.objects.get_or_create(name="Editors")
    User.objects.create_user("somebody").groups.add(used)
    Group.objects.get_or_create(name="Moderators")
    migrate_again()
    assert set(holdings()) == {*PERMISSIONS, "Editors"}


def test_tables_that_are_not_there_yet_are_waited_for(monkeypatch):
    Group.objects.filter(name=DESK).delete()
    monkeypatch.setattr(
        "django.db.backends.base.introspection.BaseDatabaseIntrospection.table_names",
        lambda self, *args, **kwargs: ["auth_group"],
    )
    migrate_again()
    assert not Group.objects.filter(name=DESK).exists()
