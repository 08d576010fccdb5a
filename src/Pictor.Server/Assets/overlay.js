// A picture opens over the grid, which stays as it is beneath: at once with the thumbnail that is there already, then with what the server renders for its address.
// Opened by its address, reloaded or in another tab, the same page comes from the server alone.
import { attempt, page } from './api.js';
import { Outline } from './outline.js';

let over = null;           // the element above the grid
let asked = null;          // what is being fetched
let gridTitle = '';
const ahead = new Map();   // neighbours, fetched before they are asked for
let order = null;          // the outline of the view, where no grid is beneath

const grid = () => document.querySelector('pictor-grid');
const viewer = () => document.querySelector('pictor-viewer');
export const isOpen = () => over !== null;
const idOf = address => new URL(address, location.href).pathname.split('/')[2];
export const contextOf = address => { const query = new URL(address, location.href).searchParams; query.delete('lang'); return query.toString(); };

/** Shows the picture at an address; `thumbnail` is what there is of it already. */
async function show(address, thumbnail) {
  const id = idOf(address), now = asked = new AbortController();
  if (over && thumbnail) sketch(thumbnail);
  const document_ = await (ahead.get(address) ?? page(address, now.signal)).catch(error => {
    ahead.delete(address);
    if (now === asked) throw error;
  });
  if (!document_ || now !== asked) return;
  ahead.delete(address);
  const fresh = document.adoptNode(document_.querySelector('pictor-viewer').cloneNode(true)), image = fresh.querySelector('.stage img');
  if (image && thumbnail) image.style.background = `url("${thumbnail}") center / 100% 100% no-repeat`;
  if (over) over.replaceChildren(fresh); else viewer().replaceWith(fresh);
  document.title = document_.title;
  if (over) over.scrollTop = 0;
  fresh.querySelector('main').focus({ preventScroll: true });
  return id;
}

/** Until the page of the picture is there: its thumbnail, large. */
function sketch(thumbnail) {
  const main = document.createElement('main'), stage = document.createElement('figure'), image = document.createElement('img');
  [main.className, stage.className, image.src, image.alt] = ['viewer', 'stage', thumbnail, ''];
  image.className = 'sketch';
  stage.append(image);
  main.append(stage, Object.assign(document.createElement('aside'), { className: 'panel' }));
  over.replaceChildren(main);
}

function open(link) {
  grid()?.remember?.();
  const address = link.getAttribute('href'), image = link.querySelector('img');
  const thumbnail = image?.complete && image.naturalWidth ? image.currentSrc : null;
  if (!over) {
    gridTitle = document.title;
    over = document.createElement('div');
    over.id = 'overlay';
    document.body.append(over);
    document.body.classList.add('viewing');
    for (const beneath of document.querySelectorAll('.columns, main.single')) if (!over.contains(beneath)) beneath.inert = true;
  }
  history.pushState({ overlay: true }, '', address);
  return attempt(() => show(address, thumbnail));
}

/** Takes the picture away; the grid is where it was, at the picture that was seen last. */
export function close({ focus = true } = {}) {
  if (!over) return;
  asked?.abort();
  asked = null;
  const last = viewer()?.dataset.id;
  over.remove();
  over = null;
  document.body.classList.remove('viewing');
  document.title = gridTitle;
  for (const beneath of document.querySelectorAll('.columns, main.single')) beneath.inert = false;
  const at = last ? grid()?.outline.indexOf(last) ?? -1 : -1;
  if (at < 0) return;
  grid().changed([last]);
  if (focus) grid().focusOn(at);
}

/** Back to where one came from. */
export function leave(back) {
  if (history.state?.overlay) history.back(); else location.assign(back);
}

/** The address `step` pictures on in the list that this one was opened from, or null. */
export async function neighbour(id, step) {
  const context = contextOf(location.href);
  const list = grid()?.outline ?? (order ??= { context, outline: await Outline.of(context).catch(() => null) }).outline;
  const at = list?.indexOf(id) ?? -1, to = at + step;
  return at < 0 || to < 0 || to >= list.count ? null : `/pictures/${list.id(to)}${context ? '?' + context : ''}`;
}

/** Goes there without another entry in the browser's history: back leads to the list. */
export function step(address) {
  history.replaceState(history.state, '', address);
  return attempt(() => show(address, null));
}

/** Fetches a neighbour before it is asked for: its page, and its picture. */
export function prepare(address) {
  if (!address || ahead.has(address)) return;
  if (ahead.size > 8) ahead.clear();
  const coming = page(address).then(document_ => {
    const source = document_.querySelector('.stage img')?.getAttribute('src');
    if (source) new Image().src = source;
    return document_;
  });
  coming.catch(() => ahead.delete(address));
  ahead.set(address, coming);
}

export const forgetAhead = () => ahead.clear();

/** To the neighbour at once, whether or not this picture's page has come: who holds the arrow key down passes many. */
let stepping = false;
async function stepBy(by) {
  if (stepping) return;
  stepping = true;
  const to = await neighbour(idOf(location.href), by);
  stepping = false;
  if (to && location.pathname.startsWith('/pictures/')) step(to);
}

document.addEventListener('keydown', event => {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || !(over || viewer()) || event.target.closest('input, textarea, select')) return;
  const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (by) { event.preventDefault(); stepBy(by); }
  else if (event.key === 'Escape') { event.preventDefault(); leave(viewer()?.querySelector('[data-back]').href ?? '/'); }
});

document.addEventListener('click', event => {
  const link = event.target.closest('.tile .open, .strip .open');
  if (!link || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || !grid()) return;
  event.preventDefault();
  open(link);
});

addEventListener('popstate', () => {
  if (location.pathname.startsWith('/pictures/')) {
    if (viewer() || over) attempt(() => show(location.pathname + location.search, null));
    else location.reload();
  } else if (over) close();
  else if (!grid()) location.reload(); // the browser takes a reloaded page and the list before it for one document
});
