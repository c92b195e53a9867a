// What the server sends the views around the board: the same names as in view_contract.py. Types only.

/**
 * @typedef {import("./contract.js").Selection} Selection
 * @typedef {import("./contract.js").Figure} Figure
 */

/**
 * @typedef {object} UnitPayload
 * @property {string} sums
 * @property {string} label
 * @property {boolean} is_off
 * @property {boolean} moves
 * @property {number[]} Zs
 * @property {number[]} As
 * @property {number[]} slopes
 */

/**
 * @typedef {object} DiagramPayload
 * @property {number} run_id
 * @property {Column[]} columns
 * @property {string[]} inputs
 * @property {[number, number][]} shapes
 * @property {[layer: number, unit: number][]} off
 * @property {Selection | null} selected
 * @property {{[theme: string]: {[scale: string]: string[]}}} colors
 * @property {string} description
 * @property {"weights" | "forward" | "backward" | "step"} face
 * @property {number} key
 * @property {[name: string, size: number][]} blocks
 * @property {(number | null)[] | null} numbers
 * @property {[name: string, size: number][]} passing
 * @property {{[name: string]: (number | null)[]}} staying
 * @property {UnitPayload | null} unit
 * @property {string} numbers_in_words
 * @property {number} opened
 * @property {boolean} takes_input
 * @property {[layer: number, unit: number][] | null} now
 * @property {boolean} film
 * @property {number[] | null} x
 */

/**
 * @typedef {object} Column
 * @property {string} title
 * @property {string} note
 * @property {number[]} units
 * @property {number} folded
 */

/**
 * @typedef {object} UnitsPayload
 * @property {number} run_id
 * @property {number} units
 * @property {number} layer
 * @property {number} columns
 * @property {number | null} selected
 * @property {[number, number]} range
 * @property {string} note
 * @property {{[theme: string]: [Figure, Figure]}} figures
 * @property {{[theme: string]: UnitsColors}} colors
 */

/**
 * @typedef {object} UnitsColors
 * @property {string} added
 * @property {string} waiting
 */

/**
 * @typedef {object} MapsPayload
 * @property {number} run_id
 * @property {number} units
 * @property {number} layer
 * @property {number} columns
 * @property {number} cells
 * @property {number | null} selected
 * @property {{[theme: string]: Figure}} figures
 */

/**
 * @typedef {object} MeasuresPayload
 * @property {number} run_id
 * @property {string[]} names
 * @property {string} meaning
 * @property {string[]} undefined
 * @property {boolean[]} shares
 * @property {string[]} sets
 */

/**
 * @typedef {object} SlopesPayload
 * @property {string} of
 * @property {string} where
 * @property {number[]} Zs
 * @property {number[]} slopes
 * @property {number} flat
 * @property {number[]} Z
 * @property {number[]} A
 * @property {{[theme: string]: Figure}} figures
 */

/**
 * @typedef {object} LayersPayload
 * @property {number} run_id
 * @property {string[]} names
 * @property {string[]} activations
 * @property {string[]} quantities
 * @property {number[]} epochs
 * @property {(number | null)[][]} history
 * @property {{[theme: string]: [Figure, Figure]}} figures
 * @property {{[theme: string]: string[]}} colors
 * @property {SlopesPayload} slopes
 */

/**
 * @typedef {object} PackedArray
 * @property {string} dtype
 * @property {string} bdata
 * @property {string} shape
 */

/**
 * @typedef {object} StillPayload
 * @property {string} alt
 * @property {number} height
 * @property {boolean} clickable
 * @property {{[name: string]: PackedArray}} arrays
 * @property {{[theme: string]: Figure}} figures
 */

/**
 * @typedef {object} ConditionPayload
 * @property {string} name
 * @property {string} words
 * @property {string} mark
 * @property {number} bound
 * @property {number | null} value
 * @property {boolean} moves
 * @property {number[]} places
 */

/**
 * @typedef {object} ExercisePayload
 * @property {number} run_id
 * @property {string} task
 * @property {ConditionPayload[]} conditions
 * @property {number | null} reached
 */

export {};
