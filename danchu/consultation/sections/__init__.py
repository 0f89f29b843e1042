"""Consultations at the desk."""
