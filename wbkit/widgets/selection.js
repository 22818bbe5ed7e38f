// Which words are selected: by mouse or touch, or from word to word with the arrows.

class Selection {
  constructor(coder) {
    this.coder = coder;
    this.range = null; // { block, start, end } in units of the text of the block
    this.painted = globalThis.Highlight ? new Highlight() : null;
    if (this.painted) CSS.highlights.set("wbk-selected", this.painted);
  }

  clear() {
    this.range = null;
    this.painted?.clear();
    document.getSelection()?.removeAllRanges();
  }

  // Take what the mouse or a finger selected on the page.
  read() {
    const chosen = document.getSelection();
    if (!chosen?.rangeCount || chosen.isCollapsed) return null;
    const range = chosen.getRangeAt(0);
    const first = this.point(range.startContainer, range.startOffset, -1);
    let last = this.point(range.endContainer, range.endOffset, 1);
    if (!first || !last) return null;
    if (first.block.document !== last.block.document) {
      last = { block: first.block, unit: first.block.end };
    }
    const { offsets } = first.block;
    const { start, end } = offsets.trimmed(offsets.snap(first.unit, -1), offsets.snap(last.unit, 1));
    return start < end ? this.set(first.block, start, end) : null;
  }

  // A point on the page as a place in a text; beside the words it is the edge of their block.
  point(node, offset, side) {
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    const words = element.closest(".wbk-words");
    if (words && this.coder.text.contains(words)) {
      const block = this.coder.blocks.list[Number(words.dataset.nth)];
      const before = document.createRange();
      before.selectNodeContents(words);
      before.setEnd(node, offset);
      return { block, unit: block.start + before.toString().length };
    }
    const turn = element.closest("[data-nth]");
    if (!turn || !this.coder.text.contains(turn)) return null;
    const block = this.coder.blocks.list[Number(turn.dataset.nth)];
    const isBefore = node.compareDocumentPosition(block.words) & Node.DOCUMENT_POSITION_FOLLOWING;
    const edge = isBefore ? block.start : block.end;
    return { block, unit: side > 0 && isBefore ? block.start : edge };
  }

  set(block, start, end) {
    this.range = { block, start, end };
    this.paint();
    return this.range;
  }

  words() {
    return this.range ? this.range.block.offsets.text.slice(this.range.start, this.range.end) : "";
  }

  paint() {
    if (!this.painted) return;
    this.painted.clear();
    if (!this.range) return;
    for (const block of this.coder.blocks.of({ ...this.range, document: this.range.block.document })) {
      const from = locate(block, Math.max(this.range.start, block.start));
      const to = locate(block, Math.min(this.range.end, block.end));
      if (!from || !to) continue;
      const range = document.createRange();
      range.setStart(...from);
      range.setEnd(...to);
      this.painted.add(range);
    }
  }

  // Arrows move the begin, with Shift the end; by word, with Alt by sign.
  move(block, { key, shiftKey, altKey }) {
    const direction = key === "ArrowRight" ? 1 : -1;
    if (!this.range || this.range.block.document !== block.document) return this.firstWord(block);
    const { offsets } = this.range.block;
    const moved = movedEdge(offsets, this.range, { direction, isEnd: shiftKey, byWord: !altKey });
    return this.set(this.range.block, moved.start, moved.end);
  }

  firstWord(block) {
    const start = block.offsets.wordBegin(block.start);
    return this.set(block, start, block.offsets.wordEdge(start, 1));
  }
}

// An edge that passes the other one takes it along: the words move on, one at a time.
function movedEdge(offsets, { start, end }, { direction, isEnd, byWord }) {
  if (isEnd) {
    const to = offsets.step(end, direction, byWord);
    const last = direction < 0 && byWord ? endBefore(offsets, end) : to;
    return last > start ? { start, end: last } : { start, end };
  }
  const next = direction > 0 ? nextBegin(offsets, start, byWord) : offsets.step(start, -1, byWord);
  if (next < end) return { start: next, end };
  if (next >= offsets.text.length) return { start, end };
  return { start: next, end: offsets.step(next, 1, byWord) };
}

function nextBegin(offsets, start, byWord) {
  return byWord ? offsets.wordBegin(offsets.wordEdge(start, 1)) : offsets.step(start, 1, false);
}

// The end of the word before the last word.
function endBefore(offsets, end) {
  const begin = offsets.wordEdge(end, -1);
  const before = offsets.wordEdge(begin, -1);
  return before < begin ? offsets.wordEdge(before, 1) : end;
}

function locate(block, unit) {
  let left = unit - block.start;
  const walker = document.createTreeWalker(block.words, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (left <= node.data.length) return [node, left];
    left -= node.data.length;
  }
  return null;
}
