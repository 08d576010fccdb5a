// Calls of the REST surface, words in the page's language, and messages.

export const words = JSON.parse(document.getElementById('words').textContent);

export const say = (text, ...values) => text.replace(/\{(\d)\}/g, (_, i) => values[i]);

/** One call; the JSON of the answer, or an error that carries the problem's own words. */
export const call = async (method, path, body, signal) => (await send(method, path, body, signal)).json;

/** The same, and the id of the change that it made, for undo. */
export async function send(method, path, body, signal) {
  const form = body instanceof FormData;
  const answer = await fetch('/api/v1/' + path, {
    method, signal, body: form ? body : body && JSON.stringify(body),
    headers: body && !form ? { 'Content-Type': 'application/json' } : {},
  });
  const json = answer.status === 204 ? null : await answer.json().catch(() => null);
  if (answer.ok) return { json, change: answer.headers.get('Pictor-Change') };
  const error = new Error(json?.detail ? `${json.detail} ${json.remedy ?? ''}` : `${words.failed} (${answer.status})`);
  error.problem = json;
  throw error;
}

let latestUndo = null;

/** A message at the edge of the page; with `undo` it offers the way back. */
export function toast(text, { bad = false, undo } = {}) {
  const box = document.createElement('div');
  box.className = bad ? 'toast bad' : 'toast';
  const message = document.createElement('span');
  message.textContent = text;
  box.append(message);
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = undo ? words.undo : words.close;
  const act = async () => { box.remove(); if (latestUndo === act) latestUndo = null; await undo?.(); };
  if (undo) latestUndo = act;
  button.onclick = act;
  box.append(button);
  document.getElementById('toasts').append(box);
  setTimeout(() => box.remove(), undo || bad ? 12000 : 5000);
}

const waiting = 'pictor-message';

/** A message for the next document, as this one is left. `undo` is the id of a change. */
export function later(text, undo) { sessionStorage.setItem(waiting, JSON.stringify({ text, undo })); }

const left = JSON.parse(sessionStorage.getItem(waiting) ?? 'null');
sessionStorage.removeItem(waiting);
if (left) toast(left.text, { undo: left.undo && (() => attempt(async () => { await call('POST', `undo/${left.undo}`); later(words.undone); location.reload(); })) });

// Ctrl+Z takes the last change back for as long as this document lives, also when its message is gone.
addEventListener('keydown', event => {
  if (event.key !== 'z' || !(event.ctrlKey || event.metaKey) || event.shiftKey || !latestUndo || event.target.closest('input, textarea')) return;
  event.preventDefault();
  latestUndo();
});

/** Runs an action and shows its error, if any. */
export async function attempt(action) {
  try { return await action(); } catch (error) { toast(error.message, { bad: true }); return undefined; }
}

// Over a slow line a page that fills up is better than one that comes whole but late.
const isNear = () => /^(localhost|127\.[\d.]+|\[::1\])$/.test(location.hostname) || navigator.connection?.downlink >= 5; // Mbit/s

/** The document at an address, as the server renders it; with a number of tiles only what is new, where the server is near with the first screen's thumbnails in it. */
export async function page(address, signal, tiles) {
  const part = tiles ? { 'X-Tiles': tiles } : {};
  if (tiles && isNear()) part['X-Thumbnails'] = devicePixelRatio > 1.25 ? 512 : 256;
  const answer = await fetch(address, { headers: { Accept: 'text/html', ...part }, signal });
  if (!answer.ok) throw new Error(`${words.failed} (${answer.status})`);
  return new DOMParser().parseFromString(await answer.text(), 'text/html');
}

/** Renders parts of this page anew by the server. */
export async function refresh(...selectors) {
  const fresh = await page(location.href);
  for (const selector of selectors) {
    const now = document.querySelector(selector), then = fresh.querySelector(selector);
    if (now && then) now.replaceWith(document.adoptNode(then));
  }
}
