"""What is known: tables, each row with its address and its sources, and the register of those sources."""
