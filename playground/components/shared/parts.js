// A component whose script brings its own HTML and style: how a component comes that is sent once, and not with every message.

import { announceReplacing } from "./replaced.js";

/**
 * @typedef {import("./mount.js").MountArguments} MountArguments
 * @typedef {(mounting: MountArguments) => (() => void) | undefined} Component
 */

/**
 * @param {Component} component
 * @param {string} html
 * @param {string} css
 * @returns {Component}
 */
export function withParts(component, html, css) {
  const filled = new WeakSet();
  /** @type {HTMLElement | null} */
  let early = null; // where the first page mounted it, before Streamlit had a place for it
  return (mounting) => {
    const { parentElement } = mounting;
    if (!filled.has(parentElement) && early) {
      parentElement.replaceChildren(...early.childNodes); // with all that is drawn in it
      filled.add(parentElement);
      early = null;
    } else if (!filled.has(parentElement)) {
      announceReplacing(parentElement);
      const style = document.createElement("style");
      style.textContent = css;
      parentElement.innerHTML = html;
      parentElement.append(style);
      filled.add(parentElement);
      if (parentElement.hasAttribute("data-early")) early = parentElement;
    }
    return component(mounting);
  };
}
