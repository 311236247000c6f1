// Draws the charts of a page. A click on a mark opens the records behind it.
// Colours are the page's own tokens (var(--…)), so a change of theme needs no second drawing. Vega's expressions are
// interpreted, not compiled, so that no script needs to be made from text.
const drawn = new Map();

function drawAll() {
  for (const [figure, view] of drawn) {
    if (!figure.isConnected) { view.finalize(); drawn.delete(figure); }
  }
  for (const figure of document.querySelectorAll("[data-chart]")) draw(figure);
}

async function draw(figure) {
  const spec = JSON.parse(document.getElementById(`${figure.dataset.chart}-spec`).textContent);
  const room = figure.querySelector(".chart-room");
  const drawing = document.createElement("div");
  drawing.className = "chart-drawing";
  const { view } = await vegaEmbed(drawing, {
    ...spec, config: { ...spec.config, font: getComputedStyle(document.body).fontFamily }, width: figure.clientWidth, height: tall(figure, room),
    autosize: { type: "fit", contains: "padding" },
  }, {
    mode: "vega-lite", ast: true, renderer: "svg", actions: false, defaultStyle: false,
    tooltip: { disableDefaultStyle: true },
  });
  drawn.get(figure)?.finalize();
  drawn.set(figure, view);
  figure.querySelector(".chart-drawing")?.remove();
  room.classList.add("gone");
  figure.append(drawing);
  view.addEventListener("click", (event, item) => open(item?.datum));
}

// Beside its table a chart is about as tall as the table, so that rows stand beside rows; else as tall as it needs.
function tall(figure, room) {
  const needed = Number(room.getAttribute("height"));
  const beside = figure.closest(".beside");
  if (!beside || getComputedStyle(beside).gridTemplateColumns.split(" ").length < 2) return needed;
  const table = document.getElementById(`${figure.dataset.chart}-table`)?.offsetHeight ?? needed;
  const help = figure.parentElement.querySelector(".help")?.offsetHeight ?? 0;
  return Math.max(needed, Math.min(table - help, 1.6 * needed));
}

// Where a mark leads is in its point: the records behind it.
function open(datum) {
  if (datum?.href?.startsWith("/")) location.assign(datum.href);
}

let waiting;
addEventListener("resize", () => { clearTimeout(waiting); waiting = setTimeout(drawAll, 120); });
document.addEventListener("htmx:afterSettle", drawAll);
drawAll();
