// Watches the board from inside the page: what is painted, when, and whether a chart ever stands blank.
(() => {
  const MARKS = {
    fit: ["fit-chart", ".moving :is(.js-line[d], .heatmaplayer image)"], // a curve, or a map
    loss: ["loss-chart", ".js-line[d]"],
    weights1: ["weights-chart-1", ".heatmaplayer image"],
    weights2: ["weights-chart-2", ".heatmaplayer image"],
  };
  const watch = { times: {}, blank: 0, firstPaint: null, lossAt: null, lastChange: 0, clicked: 0, on: false };
  const seen = {};
  window.watch = watch;
  watch.start = () => {
    for (const name of Object.keys(MARKS)) watch.times[name] = [];
    watch.blank = 0;
    watch.lossAt = null;
    watch.on = true;
  };
  addEventListener("pointerdown", () => (watch.clicked = performance.now()), true);
  const look = (now) => {
    for (const [name, [chart, selector]] of Object.entries(MARKS)) {
      const element = document.querySelector(`[data-testid=${chart}] ${selector}`);
      const mark = element?.getAttribute("d") ?? element?.getAttribute("href");
      if (!mark) {
        if (watch.on) watch.blank++;
        continue;
      }
      if (name === "fit") watch.firstPaint ??= now;
      if (mark !== seen[name]) {
        seen[name] = mark;
        watch.lastChange = now;
        if (watch.on) watch.times[name].push(now);
      }
    }
    const loss = Number(document.querySelector("[data-testid=loss]")?.dataset.value ?? NaN);
    if (watch.on && loss <= 0.01) watch.lossAt ??= now;
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})();
