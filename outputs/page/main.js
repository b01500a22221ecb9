// The page: title, filters, language, cards; everything is built again when the language changes.

const ORDER = ['headlines', 'alerts', 'actions', 'flows', 'stock', 'capital', 'service', 'balance', 'cost', 'limits',
  'promotions', 'life', 'tables'];

function filters() {
  const changed = (name) => (value) => { state[name] = value; redraw(); tellScope(); };
  const all = (names) => [[-1, say('all')], ...names.map((name, at) => [at, name])];
  return [['region', places.regions], ['company', places.companies], ['channel', places.channels]]
    .filter(([, names]) => names.length > 1)
    .map(([name, names]) => select(say(name), all(names), state[name], changed(name)));
}

// A day of the data on screen, in one piece.
const day = (iso) => date(Date.parse(iso) / 86400000).replaceAll(' ', '\u00a0');

function tellScope() {
  const left = placesLeft().length;
  document.getElementById('scope').textContent = filtered()
    ? say('scope left', { left, all: L }) : say('scope', { places: facts.scope.places, products: facts.scope.products, periods: T, first: day(facts.first), last: day(facts.last) });
}

function languages() {
  const change = (name) => {
    state.language = name;
    build();
    document.querySelector('#language button[aria-pressed=true]').focus();
  };
  const box = choice('Language 语言', [['en', 'English'], ['zh', '中文']], state.language, change);
  box.id = 'language';
  return box;
}

// A narrow card with no other beside it takes the whole width.
function widen(sections) {
  let beside = false;
  sections.forEach((section, at) => {
    const wide = section.classList.contains('wide');
    const next = sections[at + 1];
    const alone = !wide && !beside && (next === undefined || next.classList.contains('wide'));
    if (alone) section.classList.add('wide');
    beside = !wide && !alone && !beside;
  });
}

function build() {
  for (const chart of drawn.values()) chart.dispose();
  drawn.clear();
  if (dialog.open) dialog.close();
  document.documentElement.lang = locale();
  document.title = `${facts.name} – ${say('title')}`;
  const main = el('main', { id: 'main' });
  const top = el('header', { class: 'top' },
    el('a', { class: 'skip', href: '#main' }, say('skip')),
    el('div', { class: 'titles' }, el('h1', {}, facts.name), el('p', { class: 'quiet', id: 'scope', role: 'status' })),
    el('div', { class: 'controls' }, filters(), languages()));
  const foot = el('footer', { class: 'quiet' }, say('footer', { version: facts.version }));
  document.body.replaceChildren(...document.querySelectorAll('script'), top, main, foot, dialog);
  refilter();
  const byId = new Map(cards.map((one) => [one.id, one]));
  for (const id of ORDER) {
    const made = byId.get(id);
    made.parts = null;
    if (made.when && !made.when()) continue;
    place(made, main);
  }
  widen([...main.children]);
  tellScope();
  redraw();
}

// A drawing lies on several canvases, of which a browser may print the last alone; so each is
// copied to one, in light colours and twice as fine.
function copyForPrint() {
  document.documentElement.dataset.print = 'yes';
  redraw();
  for (const [box, chart] of drawn) {
    const copy = chart.renderToCanvas({ pixelRatio: 2, backgroundColor: colour('card') });
    copy.className = 'copy';
    copy.removeAttribute('style');
    box.after(copy);
  }
}

function afterPrint() {
  delete document.documentElement.dataset.print;
  for (const copy of document.querySelectorAll('.copy')) copy.remove();
  redraw();
}

function resized() {
  clearTimeout(resized.waiting);
  resized.waiting = setTimeout(redraw, 150);
}

async function begin() {
  if (typeof DecompressionStream === 'undefined') {
    document.body.append(el('p', {}, say('too old')));
    return;
  }
  await unpackAll(facts);
  build();
  let width = window.innerWidth;
  window.addEventListener('resize', () => { if (window.innerWidth !== width) { width = window.innerWidth; resized(); } });
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
  window.addEventListener('beforeprint', copyForPrint);
  window.addEventListener('afterprint', afterPrint);
  document.documentElement.dataset.ready = 'yes';
}

begin();
