"""The client card: all that the firm knows of one client on one day, put together."""
