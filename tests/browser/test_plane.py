"""Two inputs in a browser: the map is the network, classes are counted, units have maps, own points have a class."""

import numpy as np

from playground.figures.plane import shades
from playground.problems.grid import evaluation_grid
from tests.support.browser import (
    MOVING_FIT,
    STILL_FIT,
    button,
    chart_boxes,
    choose,
    number,
    open_group,
    path_of,
    pause,
    place_of,
    trained,
    type_into,
    wait_for_epoch,
    wait_for_points,
)

TASKS = {
    "two classes": {"problem": "circle", "loss": "cross_entropy", "test_fraction": 0.3},
    "three classes": {
        "problem": "rings", "loss": "cross_entropy", "learning_rate": 0.05,
        "layers": (5, 3), "activations": ("tanh", "relu"),
    },
    "a number": {"problem": "multi_gaussian", "features": ("x1", "x2", "sin_x1")},
}  # fmt: skip


def image(page):
    return page.get_attribute("[data-testid=fit-chart] .moving image", "href")


def assert_map_is_the_network(page, changes):
    """Trains a while; the map moves, and at the pause it and the numbers beside it are those of the network."""
    button(page, "Train").scroll_into_view_if_needed()
    painted, places = image(page), chart_boxes(page)
    button(page, "Train").click()
    wait_for_epoch(page, "epoch > 300")
    assert image(page) != painted
    epoch = pause(page)
    assert chart_boxes(page) == places
    problem, trainer = trained(epoch, changes)
    output = problem.y.inverse_transform(
        trainer.network.evaluate(problem.network_inputs(evaluation_grid(problem.ranges)))[-1].A
    )
    expected = shades(problem, output)
    for plot in (STILL_FIT, MOVING_FIT):
        page.wait_for_function(f"{plot}.data[0].z.flatMap(row => [...row]).some(z => z !== 0)")
        z = page.evaluate(f"{plot}.data[0].z.flatMap(row => [...row])")
        np.testing.assert_allclose(z, expected, rtol=1e-5, atol=1e-5)
    if problem.classes:
        counts = problem.confusion(trainer.network, problem.samples)
        share = counts.trace() / counts.sum()
        assert page.inner_text("[data-testid=accuracy]") == f"{100 * share:.1f} %"
        cells = page.locator("[data-testid=confusion] table").first.locator("td").all_inner_texts()
        assert list(map(int, cells)) == counts.ravel().tolist()
    else:
        assert page.locator("[data-testid=accuracy]").is_hidden()


def test_two_classes_have_a_map_that_is_the_network_and_discretised_one_colour_each(open_page):
    page = open_page(path=path_of(TASKS["two classes"]))
    assert_map_is_the_network(page, TASKS["two classes"])
    smooth = image(page)
    button(page, "discretised").click()
    page.wait_for_function(f"{MOVING_FIT}.data[0].zsmooth === false")
    page.wait_for_function(
        "smooth => document.querySelector('[data-testid=fit-chart] .moving image').getAttribute('href') !== smooth",
        arg=smooth,
    )
    assert len(set(dict(page.evaluate(f"{MOVING_FIT}.data[0].colorscale")).values())) == 2


def test_three_classes_have_a_map_too_and_every_unit_has_one_that_a_click_selects(open_page):
    page = open_page(path=path_of(TASKS["three classes"]) + "&view=units")
    maps = page.locator("[data-testid=unit-maps]")
    names = maps.locator(".names span")
    page.wait_for_selector("[data-testid=unit-maps] image")
    assert names.all_inner_texts() == [f"unit {i}" for i in range(3)]
    page.get_by_text("Layer 1", exact=True).click()
    page.wait_for_function("document.querySelectorAll('[data-testid=unit-maps] .names span').length === 5")
    painted = page.get_attribute("[data-testid=unit-maps] image", "href")
    assert_map_is_the_network(page, TASKS["three classes"])
    assert page.get_attribute("[data-testid=unit-maps] image", "href") != painted
    box = maps.bounding_box()
    maps.click(position={"x": box["width"] * 0.3, "y": box["height"] * 0.6})  # in the second of five tiles
    maps.locator(".names .selected", has_text="unit 1").wait_for()


def test_a_number_has_a_map_and_another_problem_is_chosen_and_left_again_with_its_loss(open_page):
    page = open_page(path=path_of(TASKS["a number"]))
    assert_map_is_the_network(page, TASKS["a number"])
    choose(page, "Problem", "Spiral")
    page.wait_for_selector(".board.plane .moving image")
    open_group(page, "Network")
    choose(page, "Loss", "Cross-entropy")
    page.wait_for_function("location.search.includes('loss=cross_entropy')")
    button(page, "sin x₁").click()
    page.wait_for_function("!location.search.includes('features')")
    button(page, "sin x₁").click()
    page.wait_for_function("location.search.includes('features=x1%2Cx2%2Csin_x1')")
    page.get_by_text("3 inputs", exact=True).wait_for()
    choose(page, "Problem", "A curve, or your own data")
    page.get_by_text("This problem has numbers, so the loss is the squared error until").wait_for()
    page.wait_for_selector("[data-testid=fit-chart] .moving .js-line")
    assert "loss" not in page.url
    button(page, "Step").click()
    wait_for_epoch(page, "epoch > 0")


def test_a_click_adds_a_point_of_the_chosen_class_and_a_drag_keeps_its_class(open_page):
    page = open_page(path="/?target=points")
    page.get_by_text("Two inputs", exact=True).click()
    wait_for_points(page, 4)
    page.wait_for_selector(".board.plane .editable")
    type_into(page.locator(".new-point input"), 2)
    page.mouse.click(*place_of(page, 0.5, 0.25))
    wait_for_points(page, 5)
    assert page.evaluate(f"{STILL_FIT}.data[1].customdata") == [1, 0, 0, 1, 2]
    assert page.locator("[data-testid=confusion] td").count() == 9
    page.wait_for_selector(".board.plane .editable")
    page.mouse.move(*place_of(page, 0.5, 0.25))
    page.mouse.down()
    page.mouse.move(*place_of(page, -0.5, 0.25), steps=5)
    page.mouse.up()
    page.wait_for_function(f"{STILL_FIT}.data[1].x.at(-1) < 0")
    wait_for_points(page, 5)
    assert page.evaluate(f"{STILL_FIT}.data[1].customdata.at(-1)") == 2
    for count in (5, 4):
        button(page, "Undo the last change to the points").click()
        wait_for_points(page, count)
    assert number(page, "epoch") == 0
