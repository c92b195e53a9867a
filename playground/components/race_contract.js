// What the server sends a race: the same names as in race_contract.py. Types only.

/**
 * @typedef {import("./contract.js").Numbers} Numbers
 * @typedef {import("./contract.js").Figure} Figure
 * @typedef {import("./contract.js").HistoryPart} HistoryPart
 * @typedef {import("./contract.js").Plane} Plane
 * @typedef {import("./contract.js").Ticks} Ticks
 * @typedef {RaceHeader & {arrays: RaceArrays}} RaceState
 */

/**
 * @template Figures
 * @typedef {import("./contract.js").Themed<Figures>} Themed
 */

/**
 * @typedef {object} RaceHeader
 * @property {number} run_id
 * @property {number} frame_version
 * @property {number | null} continues_from
 * @property {number | null} answered
 * @property {boolean} playing
 * @property {string[]} names
 * @property {HistoryPart} history
 * @property {RaceRanges} ranges
 * @property {Plane | null} plane
 * @property {(number | null)[]} output_rows
 * @property {(number | null)[]} diverged
 * @property {([number, string] | null)[]} stopped
 * @property {Themed<RaceFigures> | null} figures
 */

/**
 * @typedef {object} RaceArrays
 * @property {Numbers} epochs
 * @property {Numbers} losses
 * @property {Numbers} history_losses
 * @property {Numbers} [outputs]
 * @property {Numbers} [shades]
 * @property {Numbers} [accuracies]
 */

/**
 * @typedef {object} RaceRanges
 * @property {[number, number]} epoch
 * @property {[number, number]} log
 * @property {Ticks} ticks
 */

/**
 * @typedef {object} RaceFigures
 * @property {Figure} losses
 * @property {string[]} colors
 * @property {Figure} [fits]
 * @property {[Figure, Figure]} [small]
 * @property {string[]} [classes]
 */

export {};
