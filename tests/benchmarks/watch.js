// Watches the board from inside the page: what is painted, when, whether a chart stands blank, and when all stands still.
(() => {
  const MARKS = {
    fit: ["fit-chart", ".moving :is(.js-line[d], .heatmaplayer image)"], // a curve, or a map
    loss: ["loss-chart", ".js-line[d]"],
    weights1: ["weights-chart-1", ".heatmaplayer image"],
    weights2: ["weights-chart-2", ".heatmaplayer image"],
  };
  const watch = {
    times: {},
    blank: 0,
    firstPaint: null,
    lossAt: null,
    lastChange: 0,
    changes: [], // since the last click or key
    clicked: 0,
    noting: false,
    on: false,
  };
  const seen = {};
  window.watch = watch;
  watch.start = () => {
    for (const name of Object.keys(MARKS)) watch.times[name] = [];
    watch.blank = 0;
    watch.lossAt = null;
    watch.on = true;
  };
  /** Notes changes from now on at the moment they are made, and not only at the next repaint. */
  watch.closely = () => {
    watch.noting = true;
    const attributeFilter = ["d", "href", "data-value", "data-epoch"];
    new MutationObserver(() => compare(performance.now())).observe(document, { attributeFilter, subtree: true });
  };
  for (const press of ["pointerdown", "keydown"]) {
    addEventListener(press, () => Object.assign(watch, { clicked: performance.now(), changes: [] }), true);
  }

  const pictures = new WeakMap();
  /** What a canvas shows: which epoch, or its picture where changes are looked at closely. */
  const passing = (canvas) => {
    const { epoch } = canvas.dataset;
    if (!watch.noting) return epoch;
    const known = pictures.get(canvas);
    const picture = known?.epoch === epoch ? known : { epoch, href: canvas.toDataURL() };
    pictures.set(canvas, picture);
    return picture.href;
  };
  const changed = (name, mark, now) => {
    if (mark === seen[name]) return false;
    if (watch.noting) watch.changes.push({ now, name, before: seen[name], mark });
    seen[name] = mark;
    watch.lastChange = now;
    return true;
  };
  const compare = (now) => {
    const numbers = { epoch: 0, loss: 0 };
    for (const name of Object.keys(numbers)) {
      numbers[name] = Number(document.querySelector(`[data-testid=${name}]`)?.dataset.value ?? NaN);
    }
    changed("epoch", String(numbers.epoch), now);
    if (watch.on && numbers.loss <= 0.01) watch.lossAt ??= now;
    let blank = 0;
    for (const [name, [chart, selector]] of Object.entries(MARKS)) {
      const element = document.querySelector(`[data-testid=${chart}] ${selector}`);
      const canvas = element?.closest(".chart").querySelector("canvas"); // over the chart, while it trains
      const mark = canvas?.dataset.epoch
        ? passing(canvas)
        : (element?.getAttribute("d") ?? element?.getAttribute("href"));
      if (!mark) blank++;
      else if (changed(name, mark, now) && watch.on) watch.times[name].push(now);
      if (mark && name === "fit") watch.firstPaint ??= now;
    }
    return blank;
  };
  const look = (now) => {
    const blank = compare(now);
    if (watch.on) watch.blank += blank;
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})();
