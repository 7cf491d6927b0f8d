"""From the files of a project to checked records, with the place of every value."""
