from django.urls import path

from danchu.api.open311 import views

urlpatterns = [
    path("discovery.<str:ending>", views.discovery),
    path("services.<str:ending>", views.services),
    path("services/<str:code>.<str:ending>", views.service_definition),
    path("requests.<str:ending>", views.requests),
    path("requests/<str:code>.<str:ending>", views.request_of),
    path("tokens/<str:token>.<str:ending>", views.token),
]
