"""Spreadsheets that people send: read apart, understood by their headings, given back corrected."""
