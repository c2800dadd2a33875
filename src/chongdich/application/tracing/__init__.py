"""What tracing gathers before it decides: the store, households, the facts that wait, the question, the people."""
