// When the picture has come to rest: from when on it looks as it does at the end. What cannot be seen is no change.
(() => {
  const { watch } = window;
  const [WIDTH, HEIGHT] = [1000, 600]; // room for any chart
  const SEEN_IN_COLOUR = 4; // of 255, in an image
  const SEEN_IN_PLACE = 128; // of 255, at the edge of a line: half a pixel

  const pixels = (drawOn) => {
    const canvas = new OffscreenCanvas(WIDTH, HEIGHT).getContext("2d", { willReadFrequently: true });
    drawOn(canvas);
    return canvas.getImageData(0, 0, WIDTH, HEIGHT).data;
  };
  const line = (path) =>
    pixels((canvas) => {
      canvas.translate(0, HEIGHT / 3); // a curve may leave its chart
      canvas.lineWidth = 2;
      canvas.stroke(new Path2D(path));
    });
  const image = async (href) => {
    const picture = new Image();
    picture.src = href;
    await picture.decode();
    return pixels((canvas) => canvas.drawImage(picture, 0, 0));
  };
  const looksLike = async (one, other) => {
    if (one === other) return true;
    if (!one?.startsWith("M") && !one?.startsWith("data:")) return false;
    const isImage = one.startsWith("data:");
    const [a, b] = await Promise.all([one, other].map(isImage ? image : line));
    const most = isImage ? SEEN_IN_COLOUR : SEEN_IN_PLACE;
    return a.every((value, i) => Math.abs(value - b[i]) <= most);
  };

  /** {ms: from the click or key to the last visible change, changed: what that was of}. */
  watch.settled = async () => {
    const last = { ms: 0, changed: "" };
    for (const name of new Set(watch.changes.map((change) => change.name))) {
      const own = watch.changes.filter((change) => change.name === name);
      const end = own.at(-1).mark;
      while (own.length && (await looksLike(own.at(-1).before, end))) own.pop();
      const ms = own.length ? own.at(-1).now - watch.clicked : 0;
      if (ms > last.ms) Object.assign(last, { ms, changed: name });
    }
    return last;
  };
})();
