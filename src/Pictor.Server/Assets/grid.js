// The grid: laid out as a whole, drawn only near what is looked at. The scroll bar is true to all pictures, and the way back leads to the same place.
import { attempt } from './api.js';
import { layOut, nearest, rowAt } from './layout.js';
import { Outline } from './outline.js';
import { Selection } from './selection.js';
import { detailsOf, forget, learn, makeTile, showDetails, showPicture } from './tiles.js';

const settled = 120;          // ms without scrolling until details are asked for
const flying = 4000;          // px/s: faster than this pictures are not fetched while they pass
const patience = 1000;        // ms that the outline waits for the pictures of the first screen
const rowHeights = { photo: [184, 118], small: [128, 96], tiny: [84, 56] };

class Grid extends HTMLElement {
  async connectedCallback() {
    if (this.ending) return;
    this.ending = new AbortController();
    const { signal } = this.ending;
    this.list = this.querySelector('.grid');
    this.template = this.querySelector('template');
    this.context = this.dataset.source ?? '';
    this.tiles = new Map();
    const drawn = [...this.list.children];
    this.outline = Outline.ofTiles(drawn);
    this.selection = new Selection(this);
    this.selection.addEventListener('change', () => this.showSelection());
    this.current = 0;
    drawn.forEach((tile, i) => this.tiles.set(i, tile));
    this.querySelector('.more')?.remove();
    this.list.classList.add('laid');
    this.classList.add('ready');
    addEventListener('scroll', () => this.scrolled(), { passive: true, signal });
    this.addEventListener('keydown', event => this.key(event), { signal });
    this.addEventListener('click', event => this.click(event), { signal, capture: true });
    this.touch(signal);
    for (const button of document.querySelectorAll('[data-choose]')) { button.hidden = false; button.addEventListener('click', () => this.classList.toggle('choosing'), { signal }); }
    this.sizes = new ResizeObserver(() => this.relay());
    this.sizes.observe(this);
    this.relay();
    document.dispatchEvent(new CustomEvent('pictor-grid', { detail: this }));
    if (this.template) {
      if (!history.state?.place) await this.firstScreen();
      if (signal.aborted) return;
      await attempt(() => this.renew());
    }
    this.return();
  }

  /** What is looked at comes first: meanwhile the server is not asked for the outline of everything. */
  async firstScreen() {
    const seen = [...this.tiles.values()].map(tile => tile.querySelector('img')).filter(image => image && !image.complete && image.getBoundingClientRect().top < innerHeight);
    const loaded = seen.map(image => new Promise(done => { for (const end of ['load', 'error']) image.addEventListener(end, done, { once: true }); }));
    await Promise.race([Promise.all(loaded), new Promise(done => setTimeout(done, patience))]);
  }

  disconnectedCallback() {
    this.ending?.abort();
    this.sizes?.disconnect();
    document.dispatchEvent(new CustomEvent('pictor-grid-gone', { detail: this }));
  }

  /** Asks for the whole view anew; the place stays. */
  async renew() {
    const outline = await Outline.of(this.context, this.ending.signal).catch(error => { if (error.name !== 'AbortError') throw error; });
    if (outline) this.take(outline);
  }

  take(outline) {
    const old = this.outline, same = i => i < outline.count && i < old.count && old.id(i) === outline.id(i);
    for (const [i, tile] of this.tiles) if (!same(i)) { tile.remove(); this.tiles.delete(i); }
    this.outline = outline;
    this.relay();
  }

  /** Takes some pictures away, as they were hidden. */
  remove(ids) { this.take(this.outline.without(ids)); }

  /** After their details changed. */
  changed(ids) {
    forget(ids);
    this.settle();
  }

  // Layout and drawing

  relay() {
    const width = this.clientWidth;
    if (!width) return;
    const kept = this.layout && this.place();
    const style = getComputedStyle(this.list), small = innerWidth <= 820 ? 1 : 0;
    this.layout = layOut(this.outline, {
      width, gap: parseFloat(style.getPropertyValue('--gap')) || 6, extra: this.outline.hasReasons ? 24 : 0, target: rowHeights[this.outline.kind][small],
    });
    this.list.style.height = `${this.layout.bottom}px`;
    for (const [i, tile] of this.tiles) this.put(tile, i);
    if (kept && scrollY > 0) this.goTo(kept);
    this.draw();
    this.rest();
  }

  /** How many pictures fill a screen, as far as these tell; undefined where there are too few. */
  get screenful() {
    const { layout } = this, row = layout && rowAt(layout, innerHeight);
    return row && row + 1 < layout.rows ? layout.starts[row + 1] : undefined;
  }

  get top() { return this.list.getBoundingClientRect().top + scrollY; }

  scrolled() {
    const now = performance.now(), speed = Math.abs(scrollY - (this.lastTop ?? scrollY)) / Math.max(1, now - (this.lastTime ?? now)) * 1000;
    [this.lastTop, this.lastTime, this.flies] = [scrollY, now, speed > flying];
    this.frame ??= requestAnimationFrame(() => { this.frame = null; this.draw(); });
    this.rest();
  }

  rest() {
    clearTimeout(this.resting);
    this.resting = setTimeout(() => { this.flies = false; this.draw(); this.settle(); this.remember(); }, settled);
  }

  draw() {
    if (!this.isConnected || !this.layout || this.outline.count === 0) return;
    const { layout } = this, top = scrollY - this.top, margin = innerHeight * 0.75;
    const first = layout.starts[rowAt(layout, top - margin)], lastRow = rowAt(layout, top + innerHeight + margin);
    const end = lastRow + 1 < layout.rows ? layout.starts[lastRow + 1] : this.outline.count;
    for (const [i, tile] of this.tiles) {
      if ((i >= first && i < end) || !this.template || tile.contains(document.activeElement)) continue;
      tile.querySelector('img')?.removeAttribute('src');
      tile.remove();
      this.tiles.delete(i);
    }
    let next = null;
    for (let i = end - 1; i >= first; i--) {
      let tile = this.tiles.get(i);
      if (!tile) {
        tile = makeTile(this.template, this.outline, i, this.context);
        this.tiles.set(i, tile);
        this.put(tile, i);
        this.choose(tile, i);
        this.list.insertBefore(tile, next);
        showDetails(tile);
      }
      if (!this.flies) showPicture(tile, this.outline, i);
      next = tile;
    }
  }

  put(tile, i) {
    const { layout } = this, row = layout.rowOf[i];
    Object.assign(tile.style, { width: `${layout.spans[i]}px`, height: `${layout.rowHeights[row]}px`, transform: `translate(${layout.lefts[i]}px, ${layout.tops[row]}px)` });
    tile.querySelector('.open').tabIndex = i === this.current ? 0 : -1;
  }

  /** Scrolling rests: names, stars and marks of what is seen. */
  async settle() {
    const seen = [...this.tiles.values()];
    document.dispatchEvent(new CustomEvent('pictor-marks'));
    await learn(seen.map(tile => tile.dataset.id)).catch(() => { });
    for (const tile of seen) showDetails(tile);
  }

  // The place, so that one can come back to it

  place() {
    const top = Math.max(0, scrollY - this.top), row = rowAt(this.layout, top), i = this.layout.starts[row];
    return i === undefined || i >= this.outline.count ? null : { id: this.outline.id(i), i, offset: top - this.layout.tops[row] };
  }

  remember() {
    if (!this.isConnected || document.body.classList.contains('viewing') || !this.layout?.rows) return;
    history.scrollRestoration = 'manual';
    history.replaceState({ ...history.state, place: scrollY > 0 ? this.place() : null }, '');
  }

  goTo({ id, i, offset }) {
    const at = i < this.outline.count && this.outline.id(i) === id ? i : this.outline.indexOf(id);
    const row = this.layout.rowOf[at < 0 ? Math.min(i, this.outline.count - 1) : at];
    if (row !== undefined) scrollTo({ top: this.layout.tops[row] + offset + this.top, behavior: 'instant' });
  }

  return() {
    if (history.state?.place && scrollY === 0) { this.goTo(history.state.place); this.draw(); this.rest(); }
  }

  // Moving and choosing

  key(event) {
    const link = event.target.closest?.('.open');
    if (!link || event.ctrlKey || event.metaKey || event.altKey) return;
    const { layout, outline } = this, at = Number([...this.tiles].find(([, tile]) => tile.contains(link))?.[0] ?? this.current), row = layout.rowOf[at];
    if (event.key === ' ') { event.preventDefault(); this.selection.toggle(at); return; }
    const next = {
      ArrowRight: () => at + 1, ArrowLeft: () => at - 1, Home: () => 0, End: () => outline.count - 1,
      ArrowDown: () => nearest(layout, row + 1, at, outline.count), ArrowUp: () => nearest(layout, row - 1, at, outline.count),
    }[event.key]?.() ?? -1;
    if (next < 0 || next >= outline.count) return;
    event.preventDefault();
    if (event.shiftKey) {
      if (this.selection.anchor < 0) this.selection.anchor = at;
      this.selection.extend(next);
    }
    this.focusOn(next);
  }

  focusOn(i) {
    const row = this.layout.rowOf[i], bar = document.querySelector('.bar')?.offsetHeight ?? 0, top = this.layout.tops[row] + this.top, bottom = top + this.layout.rowHeights[row];
    if (top < scrollY + bar + 8) scrollTo({ top: top - bar - 12, behavior: 'instant' });
    else if (bottom > scrollY + innerHeight - 8) scrollTo({ top: bottom - innerHeight + 90, behavior: 'instant' });
    const before = this.tiles.get(this.current)?.querySelector('.open');
    if (before) before.tabIndex = -1;
    this.current = i;
    this.draw();
    const link = this.tiles.get(i)?.querySelector('.open');
    if (!link) return;
    link.tabIndex = 0;
    link.focus({ preventScroll: true });
  }

  click(event) {
    const tile = event.target.closest('.tile'), at = tile && this.placeOf(tile);
    if (at === undefined || at === null) return;
    const pick = event.target.closest('.pick'), open = event.target.closest('.open');
    if (!pick && !open) return;
    const byKey = event.detail === 0 && open;
    if (event.shiftKey && !byKey) this.selection.extend(at);
    else if (pick || event.ctrlKey || event.metaKey || ((this.selection.size > 0 || this.classList.contains('choosing')) && !byKey)) this.selection.toggle(at);
    else return;
    event.preventDefault();
    event.stopPropagation();
    getSelection()?.removeAllRanges();
  }

  /** A finger that stays on a picture chooses it, as everywhere on phones. */
  touch(signal) {
    let held = null;
    const end = () => { clearTimeout(held); held = null; };
    this.addEventListener('touchstart', event => {
      const tile = event.target.closest('.tile');
      if (!tile || event.touches.length > 1) return;
      held = setTimeout(() => { held = null; this.selection.toggle(this.placeOf(tile)); navigator.vibrate?.(10); this.heldNow = true; }, 450);
    }, { passive: true, signal });
    for (const kind of ['touchmove', 'touchcancel']) this.addEventListener(kind, end, { passive: true, signal });
    this.addEventListener('touchend', event => { end(); if (this.heldNow) { event.preventDefault(); this.heldNow = false; } }, { signal });
    this.addEventListener('contextmenu', event => { if (event.pointerType === 'touch' && event.target.closest('.tile')) event.preventDefault(); }, { signal });
  }

  placeOf(tile) { for (const [i, other] of this.tiles) if (other === tile) return i; return null; }

  choose(tile, i) {
    const chosen = this.selection.has(this.outline.id(i));
    tile.classList.toggle('chosen', chosen);
    tile.querySelector('.pick')?.setAttribute('aria-checked', chosen);
  }

  showSelection() {
    this.classList.toggle('choosing', this.selection.size > 0);
    for (const [i, tile] of this.tiles) this.choose(tile, i);
    document.dispatchEvent(new CustomEvent('pictor-selection', { detail: this }));
  }

  /** What is known of a picture that was looked at. */
  detailsOf(id) { return detailsOf(id); }
}
customElements.define('pictor-grid', Grid);
