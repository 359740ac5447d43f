"""Addresses of booking."""

from django.urls import path

from scheduling import views

app_name = "book"

urlpatterns = [
    path("book/", views.choose, name="choose"),
    path("book/hold/", views.hold, name="hold"),
    path("book/hold/<slug:key>/", views.details, name="details"),
    path("book/hold/<slug:key>/release/", views.release, name="release"),
    path("book/session/<str:token>/", views.session, name="session"),
    path("book/session/<str:token>/session.ics", views.session_calendar, name="calendar"),
    path("book/session/<str:token>/cancel/", views.cancel, name="cancel"),
]
