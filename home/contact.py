"""The contact page with its form: shown, corrected, taken in."""

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from cms.core.addresses import client_network
from home.forms import ContactForm, new_stamp
from home.models import ContactPage
from home.receive_message import TooManyMessagesError, receive_message

RECEIVED = "received"
TOO_MANY = (
    "Many messages came from your internet address, so this one was not sent. What you typed is "
    "still here. Please call us, or try again in an hour."
)


def answer_contact_page(page: ContactPage, request: HttpRequest) -> HttpResponse:
    """Show the page (GET), or take in the message and lead on to where it says so (POST)."""
    if request.method in ("GET", "HEAD"):
        return _show(page, request, ContactForm(initial={"stamp": new_stamp(timezone.now())}))
    if request.method != "POST":
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    form = ContactForm(request.POST)
    if not form.is_valid():
        return _show(page, request, form, status=422)
    try:
        receive_message(form, network=client_network(request), now=timezone.now())
    except TooManyMessagesError:
        form.add_error(None, TOO_MANY)
        return _show(page, request, form, status=429)
    return redirect(f"{page.get_url(request)}?{RECEIVED}=1#written")


def _show(
    page: ContactPage, request: HttpRequest, form: ContactForm, *, status: int = 200
) -> HttpResponse:
    context = page.get_context(request) | {"form": form, "received": RECEIVED in request.GET}
    response = TemplateResponse(request, page.get_template(request), context, status=status)
    response["Cache-Control"] = "no-store"
    return response
