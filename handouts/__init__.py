"""Printed health information whose every number has a source."""

__version__ = "0.1.0"
