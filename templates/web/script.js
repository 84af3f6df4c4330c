
/* Sorting and finding. Without this script the pages say all the same. */
(function () {
  "use strict";
  var words = document.body.dataset;
  var live = document.createElement("p");
  live.className = "unseen";
  live.setAttribute("role", "status");
  document.body.appendChild(live);

  function filled(text, values) {
    return text.replace(/\{(\w+)\}/g, function (all, key) { return values[key]; });
  }

  /* ---- boxes that scroll are reached by keyboard only while they do ---- */
  var boxes = document.querySelectorAll(".scroll");
  function mindBoxes() {
    boxes.forEach(function (box) {
      if (!box.offsetParent) return;
      if (box.scrollWidth > box.clientWidth + 1) box.setAttribute("tabindex", "0");
      else box.removeAttribute("tabindex");
    });
  }
  window.addEventListener("resize", mindBoxes);
  document.addEventListener("toggle", mindBoxes, true);
  mindBoxes();

  /* ---- sorting ---- */
  var language = document.documentElement.lang || "en";
  var collator = new Intl.Collator(language, { numeric: true });

  function textOf(cell) { return cell.textContent.trim(); }

  function mark(written, after) {
    return new RegExp("(\\d)" + written.replace(/[.*+?^${}()|[\]\\]/g, "\\$&") + after, "g");
  }
  var thousands = mark(words.thousands || ",", "(?=\\d{3})");
  var decimal = mark(words.decimal || ".", "(?=\\d)");

  /* The first number of a text; NaN where there is none. */
  function numberOf(text) {
    var found = text.replace(thousands, "$1").replace(decimal, "$1.").replace(/[\u2212\u2013](?=[^\d]?\d)/g, "-")
      .match(/(-)?[^\d.-]*(\d+(?:\.\d+)?)/);
    return found ? (found[1] ? -1 : 1) * parseFloat(found[2]) : NaN;
  }

  function isMissing(value) { return typeof value === "number" ? isNaN(value) : value === "\u2013"; }

  function sortBy(table, column, down) {
    var body = table.tBodies[0];
    var numeric = table.tHead.rows[0].cells[column].classList.contains("n");
    var rows = Array.prototype.map.call(body.rows, function (row, place) {
      var text = textOf(row.cells[column]);
      return { row: row, place: place, value: numeric ? numberOf(text) : text };
    });
    rows.sort(function (a, b) {
      var x = isMissing(a.value), y = isMissing(b.value);
      if (x || y) return x === y ? a.place - b.place : x ? 1 : -1;
      var order = numeric ? a.value - b.value : collator.compare(a.value, b.value);
      return (down ? -order : order) || a.place - b.place;
    });
    rows.forEach(function (entry) { body.appendChild(entry.row); });
  }

  function sortOnClick(table, head, column) {
    var button = document.createElement("button");
    var label = textOf(head);
    button.type = "button";
    while (head.firstChild) button.appendChild(head.firstChild);
    button.title = words.sort;
    head.appendChild(button);
    button.addEventListener("click", function () {
      var down = head.getAttribute("aria-sort") === "ascending";
      table.querySelectorAll("th[aria-sort]").forEach(function (other) {
        other.removeAttribute("aria-sort");
      });
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      sortBy(table, column, down);
      live.textContent = filled(down ? words.down : words.up, { column: label });
    });
  }

  document.querySelectorAll("table[data-sort]").forEach(function (table) {
    Array.prototype.forEach.call(table.tHead.rows[0].cells, function (head, column) {
      sortOnClick(table, head, column);
    });
  });

  /* ---- finding ---- */
  function folded(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLocaleLowerCase(language);
  }

  function addSearch(place, items, label, number) {
    var box = document.createElement("div");
    var name = document.createElement("label");
    var input = document.createElement("input");
    var count = document.createElement("p");
    box.className = "find";
    input.type = "search";
    input.id = "find-" + number;
    input.autocomplete = "off";
    input.spellcheck = false;
    name.htmlFor = input.id;
    name.textContent = label || words.search;
    count.setAttribute("role", "status");
    box.append(name, input, count);
    place.parentNode.insertBefore(box, place);
    var texts = items.map(function (item) { return folded(item.textContent); });
    input.addEventListener("input", function () {
      var parts = folded(input.value).split(/\s+/).filter(Boolean), shown = 0;
      items.forEach(function (item, k) {
        var fits = parts.every(function (part) { return texts[k].indexOf(part) >= 0; });
        item.hidden = !fits;
        shown += fits ? 1 : 0;
      });
      count.textContent = parts.length ? filled(words.found, { n: shown, of: items.length }) : "";
      mindBoxes();
    });
  }

  document.querySelectorAll("main [data-search]").forEach(function (part, number) {
    var table = part.tagName === "TABLE";
    var items = Array.prototype.slice.call(table ? part.tBodies[0].rows : part.children);
    addSearch(table ? part.closest(".scroll") || part : part, items, part.dataset.search, number);
  });
})();
