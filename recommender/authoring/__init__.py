"""What the author of a rule pack uses: lint, test, claims, diff, new, schema."""
