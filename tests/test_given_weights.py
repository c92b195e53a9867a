"""Given weights: the start of a run as a visitor types it, to the last bit, and what is said of what cannot be one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from playground.analysis.diagnosis.finding import Suggestion
from playground.compare.settings import given_weights_in
from playground.experiment import DEFAULTS, Experiment
from playground.given_weights import EXAMPLE, MAX_LENGTH, as_text, read_given
from playground.player import Player
from playground.session.address import gone_back_to, query_of
from playground.session.given_weights import MAX_REMEMBERED, GivenWeights
from playground.session.typed_start import take_recommended_settings
from playground.sharing.links import MAX_LENGTH as MAX_LINK
from playground.sharing.links import NOT_HERE, from_query, to_query
from tests.support.page import Page
from tests.support.strategies import parameter_count
from tests.support.visits import open_visit

TWO = Experiment(layers=(2,))
UNITS = (1, 2, 1)
FLAT = [0.5, 0, -1, 1, 1, 2, 0.5]  # layer by layer, each unit's weights and then its bias

WAYS = {
    "a table": "0.5, 0\n-1, 1\n\n1, 2, 0.5",
    "without spaces": "0.5,0\n-1,1\n1,2,0.5",
    "spaces and tabs": "0.5 0\n-1\t1\n\n1   2 0.5\n",
    "semicolons": "0.5; 0\n-1;1\n1;2;0.5",
    "semicolons and decimal commas": "0,5; 0\n-1,0;1\n1;2;0,5",
    "tabs and decimal commas": "0,5\t0\n-1,0\t1\n1\t2\t0,5",
    "another keyboard": "0.5, 0\n−1, 1\n\n1, 2, 5e-1",
    "JSON": EXAMPLE,
    "JSON with b as a column": '[{"b": [[0], [1]], "W": [[0.5], [-1]]}, {"W": [[1, 2]], "b": [[0.5]]}]',
}
REFUSED = {
    "1": "there is 1 row",
    "1\n3,4\n5,6,7": "line 1 must have 2 numbers for layer 1, unit 1, 1 weight and the bias, not 1",
    "1,2\n3,4\n\n5,6": "line 4 must have 3 numbers for layer 2, unit 1, 2 weights and the bias, not 2",
    "1,2\n3,4": "has 3 units after its input, each a row of weights and a bias; there are 2 rows",
    "1,2\n3,4\n5,6,7\n8": "there are 4 rows",
    "1,000 1\n-1 1\n1 2 0.5": 'line 1 has "1,000", which can be one number or two: write 1 or 1, 000',
    "a, b": 'line 1, "a" is not a number',
    "1, 2\n3, 1e999\n5, 6, 7": 'line 2, "1e999" is too large',
    "nan, 1": '"nan" is not a number',
    "[": "not valid JSON at line 1, column 2",
    "[" * MAX_LENGTH: "not valid JSON",
    "[1, 2]": "layer 1 must have W and b, and nothing else",
    '[{"W": 1, "b": [1]}]': "W of layer 1 must be a list",
    '[{"W": [[1], [2]], "b": [1]}]': "W of layer 1 has 2 rows, one per unit, and its b 1",
    '[{"W": [[true], [2]], "b": [1, 1]}]': 'unit 1 of layer 1, "True" is not a finite number',
    '[{"W": [[NaN], [2]], "b": [1, 1]}]': "not a finite number",
    '[{"W": [[1e999], [2]], "b": [1, 1]}]': "not a finite number",
    '[{"W": [[1, 2], [2, 3]], "b": [1, 1]}, {"W": [[1, 2]], "b": [1]}]': "unit 1 of layer 1 must have 2 numbers",
}


@pytest.mark.parametrize("text", WAYS.values(), ids=WAYS)
def test_they_are_read_in_each_way_that_they_are_written(text):
    assert read_given(text, UNITS).tolist() == FLAT
    network = TWO.changed(given=text).start().trainer.network
    assert network.parameters.tolist() == FLAT
    assert (network.layers[0].W.tolist(), network.layers[0].b.tolist()) == ([[0.5], [-1]], [[0], [1]])
    assert (network.layers[1].W.tolist(), network.layers[1].b.tolist()) == ([[1, 2]], [[0.5]])


@pytest.mark.parametrize(("text", "words"), REFUSED.items(), ids=[text[:20] for text in REFUSED])
def test_what_cannot_be_a_start_is_refused_with_the_place(text, words):
    with pytest.raises(ValueError, match=r"^Given weights: .*\.$") as caught:
        TWO.changed(given=text)
    assert words in str(caught.value)
    assert len(str(caught.value)) < 250


@given(st.data(), st.lists(st.integers(1, 5), min_size=2, max_size=6), st.sampled_from([np.float32, np.float64]))
def test_written_and_read_again_they_are_the_same_to_the_last_bit(data, units, dtype):
    width = 8 * np.dtype(dtype).itemsize
    finite = st.floats(allow_nan=False, allow_infinity=False, width=width)
    flat = data.draw(arrays.arrays(dtype, parameter_count(units), elements=finite))
    text = as_text(flat, units)
    again = read_given(text, tuple(units)).astype(dtype)
    assert again.tobytes() == flat.tobytes()
    assert as_text(again, units) == text


def test_the_experiment_holds_them_as_a_table_however_they_were_written():
    assert len({TWO.changed(given=text).given for text in WAYS.values()}) == 1


def test_a_run_from_the_present_weights_of_another_is_the_rest_of_it():
    whole = TWO.start().trainer
    whole.train(50)
    rest = TWO.changed(given=as_text(whole.network.parameters, UNITS)).start().trainer
    whole.train(50)
    rest.train(50)
    assert rest.network.parameters.tobytes() == whole.network.parameters.tobytes()


def test_reset_and_new_start_come_back_to_them():
    player = Player(TWO.changed(given=WAYS["a table"]))
    player.train_one_frame()
    player.reset()
    assert player.trainer.network.parameters.tolist() == FLAT
    player.train_one_frame()
    player.new_start()
    assert (player.trainer.epoch, player.trainer.network.parameters.tolist()) == (0, FLAT)


def test_another_network_leaves_them_out_and_another_rate_does_not():
    given = TWO.changed(given=WAYS["a table"])
    assert given.changed(layers=(3,)).given == given.changed(problem="circle").given == ""
    assert given.changed(learning_rate=0.2, initializer="xavier").given == given.given


# --- Links ------------------------------------------------------------------------------------------------------------


def test_a_link_holds_them_and_refuses_those_of_another_network():
    experiment = TWO.changed(given=EXAMPLE)
    assert from_query(to_query(experiment)).start.experiment == experiment
    start, errors = from_query({"layers": "3", "given": EXAMPLE})
    assert start.experiment == Experiment(layers=(3,))
    assert "has 4 units after its input, each a row of weights and a bias; there are 3 rows" in errors[0]


def test_those_that_a_link_cannot_hold_are_missed_in_words_and_still_there_on_going_back():
    large = Experiment(layers=(40,))
    large = large.changed(given=as_text(large.start().trainer.network.parameters, large.units))
    assert len(large.given) > MAX_LINK
    query = query_of(large, {})
    assert query == {"layers": "40", "given": "too-long"}
    start, errors = from_query(query)
    assert errors == [NOT_HERE["given"]]
    assert start.experiment == Experiment(layers=(40,))
    kept = GivenWeights()
    kept.note(large)
    for present in (large, Experiment(), Experiment(layers=(5,))):  # wherever one comes from
        assert gone_back_to(query, present, kept) == large
    assert gone_back_to({"layers": "40"}, large, kept) == Experiment(layers=(40,))
    assert gone_back_to({"layers": "41", "given": "too-long"}, large, kept) == Experiment(layers=(41,))
    assert gone_back_to(query, Experiment(), GivenWeights()) == Experiment(layers=(40,))


def test_those_of_several_networks_are_remembered_and_no_more_than_a_few():
    kept = GivenWeights()
    starts = [Experiment(layers=(40 + i,)) for i in range(MAX_REMEMBERED + 1)]
    starts = [each.changed(given=as_text(each.start().trainer.network.parameters, each.units)) for each in starts]
    for each in starts:
        kept.note(each)
    assert [kept.remembered(each.units) for each in starts] == ["", *(each.given for each in starts[1:])]
    short = Experiment(layers=(2,), given=EXAMPLE)
    kept.note(short)
    assert kept.remembered(short.units) == ""  # the address has them


# --- The page ---------------------------------------------------------------------------------------------------------


def test_typed_on_the_page_they_are_the_start_and_what_cannot_be_stays_in_the_field():
    page = Page(layers="2").set(given=EXAMPLE)
    assert page.visit.player.trainer.network.parameters.tolist() == FLAT
    page.click("step").set(given="1, 2")
    assert page.widget("given").value == "1, 2"
    assert page.visit.player.experiment.given == WAYS["a table"]
    assert page.visit.player.trainer.epoch > 0
    assert any("3 units after its input" in text.value for text in page.app.markdown)


def test_back_brings_those_back_that_no_address_holds_and_says_which_they_are():
    large = Experiment(layers=(40,))
    text = as_text(large.start().trainer.network.parameters, large.units)
    page = Page(layers="40").set(given=text)
    weights = page.player.experiment.given
    assert "too-long" in page.app.query_params["given"]
    page.set(layers_0=39)
    assert page.player.experiment.given == ""
    kept = page.visit.controls.given
    visit, _, query = open_visit(layers="39")
    visit.controls.given = kept
    query.update(layers="40", given="too-long")
    visit.follow_history(())
    assert visit.player.experiment.given == weights
    assert "those that this network had last" in visit.controls.message.text
    query.update(layers="41")
    visit.follow_history(())
    assert "not here any more: the start is drawn" in visit.controls.message.text


def test_recommended_settings_say_that_they_are_left_out():
    visit = open_visit(layers="2", given=EXAMPLE).visit
    take_recommended_settings(visit.controls)
    assert visit.player.experiment.given == ""
    assert "the given weights are left out" in visit.controls.message.text
    take_recommended_settings(visit.controls)
    assert visit.controls.message is None


def test_a_race_and_a_sweep_over_networks_say_which_runs_start_without_them():
    own = TWO.changed(given=EXAMPLE)
    words = "The given weights are for the network 1-2-1."
    assert given_weights_in(own, "learning_rate", (0.1, 0.2)) == given_weights_in(TWO, "units", (2, 3)) == ""
    assert given_weights_in(own, "units", (2, 3, 4)) == f"{words} The runs with units 3, 4 start from drawn ones."
    assert given_weights_in(own, "layers", ((3,), ())) == f"{words} All runs start from drawn ones."
    page = Page(layers="2", given=EXAMPLE, view="race,sweep")
    assert not any(words in each.value for each in page.app.caption)
    for key in ("race_knob", "sweep_knob"):
        page.app.selectbox(key=key).set_value("units")
    page.run()
    assert sum(words in each.value for each in page.app.caption) == 2


def test_while_the_network_is_another_one_they_are_set_aside_and_said_so():
    page = Page(layers="2").set(given=EXAMPLE).set(layers_0=3)
    assert (page.visit.player.experiment.layers, page.visit.player.experiment.given) == ((3,), "")
    assert "network 1-2-1. This one is 1-3-1" in page.message
    page.set(learning_rate="0.2")
    assert page.visit.player.experiment.learning_rate == 0.2
    page.set(layers_0=2)
    assert page.visit.player.trainer.network.parameters.tolist() == FLAT
    assert "fit again" in page.message


def test_the_present_weights_can_be_taken_and_the_start_drawn_again():
    page = Page(layers="2").click("step")
    present = page.visit.player.trainer.network.parameters.copy()
    page.click("take_weights")
    assert page.visit.player.trainer.epoch == 0
    assert page.visit.player.trainer.network.parameters.tobytes() == present.tobytes()
    assert page.widget("given").value == as_text(present, UNITS)
    page.click("draw_start")
    assert page.visit.player.experiment == TWO
    assert page.widget("given").value == DEFAULTS["given"] == ""


def test_an_offer_that_changes_the_network_says_that_they_are_left_out():
    visit = open_visit(layers="2", given=EXAMPLE).visit
    visit.diagnosis.take(Suggestion({"learning_rate": 0.05}, "Try 0.05"))
    assert (visit.player.experiment.given, visit.controls.message) == (WAYS["a table"], None)
    visit.diagnosis.take(Suggestion({"layers": (3,)}, "Try 3 units"))
    assert visit.player.experiment.given == ""
    assert "do not fit the changed network" in visit.controls.message.text


def test_what_a_browser_has_kept_aside_is_a_text_of_bounded_length():
    for kept, aside in (("1, 2", "1, 2"), ("", ""), ("1" * (MAX_LENGTH + 1), ""), (5, "")):
        given = GivenWeights()
        given.load(kept)
        assert given.aside == aside
