// The bar that changes what is chosen, the same in every grid. Each change says how many pictures it touched and can be taken back.
import { attempt, call, say, toast, words } from './api.js';
import { change, collect, takeOut } from './changes.js';

class Bulk extends HTMLElement {
  connectedCallback() {
    this.grid = document.querySelector('pictor-grid'); // it may have been there first
    document.addEventListener('pictor-grid', event => { this.grid = event.detail; this.show(); });
    document.addEventListener('pictor-grid-gone', event => { if (this.grid === event.detail) { this.grid = null; this.show(); } });
    document.addEventListener('pictor-selection', event => { this.grid = event.detail; this.show(); });
    document.addEventListener('keydown', event => this.key(event));
    this.addEventListener('click', event => this.click(event));
    this.form = this.querySelector('form');
    this.form.addEventListener('submit', event => { event.preventDefault(); this.say(); });
    this.form.addEventListener('keydown', event => { if (event.key === 'Escape') { event.stopPropagation(); this.ask(null); this.focusGrid(); } });
    this.querySelector('select').addEventListener('change', event => {
      if (event.target.value !== '') this.run({ rating: Number(event.target.value) });
      event.target.value = '';
    });
  }

  get chosen() { return [...this.grid.selection.ids]; }

  show() {
    const selection = this.grid?.selection, size = selection?.size ?? 0, count = this.grid?.outline?.count ?? 0;
    this.hidden = size === 0;
    document.body.classList.toggle('choosing', size > 0);
    if (size === 0) { this.ask(null); return; }
    const number = n => n.toLocaleString(document.documentElement.lang);
    this.querySelector('.count').textContent = say(words.selected, number(size));
    const all = this.querySelector('[data-do=all]');
    all.hidden = selection.whole || count < 2;
    all.textContent = say(words.selectAll, number(count));
    this.querySelector('[data-do=takeout]').hidden = !this.grid.dataset.collection;
  }

  key(event) {
    if (!this.grid?.isConnected || document.body.classList.contains('viewing') || event.target.closest('input, textarea, select')) return;
    const { selection } = this.grid;
    if ((event.ctrlKey || event.metaKey) && event.key === 'a') { event.preventDefault(); selection.all(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape' && selection.size > 0) { event.preventDefault(); selection.clear(); return; }
    const act = { a: 'add', y: 'accept', n: 'reject', f: 'favourite', h: 'hide', c: 'collect' }[event.key];
    const stars = /^[0-5]$/.test(event.key);
    if (!act && !stars) return;
    // Without a choice the keys are about the picture that has the focus.
    this.alone = selection.size === 0;
    if (this.alone) {
      const tile = event.target.closest?.('pictor-grid .tile');
      if (!tile || act === 'accept' || act === 'reject') return;
      selection.toggle(this.grid.placeOf(tile));
    }
    event.preventDefault();
    if (stars) this.run({ rating: Number(event.key) });
    else this.act(act);
  }

  click(event) {
    const act = event.target.closest('[data-do]')?.dataset.do;
    if (!act) return;
    this.alone = false;
    this.act(act);
  }

  act(act) {
    if (act === 'clear') { this.grid.selection.clear(); this.focusGrid(); }
    else if (act === 'all') this.grid.selection.all();
    else if (act === 'favourite') this.run({ favourite: !this.chosen.every(id => this.grid.detailsOf(id)?.favourite) });
    else if (act === 'takeout') this.takeOut();
    else if (act === 'hide') this.run({ hidden: true }, true);
    else this.ask(this.form.dataset.act === act ? null : act);
  }

  /** Opens the line for a tag; in a view of one tag that tag stands there already. */
  ask(act) {
    if (act) this.form.dataset.act = act; else delete this.form.dataset.act;
    this.form.hidden = !act;
    for (const button of this.querySelectorAll('[aria-expanded]')) button.setAttribute('aria-expanded', button.dataset.do === act);
    if (!act) return;
    const input = this.form.elements.tag, query = new URLSearchParams(location.search);
    const inView = query.get('tag') ?? query.get('q')?.match(/(?:^|\s)tag:(?:"([^"]+)"|(\S+))/)?.slice(1).find(Boolean) ?? '';
    input.value = act === 'add' || act === 'collect' ? '' : inView;
    input.setAttribute('list', act === 'collect' ? 'collection-names' : 'tag-words');
    if (act === 'collect') this.nameCollections();
    input.setAttribute('aria-label', { add: words.addOneTag, accept: words.acceptTag, reject: words.rejectOneTag, collect: words.collectionName }[act]);
    input.placeholder = input.getAttribute('aria-label');
    input.focus();
    input.select();
  }

  say() {
    const tag = this.form.elements.tag.value.trim(), act = this.form.dataset.act;
    if (!tag) return;
    this.ask(null);
    if (act === 'collect') this.collect(tag); else this.run({ [act]: [tag] });
    this.focusGrid();
  }

  async nameCollections() {
    const { items } = await call('GET', 'collections').catch(() => ({ items: [] }));
    this.querySelector('#collection-names').replaceChildren(...items.filter(item => item.query == null).map(item => Object.assign(document.createElement('option'), { value: item.name })));
  }

  collect(name) {
    const { grid, chosen: ids } = this;
    return this.once(async () => {
      const done = await collect(ids, name);
      if (this.alone) grid.selection.clear();
      toast(say(words.collectedIn, ids.length.toLocaleString(), done.name), { undo: done.undo && (() => attempt(async () => { await done.undo(); toast(words.undone); })) });
    });
  }

  takeOut() {
    const { grid, chosen: ids } = this;
    return this.once(async () => {
      const { undo } = await takeOut(ids, grid.dataset.collection);
      grid.selection.clear();
      grid.remove(new Set(ids));
      toast(say(words.takenOut, ids.length.toLocaleString()), { undo: undo && (() => attempt(async () => { await undo(); await grid.renew(); toast(words.undone); })) });
    });
  }

  /** One change at a time: a double click is one. */
  async once(work) {
    if (this.busy) return undefined;
    this.busy = true;
    this.classList.add('busy');
    const outcome = await attempt(work);
    this.busy = false;
    this.classList.remove('busy');
    return outcome;
  }

  /** Pictures that leave the view (hidden ones) go by ids, for only those can be brought back. */
  async run(what, leaves = false) {
    const { grid, chosen: ids, alone } = this, view = grid.selection.whole && !leaves && grid.dataset.source !== undefined ? new URLSearchParams(grid.context) : null;
    const outcome = await this.once(() => change(ids, what, view));
    if (!outcome) return;
    if (leaves || alone) grid.selection.clear();
    if (leaves) grid.remove(new Set(ids)); else grid.changed(ids);
    toast(say(words.changed, outcome.changed), {
      undo: outcome.undo && (() => attempt(async () => {
        await outcome.undo();
        if (leaves) await grid.renew(); else grid.changed(ids);
        toast(words.undone);
      })),
    });
  }

  focusGrid() { if (this.grid?.isConnected) this.grid.focusOn(Math.min(this.grid.current, this.grid.outline.count - 1)); }
}
customElements.define('pictor-bulk', Bulk);
