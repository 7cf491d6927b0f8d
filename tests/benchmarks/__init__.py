"""What the work on documents costs, measured side by side in one run; see ``__main__``."""
