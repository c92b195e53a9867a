"""The numbers inside a run: one step in stages, its parts, its surroundings, its end."""
