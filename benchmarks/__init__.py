"""Measured, never tested: CPU seconds and peak memory, beside the peer where there is one."""
