// The calendar: see the files named calendar-… for each of its parts.
import { begin } from "./calendar-showing.js";
import "./calendar-adding.js";
import "./calendar-drag.js";
import "./calendar-going.js";
import "./calendar-keys.js";
import "./calendar-live.js";
import "./calendar-opening.js";

begin();
