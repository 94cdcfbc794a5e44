"""What a learner's own function gives on what an explorer shows, compared with the right answer."""
