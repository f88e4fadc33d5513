"""Mails: kept sealed until the worker has sent them."""
