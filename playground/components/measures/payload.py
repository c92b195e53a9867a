"""What the table of measures is made of; the numbers in it come with the board's frames."""

from playground.components.view_contract import MeasuresPayload
from playground.player import Player
from playground.problems.measures import meaning, measures_of


def measures_payload(player: Player) -> MeasuresPayload:
    """The rows and columns of a run's table of measures."""
    measures = measures_of(player.problem)
    return {
        "run_id": player.run_id,
        "names": [each.label for each in measures],
        "meaning": meaning(player.problem),
        "undefined": [each.undefined for each in measures],
        "shares": [each.is_share for each in measures],
        "sets": ["Training points", "Test points"] if player.problem.test_samples.size else ["Training points"],
    }
