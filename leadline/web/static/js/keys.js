// One place for keys. Screens register theirs; the sheet behind "?" lists what is registered.
//
//   key("w", _("Mark won"), run, { when: () => bool, group: "Board" })
//
// A key is a letter ("w"), a named key ("ArrowDown", "Enter", "Escape", "Space"), with "shift+", "alt+" or "mod+" (Ctrl, and
// Cmd on a Mac) before it, or two after each other ("g p"). Several may be given as a list. Nothing fires while somebody
// types, or while a dialog is open (`anywhere: true` does both). Returns a function that takes the key back.
import { word } from "./words.js";

export const MAC = /Mac|iPhone|iPad/.test(navigator.platform);
const PAUSE = 1200; // milliseconds between the two keys of a pair
const registered = new Set();
let first = ""; // the first of a pair, as long as the second may come
let waiting;

export function key(keys, says, run, { when = () => true, group = word("everywhere"), anywhere = false, listed = true, also = "" } = {}) {
  const entry = { keys: [keys].flat(), says, run, when, group, anywhere, listed, also };
  registered.add(entry);
  return () => registered.delete(entry);
}

// What the sheet lists: [[group, [{ says, keys }]]], screens' groups first.
export function listed() {
  const groups = new Map();
  for (const { group, says, keys, listed } of registered) {
    if (!listed) continue;
    if (!groups.has(group)) groups.set(group, new Map());
    const rows = groups.get(group);
    rows.set(says, [...new Set([...(rows.get(says) ?? []), ...keys])]);
  }
  const rank = ([name]) => (name === word("everywhere") ? 1 : name === word("go") ? 2 : 0);
  return [...groups].map(([name, rows]) => [name, [...rows].map(([says, keys]) => ({ says, keys }))]).sort((a, b) => rank(a) - rank(b));
}

// What the palette offers of it: the acts of the page that are open now, not the ways to walk about in it.
export function offered() {
  const acts = [...registered].filter(({ keys, group, listed }) => listed && keys.length === 1 && /^[a-z.]$/.test(keys[0]) && group !== word("everywhere") && group !== word("go"));
  return acts.filter(({ when }) => when()).map(({ keys, says, run, group, also }) => ({ word: says, group, keys: keys[0], run, also }));
}

// A key as people write it: "⌘ K" or "Ctrl K", "g then p".
export function shown(keys) {
  const names = { mod: MAC ? "⌘" : "Ctrl", shift: "⇧", alt: MAC ? "⌥" : "Alt", ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→", Escape: "Esc" };
  return keys.split(" ").map((part) => part.split(/\+(?=.)/).map((name) => names[name] ?? (name.length === 1 ? name.toUpperCase() : name)));
}

function typing(target) {
  return target instanceof Element && target.closest("input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=range]), textarea, select, [contenteditable]:not([contenteditable=false])");
}

function named(event) {
  const name = event.key === " " ? "Space" : event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const sign = event.key.length === 1 && event.key.toLowerCase() === event.key.toUpperCase(); // "?" needs Shift on some keyboards
  const mod = MAC ? event.metaKey : event.ctrlKey;
  const other = MAC ? event.ctrlKey : event.metaKey;
  if (other) return "";
  return `${mod ? "mod+" : ""}${event.altKey ? "alt+" : ""}${event.shiftKey && !sign ? "shift+" : ""}${name}`;
}

function find(pressed, busy) {
  return [...registered].reverse().find((entry) => entry.keys.includes(pressed) && (!busy || entry.anywhere) && entry.when());
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || event.repeat && !/^(Arrow|j$|k$)/.test(event.key)) return;
  const pressed = named(event);
  if (!pressed || ["Shift", "Control", "Alt", "Meta"].includes(event.key)) return;
  const busy = Boolean(typing(event.target) || document.querySelector("dialog[open]"));
  const entry = (first && find(`${first} ${pressed}`, busy)) || find(pressed, busy);
  clearTimeout(waiting);
  first = "";
  if (entry) {
    event.preventDefault();
    entry.run(event);
  } else if (!busy && [...registered].some(({ keys, when }) => keys.some((one) => one.startsWith(`${pressed} `)) && when())) {
    first = pressed;
    waiting = setTimeout(() => { first = ""; }, PAUSE);
  }
});
