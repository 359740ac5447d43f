"""Moving a booked session to another time, by its private link."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from scheduling import domain
from scheduling.models import Booking
from scheduling.selectors.freshness import how_now
from scheduling.selectors.search import Search
from scheduling.services.cancel_booking import find_by_link
from scheduling.services.errors import BookingError, LateError, LinkUnknownError
from scheduling.services.move_booking import move_booking

from .choose import Choice
from .private_link import link_context, link_unknown
from .times import times_context
from .words import TimeWords, read_starts_value, starts_value

CHOOSE = "Choose one, and your booking moves there at once."
CHOOSE_LATE = "Choose one; then you are asked whether to move it late."


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, token: str) -> HttpResponse:
    """Show the free times for the same session (GET), or move it to one of them (POST).

    After the cut-off the chosen time comes back with what moving costs now, to be confirmed.
    """
    try:
        booking = find_by_link(token)
    except LinkUnknownError as refusal:
        return link_unknown(request, refusal)
    if request.method != "POST":
        return _page(request, booking, token)
    chosen = read_starts_value(request.POST.get("opening", ""))
    if chosen is None:
        return _page(request, booking, token, status=400)
    try:
        accepts_late = request.POST.get("late") == "accepted"
        move_booking(token, chosen[0], now=timezone.now(), accepts_late=accepts_late)
    except LateError as refusal:
        context = link_context(booking, token) | {
            "refusal": refusal,
            "wanted": TimeWords(chosen[0], booking.place, booking.therapist, starts_value(*chosen)),
        }
        return render(request, "scheduling/book_move_late.html", context, status=409)
    except BookingError as refusal:
        return _page(request, booking, token, refusal=refusal, status=409)
    return HttpResponseRedirect(reverse("book:session", args=[token]), status=303)


def _page(
    request: HttpRequest,
    booking: Booking,
    token: str,
    *,
    refusal: BookingError | None = None,
    status: int = 200,
) -> HttpResponse:
    now = timezone.now()
    can_promise = how_now(booking.therapist_id, now=now) is domain.How.BOOK
    search = Search(booking.place_id, booking.service_id, booking.therapist_id)
    asked = request.GET.get("day", "")
    context = link_context(booking, token) | {
        "refusal": refusal,
        "choice": Choice(booking.place, booking.service, booking.therapist),
        "can_promise": can_promise,
        "what_happens": CHOOSE_LATE if booking.cancel_until < now else CHOOSE,
        "times": times_context(search, booking.place, asked, now=now) if can_promise else None,
        "query": "",
        "action": request.path,
    }
    return render(request, "scheduling/book_move.html", context, status=status)
