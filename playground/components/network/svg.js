// Elements of an SVG picture.

/**
 * @param {string} name
 * @param {{[attribute: string]: string | number}} attributes
 * @param {string} [text]
 * @returns {SVGElement}
 */
export function createSvg(name, attributes, text) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  setAttributes(element, attributes);
  if (text !== undefined) element.textContent = text;
  return element;
}

/** @param {Element} element @param {{[attribute: string]: string | number}} attributes */
export function setAttributes(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
}
