"""The gradient panel: back-propagation against central differences, and mistakes for the check to catch."""

import time
from functools import partial

import numpy as np
import streamlit as st

from nn import gradient_check
from nn.dropout import new_masks
from nn.gradient_check import GradientCheck
from playground.analysis.mistakes import MISTAKES, Mistake
from playground.components.component import still_chart
from playground.components.still import still_payload
from playground.figures.gradient import gradient_figure
from playground.panels.fields import noted
from playground.panels.too_large import too_large_to_inspect, too_large_warning
from playground.player import Player
from playground.session.current import current_visit
from playground.session.kept_fields import CHECK_DTYPE, CHECK_EPSILON, CHECK_MISTAKE

SMALLEST, LARGEST = -12, 0  # exponents of the step
MAX_SECONDS = 1.5  # of one check; of a large network it then checks every k-th parameter only
# A worst relative error below this is rounding: 1e-9 at the start of the posts' run, up to 1e-6 later, where the
# gradient is small and large weights cancel. The smallest error of the mistakes is 2e-5.
MAX_ROUNDING = {"float64": 5e-6, "float32": 1e-2}
# If rounding of the loss over epsilon is more than this share of the largest derivative, there is no gradient left
NEGLIGIBLE_SHARE = 0.01


def gradient_panel() -> None:
    """The check at the parameters on screen, over the whole training set."""
    visit = current_visit()
    player = visit.player
    left, middle, right = st.columns(3, vertical_alignment="bottom")
    with left:
        exponent = st.slider(
            "ε, how far each parameter is moved",
            SMALLEST,
            LARGEST,
            -5,
            format="1e%d",
            **noted(CHECK_EPSILON, lambda value: type(value) is int and SMALLEST <= value <= LARGEST),
            help="Too large a step cuts corners (truncation). In too small a step, rounding drowns the difference.",
        )
    with middle:
        dtype = st.segmented_control(
            "Arithmetic",
            tuple(MAX_ROUNDING),
            default="float64",
            required=True,
            **noted(CHECK_DTYPE, lambda value: value in tuple(MAX_ROUNDING)),
        )
    with right:
        mistake_name = st.selectbox(
            "Break it",
            ("", *MISTAKES),
            **noted(CHECK_MISTAKE, lambda value: value in ("", *MISTAKES)),
            format_func=lambda name: MISTAKES[name].label if name else "none (correct gradient)",
            help="Puts a classic mistake into back-propagation, for the check to catch.",
        )
    if too_large_to_inspect():
        too_large_warning()
        return
    mistake = MISTAKES[mistake_name] if mistake_name else None
    epsilon = 10.0**exponent
    check = visit.memo.get(
        "check",
        (player.run_id, player.frame_version, player.experiment, exponent, dtype, mistake_name),
        lambda: _check(player, epsilon, np.dtype(dtype), mistake),
    )
    numbers, chart = st.columns([2, 3])
    with numbers:
        st.caption("Worst relative error")
        with st.container(key="gradient-check-worst"):
            st.subheader(f"{check.worst:.3e}", anchor=False)
        if _is_negligible(check, player.trainer.loss, epsilon, np.dtype(dtype)):
            st.info(
                "The gradient is no larger than rounding here, as at a minimum: there is nothing to compare.",
                icon=":material/info:",
            )
        else:
            _verdict(check, is_right=check.worst < MAX_ROUNDING[dtype])
        if mistake:
            st.markdown(f"**{mistake.label}:** {mistake.note}")
        if player.trainer.options.dropout:
            st.caption("The same units are dropped for every number.")
        st.latex(r"\frac{\partial L}{\partial w} \approx \frac{L(w + \varepsilon) - L(w - \varepsilon)}{2 \varepsilon}")
    with chart:
        still_chart(
            still_payload(
                partial(gradient_figure, check=check, selected=visit.selected.name),
                "Each parameter's numeric derivative against the back-propagated one; right ones lie on the diagonal",
            ),
            key="gradient_chart",
        )


def _verdict(check: GradientCheck, *, is_right: bool) -> None:
    where = f"at **{check.worst_name}**, of {len(check.names):,} parameters checked."
    if is_right:
        st.success(f"Both agree: the largest difference is rounding, {where}", icon=":material/check_circle:")
    else:
        st.error(f"They disagree, most of all {where}{_wrong_layers(check)}", icon=":material/error:")


def _check(player: Player, epsilon: float, dtype: np.dtype, mistake: Mistake | None) -> GradientCheck:
    """The gradient check of the network on screen, of as many parameters as there is time for."""
    network, problem, dropout = player.trainer.network.copy(dtype), player.problem, player.trainer.options.dropout
    start = time.perf_counter()
    network.evaluate(problem.Xs)
    seconds = 2 * len(network.parameters) * (time.perf_counter() - start)
    return gradient_check(
        network,
        problem.Xs,
        problem.Ys,
        loss=player.trainer.loss_function,
        options=player.trainer.options,
        masks=new_masks(np.random.RandomState(0), dropout, network, problem.Xs.shape[1]) or None,
        epsilon=epsilon,
        compute_gradient=mistake.compute_gradient if mistake else None,
        every=max(1, round(seconds / MAX_SECONDS)),
    )


def _is_negligible(check: GradientCheck, loss: float, epsilon: float, dtype: np.dtype) -> bool:
    """Whether the differences are rounding alone, and the back-propagated derivatives no larger."""
    largest = float(np.abs(check.backpropagated).max())
    rounding = float(np.finfo(dtype).eps) * loss / epsilon
    return rounding > NEGLIGIBLE_SHARE * largest and largest < 1e-9 * max(loss, 1.0)


def _wrong_layers(check: GradientCheck) -> str:
    """Which layers' W and b are wrong, as a sentence."""
    wrong = {name.split("[")[0] for name, error in zip(check.names, check.errors, strict=True) if error > 1e-3}
    return f" Wrong: {', '.join(sorted(wrong))}." if wrong else ""
