"""Cases (F0): who has the disease by the definition of the day, since when, from whom, until when."""
