// Pictures on their way that must outlive a reload: kept in the browser's own database until the server has them. Large heaps are not copied there; then their names are.

const limit = 512e6; // bytes
const names = 'pictor-uploads';

const open = () => new Promise((resolve, reject) => {
  const asked = indexedDB.open('pictor', 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore('uploads', { autoIncrement: true });
  asked.onsuccess = () => resolve(asked.result);
  asked.onerror = () => reject(asked.error);
});

const done = request => new Promise((resolve, reject) => { request.onsuccess = () => resolve(request.result); request.onerror = () => reject(request.error); });

const store = async mode => (await open()).transaction('uploads', mode).objectStore('uploads');

/** Remembers files; gives their keys, or nulls where they are too many bytes or the browser keeps nothing (a private window). */
export async function keep(files) {
  const all = files.reduce((sum, file) => sum + file.size, 0);
  try {
    if (all > limit) throw new Error('too much');
    const into = await store('readwrite');
    return await Promise.all(files.map(file => done(into.add(file))));
  } catch {
    sessionStorage.setItem(names, JSON.stringify(files.length));
    return files.map(() => null);
  }
}

export async function drop(key) {
  if (key === null) { const left = Number(sessionStorage.getItem(names) ?? 0) - 1; if (left > 0) sessionStorage.setItem(names, left); else sessionStorage.removeItem(names); return; }
  try { await done((await store('readwrite')).delete(key)); } catch { /* it is sent again, and known */ }
}

/** What an earlier document did not get to send: files with their keys, and how many could not be kept. */
export async function left() {
  const lost = Number(sessionStorage.getItem(names) ?? 0);
  sessionStorage.removeItem(names);
  try {
    const from = await store('readonly'), [keys, files] = await Promise.all([done(from.getAllKeys()), done(from.getAll())]);
    return { lost, files: files.map((file, i) => ({ file, key: keys[i] })) };
  } catch { return { lost, files: [] }; }
}
