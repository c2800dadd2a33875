"""Numbers that answers and their readers share; nothing heavy is loaded for them."""

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)  # median, and the intervals that hold 50 % and 90 % of the runs
RISKS = (0.5, 0.8, 0.9, 0.95, 0.99)  # how sure one wants to be that a reserve is enough
PER_DRAW = 5  # replicates of one possible truth
MOST_RUNS = 20_000
