"""Project files beyond one score: two compared, a recorded decision rechecked, answers saved."""
