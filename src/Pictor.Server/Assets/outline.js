// All pictures of a view by id and shape, so that any place of it can be laid out, selected and stepped through without asking again.
import { call } from './api.js';

const digits = 16;

export class Outline {
  constructor({ ids, widths, heights, scores, reasons, reasonNames }) {
    Object.assign(this, { ids, widths, heights, scores, reasons, reasonNames, count: ids.length / digits });
  }

  static async of(source, signal) { return new Outline(await call('GET', `images/outline${source ? '?' + source : ''}`, undefined, signal)); }

  /** What the server has drawn already. */
  static ofTiles(tiles) {
    const images = tiles.map(tile => tile.querySelector('img'));
    return Object.assign(new Outline({
      ids: tiles.map(tile => tile.dataset.id).join(''),
      widths: images.map(image => Number(image?.getAttribute('width') ?? 0)), heights: images.map(image => Number(image?.getAttribute('height') ?? 0)),
    }), { captioned: tiles.some(tile => tile.querySelector('.why')) });
  }

  /** A line below each picture tells why it was found, or what would change. */
  get hasReasons() { return !!this.reasons || !!this.captioned; }

  id(i) { return this.ids.substr(i * digits, digits); }

  /** Its place, or -1. */
  indexOf(id) {
    for (let at = this.ids.indexOf(id); at >= 0; at = this.ids.indexOf(id, at + 1)) if (at % digits === 0) return at / digits;
    return -1;
  }

  *all() { for (let i = 0; i < this.count; i++) yield this.id(i); }

  *range(a, b) { for (let i = Math.min(a, b); i <= Math.max(a, b); i++) yield this.id(i); }

  /** The same without some. */
  without(gone) {
    const kept = [...Array(this.count).keys()].filter(i => !gone.has(this.id(i)));
    const pick = column => column && kept.map(i => column[i]);
    return new Outline({
      ids: kept.map(i => this.id(i)).join(''), widths: pick(this.widths), heights: pick(this.heights),
      scores: pick(this.scores), reasons: pick(this.reasons), reasonNames: this.reasonNames,
    });
  }

  /** Most of them are of this kind: the rows' height goes by it. */
  get kind() {
    const counts = { tiny: 0, small: 0, photo: 0 };
    for (let i = 0; i < this.count; i++) counts[kindOf(this.widths[i], this.heights[i])]++;
    return Object.keys(counts).reduce((a, b) => counts[b] > counts[a] ? b : a, 'photo');
  }
}

// As Tile.cs has it.
export const kindOf = (width, height) => {
  const side = Math.max(width, height);
  return side === 0 ? 'photo' : side <= 48 ? 'tiny' : side <= 160 ? 'small' : 'photo';
};
