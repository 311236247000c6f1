// Which commands fit what is typed: every typed word begins one of theirs (also of `also`, by which people call them
// otherwise), or its letters stand in them in order.
export function fitting(list, text) {
  const wanted = parts(plain(text));
  if (!wanted.length) return []; // signs alone name nothing
  return list
    .map((one, place) => ({ one, place, rank: rank(plain(`${one.word} ${one.about ?? ""} ${one.also ?? ""}`), wanted) }))
    .filter(({ rank }) => rank < Infinity)
    .sort((a, b) => a.rank - b.rank || a.place - b.place)
    .map(({ one }) => one);
}

export function plain(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

// "1st & 10" and "e-mail" are typed as they are written.
function parts(text) {
  return text.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
}

function rank(name, wanted) {
  const words = parts(name);
  let sum = 0;
  for (const one of wanted) {
    const at = words.findIndex((word) => word.startsWith(one));
    if (at >= 0) sum += at;
    else if (one.length > 2 && words.some((word) => word.includes(one))) sum += 20;
    else if (one.length > 3 && words.some((word) => inOrder(word, one))) sum += 40;
    else return Infinity;
  }
  return sum;
}

function inOrder(word, letters) {
  let at = -1;
  return word[0] === letters[0] && [...letters].every((letter) => (at = word.indexOf(letter, at + 1)) >= 0);
}
