"""The addresses of the library, under its names, with the views of this package."""

from allauth.socialaccount import app_settings
from django.urls import path

from danchu.people.sign_in import views

ROOT = f"{app_settings.OPENID_CONNECT_URL_PREFIX}/<slug:provider_id>/login/"

urlpatterns = [
    path(ROOT, views.login, name="openid_connect_login"),
    path(f"{ROOT}callback/", views.callback, name="openid_connect_callback"),
]
