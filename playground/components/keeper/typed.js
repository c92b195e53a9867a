// What is typed in a field is taken before its panel closes, however that is closed.
//
// Streamlit takes it when the field loses the focus. One that is taken off the page with the focus in it never does.

const FIELD = "[data-testid=stTextInput] input, [data-testid=stTextArea] textarea";
const MENU = "[data-testid=stPopoverBody]"; // which Escape closes

/**
 * Has a field that is typed in lose the focus before a click elsewhere is heard, and before Escape closes its menu.
 *
 * @param {AbortSignal} signal
 */
export function takeTyped(signal) {
  const options = { capture: true, signal };
  document.addEventListener("click", ({ target }) => leave((field) => field !== target), options);
  document.addEventListener(
    "keydown",
    ({ key }) => key === "Escape" && leave((field) => !!field.closest(MENU)),
    options,
  );
}

/** @param {(field: HTMLElement) => boolean} isLeft */
function leave(isLeft) {
  const field = /** @type {HTMLElement | null} */ (document.activeElement);
  if (field?.matches(FIELD) && isLeft(field)) field.blur();
}
