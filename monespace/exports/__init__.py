"""Exports: what a list shows, as a workbook made by a worker."""
