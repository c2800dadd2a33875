"""After the action: what the simulator knows beside what the house found. Figures, table at the terminal, document."""
