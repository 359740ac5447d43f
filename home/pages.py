"""The pages that every practice needs."""

from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from articles.models import GlossaryIndexPage
from locations.models import LocationsPage
from scheduling.models import TherapistsPage

from .models import ContactPage, FAQPage, FeesPage, HomePage


class Wanted(NamedTuple):
    """A page below the home page. What it says holds for any practice."""

    model: type[Page]
    title: str
    slug: str
    introduction: str


PAGES = (
    Wanted(
        TherapistsPage,
        "Therapists",
        "therapists",
        "Who you can talk to, what they work with, and when they have time.",
    ),
    Wanted(
        LocationsPage,
        "Locations",
        "locations",
        "Our offices, and where you can be during an online session.",
    ),
    Wanted(FeesPage, "Fees", "fees", "What a session costs when you pay for it yourself."),
    Wanted(FAQPage, "Questions", "faq", "What people often ask us before they begin."),
    Wanted(
        GlossaryIndexPage,
        "Glossary",
        "glossary",
        "What words around mental health mean, written by our therapists.",
    ),
    Wanted(ContactPage, "Contact", "contact", "How to reach us, whatever brings you here."),
)

# Addresses of the practice's earlier site, and the pages that answer them now.
OLD_ADDRESSES: dict[str, type[Page]] = {"/frequently-asked-questions": FAQPage}


@transaction.atomic
def make_pages() -> list[Page]:
    """Make those pages that are missing, in the menu's order, and return the new ones.

    A page that exists, or whose address another page has, is left as it is. The site is given the
    address of BASE_URL.
    """
    home = HomePage.objects.first()
    made: list[Page] = []
    if home is None:
        home = _make_home_page()
        made.append(home)
    _give_site_its_address()
    for wanted in PAGES:
        if wanted.model.objects.exists() or home.get_children().filter(slug=wanted.slug).exists():
            continue
        page = wanted.model(
            title=wanted.title,
            slug=wanted.slug,
            introduction=wanted.introduction,
            show_in_menus=True,
        )
        made.append(home.add_child(instance=page))
    for address, model in OLD_ADDRESSES.items():
        if page := model.objects.first():
            Redirect.objects.get_or_create(
                old_path=address, site=None, defaults={"redirect_page": page}
            )
    return made


def _give_site_its_address() -> None:
    """Let the site's full addresses, as in the sitemap, begin with BASE_URL."""
    address = urlsplit(settings.BASE_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    site = Site.objects.get(is_default_site=True)
    if (site.hostname, site.port) != (address.hostname, port):
        site.hostname, site.port = address.hostname, port
        site.save()


def _make_home_page() -> HomePage:
    """Put a home page in the place of the one that Wagtail's installation leaves behind."""
    root = Page.get_first_root_node()
    welcome = root.get_children().filter(slug="home").first()
    home = root.add_child(
        instance=HomePage(
            title="Home",
            slug="start" if welcome else "home",
            headline="Someone to talk to, near you or online",
            introduction="See who works with what brings you here, and choose a time that suits "
            "you. You need no account.",
        )
    )
    Site.objects.update_or_create(
        is_default_site=True, defaults={"root_page": home, "hostname": "localhost"}
    )
    if welcome and welcome.specific_class is Page and welcome.is_leaf():
        welcome.delete()
        home.slug = "home"
        home.save()
    return home
