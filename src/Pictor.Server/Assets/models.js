// Deploy, activate, roll back and remove models; the table is rendered anew by the server after each.
import { attempt, call, refresh } from './api.js';

class Models extends HTMLElement {
  connectedCallback() {
    for (const hidden of this.querySelectorAll('[hidden]')) hidden.hidden = false;
    this.querySelector('[data-add] input')?.addEventListener('change', event => {
      const form = new FormData();
      form.append('file', event.target.files[0]);
      this.change('POST', 'models', form);
    });
    this.addEventListener('click', event => {
      const { activate, remove, rollback } = event.target.closest('button')?.dataset ?? {};
      if (activate) this.change('POST', `models/${encodeURIComponent(activate)}/activate`);
      else if (remove) this.change('DELETE', `models/${encodeURIComponent(remove)}`);
      else if (rollback !== undefined) this.change('POST', 'models/rollback');
    });
  }

  change(method, path, body) { return attempt(async () => { await call(method, path, body); await refresh('pictor-models'); }); }
}
customElements.define('pictor-models', Models);
