"""The website: settings, root addresses, health, and what a host needs."""
