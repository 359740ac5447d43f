"""Refusals, in one form, with a stable code and words for the person at the other end."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from scheduling.services import errors

from .schemas import problem

STATUS = {
    errors.TimeTakenError: 409,
    errors.NotLicensedError: 422,
    errors.CalendarUncertainError: 409,
    errors.HoldExpiredError: 410,
    errors.TooManyHoldsError: 429,
}


class UnknownRecordError(Exception):
    """A slug that names nothing that can be booked. `kind` is what it should name."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"There is no such {kind} that can be booked.")
        self.kind = kind


class InvalidValueError(Exception):
    """A value that can be read but not meant; `field` says which."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def answer_problems(api: NinjaAPI) -> None:
    """Let `api` answer every refusal with a problem, and never with what was sent."""

    def refused(request: HttpRequest, refusal: Any) -> HttpResponse:
        alternatives = list(getattr(refusal, "alternatives", ()))
        body = problem(refusal.code, str(refusal), alternatives=alternatives)
        return api.create_response(request, body, status=STATUS[type(refusal)])

    for refusal in STATUS:
        api.add_exception_handler(refusal, refused)

    @api.exception_handler(UnknownRecordError)
    def unknown(request: HttpRequest, error: UnknownRecordError) -> HttpResponse:
        body = problem(f"unknown_{error.kind}", str(error))
        return api.create_response(request, body, status=404)

    @api.exception_handler(InvalidValueError)
    def invalid_value(request: HttpRequest, error: InvalidValueError) -> HttpResponse:
        body = _invalid([{"field": error.field, "message": str(error)}])
        return api.create_response(request, body, status=422)

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
        fields = [{"field": _field(each), "message": _message(each)} for each in error.errors]
        return api.create_response(request, _invalid(fields), status=422)

    @api.exception_handler(HttpError)
    def http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
        body = problem("unreadable", "The request could not be read. Nothing was changed.")
        return api.create_response(request, body, status=error.status_code)

    @api.exception_handler(RequestDataTooBig)
    def too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
        body = problem("too_large", "The request is larger than any booking. Nothing was changed.")
        return api.create_response(request, body, status=413)

    @api.exception_handler(Http404)
    def not_found(request: HttpRequest, error: Http404) -> HttpResponse:
        return api.create_response(request, problem("not_found", "Not found."), status=404)


def _invalid(fields: list[dict[str, str]]) -> dict:
    message = "Some values can't be used. Nothing was changed."
    return problem("invalid", message, errors=fields)


def _field(error: dict) -> str:
    return str(error["loc"][-1]) if error.get("loc") else ""


def _message(error: dict) -> str:
    """Return our own words where we have some, else the kind of value that was expected."""
    return str(error.get("msg", "")).removeprefix("Value error, ")
