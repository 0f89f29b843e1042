"""Questions of the room that are more than one queryset: no writes."""
