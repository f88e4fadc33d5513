"""Help: messages written to the OPCO, with a number by which they are followed."""
