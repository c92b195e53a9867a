// Where the maps of a layer's units lie in one heatmap: tiles side by side, each with its name above.

const GAP_CELLS = 3; // between two tiles
const NAME_CELLS = 5; // above a tile, for its name
const MIN_TILE_PX = 92; // how wide a tile is at least

/** @typedef {{units: number, cells: number}} Tiled  how many tiles, and the cells along each side of one */

export class TileLayout {
  /** @param {Tiled} tiled @param {number} width  in pixels */
  constructor({ units, cells }, width) {
    this.units = units;
    this.cells = cells;
    this.columns = Math.max(2, Math.min(units, Math.floor(width / MIN_TILE_PX)));
    this.across = this.columns * (cells + GAP_CELLS) - GAP_CELLS;
    this.down = Math.ceil(units / this.columns) * (cells + GAP_CELLS + NAME_CELLS) - GAP_CELLS;
  }

  /** The first cell of a unit's place: the row of its name, and its column. @param {number} unit */
  placeOf(unit) {
    const [row, column] = [Math.floor(unit / this.columns), unit % this.columns];
    return { top: row * (this.cells + GAP_CELLS + NAME_CELLS), left: column * (this.cells + GAP_CELLS) };
  }

  /**
   * Rows of cells with a value per cell of each unit's tile, the plane's lowest row at the bottom; null between the tiles.
   *
   * @param {(unit: number, row: number, column: number) => number} value
   * @returns {(number | null)[][]}
   */
  fill(value) {
    const z = Array.from({ length: this.down }, () => new Array(this.across).fill(null));
    for (let unit = 0; unit < this.units; unit++) {
      const { top, left } = this.placeOf(unit);
      for (let row = 0; row < this.cells; row++) {
        for (let column = 0; column < this.cells; column++) {
          z[top + NAME_CELLS + this.cells - 1 - row][left + column] = value(unit, row, column);
        }
      }
    }
    return z;
  }
}
