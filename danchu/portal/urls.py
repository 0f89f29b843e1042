"""Addresses of the public site."""

from django.urls import path

from danchu.look.pages import choose_theme
from danchu.portal import views

urlpatterns = [
    path("", views.front, name="front"),
    path("search/", views.search, name="search"),
    path("style/", views.style, name="style"),
    path("theme/", choose_theme, name="theme"),
]
