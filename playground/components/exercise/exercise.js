// The exercise: the teacher's text as text, and each part of the goal with its value, which follows the board's frames.

import { create, find, setText } from "../shared/dom.js";
import { joinBoard } from "../shared/frame_events.js";
import { mount } from "../shared/mount.js";
import { holds, isPast, valueIn, valueText } from "./conditions.js";

const INTERVAL_MS = 100;
const HOLDS = " (holds)";
const TOO_LATE = "Too late in this run: press Reset";

/**
 * @typedef {import("../view_contract.js").ExercisePayload} ExercisePayload
 * @typedef {import("../view_contract.js").ConditionPayload} ConditionPayload
 * @typedef {import("../shared/secondary_charts.js").SharedFrame} SharedFrame
 */

class Exercise {
  /** @param {HTMLElement} element @param {import("../shared/mount.js").Send} send */
  constructor(element, send) {
    this.send = send; // as every view; nothing is sent from here
    this.task = find(element, ".task");
    this.goal = find(element, ".goal");
    this.reached = find(element, ".reached");
    /** @type {{condition: ConditionPayload, mark: HTMLElement, value: HTMLElement, said: HTMLElement, isPast: boolean}[]} */
    this.parts = [];
    this.run_id = -1;
    this.words = ""; // of the parts on the page
    /** @type {number | null} */
    this.epochReached = null;
    this.hasHeld = false; // at a moment of the run on screen
    this.leaveBoard = () => {};
  }

  close() {
    this.leaveBoard();
  }

  /** @param {ExercisePayload} data */
  receive({ run_id, task, conditions, reached }) {
    this.leaveBoard();
    this.task.hidden = !task;
    this.goal.hidden = !conditions.length;
    setText(this.task, task);
    this.goal.dataset.reached = String(reached !== null);
    this.epochReached = reached;
    if (run_id !== this.run_id) this.hasHeld = false;
    this.run_id = run_id;
    this.writeParts(conditions);
    this.writeOutcome();
    const update = (/** @type {SharedFrame} */ frame) => this.update(frame);
    this.leaveBoard = joinBoard({ run_id, intervalMs: INTERVAL_MS, drawnAt: 0, update });
  }

  /** Makes the parts anew only where they are others: their values stay, for the board to write over.
   * @param {ConditionPayload[]} conditions
   */
  writeParts(conditions) {
    const words = JSON.stringify(conditions.map((each) => each.words));
    if (words !== this.words) {
      this.words = words;
      const rows = conditions.map(rowOf);
      this.parts = rows.map(({ part }) => part);
      find(this.goal, "ul").replaceChildren(...rows.map(({ row }) => row));
    }
    for (const [i, condition] of conditions.entries()) {
      this.parts[i].condition = condition;
      this.write(this.parts[i], condition.value);
    }
  }

  /** @param {SharedFrame} frame */
  update(frame) {
    for (const part of this.parts) if (part.condition.moves) this.write(part, valueIn(frame, part.condition));
    if (this.parts.every(({ said }) => said.textContent === HOLDS)) this.hasHeld = true; // the server's answer is to come
    this.writeOutcome();
  }

  /** Where the goal was reached; or that it is out of reach, in the same place, so that nothing moves. */
  writeOutcome() {
    const reached = this.epochReached;
    if (reached !== null) setText(this.reached, `✓ Goal reached at epoch ${reached.toLocaleString("en-US")}`);
    else setText(this.reached, !this.hasHeld && this.parts.some(({ isPast }) => isPast) ? TOO_LATE : "");
  }

  /** @param {Exercise["parts"][number]} part @param {number | null} value */
  write(part, value) {
    const { condition, mark, value: cell, said } = part;
    const isMet = holds(condition, value);
    setText(cell, valueText(condition, value));
    part.isPast = this.epochReached === null && isPast(condition, value);
    setText(mark, isMet ? "✓" : part.isPast ? "✕" : "○");
    setText(said, isMet ? HOLDS : part.isPast ? " (is past)" : " (does not hold yet)");
    if (mark.parentElement) mark.parentElement.dataset.holds = String(isMet);
  }
}

/** @param {ConditionPayload} condition */
function rowOf(condition) {
  const row = create("li");
  const [mark, now, value, said] = [
    create("span", "", "mark"),
    create("span", "now ", "now"),
    create("b"),
    create("span"),
  ];
  mark.ariaHidden = "true";
  said.className = "unseen";
  row.dataset.name = condition.name;
  row.translate = false;
  now.append(value);
  row.append(mark, create("span", `${condition.words} `), now, said);
  return { row, part: { condition, mark, value, said, isPast: false } };
}

export default mount(".exercise", Exercise);
