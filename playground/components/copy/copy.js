// Copies the address of the page, which holds the experiment.

import { find } from "../shared/dom.js";

const ANSWER_MS = 2000; // how long the button shows whether it worked

/** @param {{parentElement: HTMLElement}} mounting */
export default function mountCopy({ parentElement }) {
  const button = find(parentElement, "button");
  button.onclick = async () => {
    const done = await copyText(location.href);
    button.textContent = done ? "Copied" : "Press Ctrl+C in the address bar";
    setTimeout(() => {
      button.textContent = "Copy link";
    }, ANSWER_MS);
  };
}

/**
 * There is a clipboard on https and localhost alone; elsewhere a selected text and the old command serve.
 *
 * @param {string} text
 */
async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}
