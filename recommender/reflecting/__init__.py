"""What would change the advice: open answers, weights, other answers, the next question."""
