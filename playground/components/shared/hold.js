// A stop of the film, from the visitor's press to the server's answer: meanwhile nothing that was sent before is shown.

const MAX_HOLD_MS = 5000; // an answer that takes longer was lost on the way

/** @template {{run_id: number, answered: number | null}} State */
export class Hold {
  /**
   * @param {string} name  of the request that is to be answered; "" where there will be another run
   * @param {State | null} late  what came too early to be shown so far
   * @param {() => void} giveUp  called when there is no answer
   */
  constructor(name, late, giveUp) {
    this.name = name;
    this.late = late;
    this.number = 0; // of the request
    this.timer = setTimeout(giveUp, MAX_HOLD_MS);
  }

  end() {
    clearTimeout(this.timer);
  }

  /** Whether what the server sent must not be shown; it is kept then. @param {State} state @param {number} runId  on screen */
  holdsBack(state, runId) {
    if (state.run_id !== runId || (this.number && state.answered === this.number)) return false;
    this.late = state;
    return true;
  }
}
