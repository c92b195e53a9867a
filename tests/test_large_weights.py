"""A weight as large or as small as numbers are, set by hand: every panel is still drawn, or says why not."""

import pytest

from playground.panels.inside import PANELS
from tests.support.page import Page


@pytest.mark.parametrize("value", ["1.7e308", "-1e305", "1e200", "5e-324"])
def test_a_weight_of_any_size_can_be_set_by_hand_and_every_panel_is_still_drawn(value):
    page = Page(view=",".join(PANELS))
    app = page.app.text_input(key="hand_number").set_value(value).run()  # whose numbers may be too large to inspect
    assert page.visit.selected.value == float(value)
    app.button(key="step").click().run()
    assert not app.exception
    assert not [error for error in app.error if "cannot be drawn" in error.value]
