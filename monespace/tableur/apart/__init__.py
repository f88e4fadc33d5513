"""What runs alone, in a process of bounded memory and time; see `tableur.processus`."""
