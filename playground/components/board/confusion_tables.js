// How many points of each class are classified as each: a table for the training points, and one for the test points.

import { create, setText } from "../shared/dom.js";

export class ConfusionTables {
  /** @param {HTMLElement} element  holds the tables */
  constructor(element) {
    this.element = element;
    /** @type {HTMLTableCellElement[][][]} */
    this.cells = []; // per table, per class of a point, per class that it is taken for
  }

  /** @param {string[]} names  of the classes @param {boolean} tested */
  begin(names, tested) {
    const each = [...names.keys()];
    const own = names.some((name, k) => name !== `class ${k}`);
    const sets = tested ? ["Training points", "Test points"] : ["Training points"];
    this.cells = sets.map(() => each.map(() => each.map(() => create("td", "0"))));
    this.element.replaceChildren(
      ...sets.map((set, i) => {
        const head = [set, ...(own ? names : each)].map((text) => create("th", String(text)));
        return tableOf([head, ...each.map((k) => [create("th", names[k]), ...this.cells[i][k]])]);
      }),
    );
  }

  /**
   * @param {import("../shared/rows.js").Numbers} counts  of all tables, one after another
   * @returns {string[]} the accuracy per table, as text
   */
  update(counts) {
    return this.cells.map((table, i) => {
      const classes = table.length;
      const own = counts.subarray(i * classes ** 2, (i + 1) * classes ** 2);
      for (const [k, row] of table.entries()) {
        for (const [j, cell] of row.entries()) setText(cell, String(own[k * classes + j]));
      }
      return accuracyOf(own, classes);
    });
  }
}

/** @param {import("../shared/rows.js").Numbers} counts  classes x classes @param {number} classes */
export function accuracyOf(counts, classes) {
  let [total, right] = [0, 0];
  for (const [i, count] of counts.entries()) {
    total += count;
    if (i % (classes + 1) === 0) right += count;
  }
  return total ? `${((100 * right) / total).toFixed(1)} %` : "–";
}

/** @param {HTMLElement[][]} rows */
function tableOf(rows) {
  const table = create("table");
  for (const cells of rows) {
    const row = create("tr");
    row.append(...cells);
    table.append(row);
  }
  return table;
}
