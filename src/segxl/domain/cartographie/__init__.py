"""The client map: groups of customers, their weight, what changes and what to do about it."""
