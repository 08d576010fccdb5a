"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const names = data.names;
  const [FILE, TRUTH, ANSWER, SURE, BIN, THUMB] = [0, 1, 2, 3, 4, 5];
  const wrong = s => s[TRUTH] !== s[ANSWER];
  const percent = v => (v * 100).toFixed(v > 0.995 && v < 1 ? 2 : 0) + "\u00a0%";
  const make = (tag, style, text) => {
    const e = document.createElement(tag);
    if (style) e.className = style;
    if (text !== undefined) e.textContent = text;
    return e;
  };

  function card(s) {
    const e = make("div", "card");
    if (s[THUMB] >= 0) {
      const img = make("img");
      img.loading = "lazy";
      img.alt = names[s[TRUTH]];
      img.onload = () => { if (img.naturalWidth <= 40 && img.naturalHeight <= 40) img.classList.add("tiny"); };
      img.src = data.thumbs[s[THUMB]];
      e.append(img);
    }
    e.append(make("div", "is", names[s[TRUTH]]));
    e.append(make("div", "says" + (wrong(s) ? " wrong" : ""), wrong(s) ? "taken for " + names[s[ANSWER]] : "right"));
    e.append(make("div", "", percent(s[SURE]) + " sure"));
    const file = make("div", "file", s[FILE].split(/[\\/]/).pop().replace(/^.*#/, "#"));
    file.title = s[FILE];
    e.append(file);
    return e;
  }

  // What a figure stands for: pair:TRUTH:ANSWER, class:K, bin:B, right:B, wrong:B.
  const kinds = {
    pair: (t, a) => [t === a ? names[t] + ", answered rightly" : names[t] + " taken for " + names[a], s => s[TRUTH] === t && s[ANSWER] === a],
    class: k => ["Wrong answers around " + names[k], s => wrong(s) && (s[TRUTH] === k || s[ANSWER] === k)],
    bin: b => ["Answers with " + range(b), s => s[BIN] === b],
    right: b => ["Right answers with " + range(b), s => s[BIN] === b && !wrong(s)],
    wrong: b => ["Wrong answers with " + range(b), s => s[BIN] === b && wrong(s)],
  };
  const range = b => Math.round(b / 15 * 100) + " to " + Math.round((b + 1) / 15 * 100) + " % confidence";

  const view = document.getElementById("view");
  const most = 120, listed = 200;
  function show(what) {
    const [kind, ...numbers] = what.split(":");
    const [title, fits] = kinds[kind](...numbers.map(Number));
    const found = data.samples.filter(fits).sort((a, b) => (wrong(b) - wrong(a)) || (b[THUMB] >= 0) - (a[THUMB] >= 0) || (wrong(a) ? b[SURE] - a[SURE] : a[SURE] - b[SURE]));
    document.getElementById("view-title").textContent = title;
    const pictured = found.filter(s => s[THUMB] >= 0 || !data.hasPictures).slice(0, most), rest = found.filter(s => !pictured.includes(s)).slice(0, listed);
    document.getElementById("view-note").textContent = found.length === 0 ? "Nothing to show here." :
      "Wrong answers with the surest first, right ones with the least certain first; a report holds only some pictures, predictions.csv names all.";
    document.getElementById("view-cards").replaceChildren(...pictured.map(card));
    document.getElementById("view-rest").replaceChildren(...rest.map(s => {
      const li = make("li", "", s[FILE]);
      li.append(make("span", "", names[s[TRUTH]] + (wrong(s) ? " taken for " + names[s[ANSWER]] : " right") + ", " + percent(s[SURE]) + " sure"));
      return li;
    }));
    if (!view.open) view.showModal();
    view.scrollTop = 0;
    if (kind === "class") choose(numbers[0]);
  }
  document.addEventListener("click", e => {
    const target = e.target.closest("[data-show]");
    if (target) show(target.dataset.show);
    else if (e.target === view) view.close();
  });
  document.addEventListener("keydown", e => {
    if ((e.key === "Enter" || e.key === " ") && e.target.matches && e.target.matches("g[data-show]")) {
      e.preventDefault();
      show(e.target.dataset.show);
    }
  });
  document.getElementById("view-close").addEventListener("click", () => view.close());

  const strip = (id, samples) => {
    const e = document.getElementById(id);
    if (!e) return;
    const shown = samples.filter(s => s[THUMB] >= 0).slice(0, 18);
    e.replaceChildren(...(shown.length ? shown.map(card) : [make("p", "", "None.")]));
  };
  strip("strip-wrong", data.samples.filter(wrong).sort((a, b) => b[SURE] - a[SURE]));
  strip("strip-unsure", data.samples.slice().sort((a, b) => a[SURE] - b[SURE]));

  for (const more of document.querySelectorAll("[data-more]")) more.addEventListener("click", () => {
    for (const e of document.querySelectorAll(more.dataset.more)) e.hidden = false;
    more.parentElement.remove();
  });

  const table = document.getElementById("classes"), heads = table ? [...table.tHead.rows[0].cells] : [];
  heads.forEach((head, column) => head.firstElementChild.addEventListener("click", () => {
    const up = head.getAttribute("aria-sort") ? head.getAttribute("aria-sort") !== "ascending" : column < 1 || column > 1;
    for (const h of heads) h.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    const value = row => column ? Number(row.cells[column].dataset.value) : row.cells[0].textContent;
    const compare = column ? (a, b) => value(a) - value(b) : (a, b) => value(a).localeCompare(value(b), undefined, { numeric: true });
    const rows = [...table.tBodies[0].rows].sort((a, b) => up ? compare(a, b) : compare(b, a));
    table.tBodies[0].append(...rows);
  }));
  const filter = document.getElementById("filter");
  if (filter) filter.addEventListener("input", () => {
    const word = filter.value.trim().toLowerCase();
    for (const row of table.tBodies[0].rows) row.hidden = !row.cells[0].textContent.toLowerCase().includes(word);
  });

  const picker = document.getElementById("curve-class");
  function draw(id, points, steps) {
    const svg = document.getElementById(id), [x0, x1, y0, y1] = svg.dataset.frame.split(" ").map(Number);
    let d = "";
    for (let i = 0; i < points.length; i += 2) {
      const x = (x0 + points[i] / 1000 * (x1 - x0)).toFixed(1), y = (y0 + points[i + 1] / 1000 * (y1 - y0)).toFixed(1);
      d += i === 0 ? "M" + x + " " + y : steps ? "V" + y + "H" + x : "L" + x + " " + y;
    }
    document.getElementById(id + "-class").setAttribute("d", d);
  }
  function choose(k) {
    if (!picker) return;
    picker.value = k;
    draw("roc", k === "" ? [] : data.roc[k], false);
    draw("pr", k === "" ? [] : data.pr[k], true);
    const number = v => v === null ? "undefined" : v.toFixed(4);
    document.getElementById("curve-note").textContent = k === "" ? "" : "AUC " + number(data.auc[k]) + ", average precision " + number(data.ap[k]);
  }
  if (picker) picker.addEventListener("change", () => choose(picker.value));

  // The threshold explorer: counts by hundredths of confidence, summed from the top.
  const cut = document.getElementById("cut");
  if (cut) {
    const svg = document.getElementById("selective"), [x0, x1, y0, y1] = svg.dataset.frame.split(" ").map(Number);
    const [rightCurve, answeredCurve] = svg.querySelectorAll("path.curve"), whose = document.getElementById("cut-class");
    const summed = rows => {
      const answered = new Array(102).fill(0), right = new Array(102).fill(0);
      for (const row of rows) for (let i = 0; i < row.length; i += 3) { answered[row[i]] += row[i + 1]; right[row[i]] += row[i + 2]; }
      for (let t = 100; t >= 0; t--) { answered[t] += answered[t + 1]; right[t] += right[t + 1]; }
      return { answered, right };
    };
    const path = points => points.map(([t, v], i) => (i ? "L" : "M") + (x0 + t / 100 * (x1 - x0)).toFixed(1) + " " + (y0 + v * (y1 - y0)).toFixed(1)).join("");
    const share = v => (v * 100).toFixed(v > 0.995 && v < 1 ? 2 : v < 0.1 || v > 0.9 ? 1 : 0) + "\u00a0%";
    const wilson = (k, n) => {
      const z2 = 3.841458820694124 / n, p = k / n, centre = (p + z2 / 2) / (1 + z2), half = Math.sqrt(z2) / (1 + z2) * Math.sqrt(p * (1 - p) + z2 / 4);
      return [k === 0 ? 0 : centre - half, k === n ? 1 : centre + half];
    };
    let now;
    const say = () => {
      const t = Number(cut.value), n = now.answered[t], total = now.answered[0];
      document.getElementById("cut-value").textContent = (t / 100).toFixed(2);
      const line = document.getElementById("cut-line"), x = (x0 + t / 100 * (x1 - x0)).toFixed(1);
      line.setAttribute("x1", x);
      line.setAttribute("x2", x);
      const named = whose.value === "" ? "" : " \u201c" + names[whose.value] + "\u201d";
      document.getElementById("cut-says").textContent = total === 0 ? "No answer names" + named + "." :
        n === 0 ? "At " + (t / 100).toFixed(2) + " no answer" + named + " is left." :
        "At " + (t / 100).toFixed(2) + (named ? " you keep " + share(n / total) + " of the answers" + named : " you answer " + share(n / total) + " of the pictures") +
        " with " + share(now.right[t] / n) + " precision (" + wilson(now.right[t], n).map(share).join(" to ") + "); " + (total - n).toLocaleString("en") + " are left to a person.";
    };
    const redraw = () => {
      now = summed(whose.value === "" ? data.sure : [data.sure[whose.value]]);
      const all = [...Array(101).keys()], total = Math.max(1, now.answered[0]);
      rightCurve.setAttribute("d", path(all.filter(t => now.answered[t] > 0).map(t => [t, now.right[t] / now.answered[t]])));
      answeredCurve.setAttribute("d", path(all.map(t => [t, now.answered[t] / total])));
      say();
    };
    cut.addEventListener("input", say);
    whose.addEventListener("change", redraw);
    redraw();
  }
})();
