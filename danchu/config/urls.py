"""Every address of the site. Vietnamese has no prefix; English stands under /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from danchu.config import restore_page

urlpatterns = [
    path("api/v1/", include("danchu.api.urls")),
    path("open311/v2/", include("danchu.api.open311.urls")),
    *i18n_patterns(
        path("accounts/restore/", restore_page.restore_backup, name="restore_backup"),
        path("accounts/restoring/", restore_page.progress, name="restoring"),
        path("accounts/", include("danchu.people.urls")),
        path("demo/", include("danchu.demo.urls")),
        path("desk/", include("danchu.desk.urls")),
        path("hall/", include("danchu.live.urls")),
        path("", include("danchu.portal.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "danchu.look.pages.bad_request"
handler403 = "danchu.look.pages.denied"
handler429 = "danchu.look.pages.too_often"  # of django-allauth
handler404 = "danchu.look.pages.not_found"
handler500 = "danchu.look.pages.server_error"
