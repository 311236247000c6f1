// The words that the frame's scripts say, in the reader's language: written into the page by parts/_words.html.
const words = JSON.parse(document.getElementById("frame-words")?.textContent ?? "{}");

export function word(name, values = {}) {
  return (words[name] ?? name).replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}
