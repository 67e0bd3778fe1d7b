"""Project files beyond one score: comparing two, rechecking a recorded decision, saving answers."""
