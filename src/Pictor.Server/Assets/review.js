// The change set of another model: let it read, look, then switch to it or discard it; both ways back are one click.
import { attempt, call, later, refresh, say, toast, words } from './api.js';

const sureFor = 4000; // ms in which a second click discards

class Changes extends HTMLElement {
  connectedCallback() {
    this.reveal();
    const path = `models/${encodeURIComponent(this.dataset.to)}`;
    this.hear = event => { if (event.detail.kind === 'prepare' && ['done', 'failed', 'cancelled'].includes(event.detail.status)) this.renew(); };
    document.addEventListener('pictor-job', this.hear);
    this.addEventListener('click', event => {
      const button = event.target.closest('button');
      if (!button || this.busy) return;
      if (button.dataset.prepare !== undefined) this.once(async () => { await call('POST', `${path}/prepare`); button.disabled = true; button.lastChild.textContent = ` ${words.beingRead}`; });
      else if (button.dataset.switch !== undefined) this.once(async () => { await call('POST', `${path}/activate`); await this.renew(); toast(say(words.modelInUse, this.dataset.to), { undo: () => this.rollback() }); });
      else if (button.dataset.rollback !== undefined) this.rollback();
      else if (button.dataset.discard !== undefined) this.discard(button, path);
    });
  }

  disconnectedCallback() { document.removeEventListener('pictor-job', this.hear); }

  reveal() { for (const hidden of this.querySelectorAll('[data-script][hidden]')) hidden.hidden = false; }

  /** A model that is removed has to be added again, so it takes two clicks. */
  discard(button, path) {
    const text = button.querySelector('span');
    if (!button.classList.contains('sure')) {
      const before = text.textContent;
      button.classList.add('sure');
      text.textContent = button.dataset.sure;
      setTimeout(() => { button.classList.remove('sure'); text.textContent = before; }, sureFor);
      return;
    }
    this.once(async () => { await call('DELETE', path); later(say(words.discarded, this.dataset.to)); location.assign('/models'); });
  }

  rollback() { return this.once(async () => { const { name, version } = await call('POST', 'models/rollback'); await this.renew(); toast(say(words.modelInUse, `${name}@${version}`)); }); }

  renew() { return refresh('pictor-changes'); }

  async once(work) {
    if (this.busy) return;
    this.busy = true;
    await attempt(work);
    this.busy = false;
  }
}
customElements.define('pictor-changes', Changes);
