"""Claims, limbs, readings, and the one rule that makes verdicts of them."""
