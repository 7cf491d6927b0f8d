"""Printed health information whose every number has a source."""
