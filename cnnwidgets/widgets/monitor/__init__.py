"""What TrainingMonitor is made of: curve, pace, words, filters, the question whether to stop, the terminal."""
