// A table of cells with the names of its rows and columns.

import { create } from "./dom.js";

/**
 * Fills a table anew.
 * @param {Element} table
 * @param {string} corner the name of the column of names; "" for none
 * @param {string[]} columns
 * @param {string[]} rows
 * @param {HTMLTableCellElement[][]} cells per row, per column
 */
export function fillTable(table, corner, columns, rows, cells) {
  const head = create("tr");
  head.append(corner ? headOf(corner, "col") : create("td"), ...columns.map((name) => headOf(name, "col")));
  const lines = rows.map((name, i) => {
    const row = create("tr");
    row.append(headOf(name, "row"), ...cells[i]);
    return row;
  });
  const [top, body] = [create("thead"), create("tbody")];
  top.append(head);
  body.append(...lines);
  table.replaceChildren(top, body);
}

/** @param {string} text @param {string} scope */
function headOf(text, scope) {
  return Object.assign(create("th", text), { scope });
}
