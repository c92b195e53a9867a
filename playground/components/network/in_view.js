// Brings what was just opened below the fold into view; the keyboard's focus stays where it is.

const MARGIN_PX = 12;
const SCROLLER = "[data-testid=stMain]"; // of the page: one that frames it does not move

/** @param {Element} element  up to its end, with what stands above it in its panel */
export function bringIntoView(element) {
  const scroller = element.closest(SCROLLER);
  if (!scroller) return;
  const { top } = (element.closest("[class*=st-key-panel_]") ?? element).getBoundingClientRect();
  const by = scrollFor(scroller.getBoundingClientRect(), { top, bottom: element.getBoundingClientRect().bottom });
  const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (by) scroller.scrollBy({ top: by, behavior: isStill ? "instant" : "smooth" });
}

/**
 * How far down to scroll, or up, so that a part is in the view; of one that is too large for it, the beginning.
 *
 * @param {{top: number, bottom: number}} view
 * @param {{top: number, bottom: number}} part
 */
export function scrollFor(view, part) {
  const toBegin = part.top - view.top - MARGIN_PX;
  return Math.min(toBegin, Math.max(0, part.bottom - view.bottom + MARGIN_PX));
}
