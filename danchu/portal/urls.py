"""Addresses of the public site."""

from django.urls import path

from danchu.look.pages import choose_theme
from danchu.portal.views import front, search, style, units

urlpatterns = [
    path("", front.front, name="front"),
    path("units/", units.units, name="units"),
    path("units/<int:pk>/", units.unit, name="unit"),
    path("search/", search.search, name="search"),
    path("style/", style.style, name="style"),
    path("theme/", choose_theme, name="theme"),
]
