"""Evidence arithmetic: differences, numbers needed to treat, coherence checks and rounding."""
