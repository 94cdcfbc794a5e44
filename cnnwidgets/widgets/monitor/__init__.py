"""What TrainingMonitor is made of: the curve, the pace, words, filters, the question whether to stop, the terminal."""
