"""The command line."""

from handouts.cli.commands import main

__all__ = ["main"]
