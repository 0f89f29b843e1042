"""Log-in, password, second factor, identity provider. Addresses of the library that do not fit
here are closed.
"""

from django.http import Http404
from django.urls import include, path, re_path


def closed(request, **rest):
    """An account's address is the login and belongs to the operator; nobody signs himself up."""
    raise Http404


urlpatterns = [
    re_path(r"^(?:email|confirm-email|signup|social/signup|3rdparty/signup)/", closed),
    path("", include("allauth.urls")),
]
