"""Tags for the slots of the hall's pages."""
