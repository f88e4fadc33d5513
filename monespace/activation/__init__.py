"""Activation codes and the letters that carry them, from the batch to each use."""
