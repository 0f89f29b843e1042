"""Addresses for machines."""

urlpatterns = []
