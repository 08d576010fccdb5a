// Pictures come in through the button or by dropping them anywhere; dropped on the other half they are searched with.
import { call, refresh, say, toast, words } from './api.js';

class Upload extends HTMLElement {
  connectedCallback() {
    this.hidden = false;
    const input = this.querySelector('input');
    input.addEventListener('change', async () => { await this.send([...input.files]); input.value = ''; });
    this.zones();
  }

  /** One file a request: each has its own outcome at once, and the server holds one in memory. */
  async send(files) {
    const counts = { added: 0, known: 0, rejected: 0 }, faults = [];
    let last = null;
    const box = document.querySelector('pictor-jobs');
    for (const [i, file] of files.entries()) {
      box?.show(say(words.uploading, i + 1, files.length), i, files.length);
      const form = new FormData();
      form.append('files', file);
      try {
        const [item] = (await call('POST', 'images', form)).items;
        counts[item.status]++;
        last = item.id ?? last;
      } catch (error) {
        counts.rejected++;
        faults.push(error.message);
      }
    }
    box?.hide();
    const bad = counts.added + counts.known === 0;
    toast([say(words.uploadDone, counts.added, counts.known, counts.rejected), ...faults.slice(0, 3)].join('\n'), { bad });
    if (bad) return;
    if (files.length === 1 && last) location.assign(`/pictures/${last}`);
    else if (location.pathname === '/') await refresh('.columns');
  }

  zones() {
    let overlay = null;
    const hasFiles = event => [...event.dataTransfer?.types ?? []].includes('Files');
    const over = event => overlay?.querySelectorAll('div').forEach(zone => zone.classList.toggle('over', zone.contains(event.target)));
    addEventListener('dragenter', event => {
      if (!hasFiles(event) || overlay) return;
      overlay = document.createElement('section');
      overlay.className = 'drop';
      for (const [kind, text] of [['add', words.dropToAdd], ['search', words.dropToSearch]]) {
        const zone = document.createElement('div');
        zone.dataset.kind = kind;
        zone.textContent = text;
        overlay.append(zone);
      }
      document.body.append(overlay);
    });
    const end = () => { overlay?.remove(); overlay = null; };
    addEventListener('dragover', event => { if (hasFiles(event)) { event.preventDefault(); over(event); } });
    addEventListener('dragleave', event => { if (!event.relatedTarget) end(); });
    addEventListener('drop', event => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      const search = event.target.closest?.('[data-kind]')?.dataset.kind === 'search';
      const files = [...event.dataTransfer.files];
      end();
      if (search) document.querySelector('pictor-query').ask(files[0]); else this.send(files);
    });
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
