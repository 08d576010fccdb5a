// A closer look: one picture pixel on one pixel of the screen, moved by dragging. From there on it is the original file, not a thumbnail.

export class Zoom {
  constructor(stage) {
    this.stage = stage;
    this.image = stage.querySelector('img');
    this.opened = performance.now();
    if (!this.image) return;
    this.image.addEventListener('click', event => { if (!this.dragged && performance.now() - this.opened > 400) this.toggle(event); });
    this.image.addEventListener('dragstart', event => event.preventDefault());
    stage.addEventListener('pointerdown', event => this.grab(event));
    stage.addEventListener('wheel', event => { if (event.ctrlKey) { event.preventDefault(); if ((event.deltaY < 0) !== this.on) this.toggle(event); } }, { passive: false });
  }

  get on() { return this.stage.classList.contains('zoomed'); }

  /** In, with the point that was clicked in the middle; or out again. */
  toggle({ clientX, clientY } = {}) {
    if (!this.image) return;
    const box = this.image.getBoundingClientRect(), x = clientX ? (clientX - box.left) / box.width : 0.5, y = clientY ? (clientY - box.top) / box.height : 0.5;
    this.stage.classList.toggle('zoomed');
    if (!this.on) { this.image.style.width = this.image.style.height = ''; return; }
    const original = this.image.dataset.original;
    if (original && this.image.getAttribute('src') !== original) { this.image.style.background = `url("${this.image.currentSrc}") 0 0 / 100% 100%`; this.image.src = original; }
    // A small picture is enlarged: one that already fills the stage must still come closer.
    const width = Number(this.image.getAttribute('width')), height = Number(this.image.getAttribute('height'));
    const shown = Math.max(1 / devicePixelRatio, box.width * 1.5 / width);
    this.image.style.width = `${width * shown}px`;
    this.image.style.height = `${height * shown}px`;
    this.stage.scrollTo(x * width * shown - this.stage.clientWidth / 2, y * height * shown - this.stage.clientHeight / 2);
  }

  grab(event) {
    this.dragged = false;
    if (!this.on || event.pointerType === 'touch' || event.button !== 0) return;
    const from = { x: event.clientX, y: event.clientY, left: this.stage.scrollLeft, top: this.stage.scrollTop };
    const move = now => {
      this.dragged ||= Math.hypot(now.clientX - from.x, now.clientY - from.y) > 4;
      this.stage.scrollTo(from.left - now.clientX + from.x, from.top - now.clientY + from.y);
    };
    addEventListener('pointermove', move);
    addEventListener('pointerup', () => removeEventListener('pointermove', move), { once: true });
  }
}
