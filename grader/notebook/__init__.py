"""Notebooks as text: lessons and submissions, read, recognised, repaired, cleaned. No process starts here."""
