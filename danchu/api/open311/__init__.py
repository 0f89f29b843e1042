"""Open311 GeoReport v2 (wiki.open311.org/GeoReport_v2): feedback about a place, sent and
followed by programs.
"""
