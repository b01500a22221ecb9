// One location and product from close by: stock, demand and receipts over time.

const dialog = el('dialog', { 'aria-labelledby': 'place-title' });
let shownPlace = { at: 0, product: -1 };

const rowsAt = (at, product) => {
  const found = [];
  facts.places.location.forEach((one, row) => {
    if (one === at && (product < 0 || facts.places.product[row] === product)) found.push(row);
  });
  return found;
};

// [T] of a measure; money at standard cost where several products are shown, else units.
function measured(rows, grid, inMoney) {
  const totals = zeros(T);
  for (const row of rows) for (let t = 0; t < T; t += 1) totals[t] += grid[row * T + t] * (inMoney ? costOf(row, t) : 1);
  return totals;
}

function placeSeries(rows, inMoney) {
  const of = (name) => measured(rows, facts.places[name], inMoney);
  const [stock, target, came, wanted, served, out] = ['stock', 'target', 'in', 'demand', 'served', 'out'].map(of);
  const missing = wanted.map((one, t) => Math.max(one - served[t], 0));
  const all = [
    line(stock, { name: say('stock held'), areaStyle: { opacity: 0.15 }, color: colour('primary') }),
    line(target, { name: say('target'), color: colour('text'), lineStyle: { type: 'dashed', width: 2 } }),
    { name: say('receipts'), type: 'bar', data: came, color: colour('good') },
    { name: say('demand'), type: 'bar', data: wanted, color: colour('baseline') },
    { name: say('shipped out'), type: 'bar', data: out, color: colour('transfer') },
    { name: say('not on time'), type: 'bar', data: missing, color: colour('bad') },
  ];
  return all.filter((one, at) => at === 0 || one.data.some((value) => value > 1e-6));
}

function drawPlace(period = -1) {
  const { at, product } = shownPlace;
  const rows = rowsAt(at, product);
  const held = [...new Set(rowsAt(at, -1).map((row) => facts.places.product[row]))];
  const inMoney = product < 0;
  const unit = inMoney ? money() : goods.unit[product];
  const series = placeSeries(rows, inMoney).map((one) => ({ ...one, barMaxWidth: 16 }));
  const box = el('div', { class: 'chart' });
  const table = el('div', { class: 'figures' });
  const detail = [tierName(places.tier[at]), places.regions[places.region[at]], places.companies[places.company[at]],
    [...channelsAt[at]].map((one) => places.channels[one]).join(', ')].filter(Boolean).join(' · ');
  refill(dialog,
    el('header', {}, el('h2', { id: 'place-title' }, placeName(at)), button('✕', () => dialog.close(), { 'aria-label': say('close'), class: 'close' })),
    el('p', { class: 'quiet' }, detail),
    el('div', { class: 'tools' },
      select(say('location'), places.code.map((_, one) => [one, placeName(one)]), at, (one) => { openPlace(one); }),
      select(say('product'), [[-1, say('all products')], ...held.map((one) => [one, productName(one)])], product, (one) => { openPlace(at, one); })),
    el('p', { class: 'note' }, rows.length ? say(inMoney ? 'place note money' : 'place note units', { unit }) : say('place empty')),
    el('figure', { role: 'img', 'aria-label': `${placeName(at)}: ${say('place figure')}` }, box),
    table,
  );
  if (!dialog.open) dialog.showModal();
  if (!rows.length) return;
  const here = period < 0 ? {} : { markLine: { silent: true, symbol: 'none', label: { show: false }, lineStyle: { color: colour('warn'), width: 2 }, data: [{ xAxis: period }] } };
  draw(box, {
    legend: { ...legend(series), type: 'plain', left: 0 }, grid: { ...general().grid, top: narrow() ? 84 : 58 }, xAxis: timeAxis(), yAxis: valueAxis(unit),
    tooltip: { trigger: 'axis', formatter: axisTip(unit) }, series: series.map((one, first) => (first ? one : { ...one, ...here })),
  }, narrow() ? 300 : 360);
  figures(table, [say('period'), ...series.map((one) => one.name)], periods.map((name, t) => [name, ...series.map((one) => number(one.data[t]))]));
  table.querySelector('details').open = true;
}

function openPlace(at, product = -1, period = -1) {
  shownPlace = { at, product };
  for (const box of drawn.keys()) if (dialog.contains(box)) { drawn.get(box).dispose(); drawn.delete(box); }
  drawPlace(period);
}

