"""The register of what happened: one row for each event, recorded by the body that did it."""
