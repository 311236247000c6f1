// A public form. Without this script it works as well: it is sent as it is, and what comes twice is kept once.
const form = document.querySelector("[data-door]");
const wrong = document.querySelector("[data-wrong]");
const sent = document.querySelector("[data-sent]");

(wrong || sent)?.focus({ preventScroll: window.parent !== window });

form?.addEventListener("submit", (event) => {
  if (form.dataset.sending) {
    event.preventDefault(); // it is on its way
    return;
  }
  form.dataset.sending = "1";
  form.querySelector("button").setAttribute("aria-disabled", "true");
});

// Somebody came back by the browser's own way: it may be sent again.
addEventListener("pageshow", () => {
  if (!form) return;
  delete form.dataset.sending;
  form.querySelector("button").removeAttribute("aria-disabled");
});

// In a frame: the page around makes room, and goes on where the thanks lead. It hears nothing of what was written.
if (window.parent !== window) {
  const tell = (what) => window.parent.postMessage({ leadline: "form", ...what }, "*");
  const measure = () => tell({ height: Math.ceil(document.documentElement.getBoundingClientRect().height) });
  new ResizeObserver(measure).observe(document.documentElement);
  measure();
  if (sent) tell({ sent: true, goTo: sent.dataset.goTo || "" });
}
