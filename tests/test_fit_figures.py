"""The figures of a curve: the target and the points, and the output that moves over them."""

from playground.figures.fit import fit_figure, output_figure
from tests.support.figures import EACH_EXPERIMENT, EACH_PALETTE, playing, ranges


@EACH_EXPERIMENT
@EACH_PALETTE
def test_the_fit_holds_every_point_and_the_target_where_it_is_learnt(palette, experiment):
    player = playing(experiment)
    figure = fit_figure(palette, player.problem, player.grid)
    (left, right), (bottom, top) = ranges(figure)
    target, points, _, network = figure["data"]
    inside = [
        y
        for x, y in zip(target["x"], target["y"], strict=True)
        if player.problem.ranges[0][0] <= x <= player.problem.ranges[0][1]
    ]
    assert target["x"] == network["x"] == player.grid[0].tolist()
    assert target["y"] == player.problem.target(player.grid[0]).tolist()
    assert (points["x"], points["y"]) == (player.problem.Xs[0].tolist(), player.problem.Ys[0].tolist())
    assert left == player.grid[0, 0] < min(points["x"])
    assert right == player.grid[0, -1] > max(points["x"])
    assert bottom < min(points["y"] + inside)
    assert top > max(points["y"] + inside)


@EACH_EXPERIMENT
@EACH_PALETTE
def test_the_moving_output_lies_exactly_over_the_fit(palette, experiment):
    player = playing(experiment)
    fit, output = (build(palette, player.problem, player.grid) for build in (fit_figure, output_figure))
    assert ranges(fit) == ranges(output)
    assert fit["layout"]["margin"] == output["layout"]["margin"]
    assert output["data"][0]["x"] == player.grid[0].tolist()
    assert not output["layout"]["xaxis"]["visible"]
    assert not output["layout"]["yaxis"]["visible"]
