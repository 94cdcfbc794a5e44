"""CorrelationExplorer's named cases, and what it asks of a learner's function."""
