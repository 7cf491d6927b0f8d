"""The library as a site: a page to find documents on, ways between them, and what robots read."""
