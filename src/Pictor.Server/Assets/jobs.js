// How far background work has come. It listens only while the page is looked at: a connection per hidden tab would starve the browser's few.
import { refresh, words } from './api.js';

class Jobs extends HTMLElement {
  connectedCallback() {
    const listen = () => document.hidden ? this.stop() : this.listen();
    document.addEventListener('visibilitychange', listen);
    addEventListener('pagehide', () => this.stop());
    addEventListener('pageshow', listen);
    listen();
  }

  listen() {
    if (this.source) return;
    this.source = new EventSource('/api/v1/events');
    this.source.addEventListener('job', event => this.job(JSON.parse(event.data)));
  }

  stop() { this.source?.close(); this.source = null; }

  job({ status, progress }) {
    if (status === 'running') { this.show(`${words.indexing}: ${progress?.stage ?? ''}`, progress?.done, progress?.total); return; }
    if (status === 'queued') return;
    this.hide();
    // New pictures appear by themselves, unless someone is far down in the grid already.
    if (status === 'done' && location.pathname === '/' && !location.search && scrollY < 200) refresh('.columns');
  }

  show(text, done, total) {
    this.hidden = false;
    if (!this.bar) {
      this.text = document.createElement('span');
      this.bar = document.createElement('progress');
      this.replaceChildren(this.text, this.bar);
    }
    this.text.textContent = total ? `${text} · ${done} / ${total}` : text;
    if (total) { this.bar.max = total; this.bar.value = done; } else this.bar.removeAttribute('value');
  }

  hide() { this.hidden = true; }
}
customElements.define('pictor-jobs', Jobs);
