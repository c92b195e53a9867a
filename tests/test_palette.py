"""The colours of the charts: they can be told from the page and from each other, by the colour-blind as well."""

import pytest

from playground.experiment import Experiment
from playground.figures.fit import fit_figure
from playground.figures.palette import PALETTES
from playground.player import Player
from tests.support.contrast import BACKGROUNDS, DICHROMATS, blend, color_difference, contrast


@pytest.mark.parametrize("name", PALETTES)
def test_every_line_and_mark_stands_out_from_the_page_and_text_can_be_read(name):
    palette, background = PALETTES[name], BACKGROUNDS[name]
    for color in (palette.target, palette.output, palette.point):
        assert contrast(color, background) >= 3  # WCAG 2.2, 1.4.11
    for color in (palette.text, palette.muted):
        assert contrast(color, background) >= 4.5  # 1.4.3


@pytest.mark.parametrize("name", PALETTES)
def test_the_training_points_stand_out_although_the_page_shines_through(name):
    player = Player(Experiment())
    marker = fit_figure(PALETTES[name], player.problem, player.grid)["data"][1]["marker"]
    assert contrast(blend(marker["color"], BACKGROUNDS[name], marker["opacity"]), BACKGROUNDS[name]) >= 3


@pytest.mark.parametrize("name", PALETTES)
def test_larger_weights_stand_out_more_and_plus_as_much_as_minus(name):
    strengths = [contrast(color, BACKGROUNDS[name]) for color in PALETTES[name].diverging]
    middle = len(strengths) // 2
    assert len(strengths) % 2 == 1
    assert strengths[middle] < 1.2  # 0 is nearly the page itself
    for side in (strengths[middle:], strengths[middle::-1]):
        assert side == sorted(side)
        assert side[-1] >= 4.5
    for minus, plus in zip(strengths, reversed(strengths), strict=True):
        assert 1 / 1.4 < minus / plus < 1.4


@pytest.mark.parametrize("eyes", DICHROMATS)
@pytest.mark.parametrize("name", PALETTES)
def test_the_colour_blind_can_tell_plus_from_minus_and_the_network_from_the_points(name, eyes):
    palette = PALETTES[name]
    minus, plus = (
        palette.diverging[: len(palette.diverging) // 2],
        palette.diverging[: len(palette.diverging) // 2 : -1],
    )
    for one, other in [(palette.point, palette.output), *zip(minus, plus, strict=True)]:
        assert color_difference(one, other, eyes) > 20
