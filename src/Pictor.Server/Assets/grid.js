// The grid: arrow keys move between pictures, more pages come as one scrolls, and the viewer learns which pictures are neighbours.
import { page, attempt } from './api.js';

class Grid extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector('.grid');
    this.addEventListener('keydown', event => this.move(event));
    this.addEventListener('click', event => { if (event.target.closest('.open')) this.remember(); });
    this.watch();
    this.restore();
  }

  get links() { return [...this.list.querySelectorAll('.open')]; }

  // Left and right follow the order; up and down go to the nearest picture of the row above or below.
  move(event) {
    const here = event.target.closest?.('.open');
    if (!here || event.ctrlKey || event.metaKey || event.altKey) return;
    const links = this.links, at = links.indexOf(here);
    const next = { ArrowRight: () => links[at + 1], ArrowLeft: () => links[at - 1], Home: () => links[0], End: () => links.at(-1),
      ArrowDown: () => this.nearest(links.slice(at + 1), here, 1), ArrowUp: () => this.nearest(links.slice(0, at).reverse(), here, -1) }[event.key]?.();
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.scrollIntoView({ block: 'nearest' });
  }

  nearest(links, here, direction) {
    const box = here.getBoundingClientRect(), middle = box.left + box.width / 2;
    let row = null, best = null, least = Infinity;
    for (const link of links) {
      const other = link.getBoundingClientRect();
      if (direction > 0 ? other.top < box.bottom - 2 : other.bottom > box.top + 2) continue;
      row ??= other.top;
      if (Math.abs(other.top - row) > 4) break;
      const distance = Math.abs(other.left + other.width / 2 - middle);
      if (distance < least) [best, least] = [link, distance];
    }
    return best;
  }

  watch() {
    const more = this.querySelector('.more');
    if (!more) return;
    const observer = new IntersectionObserver(async entries => {
      if (!entries.some(entry => entry.isIntersecting)) return;
      observer.disconnect();
      await attempt(() => this.load());
      this.watch();
    }, { rootMargin: '1200px' });
    observer.observe(more);
  }

  async load() {
    const more = this.querySelector('.more');
    const fresh = await page(more.querySelector('a').href);
    const grid = fresh.querySelector('pictor-grid');
    this.list.append(...document.adoptNode(grid.querySelector('.grid')).children);
    const next = grid.querySelector('.more');
    if (next) more.replaceWith(document.adoptNode(next)); else more.remove();
    this.pages = (this.pages ?? 1) + 1;
    document.dispatchEvent(new CustomEvent('pictor-marks'));
  }

  // The order is for the viewer's arrow keys, the number of pages for the way back.
  remember() {
    sessionStorage.setItem('pictor-order', JSON.stringify({ address: location.pathname + location.search, ids: this.links.map(link => link.dataset.id) }));
    history.replaceState({ pages: this.pages ?? 1, top: scrollY }, '');
  }

  async restore() {
    const { pages = 1, top } = history.state ?? {};
    if (pages <= 1 || performance.getEntriesByType('navigation')[0]?.type === 'reload') return;
    while ((this.pages ?? 1) < pages && this.querySelector('.more')) await this.load();
    scrollTo(0, top);
  }
}
customElements.define('pictor-grid', Grid);
