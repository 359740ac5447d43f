"""The JSON API: the same searches and services that the pages use.

Nobody logs in to it: a hold's token is all that a request needs, and it travels in no cookie. So
requests from other sites can do nothing that their sender could not do anyway, and no CSRF token is
asked for.
"""

from ninja import NinjaAPI

from .holds import router as holds
from .problems import answer_problems
from .slots import router as slots

api = NinjaAPI(
    title="Booking",
    version="1.0",
    description="Free times, holds and bookings of the practice.",
    docs_url=None,
    openapi_url="openapi.json",
    urls_namespace="api-v1",
)
api.add_router("slots", slots)
api.add_router("holds", holds)
answer_problems(api)
