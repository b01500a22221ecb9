// Tables to search and sort, a page of rows at a time.

const PAGE = 25; // rows, of a card of its own fewer
const PAGE_OF_CARD = 8;
const PLACED = ['Location', 'From', 'To', 'Supplier'];
const byCode = new Map(places.code.map((code, at) => [code, at]));

function cell(sheet, one, row) {
  const value = one.values[row];
  if (one.kind === 'text') return text(one, row);
  if (one.kind === 'date') return Number.isNaN(value) ? '' : date(value);
  if (Number.isNaN(value)) return '';
  if (one.kind === 'share') return percent(value);
  if (!IN_UNIT.includes(one.name) || !isShare(sheet, row)) return number(value);
  return one.name === 'Change' ? `${number(value * 100)} ${say('points')}` : percent(value);
}

const IN_UNIT = ['Value', 'Baseline', 'Change']; // of Summary, whose rows differ in unit
const isShare = (sheet, row) => {
  const unit = sheet.columns.find((one) => one.name === 'Unit');
  return unit !== undefined && unit.words.en[unit.values[row]] === '%';
};

// Rows that fit the filters of the page and the words searched for, in the order asked for.
function rowsOf(sheet, view) {
  const placed = sheet.columns.filter((one) => PLACED.includes(one.name));
  const texts = sheet.columns.filter((one) => one.kind === 'text');
  const wanted = view.search.trim().toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const rows = [];
  for (let row = 0; row < sheet.rows; row += 1) {
    if (filtered() && placed.length) {
      const ends = placed.map((one) => byCode.get(text(one, row))).filter((at) => at !== undefined);
      if (!ends.some((at) => kept[at])) continue;
    }
    if (wanted.length) {
      const said = texts.map((one) => text(one, row)).join('\n').toLocaleLowerCase();
      if (!wanted.every((word) => said.includes(word))) continue;
    }
    rows.push(row);
  }
  if (view.by < 0) return rows;
  const one = sheet.columns[view.by];
  const key = one.kind === 'text' ? (row) => text(one, row) : (row) => one.values[row];
  const order = one.kind === 'text'
    ? (first, second) => key(first).localeCompare(key(second), locale())
    : (first, second) => (Number.isNaN(key(first)) ? -Infinity : key(first)) - (Number.isNaN(key(second)) ? -Infinity : key(second));
  rows.sort((first, second) => order(first, second) * view.way);
  return rows;
}

function headOf(sheet, view, again) {
  return el('tr', {}, sheet.columns.map((one, at) => {
    const way = view.by !== at ? 'none' : view.way > 0 ? 'ascending' : 'descending';
    const arrow = way === 'none' ? '' : way === 'ascending' ? ' ▲' : ' ▼';
    const press = () => {
      view.way = view.by === at ? -view.way : one.kind === 'text' ? 1 : -1;
      view.by = at;
      view.page = 0;
      again();
    };
    return el('th', { scope: 'col', 'aria-sort': way, class: one.kind === 'text' ? null : 'number', title: spoken(one.note) },
      button(`${spoken(one.head)}${arrow}`, press, { class: 'link' }));
  }));
}

// Words with hyphens, periods and codes mostly, are not broken at them.
const HYPHENED = /([\w.]+(?:-[\w.]+)+)/;
const unbroken = (said) => said.split(HYPHENED).map((part, at) => (at % 2 ? el('span', { class: 'word' }, part) : part));

function lineOf(sheet, row) {
  return el('tr', {}, sheet.columns.map((one) => {
    const shown = cell(sheet, one, row);
    const at = PLACED.includes(one.name) ? byCode.get(shown) : undefined;
    const level = one.name === 'Level' ? `level-${one.words.en[one.values[row]]}` : null;
    return el('td', { class: one.kind === 'text' ? level : 'number' },
      at === undefined ? unbroken(shown) : button(shown, () => openPlace(at), { class: 'link', title: placeName(at) }));
  }));
}

// A table in a holder; the view (search, order, page) outlives a redraw.
function sheetTable(holder, sheet, view, label) {
  const again = () => fill();
  const search = el('input', { type: 'search', placeholder: say('search'), 'aria-label': say('search in', { table: label }),
    oninput: (event) => { view.search = event.target.value; view.page = 0; fill(); } });
  search.value = view.search;
  const body = el('div');
  const fill = () => {
    const rows = rowsOf(sheet, view);
    const pages = Math.max(Math.ceil(rows.length / view.size), 1);
    view.page = Math.min(view.page, pages - 1);
    const shown = rows.slice(view.page * view.size, (view.page + 1) * view.size);
    const turn = (by) => () => { view.page += by; fill(); };
    const count = sheet.of > sheet.rows
      ? say('rows of more', { rows: number(rows.length), all: number(sheet.of) }) : say('rows', { rows: number(rows.length) });
    const table = el('table', { 'aria-label': label }, el('thead', {}, headOf(sheet, view, again)), el('tbody', {}, shown.map((row) => lineOf(sheet, row))));
    refill(body,
      rows.length ? el('div', { class: 'scroll', tabindex: '0' }, table) : el('p', { class: 'quiet' }, say('nothing left')),
      el('div', { class: 'pages' },
        button('‹', turn(-1), { disabled: view.page === 0, 'aria-label': say('page before') }),
        el('span', {}, say('page of', { page: view.page + 1, pages })),
        button('›', turn(1), { disabled: view.page >= pages - 1, 'aria-label': say('page after') }),
        el('span', { class: 'quiet', role: 'status' }, count)),
    );
  };
  holder.replaceChildren(search, body);
  fill();
}

const views = new Map();
const viewOf = (name, size = PAGE) => {
  if (!views.has(name)) views.set(name, { search: '', by: -1, way: 1, page: 0, size });
  return views.get(name);
};

// Alerts and actions have cards of their own, where the plan has them.
for (const [name, id] of [['Alerts', 'alerts'], ['Actions', 'actions']]) {
  card({
    id, title: id, wide: true, plain: true, when: () => facts.tables[name] !== undefined,
    draw: (parts) => sheetTable(parts.body, facts.tables[name], viewOf(name, PAGE_OF_CARD), say(id)),
  });
}

const TABS = [['Shipments', 'moves'], ['Service', 'shortages'], ['Purchases', 'purchases'], ['Production', 'production'],
  ['TargetResults', 'targets'], ['SlowMovers', 'slow movers'], ['Summary', 'key figures']];
let tab = '';

const sheetOf = (name) => (name === 'Summary' ? facts.summary.sheet : facts.tables[name]);

function drawTables(parts) {
  const there = TABS.filter(([name]) => sheetOf(name) !== undefined && sheetOf(name).rows > 0);
  if (!there.some(([name]) => name === tab)) [[tab]] = there;
  refill(parts.tools, choice(say('tables'), there.map(([name, word]) => [name, say(word)]), tab, (name) => { tab = name; redrawOne('tables'); }));
  sheetTable(parts.body, sheetOf(tab), viewOf(tab), say(there.find(([name]) => name === tab)[1]));
}

card({ id: 'tables', title: 'tables', wide: true, plain: true, draw: drawTables });

