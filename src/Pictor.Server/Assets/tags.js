// The side bar's filter box: shows every tag with these letters, whatever group it is folded into.

class Tags extends HTMLElement {
  connectedCallback() {
    const box = this.querySelector('.filter');
    if (!box) return;
    box.hidden = false;
    box.addEventListener('input', () => this.filter(box.value.trim().toLowerCase()));
    box.addEventListener('keydown', event => {
      if (event.key === 'Escape') { box.value = ''; this.filter(''); box.blur(); }
      if (event.key === 'Enter') this.querySelector('li:not([hidden]) a')?.click();
    });
  }

  filter(letters) {
    for (const item of this.querySelectorAll('li')) {
      const link = item.firstElementChild;
      item.hidden = letters !== '' && !link.dataset.tag.toLowerCase().includes(letters) && !link.firstChild.textContent.toLowerCase().includes(letters);
    }
    for (const group of this.querySelectorAll('details')) {
      group.wasOpen ??= group.open;
      group.open = letters ? true : group.wasOpen;
      if (!letters) delete group.wasOpen;
      group.hidden = !group.querySelector('li:not([hidden])');
    }
  }
}
customElements.define('pictor-tags', Tags);
