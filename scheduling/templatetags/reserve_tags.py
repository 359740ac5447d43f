"""What search engines read about booking: https://schema.org/ReserveAction.

Only what any visitor of the page sees, and no choice that somebody made on the way.
"""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.utils.safestring import SafeString

from cms.core.models import PracticeSettings
from cms.core.structured_data import CONTEXT, as_json_ld, known
from locations.models import Office
from scheduling.models import Therapist

register = template.Library()


@register.simple_tag
def practice_data(words: PracticeSettings) -> SafeString:
    """Say that sessions with the practice are booked on the site."""
    return as_json_ld({"@context": CONTEXT, **_practice(words), "potentialAction": _reserve(words)})


@register.simple_tag
def therapist_data(therapist: Therapist, words: PracticeSettings) -> SafeString:
    """Say who `therapist` is; and that sessions are booked, while new clients are taken."""
    takes_clients = therapist.accepts_clients
    return as_json_ld(
        known(
            {
                "@context": CONTEXT,
                "@type": "Person",
                "name": therapist.name,
                "honorificSuffix": therapist.credentials,
                "jobTitle": words.therapist_word.capitalize(),
                "url": settings.BASE_URL + therapist.get_absolute_url(),
                "knowsLanguage": [language.name for language in therapist.languages.all()],
                "worksFor": _practice(words),
                "potentialAction": takes_clients and _reserve(words, therapist=therapist.slug),
            }
        )
    )


@register.simple_tag
def office_data(office: Office, words: PracticeSettings) -> SafeString:
    """Say where `office` is, and that sessions there are booked on the site."""
    point = office.point
    return as_json_ld(
        known(
            {
                "@context": CONTEXT,
                "@type": "MedicalBusiness",
                "name": f"{words.practice_name}, {office.label}",
                "url": settings.BASE_URL + office.get_absolute_url(),
                "telephone": office.phone and office.phone.as_e164,
                "address": {
                    "@type": "PostalAddress",
                    "streetAddress": office.street,
                    "addressLocality": office.city,
                    "addressRegion": office.jurisdiction.code,
                    "postalCode": office.zip_code,
                },
                "geo": point and {"@type": "GeoCoordinates", **point._asdict()},
                "parentOrganization": _practice(words),
                "potentialAction": _reserve(words, place=office.slug),
            }
        )
    )


def _practice(words: PracticeSettings) -> dict[str, Any]:
    return {
        "@type": "MedicalBusiness",
        "name": words.practice_name,
        "url": f"{settings.BASE_URL}/",
    }


def _reserve(words: PracticeSettings, **chosen: str) -> dict[str, Any]:
    query = f"?{urlencode(chosen)}" if chosen else ""
    return {
        "@type": "ReserveAction",
        "name": f"Book a {words.session_word}",
        "target": {
            "@type": "EntryPoint",
            "urlTemplate": f"{settings.BASE_URL}/book/{query}",
            "inLanguage": "en-US",
            "actionPlatform": [
                f"{CONTEXT}/DesktopWebPlatform",
                f"{CONTEXT}/MobileWebPlatform",
            ],
        },
        "result": {"@type": "Reservation", "name": words.session_word.capitalize()},
    }
