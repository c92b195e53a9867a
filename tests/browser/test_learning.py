"""Lessons, races, sweeps and saved runs in a browser."""

import json

import numpy as np

from playground.problems.grid import SMALL_CELLS, evaluation_grid
from tests.support.browser import (
    button,
    loss_at,
    number,
    path_of,
    pause,
    trained,
    wait_for_epoch,
)


def test_a_lesson_by_keyboard_from_prediction_to_goal(open_page):
    page = open_page(path="/?lesson=one_unit")
    page.get_by_role("button", name="One S-curve, rising or falling").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Now press Train").wait_for()
    assert number(page, "epoch") == 0
    page.keyboard.press("Space")  # the page's own key, wherever the focus is
    wait_for_epoch(page, "epoch > 100")
    pause(page)
    button(page, "Reveal").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Right: One S-curve, rising or falling").wait_for()
    page.get_by_text("Goal: Keep the one unit").wait_for()
    button(page, "Next lesson").click()
    page.get_by_text("Lesson 3 of").wait_for()
    page.wait_for_function("location.search.includes('lesson=twenty_units')")
    wait_for_epoch(page, "epoch === 0")


def test_a_finding_is_shown_at_a_pause_and_its_change_can_be_tried(open_page):
    page = open_page(path="/?output_activation=sigmoid&speed=100")
    button(page, "Train").click()
    wait_for_epoch(page, "epoch > 1000")
    before = page.locator("[data-testid=fit-chart]").bounding_box()
    pause(page)
    page.locator(".st-key-why_change button").wait_for()
    assert page.locator("[data-testid=fit-chart]").bounding_box() == before  # nothing jumps
    page.locator(".st-key-why_change button").click()
    page.wait_for_function("!location.search.includes('output_activation')")
    wait_for_epoch(page, "epoch === 0")


def test_a_race_on_a_plane_ends_with_the_map_of_every_runners_network(open_page):
    changes = {"problem": "circle", "loss": "cross_entropy", "test_fraction": 0.3, "max_epochs": 500}
    page = open_page(path=f"{path_of(changes)}&view=race")
    button(page, "Start the race").click()
    page.wait_for_function("document.querySelector('.race')?.dataset.epoch === '500'")
    maps = page.evaluate(
        """() => [...document.querySelectorAll(".race-maps .chart")].map((chart) => [
                  chart.ariaLabel, chart.querySelector(".moving").data[0].z.flatMap((row) => [...row]),
                  chart.querySelectorAll(".point").length])"""
    )
    for (words, z, points), rate in zip(maps, (0.032, 0.1, 0.32), strict=True):
        problem, trainer = trained(500, changes | {"learning_rate": rate})
        (expected,) = trainer.network.evaluate(problem.network_inputs(evaluation_grid(problem.ranges, SMALL_CELLS)))[
            -1
        ].A
        np.testing.assert_allclose(z, expected, atol=1e-6)
        right = problem.confusion(trainer.network, problem.samples).trace() / problem.samples.shape[1]
        assert words.startswith(f"The output of {rate} over the plane at epoch 500: loss ")
        assert words.endswith(f"accuracy {100 * right:.1f} %")
        assert points == problem.samples.shape[1]


def test_a_race_is_run_epoch_for_epoch_and_a_sweep_beside_the_training_whose_cells_open(open_page):
    page = open_page(path="/?view=race,sweep")
    button(page, "Start the race").click()
    page.wait_for_selector(".race tr")
    page.wait_for_function("Number(document.querySelector('.race').dataset.epoch) > 200")
    button(page, "Pause the race").click()
    button(page, "Continue the race").wait_for()
    epoch, losses = page.evaluate(
        """() => [Number(document.querySelector(".race").dataset.epoch),
                  [...document.querySelectorAll(".race td:nth-child(2)")].map((cell) => cell.textContent)]"""
    )
    for loss, rate in zip(losses, (0.032, 0.1, 0.32), strict=True):
        assert float(loss.removeprefix("loss ")) == float(f"{loss_at(epoch, learning_rate=rate):.5g}")

    field = page.locator(".st-key-panel_sweep").get_by_role("textbox", name="Values, separated by commas")
    field.fill("0.1, 0.3")
    panel = page.locator(".st-key-views").get_by_text("Sweep", exact=True)
    for state in ("detached", "visible"):  # closes the panel without the field being left, and opens it again
        panel.evaluate("label => label.closest('button').click()")
        field.wait_for(state=state)
    assert field.input_value() == "0.1, 0.3"
    button(page, "Train").click()
    wait_for_epoch(page, "epoch > 50")
    button(page, "Start the sweep").click()
    page.get_by_text("6 of 6 runs were trained.").wait_for()
    epoch = number(page, "epoch")
    wait_for_epoch(page, f"epoch > {epoch}")
    pause(page)
    chart = page.locator(".st-key-panel_sweep .js-plotly-plot")
    box = chart.bounding_box()
    chart.click(position={"x": box["width"] * 0.75, "y": box["height"] * 0.6})
    button(page, "Open Learning rate 0.3").click()
    page.wait_for_function("location.search.includes('learning_rate=0.3')")


def test_a_saved_run_goes_on_in_another_browser_exactly(open_page, tmp_path):
    page = open_page(path="/?optimizer=adam&learning_rate=0.01&batch_size=20")
    button(page, "Step").click()
    wait_for_epoch(page, "epoch === 12")
    button(page, "Keep and share").click()
    with page.expect_download() as download:
        button(page, "Save the run").click()
    download.value.save_as(tmp_path / "run.json")
    page.keyboard.press("Escape")
    other = open_page()
    button(other, "Keep and share").click()
    other.locator("input[type=file]").set_input_files(tmp_path / "run.json")
    wait_for_epoch(other, "epoch === 12")
    other.keyboard.press("Escape")
    for each in (page, other):
        button(each, "Step").click()
        wait_for_epoch(each, "epoch === 24")
    assert number(page, "loss") == number(other, "loss")
    assert "optimizer=adam" in other.url

    (tmp_path / "bad.json").write_text(json.dumps({"format": "neural-network-playground", "version": 2}))
    button(other, "Keep and share").click()
    other.locator("input[type=file]").set_input_files(tmp_path / "bad.json")
    other.get_by_text("The run continues unchanged.").wait_for()
    assert number(other, "epoch") == 24
