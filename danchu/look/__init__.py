"""The visual language: frame, components, pages of refusal. It knows no models and no rules."""
