"""The faces of the network's drawing, as a learner goes from the link to a gradient that flows back."""

import numpy as np
import pytest

from playground.analysis.layers import QUANTITIES, layer_numbers
from playground.experiment import Experiment
from tests.support.browser import button, number, pause, wait_for_address, wait_for_epoch

DIAGRAM = "[data-testid=network-diagram]"
NUMBERS = f"""(name) => [...document.querySelectorAll('{DIAGRAM} [data-' + name + ']')]
    .filter((each) => each.dataset.unit?.startsWith('0,') !== true)
    .map((each) => Number(each.getAttribute('data-' + name)))"""


def shown(page, name):
    """The numbers of the drawing, those of the input left out."""
    return page.evaluate(NUMBERS, name)


def wait_for_face(page, face):
    page.wait_for_selector(f"{DIAGRAM}[data-face={face}]")


IN_VIEW = f"document.querySelector('{DIAGRAM}').getBoundingClientRect().bottom <= innerHeight"
SUMS = "[data-testid=network-unit] pre"
OF_LAYERS = "[data-testid=layers-table] [data-quantity=dZ]"
AT_EPOCH_0 = "document.querySelector('[data-testid=layers-chart]').innerText.includes('at epoch 0')"


def trainer_at(epoch):
    trainer = Experiment().start().trainer
    trainer.train(epoch)
    return trainer


def test_from_the_link_to_a_gradient_that_flows_back(open_page):
    page = open_page("/?face=forward&x=1.5&view=layers&speed=1", viewport={"width": 1440, "height": 900})
    wait_for_face(page, "forward")
    page.wait_for_function(IN_VIEW)
    values = trainer_at(0).network.evaluate([[1.5]])
    assert shown(page, "z") == [*values[1].Z[:, 0], *values[2].Z[:, 0]]
    assert shown(page, "a") == [*values[1].A[:, 0], *values[2].A[:, 0]]
    assert page.get_attribute(f"{DIAGRAM} [data-target]", "data-target") == repr(float(np.sin(1.5)))

    before = shown(page, "z")
    page.locator(f"{DIAGRAM} [data-unit='1,3']").click()
    page.locator(SUMS).get_by_text(f"A1[3] = g({values[1].Z[3, 0]:.6g}".replace("-", "−")).wait_for()
    at_first = page.inner_text(SUMS)
    page.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_function(f"before => String(({NUMBERS})('z')) !== before", arg=",".join(map(repr, before)))
    page.wait_for_function(f"before => document.querySelector('{SUMS}').innerText !== before", arg=at_first)
    page.wait_for_function(f"!({AT_EPOCH_0})")  # the layers move as well
    page.get_by_role("radio", name="Backward").click()  # while it trains
    wait_for_face(page, "backward")
    page.wait_for_selector(f"{DIAGRAM} [data-dw]")
    wait_for_epoch(page, "epoch > 100")
    pause(page)
    page.get_by_role("radio", name="the whole step").click()
    trainer = trainer_at(int(number(page, "epoch")))
    dWs = trainer.network.matrices(trainer.gradient)
    expected = [float(dW) for dWb in dWs for dW in dWb[:, :-1].ravel()]
    page.wait_for_function(f"dws => String(({NUMBERS})('dw')) === String(dws)", arg=expected)

    unit = page.locator(f'{DIAGRAM} [data-unit="1,3"]')
    box = unit.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    button(page, "Switch off unit 3 of layer 1").click()
    page.wait_for_selector(f'{DIAGRAM} [data-unit="1,3"][data-off=true][fill=none][data-dz="0"]')
    assert shown(page, "dz")[3] == 0
    button(page, "All units on").click()
    page.wait_for_function(f"dws => String(({NUMBERS})('dw')) === String(dws)", arg=expected)

    sizes = layer_numbers(trainer, trainer.network.parameters)[:, QUANTITIES.index("dZ")]
    sent = page.locator(OF_LAYERS).evaluate_all("cells => cells.map((cell) => Number(cell.dataset.value))")
    assert sent == pytest.approx(list(sizes), rel=1e-9)

    page.get_by_role("radio", name="one input").click()
    page.get_by_role("radio", name="layer by layer").click()
    stage = page.locator(".st-key-network-walk-stage")
    for place, (face, words) in enumerate([("forward", "Z1"), ("forward", "A1"), ("forward", "Z2")], start=1):
        stage.get_by_text(f"{place} of 13 · Forward · {words}").wait_for()
        wait_for_face(page, face)
        page.keyboard.press("ArrowRight")
    for words in ("4 of 13 · Forward", "5 of 13 · Loss"):
        stage.get_by_text(words).wait_for()
        page.keyboard.press("ArrowRight")
    stage.get_by_text("6 of 13 · Backward · dA2").wait_for()
    wait_for_face(page, "backward")
    assert len(shown(page, "da")) == 1  # nothing below the output has a gradient yet
    for place in range(6, 11):
        stage.get_by_text(f"{place} of 13").wait_for()
        page.keyboard.press("ArrowRight")
    stage.get_by_text("11 of 13").wait_for()
    button(page, "As a film").click()
    stage.get_by_text("13 of 13 · Update").wait_for()
    wait_for_face(page, "step")
    button(page, "As a film").wait_for()


def test_a_phone_draws_four_layers_takes_an_input_from_the_plane_and_nothing_is_wider_than_its_screen(open_page):
    deep = "layers=12,3,3,2&activations=tanh,tanh,tanh,tanh"
    page = open_page(
        f"/?face=forward&problem=rings&loss=cross_entropy&test_fraction=0.3&view=units,network&{deep}",
        viewport={"width": 390, "height": 844},
        color_scheme="dark",
    )
    wait_for_face(page, "forward")
    page.wait_for_selector("[data-testid=unit-maps] image")
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 390
    for name in ("fit-chart", "confusion", "unit-maps"):
        box = page.locator(f"[data-testid={name}]").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    assert page.locator(f"{DIAGRAM} [data-unit]").count() == 2 + 10 + 3 + 3 + 2 + 3
    before = shown(page, "z")
    page.locator("[data-testid=fit-chart]").click(position={"x": 150, "y": 120})
    page.wait_for_function(f"before => String(({NUMBERS})('z')) !== before", arg=",".join(map(repr, before)))
    wait_for_address(page, "&x=")
