"""The gradient panel: back-propagation against central differences, and mistakes for the check to catch."""

import time

import numpy as np
import streamlit as st

from nn import gradient_check
from nn.dropout import new_masks
from playground.analysis.mistakes import MISTAKES
from playground.figures.gradient import gradient_figure
from playground.panels.too_far import too_far
from playground.session import selecting, visitor

SECONDS = 1.5  # what one check may take; of a large network it then looks at every k-th parameter
# A worst relative error below this is rounding: 1e-9 at the start of the posts' run, up to 1e-6 later, where the
# gradient is small and large weights cancel; the mildest of the mistakes there is 2e-5.
RIGHT = {"float64": 5e-6, "float32": 1e-2}
NOTHING = (
    0.01  # rounding of the loss over epsilon, as a share of the largest derivative: beyond it there is no gradient
)


@st.fragment
def gradient_panel():
    """The check at the parameters on screen, over the whole training set."""
    player = visitor.player()
    left, middle, right = st.columns(3, vertical_alignment="bottom")
    with left:
        exponent = st.slider(
            "ε, how far each parameter is moved", -12, 0, -5, format="1e%d", key="check_epsilon",
            help="Too large, and the difference cuts a corner (truncation). Too small, and it drowns in rounding.",
        )  # fmt: skip
    with middle:
        dtype = st.segmented_control("Arithmetic", tuple(RIGHT), default="float64", key="check_dtype", required=True)
    with right:
        mistake = st.selectbox(
            "Break it", (None, *MISTAKES), key="check_mistake",
            format_func=lambda name: MISTAKES[name].label if name else "nothing: as it is",
            help="A classic mistake, for the check to catch.",
        )  # fmt: skip
    if too_far():
        return
    check = visitor.remembered(
        "check",
        (player.run_id, player.frame_version, exponent, dtype, mistake),
        lambda: _check(player, 10.0**exponent, np.dtype(dtype), mistake and MISTAKES[mistake]),
    )
    fine = check.worst < RIGHT[dtype]
    numbers, picture = st.columns([2, 3])
    with numbers:
        st.caption("Worst relative error")
        with st.container(key="gradient-check-worst"):
            st.subheader(f"{check.worst:.3e}", anchor=False)
        verdict = f"at **{check.worst_name}**, of {len(check.names):,} parameters checked."
        if _nothing_left(check, player.trainer.loss, 10.0**exponent, np.dtype(dtype)):
            st.info(
                "The gradient is no larger than rounding here, as at a minimum: there is nothing to compare.",
                icon=":material/info:",
            )
        elif fine:
            st.success(f"Both agree: the largest difference is rounding, {verdict}", icon=":material/check_circle:")
        else:
            st.error(f"They do not agree, most of all {verdict}{_where(check)}", icon=":material/error:")
        if mistake:
            st.markdown(f"**{MISTAKES[mistake].label}:** {MISTAKES[mistake].note}")
        if player.trainer.options.dropout:
            st.caption("With one draw of what is dropped, the same for every number.")
        st.latex(r"\frac{\partial L}{\partial w} \approx \frac{L(w + \varepsilon) - L(w - \varepsilon)}{2 \varepsilon}")
    with picture:
        st.plotly_chart(
            gradient_figure(visitor.palette(), check, selecting.selection_name()), theme=None, key="gradient_chart",
            config={"displayModeBar": False},
            alt="Each parameter's numeric derivative against the back-propagated one; right ones lie on the diagonal",
        )  # fmt: skip


def _check(player, epsilon, dtype, mistake):
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
        compute_gradient=mistake and mistake.compute_gradient,
        every=max(1, round(seconds / SECONDS)),
    )


def _nothing_left(check, loss, epsilon, dtype):
    """Whether the differences are rounding alone, and the back-propagated derivatives no larger."""
    largest = float(np.abs(check.backpropagated).max())
    return np.finfo(dtype).eps * loss / epsilon > NOTHING * largest and largest < 1e-9 * max(loss, 1.0)


def _where(check):
    """Which layers' W and b are wrong."""
    wrong = {name.split("[")[0] for name, error in zip(check.names, check.errors, strict=True) if error > 1e-3}
    return f" Wrong: {', '.join(sorted(wrong))}." if wrong else ""
