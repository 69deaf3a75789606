"""Try something out, and say before the start what is expected and when to stop."""
