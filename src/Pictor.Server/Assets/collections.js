// Collections: made by hand or of a search, renamed, deleted. What leads to another page is told there, with the way back.
import { attempt, call, later, say, send, toast, words } from './api.js';

const open = id => location.assign(`/?collection=${id}`);

/** Closes an open menu by Esc or by a click elsewhere, as menus do. */
document.addEventListener('keydown', event => {
  const menu = event.key === 'Escape' && event.target.closest?.('details.pop[open]');
  if (menu) { menu.open = false; menu.querySelector('summary').focus(); event.stopPropagation(); }
}, true);
document.addEventListener('click', event => { for (const menu of document.querySelectorAll('details.pop[open]')) if (!menu.contains(event.target)) menu.open = false; });
document.addEventListener('toggle', event => { if (event.target.matches?.('details.pop[open]')) { const input = event.target.querySelector('input'); input?.focus(); input?.select(); } }, true);

/** The page of all collections. */
class Collections extends HTMLElement {
  connectedCallback() {
    for (const hidden of this.querySelectorAll('[data-script]')) hidden.hidden = false;
    this.addEventListener('submit', event => {
      event.preventDefault();
      const { name, query } = Object.fromEntries(new FormData(event.target));
      attempt(async () => open((await call('POST', 'collections', { name, ...(query.trim() && { query }) })).id));
    });
  }
}
customElements.define('pictor-collections', Collections);

/** The collection that is looked at. */
class Collection extends HTMLElement {
  connectedCallback() {
    this.hidden = false;
    const { id, name } = this.dataset;
    this.addEventListener('submit', event => {
      event.preventDefault();
      attempt(async () => {
        const { undo } = await call('PATCH', `collections/${id}`, Object.fromEntries(new FormData(event.target)));
        if (undo) later(words.renamed, undo);
        location.reload();
      });
    });
    this.addEventListener('click', event => {
      if (event.target.closest('[data-delete]')) attempt(async () => { later(say(words.deleted, name), (await call('DELETE', `collections/${id}`)).undo); location.assign('/collections'); });
    });
  }
}
customElements.define('pictor-collection', Collection);

/** The search that is looked at becomes a collection. */
class Save extends HTMLElement {
  connectedCallback() {
    this.hidden = false;
    this.addEventListener('submit', event => {
      event.preventDefault();
      const name = event.target.elements.name.value.trim(), { query } = event.target.dataset;
      attempt(async () => {
        const { change } = await send('POST', 'collections', { name, query });
        this.querySelector('details').open = false;
        toast(say(words.saved, name), { undo: () => attempt(async () => { await call('POST', `undo/${change}`); toast(words.undone); }) });
      });
    });
  }
}
customElements.define('pictor-save', Save);
