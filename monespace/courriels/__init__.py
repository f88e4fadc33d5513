"""Mails: rows that the worker sends, the links in them signed as they leave."""
