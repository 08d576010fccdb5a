// One picture: its neighbours by arrow keys, what was said of it accepted, rejected and added by keys, each with a way back.
import { attempt, call, refresh, say, toast, words } from './api.js';
import { change } from './changes.js';
import { forgetAhead, leave, neighbour, prepare, step } from './overlay.js';
import { Zoom } from './zoom.js';

class Viewer extends HTMLElement {
  connectedCallback() {
    this.id_ = this.dataset.id;
    this.reveal();
    this.zoom = new Zoom(this.querySelector('.stage'));
    this.neighbours();
    this.addEventListener('click', event => this.click(event));
    this.addEventListener('submit', event => this.submit(event));
    for (const kind of ['pointerover', 'focusin']) this.addEventListener(kind, event => this.outline(event.target.closest?.('[data-annotation]')));
    this.keys = event => this.key(event);
    document.addEventListener('keydown', this.keys, true);
    document.dispatchEvent(new CustomEvent('pictor-marks'));
    this.idle = setTimeout(() => this.recommend(), 250);
  }

  disconnectedCallback() { document.removeEventListener('keydown', this.keys, true); clearTimeout(this.idle); }

  reveal() { for (const hidden of this.querySelectorAll('[data-script][hidden]')) hidden.hidden = false; }

  async neighbours() {
    for (const link of this.querySelectorAll('[data-step]')) {
      const address = await neighbour(this.id_, Number(link.dataset.step));
      if (!address) continue;
      link.href = address;
      link.hidden = false;
      if (this.isConnected) setTimeout(() => this.isConnected && prepare(address), 150);
    }
  }

  key(event) {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
    const typing = event.target.closest('input, textarea, select');
    if (event.key === 'Escape') { // what is nearest ends first: typing, then the closer look, then the picture (overlay.js)
      if (typing) event.target.blur(); else if (this.zoom.on) this.zoom.toggle(); else return;
      event.preventDefault();
      return;
    }
    if (typing || (event.target.closest('.strip') && event.key === 'Enter')) return;
    const rows = [...this.querySelectorAll('[data-annotation]')], row = event.target.closest('[data-annotation]') ?? null;
    const act = {
      ArrowDown: () => this.choose(rows[rows.indexOf(row) + 1] ?? rows[0]), ArrowUp: () => this.choose(rows[rows.indexOf(row) - 1] ?? rows.at(-1)),
      y: () => (row ?? rows[0])?.querySelector('[data-accept]')?.click(), n: () => (row ?? rows[0])?.querySelector('[data-reject]')?.click(),
      a: () => this.querySelector('[data-add] input').focus(), f: () => this.querySelector('[data-favourite]').click(),
      h: () => this.querySelector('[data-hide]').click(), z: () => this.zoom.toggle(), '?': () => this.querySelector('.keys').toggleAttribute('open'),
      ...Object.fromEntries([0, 1, 2, 3, 4, 5].map(stars => [stars, () => this.rate({ rating: stars })])),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  step(by) {
    const link = this.querySelector(`[data-step="${by}"]:not([hidden])`);
    if (link) step(link.getAttribute('href'));
  }

  choose(row) { row?.focus(); row?.scrollIntoView({ block: 'nearest' }); }

  click(event) {
    const link = event.target.closest('a'), button = event.target.closest('button');
    if (link?.dataset.step && !event.ctrlKey && !event.metaKey) { event.preventDefault(); this.step(Number(link.dataset.step)); }
    else if (link?.dataset.back !== undefined && history.state?.overlay) { event.preventDefault(); leave(link.href); }
    else if (button?.dataset.reject) this.reject(button.dataset.reject, button.dataset.value, button.dataset.kind);
    else if (button?.dataset.accept) this.say(button.dataset.accept, button.dataset.kind, words.acceptedTag, button.dataset.own);
    else if (button?.dataset.hide !== undefined) this.hide();
    else if (button?.dataset.favourite !== undefined) this.rate({ favourite: button.getAttribute('aria-pressed') !== 'true' });
    else if (button?.dataset.stars) this.rate({ rating: button.getAttribute('aria-pressed') === 'true' && button.dataset.last !== undefined ? 0 : Number(button.dataset.stars) });
    else if (button?.dataset.zoom !== undefined) this.zoom.toggle();
  }

  submit(event) {
    if (!event.target.matches('[data-add]')) return;
    event.preventDefault();
    const value = event.target.elements.value.value.trim();
    if (value) this.say(value, 'tag', words.addedTag).then(() => this.querySelector('[data-add] input')?.focus());
  }

  /** What stands of a value now; a box says where. */
  async find(kind, value) {
    const { items } = await call('GET', `images/${this.id_}/annotations`);
    return items.filter(item => item.kind === kind && item.value === value);
  }

  reject(annotation, value, kind) {
    return this.once(async () => {
      const [{ box } = {}] = await this.find(kind, value);
      await call('DELETE', `images/${this.id_}/annotations/${annotation}`);
      await this.renew();
      toast(`${words.rejected}: ${value}`, { undo: () => this.once(async () => { await this.add(kind, value, box); await this.renew(); }) });
    });
  }

  say(value, kind, message) {
    return this.once(async () => {
      const before = await this.find(kind, value), box = before.find(item => item.box)?.box;
      const added = await this.add(kind, value, box);
      await this.renew();
      toast(say(message, value), { undo: () => this.once(async () => {
        // Taking a person's word back leaves what a model said before; what was rejected before is rejected again.
        await call('DELETE', `images/${this.id_}/annotations/${added.id}`);
        if (before.some(item => item.rejected)) await call('DELETE', `images/${this.id_}/annotations?value=${encodeURIComponent(value)}`);
        await this.renew();
      }) });
    });
  }

  add(kind, value, box) { return call('POST', `images/${this.id_}/annotations`, { kind, value, ...(box && { box }) }); }

  rate(what) {
    return this.once(async () => {
      const { changed, undo } = await change([this.id_], what);
      await this.renew('.actions');
      if (undo) toast(say(words.changed, changed), { undo: () => this.once(async () => { await undo(); await this.renew('.actions'); }) });
    });
  }

  hide() {
    return this.once(async () => {
      await call('DELETE', `images/${this.id_}`);
      const id = this.id_, grid = document.querySelector('pictor-grid');
      toast(words.hidden, { undo: () => attempt(async () => { await call('POST', `images/${id}/restore`); await grid?.renew(); }) });
      // On to the next one, as after any decision; with none left, back to the list.
      const next = this.querySelector('[data-step="1"]:not([hidden])') ?? this.querySelector('[data-step="-1"]:not([hidden])');
      if (next) { await step(next.getAttribute('href')); grid?.remove(new Set([id])); } else { leave(this.querySelector('[data-back]').href); grid?.remove(new Set([id])); }
    });
  }

  /** One change at a time: a double click is one. */
  async once(work) {
    if (this.busy) return;
    this.busy = true;
    await attempt(work);
    this.busy = false;
  }

  async renew(part = '#tags') {
    forgetAhead();
    if (!this.isConnected) return;
    const value = document.activeElement?.closest?.('[data-annotation]')?.dataset.value;
    await refresh(`pictor-viewer[data-id="${this.id_}"] ${part}`);
    this.reveal();
    if (value) [...this.querySelectorAll('[data-annotation]')].find(row => row.dataset.value === value)?.focus();
  }

  /** Where a box is, while its line is looked at. */
  outline(row) {
    this.querySelector('.stage .box')?.remove();
    const image = this.querySelector('.stage img');
    if (!row?.dataset.box || !image) return;
    const [x, y, width, height] = row.dataset.box.split(' ').map(Number), mark = document.createElement('span');
    mark.className = 'box';
    Object.assign(mark.style, {
      left: `${image.offsetLeft + x * image.offsetWidth}px`, top: `${image.offsetTop + y * image.offsetHeight}px`, width: `${width * image.offsetWidth}px`, height: `${height * image.offsetHeight}px`,
    });
    image.parentElement.append(mark);
  }

  /** What this picture leads to, more varied than its likes; asked for when the picture itself is there. */
  async recommend() {
    const strip = this.querySelector('[data-recommended]');
    if (!strip) return;
    const { items } = await call('POST', 'recommendations', { like: [this.id_], limit: 36 }).catch(() => ({ items: [] }));
    const shown = new Set([...this.querySelectorAll('[data-similar] [data-id]')].map(tile => tile.dataset.id)), others = items.filter(item => !shown.has(item.id)).slice(0, 12);
    if (others.length === 0) return;
    strip.querySelector('.grid').replaceChildren(...others.map(({ id, file }) => {
      const tile = document.createElement('li'), link = document.createElement('a'), image = document.createElement('img');
      tile.className = 'tile';
      Object.assign(link, { className: 'open', href: `/pictures/${id}`, title: file.split(/[\\/]/).pop() });
      Object.assign(image, { src: `/api/v1/images/${id}/thumbnail?size=256`, alt: link.title, loading: 'lazy' });
      link.append(image);
      tile.append(link);
      return tile;
    }));
    strip.hidden = false;
  }
}
customElements.define('pictor-viewer', Viewer);
