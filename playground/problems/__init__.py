"""A problem: what an experiment gives a network to learn, by name, by formula or by the visitor's own points."""
