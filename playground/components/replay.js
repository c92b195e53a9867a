// Plays the recorded frames of a run on a board, by button, slider and keys; there is no server to ask for more.

const REPLAY_MS = 50; // a frame

export async function replay(element, film, plotly, { button, slider, place }) {
  element.dataset.plotly = `data:application/gzip;base64,${plotly}`;
  const board = new Board(element);
  board.ask = board.select = board.changePoint = () => {};
  const state = unpack(Uint8Array.from(atob(film), (letter) => letter.charCodeAt(0)));
  const frames = framesOf({ ...state, editable: false });
  const drawn = board.receive({ ...state, editable: false });
  board.reel.queue = [];
  await drawn;
  slider.max = frames.length - 1;
  let at = 0, timer = null;

  function show(i) {
    at = i;
    slider.value = i;
    place.textContent = `epoch ${frames[i].epoch.toLocaleString("en-US")}`;
    board.note(frames[i]);
    board.show(frames[i], 0);
    if (timer === null) board.settle();
  }
  function stop() {
    clearInterval(timer);
    timer = null;
    button.textContent = "Play";
    show(at);
  }
  function play() {
    if (at === frames.length - 1) at = -1;
    button.textContent = "Pause";
    let now = 0;
    for (const chart of board.others) chart.drawn = 0;
    timer = setInterval(() => {
      if (at === frames.length - 1) return stop();
      show(at + 1);
      board.show(frames[at], (now += 200)); // far enough apart that every chart has its turn
    }, REPLAY_MS);
  }
  button.onclick = () => (timer === null ? play() : stop());
  slider.oninput = () => {
    if (timer !== null) stop();
    show(Number(slider.value));
  };
  show(0);
  button.disabled = slider.disabled = false;
}
