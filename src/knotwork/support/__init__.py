"""Support for places: agreement and milestones, enablers and their days, asking for help, learning events."""
