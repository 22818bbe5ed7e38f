// Places in a text. Python counts code points, a browser UTF-16 units, people see graphemes.

class Offsets {
  constructor(text, language) {
    this.text = text;
    this.pairs = []; // where a code point takes two units
    for (const found of text.matchAll(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g)) this.pairs.push(found.index);
    this.graphemes = new Intl.Segmenter(language, { granularity: "grapheme" }).segment(text);
    this.words = new Intl.Segmenter(language, { granularity: "word" }).segment(text);
  }

  points(unit) {
    return unit - countBelow(this.pairs.length, (nth) => this.pairs[nth] < unit);
  }

  units(point) {
    return point + countBelow(this.pairs.length, (nth) => this.pairs[nth] - nth < point);
  }

  // A grapheme is chosen as a whole: an edge inside it goes to its begin or its end.
  snap(unit, outward) {
    if (unit <= 0 || unit >= this.text.length) return Math.max(0, Math.min(unit, this.text.length));
    const { index, segment } = this.graphemes.containing(unit);
    return index === unit || outward < 0 ? index : index + segment.length;
  }

  step(unit, direction, byWord) {
    return byWord ? this.wordEdge(unit, direction) : this.graphemeEdge(unit, direction);
  }

  graphemeEdge(unit, direction) {
    const at = direction > 0 ? unit : unit - 1;
    if (at < 0 || at >= this.text.length) return unit;
    const { index, segment } = this.graphemes.containing(at);
    return direction > 0 ? index + segment.length : index;
  }

  // The end of the next word, or the begin of the one before.
  wordEdge(unit, direction) {
    let at = direction > 0 ? unit : unit - 1;
    while (at >= 0 && at < this.text.length) {
      const { index, segment, isWordLike } = this.words.containing(at);
      if (isWordLike) return direction > 0 ? index + segment.length : index;
      at = direction > 0 ? index + segment.length : index - 1;
    }
    return direction > 0 ? this.text.length : 0;
  }

  // The begin of the first word at or after a place.
  wordBegin(unit) {
    const end = this.wordEdge(unit, 1);
    return Math.max(unit, this.wordEdge(end, -1));
  }

  trimmed(start, end) {
    const words = this.text.slice(start, end);
    const first = start + words.length - words.trimStart().length;
    return { start: first, end: first + words.trim().length };
  }
}

function countBelow(length, isBelow) {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBelow(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
