"""The command that sweeps without a page: `python -m playground.sweep "target=step" "learning_rate=0.01:1:log5"`."""
