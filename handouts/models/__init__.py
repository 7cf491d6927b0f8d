"""What the content of a project says: records of facts, words, clinics and sources."""
