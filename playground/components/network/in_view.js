// Brings what was just opened below the fold into view; the keyboard's focus stays where it is.

const MARGIN_PX = 12;
const SCROLLER = "[data-testid=stMain]"; // of the page: one that frames it does not move

/** @param {Element} element */
export function bringIntoView(element) {
  const scroller = element.closest(SCROLLER);
  if (!scroller) return;
  const view = scroller.getBoundingClientRect();
  const { top, bottom } = (element.closest("[class*=st-key-panel_]") ?? element).getBoundingClientRect();
  const by = scrollFor(view, { top, bottom: Math.min(bottom, element.getBoundingClientRect().bottom) });
  const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (by > 0) scroller.scrollBy({ top: by, behavior: isStill ? "instant" : "smooth" });
}

/**
 * How far down to scroll, so that something ends above the end of the view, and begins no higher than the view does.
 *
 * @param {{top: number, bottom: number}} view
 * @param {{top: number, bottom: number}} part
 */
export function scrollFor(view, part) {
  return Math.max(0, Math.min(part.bottom - view.bottom + MARGIN_PX, part.top - view.top - MARGIN_PX));
}
