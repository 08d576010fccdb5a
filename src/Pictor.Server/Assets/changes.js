// Changes of many pictures over REST, each answered with how many it touched and the way back.
import { call } from './api.js';

const most = 40000; // ids in one body of at most 1 MiB

/**
 * Changes pictures: `what` holds accept, reject, add, remove (tags), favourite, rating or hidden. `view` is the question of a view of which all results are meant:
 * the server then answers it anew, so that nothing is missed that came in meanwhile.
 */
export async function change(ids, what, view = null) {
  const query = view && asQuery(view), receipts = [];
  if (query) receipts.push(await call('POST', 'annotations/bulk', { query, ...what }));
  else for (let i = 0; i < ids.length; i += most) receipts.push(await call('POST', 'annotations/bulk', { ids: ids.slice(i, i + most), ...what }));
  const undos = receipts.map(receipt => receipt.undo).filter(id => id !== null).reverse();
  return {
    changed: receipts.reduce((sum, receipt) => sum + receipt.changed, 0),
    undo: undos.length > 0 && (async () => { for (const id of undos) await call('POST', `undo/${id}`); }),
  };
}

/** A view's address as the question that a bulk change takes; views that show weak matches too go by ids. */
function asQuery(view) {
  if (view.has('similar') || view.has('weaker')) return null;
  return view.get('q') ? { text: view.get('q') } : view.get('tag') ? { tag: view.get('tag') } : {};
}
