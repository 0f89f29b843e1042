"""Open311 GeoReport v2 (wiki.open311.org/GeoReport_v2): programs send feedback
about a place and follow it.
"""
