// The heatmaps of the layers: a card each, with [W | b], its scale, and a frame around the selected weight or bias.

class WeightMaps {
  constructor(element) {
    this.element = element; // holds the cards
  }

  // One card a layer, reused from run to run.
  begin({ layers }, diverging) {
    const cards = this.element.children;
    while (cards.length > layers.length) this.element.lastChild.remove();
    while (cards.length < layers.length) this.element.append(weightCard(cards.length + 1));
    for (const [i, { title, description, rows, columns, widths }] of layers.entries()) {
      const card = cards[i];
      card.querySelector("h3").textContent = title;
      card.querySelector(".rows").textContent = rows;
      card.querySelector(".columns span").textContent = columns;
      card.querySelector(".columns").style.gridTemplateColumns = widths.map((width) => `${width}fr`).join(" ");
      card.querySelector(".chart").ariaLabel = description;
      card.querySelector(".scale i").style.background = `linear-gradient(90deg, ${diverging.join(",")})`;
    }
  }

  // Draws a layer's [W | b] out of all parameters.
  update(layer, parameters, { shapes, limits }) {
    const card = this.element.children[layer];
    const [rows, columns] = shapes[layer];
    let place = shapes.slice(0, layer).reduce((sum, [r, c]) => sum + r * c, 0);
    const z = [];
    for (let row = 0; row < rows; row++, place += columns) {
      const Wb = parameters.subarray(place, place + columns);
      z.push([...Wb.subarray(0, columns - 1), null, Wb[columns - 1]]); // a gap before b
    }
    const limit = limits[layer];
    window.Plotly.restyle(card.querySelector(".plot"), { z: [z], zmin: -limit, zmax: limit }, [0]);
    const [low, , high] = card.querySelector(".scale").children;
    if (high.textContent !== short(limit)) [low.textContent, high.textContent] = [`−${short(limit)}`, short(limit)];
  }

  outline({ selected, shapes, layers }) {
    const [layer, unit, input] = selected ?? [];
    for (const [i, card] of [...this.element.children].entries()) {
      const mark = card.querySelector(".selected");
      mark.hidden = i + 1 !== layer;
      if (mark.hidden) continue;
      const [rows, columns] = shapes[i];
      const [wide, gap] = layers[i].widths;
      const [left, width] = input === columns - 1 ? [wide + gap, 1] : [input, 1];
      const share = (part, whole) => `${(100 * part) / whole}%`;
      Object.assign(mark.style, {
        left: share(left, wide + gap + 1),
        width: share(width, wide + gap + 1),
        top: share(unit, rows),
        height: share(1, rows),
      });
    }
  }
}

// What a column of a heatmap is: the number of a weight, or of the bias beyond the gap; null in the gap.
function inputOf(column, [, columns]) {
  return column === columns - 1 ? null : Math.min(column, columns - 1);
}

function weightCard(number) {
  const card = document.createElement("figure");
  card.className = "card";
  card.innerHTML = `<figcaption><h3></h3><span class="scale"><span></span><i></i><span></span></span></figcaption>
    <div class="matrix">
      <span class="rows"></span>
      <div class="chart" data-testid="weights-chart-${number}" role="img"><div class="plot"></div><i class="selected" hidden></i></div>
      <div class="columns"><span></span><i></i><b>b</b></div>
    </div>`;
  return card;
}
