// One tile of a grid: made from the page's template, filled with what the outline knows at once and with the picture's details once scrolling rests.
import { call, say, words } from './api.js';
import { kindOf } from './outline.js';

const most = 200;

/** Names, stars and so on of pictures that were looked at. */
const details = new Map();

export const detailsOf = id => details.get(id);

export function forget(ids) { for (const id of ids) details.delete(id); }

/** Asks for the details of those that are not known. */
export async function learn(ids) {
  const unknown = ids.filter(id => !details.has(id)).slice(0, most);
  if (unknown.length === 0) return;
  if (details.size > 20000) details.clear();
  for (const item of (await call('GET', `images?ids=${unknown}`)).items) details.set(item.id, item);
}

export function makeTile(template, outline, i, context) {
  const tile = template.content.firstElementChild.cloneNode(true);
  const id = outline.id(i), width = outline.widths[i], height = outline.heights[i], kind = kindOf(width, height);
  tile.dataset.id = id;
  tile.classList.add(kind);
  const link = tile.querySelector('.open'), image = tile.querySelector('img');
  link.href = `/pictures/${id}${context ? '?' + context : ''}`;
  link.dataset.id = id;
  image.width = width;
  image.height = height;
  image.alt = '';
  for (const mark of tile.querySelectorAll('[data-mark]')) {
    mark.dataset.picture = id;
    mark.href = `/recommend?${mark.dataset.mark}=${id}`;
  }
  const why = tile.querySelector('.why');
  if (outline.reasons) why.append(...whyOf(outline, i)); else why.remove();
  return tile;
}

/** The picture itself, asked for only when its place is really looked at. */
export function showPicture(tile, outline, i) {
  const image = tile.querySelector('img');
  if (!image || image.getAttribute('src')) return;
  const id = outline.id(i), kind = kindOf(outline.widths[i], outline.heights[i]), thumbnail = size => `/api/v1/images/${id}/thumbnail?size=${size}`;
  if (kind === 'tiny') image.onerror = () => { image.onerror = null; image.src = thumbnail(256); };
  if (kind === 'photo') image.srcset = `${thumbnail(256)} 1x, ${thumbnail(512)} 2x`;
  image.src = kind === 'tiny' ? `/api/v1/images/${id}/content` : thumbnail(256);
}

export function showDetails(tile) {
  const item = details.get(tile.dataset.id);
  if (!item) return;
  const link = tile.querySelector('.open'), image = tile.querySelector('img');
  const name = item.file.split(/[\\/]/).pop();
  link.title = name;
  if (image) image.alt = name;
  if (item.missing && image) link.replaceChildren(Object.assign(document.createElement('span'), { className: 'gone', textContent: name }));
  const state = tile.querySelector('.state');
  state.querySelector('.favourite').hidden = !item.favourite;
  state.querySelector('.stars').textContent = item.rating ? '★'.repeat(item.rating) : '';
}

function whyOf(outline, i) {
  const named = outline.reasons[i].map(at => reason(outline.reasonNames[at])).filter(Boolean), text = [...new Set(named)].join(', ');
  if (!outline.scores) return [text];
  const score = document.createElement('b');
  score.textContent = `${Math.floor(outline.scores[i] * 100 + 1e-9)} %`;
  return [score, ' ', text];
}

// As PageContext.Why and ChangeText have it.
const texts = { added: '+ {0}', removed: '− {0}', raised: '{0} ↑', lowered: '{0} ↓', tag: words.whyTag, concept: words.whyConcept, fact: words.whyFact, word: words.whyWord, variety: words.whyVariety };
const reason = ({ kind, value, chinese }) => texts[kind] ? say(texts[kind], (document.documentElement.lang !== 'en' && chinese) || value) : '';
