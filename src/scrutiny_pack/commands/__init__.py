"""What each command does: it takes its options, does its work, and says what came of it."""
