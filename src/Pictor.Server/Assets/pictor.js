// The page works without this file for looking around; here is what needs a script, each in a custom element of its own.
import './grid.js';
import './viewer.js';
import './upload.js';
import './examples.js';
import './models.js';
import './jobs.js';

// "/" goes to the search box from anywhere but a text field.
addEventListener('keydown', event => {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, textarea, select')) return;
  const box = document.querySelector('.bar input[type=search]');
  if (box) { event.preventDefault(); box.focus(); box.select(); }
});
document.querySelector('.bar input[type=search]')?.addEventListener('keydown', event => {
  if (event.key === 'Escape') event.target.blur();
});
