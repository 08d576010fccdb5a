// Pictures dropped anywhere come in; dropped on the other half they are searched with. Folders are gone through.

const hasFiles = event => [...event.dataTransfer?.types ?? []].includes('Files');
let overlay = null;

function open() {
  const words = JSON.parse(document.getElementById('words').textContent);
  overlay = document.createElement('section');
  overlay.className = 'drop';
  for (const [kind, text] of [['add', words.dropToAdd], ['search', words.dropToSearch]]) {
    const zone = document.createElement('div');
    zone.dataset.kind = kind;
    zone.textContent = text;
    overlay.append(zone);
  }
  document.body.append(overlay);
}

function end() { overlay?.remove(); overlay = null; }

/** The files, those of dropped folders too. */
async function filesOf({ items, files }) {
  const entries = [...items ?? []].map(item => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.some(entry => entry.isDirectory)) return [...files];
  const found = [];
  const visit = async entry => {
    if (entry.isFile) { found.push(await new Promise((resolve, reject) => entry.file(resolve, reject))); return; }
    const reader = entry.createReader();
    for (let some; (some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject))).length;) for (const one of some) await visit(one);
  };
  for (const entry of entries) await visit(entry);
  return found.filter(file => !file.name.startsWith('.'));
}

const uploads = () => document.querySelector('pictor-uploads');
addEventListener('dragenter', event => { if (hasFiles(event) && !overlay && uploads()) open(); });
addEventListener('dragover', event => {
  if (!hasFiles(event)) return;
  event.preventDefault();
  for (const zone of overlay?.children ?? []) zone.classList.toggle('over', zone.contains(event.target));
});
addEventListener('dragleave', event => { if (!event.relatedTarget) end(); });
addEventListener('drop', async event => {
  if (!hasFiles(event)) return;
  event.preventDefault();
  const search = event.target.closest?.('[data-kind]')?.dataset.kind === 'search';
  const coming = filesOf(event.dataTransfer);
  end();
  const files = await coming;
  if (files.length === 0) return;
  if (search) document.querySelector('pictor-query')?.ask(files[0]); else uploads()?.add(files);
});
