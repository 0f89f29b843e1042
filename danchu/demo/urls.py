"""The addresses of a demo alone."""

from django.urls import path

from danchu.demo import views

urlpatterns = [
    path("role/", views.change_role, name="demo_role"),
    path("hall/", views.hall, name="demo_hall"),
]
