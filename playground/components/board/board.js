// The board, as Streamlit mounts it.

import { mount } from "../shared/mount.js";
import { unpack } from "../shared/unpack.js";
import { Board } from "./board_view.js";

export default mount(".board", Board, unpack);
