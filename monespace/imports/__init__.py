"""Lists of people taken from a spreadsheet, into the directory or into a dossier."""
