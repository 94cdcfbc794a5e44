"""A course with a made-up class, to see assigning, grading and exploring at work."""
