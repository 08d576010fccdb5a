// One picture: arrow keys to its neighbours, Escape back to where one came from, tags added and rejected with a way back.
import { attempt, call, refresh, say, toast, words } from './api.js';

class Viewer extends HTMLElement {
  connectedCallback() {
    this.id_ = this.dataset.id;
    this.reveal();
    this.neighbours();
    this.addEventListener('click', event => this.click(event));
    this.addEventListener('submit', event => this.submit(event));
    this.keys = event => this.key(event);
    document.addEventListener('keydown', this.keys);
  }

  disconnectedCallback() { document.removeEventListener('keydown', this.keys); }

  reveal() { for (const hidden of this.querySelectorAll('[data-reject], [data-accept], [data-add], [data-hide]')) hidden.hidden = false; }

  neighbours() {
    const order = JSON.parse(sessionStorage.getItem('pictor-order') ?? 'null');
    const at = order?.ids.indexOf(this.id_) ?? -1;
    if (at < 0) return;
    this.querySelector('[data-back]').href = order.address;
    for (const step of this.querySelectorAll('[data-step]')) {
      const id = order.ids[at + Number(step.dataset.step)];
      if (id) { step.href = `/pictures/${id}`; step.hidden = false; }
    }
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, textarea')) return;
    if (event.target.closest('.strip') && event.key.startsWith('Arrow')) return;
    const step = { ArrowLeft: '-1', ArrowRight: '1' }[event.key];
    const link = event.key === 'Escape' ? this.querySelector('[data-back]') : step && this.querySelector(`[data-step="${step}"]:not([hidden])`);
    if (link) { event.preventDefault(); location.assign(link.href); }
  }

  click(event) {
    const button = event.target.closest('button');
    if (button?.dataset.reject) this.reject(button.dataset.reject, button.dataset.value);
    else if (button?.dataset.accept) this.say(button.dataset.accept, button.dataset.kind);
    else if (button?.dataset.hide !== undefined) this.hide();
  }

  submit(event) {
    if (!event.target.matches('[data-add]')) return;
    event.preventDefault();
    const value = event.target.elements.value.value.trim();
    if (value) this.say(value, 'tag', true);
  }

  reject(annotation, value) {
    return attempt(async () => {
      await call('DELETE', `images/${this.id_}/annotations/${annotation}`);
      await this.renew();
      toast(`${words.rejected}: ${value}`, { undo: () => this.say(value, 'tag') });
    });
  }

  say(value, kind, again) {
    return attempt(async () => {
      await call('POST', `images/${this.id_}/annotations`, { kind, value });
      await this.renew();
      if (again) this.querySelector('[data-add] input').focus();
    });
  }

  hide() {
    return attempt(async () => {
      await call('DELETE', `images/${this.id_}`);
      toast(words.hidden, { undo: () => attempt(() => call('POST', `images/${this.id_}/restore`)) });
      this.querySelector('[data-hide]').disabled = true;
    });
  }

  async renew() { await refresh('#tags'); this.reveal(); }
}
customElements.define('pictor-viewer', Viewer);
