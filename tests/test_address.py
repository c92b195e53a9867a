"""The address of the page: what it cannot use is named, with what is near and what is used instead."""

import pytest

from playground.experiment import CONTROLS, Experiment
from playground.session.address import gone_back_to, query_of
from playground.session.given_weights import GivenWeights
from playground.sharing.address_names import OF_THE_PAGE, sentences_on, unknown_names
from playground.sharing.links import LEFT_OUT, NOT_HERE
from tests.support.visits import open_visit


def said(**query):
    message = open_visit(**query).visit.controls.message
    return message.text if message else ""


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("lr", "learning_rate"), ("Learning_Rate", "learning_rate"), ("learning-rate", "learning_rate"),
        ("leraning_rate", "learning_rate"), ("layer", "layers"), ("hidden_layers", "layers"), ("epochs", "max_epochs"),
        ("batch", "batch_size"), ("weight_decay", "l2"), ("dataset", "problem"), ("views", "view"), ("X", "x"),
        ("amp;noise", "noise"), ("activation", "activations"), ("qqqq", None), ("optimiser", "optimizer"),
    ],
)  # fmt: skip
def test_an_unknown_name_is_named_with_the_one_that_is_near(name, near):
    words = f"There is no setting {name!r}" + (f"; did you mean {near}?" if near else ".")
    assert words in said(**{name: "1", "learning_rate": "0.3"})
    assert open_visit(**{name: "1", "noise": "0.3"}).visit.player.experiment.noise == 0.3


@pytest.mark.parametrize(
    "name",
    [
        "utm_source",
        "utm_campaign",
        "UTM_Medium",
        "fbclid",
        "gclid",
        "ref",
        "msclkid",
        "_ga",
        "mc_cid",
        "igshid",
        "gad_source",
        "irclickid",
        "mibextid",
        "_branch_match_id",
        "hsCtaTracking",
        "at_medium",
        "sxsrf",
        "vero_conv",
        "ysclid",
        "campaign_id",
        "ck_subscriber_id",
        "sfmc_id",
    ],
)
def test_trackers_are_no_news(name):
    assert said(**{name: "x"}) == ""


def test_no_known_name_is_unknown_and_each_other_word_leads_to_a_known_one():
    assert unknown_names([*CONTROLS, *OF_THE_PAGE]) == []
    assert sentences_on([f"n{i}" for i in range(1000)])[-1] == "997 more names are unknown."
    assert len(" ".join(sentences_on(["n" * 10_000] * 5))) < 400


def test_an_invalid_value_is_named_with_what_is_used_instead():
    text = said(learning_rate="fast")
    assert text == (
        "Not all of the address could be used. Learning rate must be a number from 1e-06 to 100, not 'fast'. "
        "Used instead: Learning rate 0.1."
    )


@pytest.mark.parametrize(("text", "plays"), [("1", True), ("true", True), ("yes", True), ("0", False), ("", False)])
def test_play_is_yes_or_no(text, plays):
    visit = open_visit(play=text).visit
    assert (visit.player.playing, visit.controls.message) == (plays, None)


def test_another_play_is_named():
    assert "play must be 1 or 0, not 'maybe'. Used instead: 0." in said(play="maybe")


def test_an_unknown_name_does_not_keep_the_page_from_playing():
    visit = open_visit(play="1", lr="3").visit
    assert visit.player.playing
    assert "learning_rate" in visit.controls.message.text


def test_an_unknown_lesson_is_named_with_the_one_that_is_near():
    assert "There is no lesson 'one_unti'; did you mean one_unit?" in said(lesson="one_unti")


class Twice(dict):
    """A query with a name more than once, as st.query_params."""

    def get_all(self, key):
        return ["0.3", self[key]] if key == "noise" else [self[key]]


def test_a_name_that_is_there_twice_is_named():
    from playground.session.visit import Visit

    visit = Visit(Twice(noise="0.5", seed="3"), {})
    assert "noise is there more than once. Used: '0.5', the last." in visit.controls.message.text


def test_own_points_that_an_address_cannot_hold_are_not_replaced_without_a_word():
    own = "x,y\n" + "".join(f"{i}.25,{i * i}.5\n" for i in range(400))
    query = query_of(Experiment(target="points", own=own), {"view": "weights"})
    assert query == {"target": "points", "own": LEFT_OUT, "view": "weights"}
    assert NOT_HERE["own"] in said(**query)
    present = Experiment(target="points", own=own, learning_rate=0.3)
    assert gone_back_to(query, own, GivenWeights()) == present.changed(learning_rate=Experiment().learning_rate)
    assert query_of(Experiment(own=own), {}) == {}  # not what is learnt
