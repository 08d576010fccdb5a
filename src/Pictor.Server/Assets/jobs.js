// How far background work has come. It listens only while the page is looked at: a connection per hidden tab would starve the browser's few.
import { attempt, call, refresh, words } from './api.js';

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
    // The browser asks again by itself; a server that was restarted is found again within seconds.
    this.source.onerror = () => { this.lost ??= setTimeout(() => this.offline(true), 2000); };
    this.source.addEventListener('listening', () => { clearTimeout(this.lost); this.lost = null; this.offline(false); });
  }

  stop() { this.source?.close(); this.source = null; clearTimeout(this.lost); this.lost = null; }

  offline(is) {
    if (is === !!this.notice) return;
    if (!is) { this.notice.remove(); this.notice = null; return; }
    this.notice = Object.assign(document.createElement('p'), { className: 'offline', textContent: words.offline });
    document.body.prepend(this.notice);
  }

  job(job) {
    document.dispatchEvent(new CustomEvent('pictor-job', { detail: job }));
    const { status, progress, kind } = job;
    if (status === 'running') { this.show(`${{ annotate: words.jobAnnotate, duplicates: words.jobDuplicates }[kind] ?? words.indexing}: ${progress?.stage ?? ''}`, progress?.done, progress?.total); return; }
    if (status === 'queued') return;
    this.hide();
    // New pictures appear by themselves, unless someone is far down in the grid already or has chosen some.
    const busy = scrollY >= 200 || document.body.matches('.viewing, .choosing');
    if (status === 'done' && location.pathname === '/' && !location.search && !busy) refresh('.columns');
  }

  show(text, done, total) {
    this.hidden = location.pathname === '/jobs';
    if (!this.bar) {
      this.text = Object.assign(document.createElement('a'), { href: '/jobs' });
      this.bar = document.createElement('progress');
      this.replaceChildren(this.text, this.bar);
    }
    this.text.textContent = total ? `${text} · ${done} / ${total}` : text;
    if (total) { this.bar.max = total; this.bar.value = done; } else this.bar.removeAttribute('value');
  }

  hide() { this.hidden = true; }
}
customElements.define('pictor-jobs', Jobs);

/** The page of all jobs: numbers move in place, a new state is rendered by the server. */
class JobList extends HTMLElement {
  connectedCallback() {
    for (const hidden of this.querySelectorAll('[data-script]')) hidden.hidden = false;
    this.states ??= new Map([...this.querySelectorAll('[data-job]')].map(article => [article.dataset.job, article.classList[1]]));
    this.hear = event => this.job(event.detail);
    document.addEventListener('pictor-job', this.hear);
    this.addEventListener('click', event => {
      const { cancel, pause, resume } = event.target.closest('button')?.dataset ?? {};
      if (cancel) this.change('DELETE', `jobs/${cancel}`);
      else if (pause) this.change('POST', `jobs/${pause}/pause`);
      else if (resume) this.change('POST', `jobs/${resume}/resume`);
    });
  }

  disconnectedCallback() { document.removeEventListener('pictor-job', this.hear); }

  job({ id, status, progress }) {
    const article = this.querySelector(`[data-job="${id}"]`), bar = article?.querySelector('progress');
    if (!article || this.states.get(id) !== status || (progress && !bar)) { refresh('pictor-job-list'); return; }
    if (!progress || !bar) return;
    if (progress.total) { bar.max = progress.total; bar.value = progress.done; }
    article.querySelector('.stage-text').textContent = `${progress.stage} · ${progress.done.toLocaleString()}${progress.total ? ` / ${progress.total.toLocaleString()}` : ''}`;
  }

  change(method, path) { return attempt(async () => { await call(method, path); await refresh('pictor-job-list'); }); }
}
customElements.define('pictor-job-list', JobList);
