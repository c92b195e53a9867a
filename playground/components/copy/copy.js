// Copies the address of the page, which holds the experiment. Where nothing may be copied, the address is shown instead.

import { find } from "../shared/dom.js";

const ANSWER_MS = 2000; // how long the button shows that it worked

/** @param {{parentElement: HTMLElement}} mounting */
export default function mountCopy({ parentElement }) {
  const button = find(parentElement, "button");
  /** @type {HTMLInputElement} */
  const field = find(parentElement, "input");
  button.onclick = async () => {
    const link = location.href;
    const done = await copyText(link);
    button.textContent = done ? "Copied" : "Copy it from here:";
    field.hidden = done;
    field.value = link;
    if (!done) field.select();
    setTimeout(() => {
      button.textContent = "Copy link";
    }, ANSWER_MS);
  };
  const framed = find(parentElement, ".framed");
  framed.hidden = window.top === window.self;
  find(framed, "a").setAttribute("href", location.href);
  for (const soon of ["pointerover", "focusin"]) {
    framed.addEventListener(soon, () => find(framed, "a").setAttribute("href", location.href)); // it has changed since
  }
}

/**
 * There is a clipboard on https and localhost alone, and not in every frame; elsewhere a selected text and the old command
 * serve, unless they are forbidden too.
 *
 * @param {string} text
 */
async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text);
  }
}

/** @param {string} text */
function copySelected(text) {
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
    field.remove();
  }
}
