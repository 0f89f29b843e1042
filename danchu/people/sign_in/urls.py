"""The addresses of the library's views, which find the provider of this package by its id."""

from allauth.socialaccount.providers.openid_connect.urls import urlpatterns

__all__ = ["urlpatterns"]
