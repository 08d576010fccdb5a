// Looks for duplicates anew, and keeps the best of a group: the others are hidden, which can be taken back; files are never touched.
import { attempt, call, refresh, say, toast, words } from './api.js';
import { change } from './changes.js';

class Duplicates extends HTMLElement {
  connectedCallback() {
    for (const hidden of this.querySelectorAll('[data-script]')) hidden.hidden = false;
    this.hear = event => { if (event.detail.kind === 'duplicates' && event.detail.status === 'done') refresh('pictor-duplicates'); };
    document.addEventListener('pictor-job', this.hear);
    this.addEventListener('click', event => {
      const button = event.target.closest('button');
      if (button?.dataset.find !== undefined) { button.disabled = true; attempt(() => call('POST', 'duplicates')); }
      else if (button?.dataset.hideOthers && !button.disabled) { button.disabled = true; this.keepBest(button.closest('.group'), button.dataset.hideOthers.split(',')); }
    });
  }

  disconnectedCallback() { document.removeEventListener('pictor-job', this.hear); }

  keepBest(group, ids) {
    return attempt(async () => {
      const { changed, undo } = await change(ids, { hidden: true });
      group.classList.add('gone');
      toast(say(words.changed, changed), { undo: undo && (() => attempt(async () => { await undo(); group.classList.remove('gone'); group.querySelector('button').disabled = false; toast(words.undone); })) });
    });
  }
}
customElements.define('pictor-duplicates', Duplicates);
