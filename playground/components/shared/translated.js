// Lets the browser translate the page, as Chrome does: it puts elements of its own in the place of the page's text nodes.
//
// React, of which Streamlit is made, goes on to change and to remove the nodes that it made itself. Where such a node has
// gone, removing it is an error that ends the whole page, and what is written into it is not seen. So it is remembered what
// stands in the place of each, removed in its stead, and given the new text, which the translation then meets again.

const TEXT = 3; // Node.TEXT_NODE

/** @type {WeakMap<Node, Node>} */
const standIns = new WeakMap();

/** Must be called once before anything is translated; another call does nothing. */
export function allowTranslation() {
  if (window.translationAllowed) return;
  window.translationAllowed = true;
  const { removeChild, insertBefore } = Node.prototype;
  Object.assign(Node.prototype, {
    /** @this {Node} @param {Node} child */
    removeChild(child) {
      const place = childFor(this, child);
      if (place || child.nodeType !== TEXT) removeChild.call(this, place ?? child);
      return child;
    },
    /** @this {Node} @param {Node} node @param {Node | null} before */
    insertBefore(node, before) {
      const isLost = before?.nodeType === TEXT && before.parentNode !== this;
      return insertBefore.call(this, node, before && (childFor(this, before) ?? (isLost ? null : before)));
    },
  });
  const watching = new MutationObserver((records) => {
    const added = new Set(records.flatMap(({ addedNodes }) => [...addedNodes]));
    for (const record of records) {
      if (record.type === "characterData") follow(record.target);
      for (const node of record.removedNodes) {
        if (node.nodeType !== TEXT || node.isConnected) continue;
        const { addedNodes, previousSibling, nextSibling } = record;
        const standIn = addedNodes[0] ?? [previousSibling, nextSibling].find((each) => each && added.has(each));
        if (!standIn) continue;
        standIns.set(node, standIn);
        watching.observe(node, { characterData: true });
      }
    }
  });
  watching.observe(document.documentElement, { childList: true, subtree: true });
}

/** What stands in the place of a text that was written into a node which has gone gets the text. @param {Node} node */
function follow(node) {
  const standIn = presentFor(node);
  if (standIn !== node && standIn.isConnected) standIn.textContent = node.textContent;
}

/** A node, or what stands in its place now. @param {Node} node */
function presentFor(node) {
  let at = node;
  while (!at.parentNode && standIns.has(at)) at = /** @type {Node} */ (standIns.get(at));
  return at;
}

/** The child of a parent which is a node, holds it, or stands in its place; null if none does. @param {Node} parent @param {Node} node */
function childFor(parent, node) {
  /** @type {Node | null} */
  let at = presentFor(node);
  while (at && at.parentNode !== parent) at = at.parentNode;
  return at;
}
