// How Streamlit mounts a component: one view per element, made at the first call and closed when the element goes.
//
// Streamlit calls a component with every answer, and ends a call that a quicker one has overtaken: before or after that one,
// and in the same element. So the end of a call is that of the view only where the element is gone, or another version takes it.

import { find } from "./dom.js";
import { announceReplacing, whenReplaced } from "./replaced.js";

/**
 * @typedef {(name: string, value: unknown) => void} Send  sends the server a trigger
 *
 * @typedef {object} Mounted
 * @property {Send} send
 * @property {(data: any) => void} receive
 * @property {() => void} close
 *
 * @typedef {{data: any, parentElement: HTMLElement, setTriggerValue?: Send}} MountArguments  the first page has no server yet
 */

/**
 * The function that a component's script exports.
 *
 * @param {string} selector  of the component's element in its HTML
 * @param {new (element: HTMLElement, send: Send) => Mounted} View
 * @param {(data: any) => any} read  turns what the server sent into what the view receives
 * @returns {(mounting: MountArguments) => () => void}
 */
export function mount(selector, View, read = (data) => data) {
  const views = new WeakMap();
  /** @type {Parameters<Send>[]} */
  const unsent = []; // what the visitor did before there was a server
  const open = (/** @type {HTMLElement} */ element, /** @type {Send} */ send) => {
    announceReplacing(element);
    const view = new View(element, send);
    const close = () => {
      if (!views.delete(element)) return;
      stopListening();
      view.close();
    };
    const stopListening = whenReplaced(element, close);
    return { view, close };
  };
  return ({ data, parentElement, setTriggerValue }) => {
    const element = find(parentElement, selector); // it may move to another parent, see parts.js
    /** @type {Send} */
    const send = setTriggerValue ?? ((name, value) => unsent.push([name, value]));
    if (!views.has(element)) views.set(element, open(element, send));
    const { view, close } = views.get(element);
    view.send = send;
    view.receive(read(data));
    if (setTriggerValue) for (const [name, value] of unsent.splice(0)) setTriggerValue(name, value);
    return () => {
      if (!parentElement.isConnected) close();
    };
  };
}
