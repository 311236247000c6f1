// Draws the charts of a page in the colours of its theme. A click on a mark opens the deals behind it.
// Vega's expressions are interpreted, not compiled, so that no script needs to be made from text.
const drawn = new Map();

function drawAll() {
  for (const [figure, view] of drawn) {
    if (!figure.isConnected) { view.finalize(); drawn.delete(figure); }
  }
  for (const figure of document.querySelectorAll("[data-chart]")) draw(figure);
}

async function draw(figure) {
  const spec = JSON.parse(document.getElementById(`${figure.dataset.chart}-spec`).textContent);
  const room = document.createElement("div");
  room.className = "chart-drawing";
  const { view } = await vegaEmbed(room, spec, {
    mode: "vega-lite", ast: true, renderer: "svg", actions: false, defaultStyle: false, tooltip: { disableDefaultStyle: true },
    config: colours(figure), width: figure.clientWidth, height: figure.querySelector("svg").getAttribute("height") - 0,
  });
  drawn.get(figure)?.finalize();
  drawn.set(figure, view);
  figure.querySelector(".chart-drawing")?.remove();
  figure.querySelector(".chart-room")?.setAttribute("hidden", "");
  figure.append(room);
  view.addEventListener("click", (event, item) => open(figure, item?.datum));
}

function open(figure, datum) {
  if (!datum) return;
  const rows = document.querySelectorAll(`#${figure.dataset.opens} [data-key]`);
  const row = [...rows].find(({ dataset }) => Object.values(datum).includes(dataset.key));
  const link = row?.querySelector("[data-main] a");
  if (link) location.assign(link.href);
}

function colours(element) {
  const named = (name) => {
    element.style.color = `var(${name})`;
    const value = getComputedStyle(element).color;
    element.style.removeProperty("color");
    return value;
  };
  const ink = named("--ink"), soft = named("--ink-soft"), line = named("--line");
  return {
    background: "transparent",
    font: getComputedStyle(document.body).fontFamily,
    view: { stroke: null },
    axis: { labelColor: soft, titleColor: soft, gridColor: line, domainColor: line, tickColor: line, labelFontSize: 12, titleFontSize: 12, titleFontWeight: 500 },
    legend: { labelColor: soft, titleColor: soft, labelFontSize: 12 },
    text: { color: ink, fontSize: 12 },
    range: { category: [named("--mark-won"), named("--mark-lost"), named("--mark-pending"), named("--mark-raw")] },
    mark: { color: named("--mark-won") },
    rule: { color: soft }, point: { color: named("--mark-won") },
  };
}

let waiting;
const again = () => { clearTimeout(waiting); waiting = setTimeout(drawAll, 120); };
document.addEventListener("leadline:theme", drawAll);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
document.addEventListener("htmx:afterSettle", drawAll);
addEventListener("resize", again);
drawAll();
