// The sheet behind "?": every key that is registered on this page, by group.
import { key, listed, shown } from "./keys.js";
import { command } from "./palette.js";
import { word } from "./words.js";

const sheet = document.getElementById("keys-sheet");

function open() {
  const body = sheet.querySelector(".keys-body");
  body.replaceChildren(...listed().map(([name, rows]) => {
    const part = document.createElement("section");
    const head = Object.assign(document.createElement("h3"), { textContent: name });
    const list = document.createElement("dl");
    for (const { says, keys } of rows) {
      const what = Object.assign(document.createElement("dt"), { textContent: says });
      const which = document.createElement("dd");
      keys.forEach((one, at) => {
        if (at) which.append(` ${word("or")} `);
        shown(one).forEach((pressed, place) => {
          if (place) which.append(` ${word("then")} `);
          for (const name of pressed) which.append(Object.assign(document.createElement("kbd"), { textContent: name }));
        });
      });
      list.append(what, which);
    }
    part.append(head, list);
    return part;
  }));
  sheet.showModal();
}

if (sheet) {
  sheet.addEventListener("click", (event) => { if (event.target === sheet) sheet.close(); });
  key("?", word("keys"), open);
  key("Escape", word("back"), () => {}, { when: () => false });
  command({ word: word("keys"), group: word("do"), keys: "?", icon: "keyboard", run: () => setTimeout(open) });
}
