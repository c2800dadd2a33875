"""Documents received: registered, read by the machine, set right and confirmed by a person, followed to their tasks."""
