// Changes of many pictures over REST, each answered with how many it touched and the way back.
import { call, send } from './api.js';

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

/** Puts pictures into the collection of a name, which is made where there is none. */
export async function collect(ids, name) {
  const { items } = await call('GET', 'collections'), same = items.find(item => item.name.toLowerCase() === name.toLowerCase()), undos = [];
  let id = same?.id;
  for (let i = 0; i < ids.length; i += most) {
    const some = ids.slice(i, i + most);
    if (id) { undos.unshift((await call('PATCH', `collections/${id}`, { add: some })).undo); continue; }
    const { json, change } = await send('POST', 'collections', { name, ids: some });
    id = json.id;
    undos.unshift(change);
  }
  return { id, name: same?.name ?? name, undo: back(undos) };
}

/** Takes pictures out of a collection. */
export async function takeOut(ids, collection) {
  const undos = [];
  for (let i = 0; i < ids.length; i += most) undos.unshift((await call('PATCH', `collections/${collection}`, { remove: ids.slice(i, i + most) })).undo);
  return { undo: back(undos) };
}

const back = undos => { const all = undos.filter(Boolean); return all.length > 0 && (async () => { for (const id of all) await call('POST', `undo/${id}`); }); };

/** A view's address as the question that a bulk change takes; views that are no question of this kind go by ids. */
function asQuery(view) {
  if (['similar', 'weaker', 'collection', 'group', 'changes'].some(name => view.has(name))) return null;
  return view.get('q') ? { text: view.get('q') } : view.get('tag') ? { tag: view.get('tag') } : {};
}
