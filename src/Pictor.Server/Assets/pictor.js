// The page works without this file for looking around; here is what needs a script, each in a custom element of its own.
import './grid.js';
import './overlay.js';
import './viewer.js';
import './bulk.js';
import './search.js';
import './filters.js';
import './tags.js';
import './upload.js';
import './drop.js';
import './examples.js';
import './models.js';
import './jobs.js';
import './duplicates.js';
import './collections.js';
import './review.js';

// On a phone the links do not fit: the one of this page is to be seen.
document.querySelector('.bar nav [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
