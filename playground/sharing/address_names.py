"""The names in an address: which of them mean something here, and what to say of the others."""

import re
from collections.abc import Iterable
from difflib import get_close_matches

from playground.experiment import CONTROLS

# Beside the fields of the experiment:
OF_THE_PAGE = ("lesson", "view", "face", "x", "example", "play", "show", "task", "goal", "embed", "embed_options")
MAX_QUOTED = 40  # characters of an unknown name that are repeated
MAX_NAMED = 3  # unknown names that are repeated
_CLOSE = 0.7  # of a misspelt name

_TRACKING = (
    "utm_",
    "mtm_",
    "pk_",
    "piwik_",
    "matomo_",
    "hsa_",
    "mc_",
    "_hs",
    "ga_",
    "ir_",
    "gad_",
    "at_",
    "guce_",
    "vero_",
    "rdt_",
    "fb_",
    "_branch",
    "cm_",
    "sc_",
    "trk_",
    "itm_",
    "elq",
    "wt_",
    "bsft_",
    "mkt_",
    "hsctatracking",
    "__hs",
    "oly_",
)  # how their names begin
_CLICKED = re.compile("(clid|clickid|click_id|campaign|campaign_?id|subscriber|subscriber_id|recipient_id)$")
_TRACKERS = [
    "sfmc_id",
    "ncid",
    "cmp",
    "sourceid",
    "gs_lcrp",
    "zanpid",
    "dm_i",
    "fbclid",
    "gclid",
    "gclsrc",
    "gbraid",
    "wbraid",
    "dclid",
    "msclkid",
    "twclid",
    "ttclid",
    "yclid",
    "li_fat_id",
    "igshid",
    "igsh",
    "mibextid",
    "irclickid",
    "wickedid",
    "gad",
    "cvid",
    "ocid",
    "sxsrf",
    "ved",
    "usg",
    "fbc",
    "fbp",
    "xtor",
    "adid",
    "guccounter",
    "nr_email_referer",
    "li_source",
    "linkid",
    "msockid",
    "jsessionid",
    "phpsessid",
    "srsltid",
    "epik",
    "scid",
    "sccid",
    "_ga",
    "_gl",
    "_ke",
    "vero_id",
    "mkt_tok",
    "oly_enc_id",
    "oly_anon_id",
    "trk",
    "trkcampaign",
    "ref",
    "referrer",
    "referer",
    "ref_src",
    "ref_url",
    "source",
    "src",
    "campaign",
    "cmpid",
    "s_kwcid",
    "s_cid",
    "si",
    "spm",
    "fb_action_ids",
    "fb_source",
    "wt_mc",
    "rb_clickid",
    "__s",
    "ck_subscriber_id",
]
_OTHER_WORDS = {  # what others call a field
    "learning_rate": "lr alpha eta rate step_size stepsize learningrate",
    "layers": "units hidden hidden_layers neurons nodes width size sizes layer architecture network networkshape",
    "activations": "act activation_function nonlinearity func",
    "max_epochs": "epochs epoch iterations iters steps n_epochs stop",
    "batch_size": "batch batchsize minibatch bs",
    "optimizer": "optim opt optimiser solver algorithm",
    "loss": "cost criterion objective error",
    "l2": "weight_decay wd lambda ridge regularization regularizationrate",
    "l1": "lasso",
    "points": "n samples count num_points numsamples m size_of_data",
    "problem": "dataset data",
    "target": "function curve",
    "formula": "f y expression equation fn",
    "own": "csv table xy mydata",
    "noise": "sigma std noise_level",
    "test_fraction": "test test_size split validation percenttraindata holdout",
    "seed": "random_state random_seed rng",
    "initializer": "init initialization initialisation initialiser weights",
    "dropout": "p keep_prob drop",
    "clip": "clipping clip_norm gradient_clip max_norm",
    "features": "inputs",
    "scaling": "standardise standardize normalize normalise scaler",
    "low": "min from xmin x_min start left",
    "high": "max to xmax x_max end right",
    "schedule": "lr_schedule scheduler",
    "speed": "fps epochs_per_frame",
    "target_loss": "tolerance tol stop_below",
    "patience": "early_stopping",
    "stall_epochs": "n_iter_no_change",
    "stall_share": "min_delta",
    "view": "views panel panels tab open",
    "lesson": "lessons tutorial",
    "play": "autoplay run train",
    "show": "visible controls",
    "task": "exercise text instructions",
    "goal": "goals aim",
}
_MEANT = {word: name for name, words in _OTHER_WORDS.items() for word in words.split()}


def unknown_names(names: Iterable[str]) -> list[str]:
    """The names that mean nothing here and are not those of a tracker, which sites add to the links on them."""
    known = {*CONTROLS, *OF_THE_PAGE}
    return [name for name in names if name not in known and not _is_tracker(name.lower())]


def sentences_on(names: Iterable[str]) -> list[str]:
    """A sentence on each of a few unknown names, with the known one that is near; then how many more there are."""
    names = list(names)
    sentences = [_sentence(name) for name in names[:MAX_NAMED]]
    if len(names) > MAX_NAMED:
        sentences.append(f"{len(names) - MAX_NAMED} more names are unknown.")
    return sentences


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The one of the known names that a misspelt one is near to."""
    plain = name[:MAX_QUOTED].strip().lower().replace("-", "_").replace(" ", "_")
    return next(iter(get_close_matches(plain, list(known), 1, _CLOSE)), None)


def _sentence(name: str) -> str:
    near, shown = _near(name), name if len(name) <= MAX_QUOTED else f"{name[:MAX_QUOTED]}…"
    return f"There is no setting {shown!r}{f'; did you mean {near}?' if near else '.'}"


def _near(name: str) -> str | None:
    """The known name that an unknown one stands for."""
    known = (*CONTROLS, *OF_THE_PAGE)
    plain = name.strip().strip("?&'\"").lower().removeprefix("amp;").replace("-", "_").replace(" ", "_")
    if plain in known:
        return plain
    if plain in _MEANT:
        return _MEANT[plain]
    return nearest(plain, known)


def _is_tracker(name: str) -> bool:
    return name in _TRACKERS or name.startswith(_TRACKING) or _CLICKED.search(name) is not None
