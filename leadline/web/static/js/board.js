// The board: see the files named board-… for each of its parts.
import { reachable } from "./board-cards.js";
import "./board-keys.js";
import "./board-live.js";
import "./board-loading.js";
import "./board-rotten.js";
import { watch as watchDrags } from "./board-drag.js";
import { watch as watchEnds } from "./board-paging.js";
import { watch as watchLanes } from "./board-lanes.js";
import { watch as watchNeeded } from "./board-needed.js";

function begin() {
  reachable();
  watchDrags();
  watchEnds();
  watchLanes();
  watchNeeded();
}

document.addEventListener("board:shown", begin);
begin();
