"""Cases: the list, entry, one case with its reasons, home-treated patients, line lists, interviews."""
