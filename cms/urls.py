"""Addresses of the whole site."""

from django.conf import settings
from django.urls import include, path
from django.views.generic import RedirectView
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls

from articles.feeds import GlossaryFeed
from home.views import icon, robots

to_login = RedirectView.as_view(pattern_name="account_login", query_string=True)

urlpatterns = [
    path(f"{settings.ADMIN_PATH}login/", to_login),
    path(settings.ADMIN_PATH, include(wagtailadmin_urls)),
    path("account/", include("cms.core.account_urls")),
    path("documents/", include(wagtaildocs_urls)),
    path("sitemap.xml", sitemap),
    path("robots.txt", robots),
    path("glossary.atom", GlossaryFeed(), name="glossary_feed"),
    path("favicon.ico", icon),
    path("", include("scheduling.urls")),
    path("_util/login/", to_login),  # Wagtail's own would let passwords be guessed without end
    path("", include(wagtail_urls)),
]
if settings.SERVE_MEDIA:
    uploads = {"document_root": settings.MEDIA_ROOT}
    urlpatterns.insert(0, path("media/<path:path>", serve, uploads))
