// A link with data-dialog opens its page as a dialog. Without this script it leads to the same form as a page.
// The answer to its form comes back into the dialog when something is wrong in it, and closes it when it is done.
import { say } from "./toasts.js";

let opened;

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-dialog]");
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  open(link.href, link.closest("dialog") ? undefined : link);
});

document.addEventListener("leadline:open", ({ detail }) => detail.done(open(detail.address)));

export async function open(address, from = document.activeElement) {
  const dialog = frame();
  const body = dialog.querySelector(".dialog-body");
  try {
    await htmx.ajax("GET", address, { target: body, swap: "innerHTML" });
  } catch {
    return;
  }
  if (!body.childElementCount) return;
  for (const menu of document.querySelectorAll("details.menu[open]")) menu.open = false;
  if (from) opened = from;
  if (!dialog.open) dialog.showModal();
  const first = body.querySelector("[autofocus], [data-first]") ?? body.querySelector("input:not([type=hidden]), select, textarea") ?? body.querySelector("button");
  first?.focus();
}

export function close() {
  const dialog = document.getElementById("dialog");
  if (dialog?.open) dialog.close();
}

function frame() {
  let dialog = document.getElementById("dialog");
  if (dialog) return dialog;
  dialog = document.createElement("dialog");
  dialog.id = "dialog";
  dialog.className = "dialog";
  const body = document.createElement("div");
  body.className = "dialog-body";
  dialog.append(body);
  document.body.append(dialog);
  let outside = false; // a press that began in a list above the dialog is none beside it
  dialog.addEventListener("pointerdown", (event) => { outside = event.target === dialog; });
  dialog.addEventListener("click", (event) => {
    if ((event.target === dialog && outside) || event.target.closest("[data-close]")) { event.preventDefault(); dialog.close(); }
  });
  dialog.addEventListener("keydown", answer);
  dialog.addEventListener("close", () => {
    document.body.append(...dialog.querySelectorAll(".toasts")); // what was said in it is to be read after it
    body.replaceChildren();
    opened?.focus?.();
    opened = undefined;
  });
  // Done: the answer has nothing to show in the dialog (204), or says where to go.
  body.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (detail.requestConfig?.verb !== "get" && detail.xhr?.status === 204) dialog.close();
  });
  return dialog;
}

// A digit takes the answer of its number, where one is enough at once; Enter is done also in a list that is closed.
function answer(event) {
  const at = event.target;
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const typing = at.matches("textarea, select, input:not([type=radio], [type=checkbox])");
  const place = at.closest("form")?.querySelector("[data-digits]");
  if (place && !typing && /^[1-9]$/.test(event.key)) {
    const box = place.querySelectorAll("label:has(:is([type=radio], [type=checkbox]):not([value=''])) input")[event.key - 1];
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.click();
    if (place.dataset.digits === "now") at.closest("form").requestSubmit();
  } else if (event.key === "Enter" && at.matches("select") && !event.repeat) {
    event.preventDefault();
    at.form.requestSubmit();
  }
}

// Done, and the browser goes on to what was made: the toast with its Undo goes along.
document.addEventListener("leadline:done", ({ detail }) => {
  if (!detail.go) return;
  sessionStorage.setItem("said", JSON.stringify({ text: detail.text, act: detail.act }));
  location.assign(detail.go);
});
const said = JSON.parse(sessionStorage.getItem("said") ?? "null");
if (said) {
  sessionStorage.removeItem("said");
  say(said.text, { act: said.act });
}
