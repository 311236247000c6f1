// The words of lists, in the reader's language: written into the page by lists/_words.html.
const words = JSON.parse(document.getElementById("list-words").textContent);

export function say(name, values = {}) {
  return (words[name] ?? name).replace(/\{(\w+)\}/g, (whole, one) => values[one] ?? whole);
}
