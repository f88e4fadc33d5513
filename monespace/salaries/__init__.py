"""The directory of the people a company employs."""
