"""The application, under the label of the library's own."""

from django.apps import AppConfig


class SignInConfig(AppConfig):
    name = "danchu.people.sign_in"
    label = "sign_in"
