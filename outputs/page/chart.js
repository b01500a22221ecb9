// Cards with a drawing, the figures behind it as a table, and what happens on a click.

const cards = [];
const drawn = new Map();
let colours = new Map();
// A colour of the style sheet; light and dark pages differ.
function colour(name) {
  if (!colours.has(name)) {
    colours.set(name, getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim());
  }
  return colours.get(name);
}
const tierColour = (tier) => colour(`tier-${tier}`);
const narrow = () => window.innerWidth < 640;

// A card of the page: id, title and, where they are, note, when, tools, draw.
function card(made) {
  cards.push(made);
}

function lines(title, rows) {
  return el(
    'div',
    { class: 'tip' },
    el('strong', {}, title),
    rows.map(([name, value, paint]) =>
      el(
        'div',
        { class: 'tip-row' },
        paint ? el('i', { style: { background: paint } }) : null,
        el('span', {}, name),
        el('b', {}, value),
      ),
    ),
  );
}

function general() {
  return {
    animation: false,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: colour('text') },
    tooltip: {
      confine: true,
      backgroundColor: colour('card'),
      borderColor: colour('line'),
      textStyle: { color: colour('text') },
    },
    grid: { left: 8, right: 16, top: narrow() ? 58 : 44, bottom: 8, containLabel: true },
  };
}

const axisText = () => ({ color: colour('quiet'), hideOverlap: true, alignMaxLabel: 'right' });

function timeAxis(more = {}) {
  return {
    type: 'category',
    data: periods,
    axisLabel: { ...axisText(), ...(narrow() || more.boundaryGap === false ? {} : { alignMaxLabel: null }) },
    axisLine: { lineStyle: { color: colour('line') } },
    axisTick: { show: false },
    ...more,
  };
}

function valueAxis(name, more = {}) {
  return {
    type: 'value',
    name,
    nameTextStyle: { color: colour('quiet'), align: 'left', padding: [0, 0, 0, -30] },
    axisLabel: { ...axisText(), formatter: short },
    splitLine: { lineStyle: { color: colour('line') } },
    ...more,
  };
}

// Amounts over time as a line, with a dash where a period without neighbours makes none.
function line(data, more) {
  const alone = (t) => (data[t - 1] ?? data[t + 1] ?? null) === null;
  const any = data.some((one, t) => (one ?? null) !== null && alone(t));
  const dash = { showAllSymbol: true, symbolSize: [T > 1 ? 24 : 64, 3], symbol: (_, { dataIndex: t }) => (alone(t) ? 'rect' : 'none') };
  return { type: 'line', data, ...(any ? dash : { symbol: 'none' }), ...more };
}
// The same as an area, as a bar where there is one period.
const area = (data, more) => (T > 1 ? line(data, more) : { ...more, data, type: 'bar', barMaxWidth: 64 });
const edges = () => timeAxis({ boundaryGap: T === 1 });

// Bars and areas have a block in the legend, lines, which are all limits and targets, two dashes.
const DASHES = 'path://M0 4h7v2h-7z M10 4h7v2h-7z';
const legend = (series = null) => ({
  top: 0, right: 0, type: 'scroll', itemWidth: 16, itemHeight: 11, textStyle: { color: colour('quiet') },
  data: series?.map((one) => ({ name: one.name, icon: one.type === 'bar' || one.areaStyle ? 'roundRect' : DASHES })),
});

const ON_PAPER = 0.7; // of the height on screen, so that two rows of cards fit on a page

// Draw into the box of a card; the chart of the last time is used again.
function draw(box, option, tall, press = null) {
  const height = document.documentElement.dataset.print ? Math.round(tall * ON_PAPER) : tall;
  let chart = drawn.get(box);
  box.style.height = `${height}px`;
  if (chart === undefined) {
    chart = echarts.init(box, null, { renderer: 'canvas' });
    drawn.set(box, chart);
  }
  if (chart.getWidth() !== box.clientWidth || chart.getHeight() !== height) chart.resize();
  chart.off('click');
  if (press) chart.on('click', press);
  chart.setOption({ ...general(), ...option, tooltip: { ...general().tooltip, ...option.tooltip } }, true);
}

// The figures of a drawing as a table, made when they are opened.
function figures(holder, head, rows, press = null) {
  const fill = (details) => {
    details.querySelector('.scroll')?.remove();
    if (!details.open) return;
    const cells = (row, at) =>
      el('tr', {}, row.map((cell, place) => el(place ? 'td' : 'th', { scope: place ? null : 'row' },
        place || !press ? String(cell) : button(String(cell), () => press(at), { class: 'link' }))));
    const table = el(
      'table',
      {},
      el('thead', {}, el('tr', {}, head.map((one) => el('th', { scope: 'col' }, one)))),
      el('tbody', {}, rows.map(cells)),
    );
    details.append(el('div', { class: 'scroll', tabindex: '0' }, table));
  };
  const open = holder.querySelector('details')?.open;
  const details = el('details', {}, el('summary', {}, say('figures')));
  details.addEventListener('toggle', () => fill(details));
  refill(holder, details);
  if (open) details.open = true;
}

// Put a card on the page; its parts are filled by its draw.
function place(made, into) {
  const box = el('div', { class: 'chart' });
  const parts = {
    box,
    tools: el('div', { class: 'tools' }),
    note: el('p', { class: 'note' }),
    body: el('div'),
    figures: el('div', { class: 'figures' }),
  };
  const figure = el('figure', { role: 'img', 'aria-label': say(made.title) }, box);
  const section = el(
    'section',
    { class: made.wide ? 'card wide' : 'card', id: made.id, 'aria-labelledby': `${made.id}-title` },
    el('header', {}, el('h2', { id: `${made.id}-title` }, say(made.title)), parts.tools),
    parts.note,
    parts.body,
    made.plain ? null : figure,
    made.plain ? null : parts.figures,
  );
  into.append(section);
  made.parts = parts;
  made.section = section;
}

function redraw() {
  colours = new Map();
  refilter();
  for (const made of cards) if (made.parts) made.draw(made.parts);
}

const redrawOne = (id) => {
  const made = cards.find((one) => one.id === id);
  made.draw(made.parts);
};

