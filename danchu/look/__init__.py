"""The visual language: frame, components, error pages. It knows no models and no rules."""
