// Which pictures of a grid are chosen. Ids, not places: the choice outlives another order.

export class Selection extends EventTarget {
  constructor(grid) {
    super();
    this.grid = grid;
    this.ids = new Set();
    this.anchor = -1;
  }

  get size() { return this.ids.size; }

  /** All results of the view are chosen: changes may then be asked for by the view's own question. */
  get whole() { return this.size > 0 && this.size === this.grid.outline.count; }

  has(id) { return this.ids.has(id); }

  toggle(i) {
    const id = this.grid.outline.id(i);
    if (!this.ids.delete(id)) this.ids.add(id);
    this.anchor = i;
    this.base = new Set(this.ids);
    this.changed();
  }

  /** From the last one that was touched to this one; what was chosen before stays. */
  extend(to) {
    if (this.anchor < 0) this.anchor = to;
    this.base ??= new Set();
    this.ids = new Set([...this.base, ...this.grid.outline.range(this.anchor, to)]);
    this.changed();
  }

  all() {
    this.ids = new Set(this.grid.outline.all());
    this.base = new Set(this.ids);
    this.changed();
  }

  clear() {
    if (this.size === 0) return;
    this.ids = new Set();
    this.base = null;
    this.anchor = -1;
    this.changed();
  }

  changed() { this.dispatchEvent(new Event('change')); }
}
