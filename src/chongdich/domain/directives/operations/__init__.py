"""Write the directives room: intake, clauses, tasks, outgoing documents. One transaction and one fact each."""
