"""The page that tells clients whether and where they can be seen."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from scheduling.forms import SpotForm
from scheduling.selectors.eligibility import eligibility_at


@csrf_exempt  # it changes and keeps nothing, and the home page that asks sets no cookie
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def where(request: HttpRequest) -> HttpResponse:
    """Ask where the client will be (GET), or answer (POST).

    The answer is no address of its own: a ZIP code says where somebody is, and addresses are kept.
    """
    if request.method != "POST":
        return render(request, "scheduling/where.html", {"form": SpotForm()})
    form = SpotForm(request.POST)
    if not form.is_valid():
        return render(request, "scheduling/where.html", {"form": form}, status=422)
    answer = eligibility_at(form.spot, today=timezone.localdate())
    return render(request, "scheduling/where.html", {"form": form, "answer": answer})
