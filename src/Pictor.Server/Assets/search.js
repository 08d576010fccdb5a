// Results while one types: the server renders them, the address follows, and the way back leads to what was there before the first letter.
import { page } from './api.js';
import { close, isOpen } from './overlay.js';

const pause = 25; // ms after a key until the question is asked; who types faster than the answer comes is not held up by it
const tile = 160 * 160; // px; not many tiles are smaller, and the outline brings what the first screen does not show

const box = document.querySelector('.bar input[type=search]');
const grid = () => document.querySelector('pictor-grid');
const lives = () => location.pathname === '/' || (isOpen() && grid());
let shown = location.pathname + location.search, waiting = null, asked = null;

/** Shows the view at an address in place of this one. */
export async function load(address) {
  asked?.abort();
  const now = asked = new AbortController();
  document.body.classList.add('asking');
  try {
    const fresh = await page(address, now.signal, grid()?.screenful || Math.ceil(innerWidth * innerHeight / tile));
    if (now.signal.aborted || waiting) return;
    const main = document.querySelector('.columns main'), then = fresh.querySelector('.columns main');
    if (!main || !then) { location.assign(address); return; }
    main.replaceWith(document.adoptNode(then));
    const side = document.querySelector('.side');
    for (const link of side?.querySelectorAll('a[aria-current]') ?? []) link.removeAttribute('aria-current');
    if (address === '/') side?.querySelector('.all')?.setAttribute('aria-current', 'page');
    document.title = fresh.title;
    shown = address;
    scrollTo({ top: 0, behavior: 'instant' });
  } catch (error) {
    // A question that is still being typed may be wrong for a moment: what is there stays until Enter asks for it in earnest.
    if (error.name !== 'AbortError') console.debug(error.message);
  } finally {
    if (now === asked) { asked = null; document.body.classList.remove('asking'); }
  }
}

function ask() {
  waiting = null;
  const text = box.value.trim(), address = text ? `/?q=${encodeURIComponent(text)}` : '/';
  if (address === shown && !isOpen()) {
    asked?.abort(); // a letter was typed and taken back
    if (location.pathname + location.search !== address) history.replaceState(history.state, '', address);
    return;
  }
  if (isOpen()) close({ focus: false });
  // One entry in the browser's history for all the letters of a question.
  const typed = { typed: true };
  if (history.state?.typed || history.state?.overlay) history.replaceState(typed, '', address); else history.pushState(typed, '', address);
  load(address);
}

const soon = () => { if (!lives()) return; clearTimeout(waiting); waiting = setTimeout(ask, pause); };

box?.addEventListener('input', event => { if (!event.isComposing) soon(); });
// Chinese and Japanese are typed in two steps: letters first, then the word that is meant.
box?.addEventListener('compositionend', soon);
box?.addEventListener('keydown', event => {
  if (event.key === 'Escape') box.blur();
  if (event.key === 'ArrowDown' && grid()?.outline?.count && !box.list?.options.length) { event.preventDefault(); grid().focusOn(0); }
});
box?.form.addEventListener('submit', () => { clearTimeout(waiting); waiting = null; });

// "/" goes to the search box from anywhere but a text field.
addEventListener('keydown', event => {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, textarea, select')) return;
  if (box) { event.preventDefault(); box.focus(); box.select(); }
});

addEventListener('popstate', () => {
  const address = location.pathname + location.search;
  if (location.pathname !== '/' || address === shown || !grid()) return;
  box.value = new URLSearchParams(location.search).get('q') ?? '';
  load(address);
});
