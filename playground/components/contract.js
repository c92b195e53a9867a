// What the server sends the browser: the same names as in contract.py. Types only.
// Arrays are packed beside a header (payload.py). Rows that do not come with every frame are listed per frame, or null.

/**
 * @typedef {import("./shared/rows.js").Numbers} Numbers
 * @typedef {[layer: number, unit: number, input: number]} Selection  of a parameter; the input after the last is the bias
 * @typedef {Required<BoardHeader> & {arrays: BoardArrays & UnitArrays}} BoardState  a header with its arrays
 */

/**
 * @typedef {object} Figure
 * @property {import("./shared/plotly.js").Trace[]} data
 * @property {import("./shared/plotly.js").Layout} layout
 */

/**
 * @typedef {object} HistoryPart
 * @property {number} lineage
 * @property {number | null} origin
 * @property {number} after
 * @property {number} until
 * @property {number} stride
 */

/**
 * @typedef {object} Request
 * @property {number | null} run_id
 * @property {number} lineage
 * @property {number} until
 * @property {number | null} epoch
 * @property {number} number
 * @property {number} frames
 * @property {number | null} wait_ms
 */

/**
 * @typedef {object} BoardHeader
 * @property {number} run_id
 * @property {number} frame_version
 * @property {number | null} continues_from
 * @property {number | null} answered
 * @property {string | null} ticket
 * @property {number} serial
 * @property {boolean} page_due
 * @property {boolean} playing
 * @property {LayerText[]} [layers]
 * @property {[number, number][]} [shapes]
 * @property {number[]} limits
 * @property {HistoryPart} history
 * @property {LossRanges} ranges
 * @property {(number | null)[] | null} objectives
 * @property {(number | null)[]} test_losses
 * @property {[epoch: number, loss: number] | null} lowest_test
 * @property {number} [outside]
 * @property {Plane | null} [plane]
 * @property {number} learning_rate
 * @property {number | null} scheduled_rate
 * @property {number | null} stable_learning_rate
 * @property {string} stable_bound
 * @property {Themed<BoardFigures> | null} figures
 * @property {boolean} editable
 * @property {(number | null)[]} parameter_rows
 * @property {(number | null)[]} output_rows
 * @property {(number | null)[]} unit_rows
 * @property {(number | null)[]} [measure_rows]
 * @property {(number | null)[]} [face_rows]
 * @property {(number | null)[]} [layer_rows]
 * @property {[layer: number, unit: number]} [slopes_of]
 * @property {number} [face_key]
 * @property {[size: number, scale: number][]} [face_scales]
 * @property {[frame: number, parameter: Selection, lines: string][]} [face_sums]
 * @property {Selection | null} selected
 */

/**
 * @typedef {object} BoardArrays
 * @property {Numbers} epochs
 * @property {Numbers} losses
 * @property {Numbers} changes
 * @property {Numbers} gradient_norms
 * @property {Numbers} outputs
 * @property {Numbers} parameters
 * @property {Numbers} history_losses
 * @property {Numbers} tested_epochs
 * @property {Numbers} tested_losses
 * @property {Numbers} [history_objectives]
 * @property {Numbers} [confusions]
 * @property {Numbers} [measures]
 * @property {Numbers} [face]
 * @property {Numbers} [layers]
 * @property {Numbers} [unit_places]
 * @property {Uint8Array<ArrayBuffer>} [kept]
 */

/**
 * @typedef {object} UnitArrays
 * @property {Numbers} [hidden]
 * @property {Numbers} [unit_weights]
 * @property {Numbers} [order]
 * @property {Numbers} [biases]
 */

/**
 * @typedef {object} LayerText
 * @property {string} title
 * @property {string} rows
 * @property {string} columns
 * @property {[number, number, number]} widths
 * @property {string} description
 */

/**
 * @typedef {object} LossRanges
 * @property {[number, number]} epoch
 * @property {[number, number]} linear
 * @property {[number, number]} log
 * @property {Ticks} ticks
 */

/**
 * @typedef {object} Ticks
 * @property {number[]} tickvals
 * @property {string[]} ticktext
 */

/**
 * @typedef {object} Plane
 * @property {number} cells
 * @property {number} classes
 * @property {string[]} class_names
 * @property {[number, number]} limits
 */

/**
 * @template Figures
 * @typedef {object} Themed
 * @property {Figures} light
 * @property {any} dark
 */

/**
 * @typedef {object} BoardFigures
 * @property {Figure[]} charts
 * @property {string[]} diverging
 * @property {{[name: string]: string}} colors
 * @property {MapColors} scales
 * @property {string} outside
 */

/**
 * @typedef {object} MapColors
 * @property {[number, string][]} smooth
 * @property {[number, string][]} discretised
 */

export {};
