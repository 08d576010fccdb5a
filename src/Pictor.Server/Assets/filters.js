// The menu beside the heading that writes filters into the question, so that nobody has to know how they are spelt.
import { load } from './search.js';

/** A value as a word of the question: quoted where it has blanks. */
const word = (name, value) => `${name}:${/[\s"]/.test(value) ? `"${value.replaceAll('"', '')}"` : value}`;

class Filters extends HTMLElement {
  connectedCallback() {
    this.hidden = false;
    this.addEventListener('submit', event => {
      event.preventDefault();
      const fields = [...event.target.elements].filter(field => field.name && field.value.trim() !== '');
      if (fields.length === 0) return;
      const box = document.querySelector('.bar input[type=search]'), view = new URLSearchParams(location.search);
      const before = [view.get('tag') && word('tag', view.get('tag')), location.pathname === '/' ? view.get('q') : ''];
      const question = [...before, ...fields.map(field => word(field.dataset.key ?? field.name, (field.dataset.before ?? '') + field.value.trim()))].filter(Boolean).join(' ');
      const address = `/?q=${encodeURIComponent(question)}`;
      history.pushState(null, '', address);
      box.value = question;
      load(address);
    });
    this.addEventListener('keydown', event => {
      if (event.key !== 'Escape') return;
      this.querySelector('details').open = false;
      this.querySelector('summary').focus();
      event.stopPropagation();
    });
    document.addEventListener('click', event => { if (!this.contains(event.target)) this.querySelector('details')?.removeAttribute('open'); });
  }
}
customElements.define('pictor-filters', Filters);
