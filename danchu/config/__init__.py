"""Settings, addresses, the embedded database server and the `danchu` command."""
