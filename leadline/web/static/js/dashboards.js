// Tiles are put in order by dragging (their menus do it for the keyboard); a dashboard on the wall counts anew by itself.
import Sortable from "../vendor/sortable.js";

const tiles = document.querySelector("[data-tiles]");
const MINUTE = 60_000;
const unheard = () => {}; // the page says by itself that the server did not answer

if (tiles?.dataset.order) {
  Sortable.create(tiles, {
    handle: ".tile-head", filter: ".menu-body", preventOnFilter: false, ghostClass: "ghost", animation: 120,
    onEnd: () => {
      const order = [...tiles.children].map((tile) => tile.dataset.number).join(",");
      htmx.ajax("POST", tiles.dataset.order, { source: tiles, swap: "none", values: { order } }).catch(unheard);
    },
  });
}

// What a failed request leaves standing is the last answer there was.
if (tiles?.closest("[data-wall]")) {
  setInterval(() => {
    if (document.hidden) return;
    for (const tile of tiles.querySelectorAll("[data-at]")) {
      const shown = tile.querySelector("section");
      if (tile.dataset.at && shown) htmx.ajax("GET", tile.dataset.at, { target: shown, swap: "outerHTML", headers: { "HX-Target": "panel-tile" } }).catch(unheard);
    }
  }, MINUTE);
}

// What was taken back shows at once.
document.addEventListener("leadline:changed", ({ detail }) => { if (detail.from === "undo") location.reload(); });
