"""Signing in by an identity provider (OpenID Connect): one of the office, or VNeID."""
