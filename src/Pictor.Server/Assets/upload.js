// Pictures come in: one a request, two at a time, each with its own progress and outcome. What was refused says why, what failed can be tried again, and a reload goes on.
import { refresh, say, toast, words } from './api.js';
import { drop, keep, left } from './waiting.js';

const atOnce = 2;

/** Sends one file; the item of the answer, or an error with the server's own words. */
function send(file, progress) {
  return new Promise((resolve, reject) => {
    const form = new FormData(), request = new XMLHttpRequest(); // fetch tells no progress of what it sends
    form.append('files', file);
    request.open('POST', '/api/v1/images');
    request.responseType = 'json';
    request.upload.onprogress = event => { if (event.lengthComputable) progress(event.loaded / event.total); };
    request.onload = () => {
      const answer = request.response, item = answer?.items?.[0];
      if (item) resolve(item);
      else if (request.status === 429 || request.status >= 500 || !answer) reject(new Error(answer?.detail ?? `${words.failed} (${request.status})`));
      else resolve({ status: 'rejected', problem: answer.detail });
    };
    request.onerror = () => reject(new Error(words.offline));
    request.send(form);
  });
}

class Uploads extends HTMLElement {
  async connectedCallback() {
    this.entries = [];
    this.addEventListener('click', event => this.click(event));
    addEventListener('beforeunload', event => { if (this.entries.some(entry => entry.key === null && !entry.over)) event.preventDefault(); });
    const before = await navigator.locks?.request('pictor-uploads', { ifAvailable: true }, async lock => {
      if (!lock) return null; // another tab is at it
      const found = await left();
      if (found.files.length) { toast(say(words.uploadResumed, found.files.length)); this.start(found.files); }
      if (found.lost) toast(say(words.uploadLost, found.lost), { bad: true });
      return found.files.length ? this.ended() : null;
    });
    return before;
  }

  /** Takes files to the library. */
  async add(files) {
    if (files.length === 0) return;
    const keys = await keep(files);
    this.start(files.map((file, i) => ({ file, key: keys[i] })));
    navigator.locks?.request('pictor-uploads', { ifAvailable: true }, lock => lock && this.ended());
  }

  start(some) {
    if (this.entries.every(entry => entry.over)) { this.entries = []; this.replaceChildren(); }
    for (const { file, key } of some) this.entries.push(this.draw({ file, key, over: false, state: 'waiting' }));
    this.hidden = false;
    this.work();
  }

  ended() { return new Promise(resolve => { this.whenEnded = resolve; }); }

  async work() {
    if (this.working) return;
    this.working = true;
    const next = () => this.entries.find(entry => entry.state === 'waiting');
    await Promise.all(Array.from({ length: atOnce }, async () => { for (let entry; (entry = next());) await this.one(entry); }));
    this.working = false;
    await this.finish();
  }

  async one(entry) {
    this.show(entry, 'sending');
    try {
      const item = await send(entry.file, part => this.show(entry, 'sending', part));
      entry.id = item.id;
      entry.over = true;
      this.show(entry, item.status, 1, item.problem);
      await drop(entry.key);
    } catch (error) {
      entry.over = true;
      this.show(entry, 'failed', 0, error.message); // stays in the browser's store: another try, or the next reload, sends it
    }
    this.count();
  }

  async finish() {
    const good = this.entries.filter(entry => entry.state === 'added' || entry.state === 'known').length;
    if (this.hidden) toast(this.summary(), { bad: good === 0 });
    this.whenEnded?.();
    if (good === 0) return;
    if (this.entries.length === 1 && this.entries[0].id && location.pathname === '/') { location.assign(`/pictures/${this.entries[0].id}`); return; }
    if (good === this.entries.length) setTimeout(() => { if (!this.working && !this.matches(':hover')) this.hidden = true; }, 6000);
    if (location.pathname === '/' && !document.querySelector('pictor-grid')?.selection?.size) await refresh('.columns');
  }

  summary() {
    const count = state => this.entries.filter(entry => entry.state === state).length;
    return say(words.uploadDone, count('added'), count('known'), count('rejected') + count('failed'));
  }

  click(event) {
    const button = event.target.closest('button');
    if (button?.dataset.close !== undefined) this.hidden = true;
    if (button?.dataset.retry === undefined) return;
    for (const entry of this.entries) if (entry.state === 'failed') { entry.over = false; this.show(entry, 'waiting'); }
    this.work();
  }

  // Drawing

  draw(entry) {
    if (!this.list) {
      this.head = Object.assign(document.createElement('h2'), { textContent: '' });
      this.again = Object.assign(document.createElement('button'), { type: 'button', className: 'link', textContent: words.tryAgain, hidden: true });
      this.again.dataset.retry = '';
      const close = Object.assign(document.createElement('button'), { type: 'button', className: 'link', textContent: words.close });
      close.dataset.close = '';
      this.bar = document.createElement('header');
      this.bar.append(this.head, this.again, close);
      this.list = document.createElement('ul');
    }
    if (!this.list.isConnected) { this.list.replaceChildren(); this.replaceChildren(this.bar, this.list); }
    const line = document.createElement('li'), name = document.createElement('span'), text = document.createElement('span'), progress = document.createElement('progress');
    [name.className, name.textContent, text.className] = ['name', entry.file.name, 'state'];
    progress.max = 1;
    line.append(name, text, progress);
    this.list.append(line);
    Object.assign(entry, { line, text, progress });
    this.show(entry, 'waiting');
    return entry;
  }

  show(entry, state, part = 0, problem = '') {
    entry.state = state;
    entry.line.dataset.state = state;
    entry.progress.value = part;
    entry.progress.hidden = state !== 'sending';
    const word = { waiting: words.uploadWaiting, sending: say(words.uploadSending, Math.floor(part * 100)), added: words.uploadAdded, known: words.uploadKnown, rejected: words.uploadRejected, failed: words.uploadFailed }[state];
    entry.text.textContent = problem ? `${word}: ${problem}` : word;
    this.count();
  }

  count() {
    const over = this.entries.filter(entry => entry.over).length;
    this.head.textContent = over < this.entries.length ? say(words.uploading, over + 1, this.entries.length) : this.summary();
    this.again.hidden = !this.entries.some(entry => entry.state === 'failed');
  }
}
customElements.define('pictor-uploads', Uploads);

/** The button that chooses files. */
class Upload extends HTMLElement {
  connectedCallback() {
    this.hidden = false;
    const input = this.querySelector('input');
    input.addEventListener('change', () => { document.querySelector('pictor-uploads').add([...input.files]); input.value = ''; });
  }
}
customElements.define('pictor-upload', Upload);

/** Search by picture: the form itself does it; here it is sent as soon as a picture is chosen. */
class Query extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector('form');
    this.input = this.querySelector('input');
    this.input.addEventListener('change', () => { if (this.input.files.length) this.form.submit(); });
  }

  ask(file) {
    const carrier = new DataTransfer();
    carrier.items.add(file);
    this.input.files = carrier.files;
    this.form.submit();
  }
}
customElements.define('pictor-query', Query);
