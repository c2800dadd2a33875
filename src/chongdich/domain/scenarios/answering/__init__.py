"""The answer: replicates run step by step, and what a planner reads from them. Pure."""
