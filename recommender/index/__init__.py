"""What package indexes publish, as of a day, and what can be told from it alone."""
