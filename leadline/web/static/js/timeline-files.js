// Attaching files: chosen, dropped anywhere on the page or pasted; sent one after the other, each with its progress.
import { token } from "./toasts.js";

export function attach(box, composer, turn) {
  const form = composer.querySelector("[data-file-form]");
  const input = form.querySelector("input[type=file]");
  const shelf = form.querySelector("[data-uploads]");
  const queue = [];
  let busy = false;
  let depth = 0;

  form.querySelector("[data-plain]").hidden = true; // choosing is enough
  input.addEventListener("change", () => { add(input.files); input.value = ""; });
  form.addEventListener("submit", (event) => event.preventDefault());

  const carries = (event) => event.dataTransfer?.types.includes("Files");
  addEventListener("dragenter", (event) => { if (carries(event)) { depth += 1; box.classList.add("dropping"); } });
  addEventListener("dragleave", (event) => { if (carries(event) && (depth -= 1) <= 0) stop(); });
  addEventListener("dragover", (event) => { if (carries(event)) event.preventDefault(); });
  addEventListener("drop", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    stop();
    add(event.dataTransfer.files);
  });
  box.addEventListener("paste", (event) => {
    const files = event.clipboardData?.files ?? [];
    if (files.length && !event.clipboardData.types.includes("text/plain")) { event.preventDefault(); add(files); }
  });

  function stop() {
    depth = 0;
    box.classList.remove("dropping");
  }

  function add(files) {
    if (!files.length) return;
    turn();
    for (const file of files) {
      const line = row(file.name);
      if (file.size > Number(form.dataset.largest)) refuse(line, form.dataset.tooLarge.replace("{name}", file.name));
      else queue.push({ file, line });
    }
    next();
  }

  function row(name) {
    const line = document.createElement("li");
    const word = document.createElement("span");
    word.textContent = name;
    const bar = document.createElement("progress");
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute("aria-label", name);
    line.append(word, bar);
    shelf.append(line);
    return line;
  }

  function refuse(line, message) {
    line.className = "refused";
    line.setAttribute("role", "alert");
    const away = document.createElement("button");
    away.type = "button";
    away.className = "button quiet small";
    away.textContent = form.dataset.dismiss;
    away.addEventListener("click", () => line.remove());
    line.replaceChildren(message, away);
  }

  function next() {
    const one = !busy && queue.shift();
    if (!one) return;
    busy = true;
    const data = new FormData();
    data.append("file", one.file);
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("X-CSRFToken", token());
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", ({ loaded, total }) => { one.line.lastElementChild.value = loaded / total; });
    request.addEventListener("loadend", () => {
      finish(request, one);
      busy = false;
      next();
    });
    request.send(data);
  }

  function finish(request, { file, line }) {
    if (request.status >= 200 && request.status < 300) {
      line.remove();
      const said = JSON.parse(request.getResponseHeader("HX-Trigger") ?? "{}")["leadline:done"];
      if (said) document.dispatchEvent(new CustomEvent("leadline:done", { detail: said }));
      return;
    }
    let message = "";
    try { message = JSON.parse(request.responseText).message; } catch { /* no answer, or no words in it */ }
    refuse(line, message || form.dataset.failed.replace("{name}", file.name));
  }
}
