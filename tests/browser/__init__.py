"""The portal in a real browser, with and without JavaScript."""
