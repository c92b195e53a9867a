// The pictures that the board's charts are saved as: each as it is at the epoch on screen.

import { findAll } from "../shared/dom.js";
import { atEpoch } from "../shared/format.js";
import { restyle } from "../shared/plotly.js";
import { addPictureMenu } from "./pictures.js";

/** @typedef {import("../shared/plotly.js").Plot} Plot */

/**
 * Adds the menu to the caption of each chart. What passes is drawn without Plotly, which is told of it for a picture.
 *
 * @param {import("./board_view.js").Board} board
 * @param {{still: Plot, moving: Plot, loss: Plot, weights: Plot[]}} plots
 */
export function addPictureMenus(board, { still, moving, loss, weights }) {
  const when = () => atEpoch(board.shown?.epoch ?? 0);
  const [fit, ofLoss, ...captions] = findAll(board.element, ".card figcaption");
  const fitPlots = () => (board.state.plane ? [moving, still] : [still, moving]);
  addPictureMenu(fit, () => {
    if (board.latest.output) restyle(moving, { y: [Array.from(board.latest.output)] }, [0]);
    return { plots: fitPlots(), title: `Fit ${when()}` };
  });
  addPictureMenu(ofLoss, () => ({ plots: [loss], title: `Loss ${when()}` }));
  for (const [i, caption] of captions.entries()) {
    const title = () => {
      const { layers, limits } = board.state;
      return `${layers[i].title} ${when()}, from −${limits[i]} to ${limits[i]}`;
    };
    addPictureMenu(caption, () => {
      if (board.latest.parameters) board.weights.update(i, board.latest.parameters, board.state);
      return { plots: [weights[i]], title: title() };
    });
  }
}
