from django.urls import path

from danchu.api.views import api

urlpatterns = [path("", api.urls)]
