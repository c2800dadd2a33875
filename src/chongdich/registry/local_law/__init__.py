"""Rules a province decided itself, laid over the law at run time."""
