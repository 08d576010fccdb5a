// Liked and disliked pictures, collected from grid and viewer while this tab is open; the tray at the bottom leads to what they recommend.
import { words } from './api.js';

const key = 'pictor-examples';
const read = () => ({ like: [], dislike: [], ...JSON.parse(sessionStorage.getItem(key) ?? '{}') });

/** The address that these examples lead to. */
const address = ({ like, dislike }) =>
  '/recommend' + (like.length + dislike.length ? '?' + [like.length && `like=${like}`, dislike.length && `dislike=${dislike}`].filter(Boolean).join('&') : '');

class Examples extends HTMLElement {
  connectedCallback() {
    document.addEventListener('click', event => this.mark(event));
    document.addEventListener('pictor-marks', () => this.show());
    // On the page of recommendations the address is the truth.
    if (location.pathname === '/recommend') {
      const query = new URLSearchParams(location.search), list = name => query.get(name)?.split(',').filter(Boolean) ?? [];
      sessionStorage.setItem(key, JSON.stringify({ like: list('like'), dislike: list('dislike') }));
    }
    this.show();
    addEventListener('pageshow', () => this.show());
  }

  mark(event) {
    const link = event.target.closest('[data-mark]');
    if (!link || event.ctrlKey || event.metaKey || location.pathname === '/recommend') return;
    event.preventDefault();
    const now = read(), id = link.dataset.picture, to = link.dataset.mark, other = to === 'like' ? 'dislike' : 'like';
    now[to] = now[to].includes(id) ? now[to].filter(x => x !== id) : [...now[to], id];
    now[other] = now[other].filter(x => x !== id);
    sessionStorage.setItem(key, JSON.stringify(now));
    this.show();
  }

  show() {
    const now = read();
    for (const link of document.querySelectorAll('[data-mark]')) {
      const marked = now[link.dataset.mark].includes(link.dataset.picture);
      link.classList.toggle('marked', marked);
      link.toggleAttribute('aria-pressed', marked);
    }
    const nav = document.querySelector('[data-recommend]');
    if (nav) nav.href = address(now);
    this.hidden = location.pathname === '/recommend' || now.like.length + now.dislike.length === 0;
    if (this.hidden) return;
    const clear = Object.assign(document.createElement('button'), { type: 'button', className: 'button', textContent: words.clear });
    clear.onclick = () => { sessionStorage.removeItem(key); this.show(); };
    const go = Object.assign(document.createElement('a'), { className: 'button primary', href: address(now), textContent: words.showRecommendations });
    const counts = [['like', words.liked], ['dislike', words.disliked]].filter(([name]) => now[name].length).map(([name, word]) =>
      Object.assign(document.createElement('span'), { className: 'count', textContent: `${word} ${now[name].length}` }));
    this.replaceChildren(...counts, clear, go);
  }
}
customElements.define('pictor-examples', Examples);
