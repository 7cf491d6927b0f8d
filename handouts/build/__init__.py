"""Building: which editions, from what, in which process, and where they are published."""
