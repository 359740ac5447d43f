"""The groups of staff and what each may do, in one table.

The table is the truth: each `migrate` gives the groups exactly these permissions. A practice that
needs others makes groups of its own beside these in the admin. Permissions on pages and on image
and document folders are only ever added, so that a practice can narrow a group down by section.
"""

from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase

from django.apps import AppConfig, apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import connections
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

EDITOR, THERAPIST, DESK, OWNER = "Editor", "Therapist", "Intake desk", "Owner"

# What therapists can be found by.
TRAITS = ("approach", "clientgroup", "identity", "insurer", "language", "topic")

# What is done with bookings for clients. Therapists do it for their own: whose bookings somebody
# sees decides which they can change.
DESK_WORK = tuple(
    f"scheduling.{action}"
    for action in (
        "answer_request",
        "book_for_client",
        "cancel_booking",
        "keep_collision",
        "move_booking",
        "override_rules",
        "record_outcome",
    )
)

# "app.codename", where * stands for anything.
PERMISSIONS: dict[str, tuple[str, ...]] = {
    EDITOR: (
        "wagtailadmin.access_admin",
        "articles.*",
        "home.*_question",
        "locations.view_*",
        "scheduling.*_startingstep",
        "scheduling.view_policy",
        "scheduling.view_service",
        "scheduling.view_therapist",
        *(f"scheduling.view_{trait}" for trait in TRAITS),
        "wagtailredirects.*",
    ),
    THERAPIST: (
        "wagtailadmin.access_admin",
        "locations.view_*",
        *DESK_WORK,
        "scheduling.change_workinghours",
        "scheduling.view_booking",
        "scheduling.view_calendarfeed",
        "scheduling.view_client_details",
        "scheduling.view_collision",
        "scheduling.*_outgoingfeed",
        "scheduling.view_policy",
        "scheduling.view_service",
        "scheduling.view_therapist",
    ),
    DESK: (
        "wagtailadmin.access_admin",
        "locations.view_*",
        "locations.add_*",
        "locations.change_*",
        "home.*_question",
        "home.change_contactmessage",
        "home.view_contactmessage",
        *DESK_WORK,
        "scheduling.view_*",
        *(f"scheduling.{action}_{trait}" for action in ("add", "change") for trait in TRAITS),
        "scheduling.*_outgoingfeed",
        "scheduling.add_calendarfeed",
        "scheduling.add_therapist",
        "scheduling.add_traveltime",
        "scheduling.change_calendarfeed",
        "scheduling.change_therapist",
        "scheduling.change_traveltime",
        "scheduling.delete_calendarfeed",
        "scheduling.delete_traveltime",
    ),
    OWNER: (
        "wagtailadmin.access_admin",
        "articles.*",
        "auth.*_group",
        "auth.*_user",
        "core.*",
        "home.*",
        "locations.*",
        "scheduling.*",
        "wagtailcore.*_collection",
        "wagtailcore.*_site",
        "wagtailredirects.*",
    ),
}
PAGE_PERMISSIONS = {
    EDITOR: ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
    OWNER: (
        "add_page",
        "change_page",
        "publish_page",
        "lock_page",
        "unlock_page",
        "bulk_delete_page",
    ),
}
COLLECTION_PERMISSIONS = {
    group: tuple(
        f"{action}_{kind}"
        for kind in ("image", "document")
        for action in ("add", "change", "choose")
    )
    for group in (EDITOR, OWNER)
}
# Wagtail's first migration makes these; ours replace them.
FIRST_GROUPS = ("Editors", "Moderators")


def keep_staff_groups(sender: AppConfig, using: str, **kwargs: object) -> None:
    """Create the groups and set what they may do. Connected to `post_migrate` of this app.

    Django makes the permissions of an app at that app's own `post_migrate`, and this app's comes
    first; so they are made here. Where a migration stopped early, tables may still be missing: then
    nothing is done, and the run that completes the migrations does it.
    """
    needed = (Group, Permission, Page, Collection, GroupPagePermission, GroupCollectionPermission)
    tables = set(connections[using].introspection.table_names())
    if not {model._meta.db_table for model in needed} <= tables:
        return
    for app in apps.get_app_configs():
        if app.models_module is not None:
            create_permissions(app, verbosity=0, using=using)
    is_first_time = not Group.objects.using(using).filter(name__in=PERMISSIONS).exists()
    known = _known_permissions(using)
    for name, patterns in PERMISSIONS.items():
        group, _ = Group.objects.using(using).get_or_create(name=name)
        group.permissions.set(set(_matching(known, patterns)))
    _keep_page_permissions(using, known)
    _keep_collection_permissions(using, known)
    if is_first_time:
        Group.objects.using(using).filter(name__in=FIRST_GROUPS, user=None).delete()


def _known_permissions(using: str) -> dict[str, Permission]:
    permissions = Permission.objects.using(using).select_related("content_type")
    return {f"{each.content_type.app_label}.{each.codename}": each for each in permissions}


def _matching(known: dict[str, Permission], patterns: Iterable[str]) -> Iterator[Permission]:
    for pattern in patterns:
        yield from (known[name] for name in known if fnmatchcase(name, pattern))


def _keep_page_permissions(using: str, known: dict[str, Permission]) -> None:
    root = Page.objects.using(using).filter(depth=1).first()
    if root is None:
        return
    for name, codenames in PAGE_PERMISSIONS.items():
        group = Group.objects.using(using).get(name=name)
        for codename in codenames:
            GroupPagePermission.objects.using(using).get_or_create(
                group=group, page=root, permission=known[f"wagtailcore.{codename}"]
            )


def _keep_collection_permissions(using: str, known: dict[str, Permission]) -> None:
    root = Collection.objects.using(using).filter(depth=1).first()
    if root is None:
        return
    for name, codenames in COLLECTION_PERMISSIONS.items():
        group = Group.objects.using(using).get(name=name)
        for codename in codenames:
            app = "wagtailimages" if codename.endswith("image") else "wagtaildocs"
            GroupCollectionPermission.objects.using(using).get_or_create(
                group=group, collection=root, permission=known[f"{app}.{codename}"]
            )
