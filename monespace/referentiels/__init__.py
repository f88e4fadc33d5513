"""Public reference lists shipped with the portal: no network at run time."""
