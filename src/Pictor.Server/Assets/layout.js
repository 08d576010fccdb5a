// Rows of a justified grid: each picture keeps its own shape, each row fills the width, and heights stay near the one wished for. Typed arrays: 100,000 pictures take some ms.

const narrowest = 0.5, widest = 3.2, tallest = 1.35;

/** Where everything stands: per picture left and span, per row its first picture, top and height. `extra` is a line below each picture. */
export function layOut({ widths, heights, count }, { width, target, gap, extra }) {
  const lefts = new Float32Array(count), spans = new Float32Array(count), rowOf = new Uint32Array(count);
  const starts = [], tops = [], rowHeights = [];
  const shape = i => widths[i] && heights[i] ? Math.min(widest, Math.max(narrowest, widths[i] / heights[i])) : 1;
  let top = 0;
  const close = (from, to, height) => {
    let left = 0;
    for (let i = from; i < to; i++) {
      lefts[i] = left;
      spans[i] = shape(i) * height;
      rowOf[i] = starts.length;
      left += spans[i] + gap;
    }
    starts.push(from); tops.push(top); rowHeights.push(height);
    top += height + extra + gap;
  };
  for (let from = 0; from < count;) {
    let sum = 0, to = from;
    const fit = (shapes, pictures) => (width - gap * (pictures - 1)) / shapes;
    while (to < count && sum * target + gap * (to - from) < width) sum += shape(to++);
    const full = fit(sum, to - from);
    const last = to - from > 1 ? fit(sum - shape(to - 1), to - from - 1) : Infinity;
    if (to === count && full > target) close(from, to, Math.min(full, target)); // the end of the list: a row that is not full
    else if (last / target < target / full && last <= target * tallest) close(from, --to, last);
    else close(from, to, full);
    from = to;
  }
  return { lefts, spans, rowOf, starts, tops, rowHeights, rows: starts.length, bottom: Math.max(0, top - gap) };
}

/** The row at a height, by halving. */
export function rowAt({ tops, rows }, y) {
  let low = 0, high = rows - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (tops[middle] <= y) low = middle; else high = middle - 1;
  }
  return low;
}

/** The picture of a row whose middle is nearest to another's. */
export function nearest(layout, row, i, count) {
  if (row < 0 || row >= layout.rows) return -1;
  const middle = layout.lefts[i] + layout.spans[i] / 2, end = row + 1 < layout.rows ? layout.starts[row + 1] : count;
  let best = -1, least = Infinity;
  for (let k = layout.starts[row]; k < end; k++) {
    const distance = Math.abs(layout.lefts[k] + layout.spans[k] / 2 - middle);
    if (distance < least) [best, least] = [k, distance];
  }
  return best;
}
