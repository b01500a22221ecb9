// How much stock, where, when, and what capital it holds.

let stockMeasure = 'money';
let capitalLimit = -1;
let capitalAsked = false;

// [tiers][T] stock and [T] target of the places left.
function stockByTier() {
  const tiers = tiersThere();
  const grids = tiers.map(() => zeros(T));
  const target = zeros(T);
  const add = (at, period, stock, wanted) => {
    grids[tiers.indexOf(places.tier[at])][period] += stock;
    target[period] += wanted;
  };
  if (stockMeasure === 'money') {
    for (const at of placesLeft()) {
      for (let t = 0; t < T; t += 1) add(at, t, facts.money_at.stock[at][t], facts.money_at.target[at][t]);
    }
  } else {
    const { location, stock, target: wanted } = facts.places;
    location.forEach((at, row) => {
      if (kept[at]) for (let t = 0; t < T; t += 1) add(at, t, stock[row * T + t], wanted[row * T + t]);
    });
  }
  const there = tiers.map((tier, at) => ({ tier, values: grids[at] })).filter((one) => one.values.some((v) => v > 0));
  return { there, target };
}

const axisTip = (unit) => (items) =>
  lines(items[0].name, items.map((item) => [item.seriesName, withUnit(number(item.value), unit), item.color]));

function drawStock(parts) {
  const { there, target } = stockByTier();
  const unit = stockMeasure === 'money' ? money() : say('units');
  refill(parts.tools,
    choice(say('measure'), [['money', money()], ['units', say('units')]], stockMeasure,
      (name) => { stockMeasure = name; redrawOne('stock'); }),
  );
  const series = there.map(({ tier, values }) => area(values, {
    name: tierName(tier), stack: 'stock', areaStyle: { opacity: 0.75 }, lineStyle: { width: 1 }, color: tierColour(tier),
  }));
  if (target.some((one) => one > 0)) {
    series.push(line(target, { name: say('target'), color: colour('text'), lineStyle: { width: 2, type: 'dashed' } }));
  }
  draw(parts.box, {
    legend: legend(series), xAxis: edges(), yAxis: valueAxis(unit),
    tooltip: { trigger: 'axis', formatter: axisTip(unit) }, series,
  }, 320);
  parts.note.textContent = say('stock note');
  figures(parts.figures, [say('period'), ...series.map((one) => one.name)],
    periods.map((name, t) => [name, ...series.map((one) => number(one.data[t]))]));
}

card({ id: 'stock', title: 'stock', draw: drawStock });

// Numbers of the limits on capital, and what each is called.
function capitalLimits() {
  const found = [];
  facts.limits.kind.forEach((kind, row) => { if (kind === 'capital') found.push(row); });
  return found;
}

function limitName(row) {
  const part = (name) => text(column(facts.limits.names, name), row);
  const between = [part('From'), part('To')].filter(Boolean).join(' → ');
  const zone = part('Zone') === '*' ? '' : part('Zone');
  return [part('Location'), between, zone].filter(Boolean).join(' · ');
}

function drawCapital(parts) {
  const limits = capitalLimits();
  if (limits.length && capitalLimit < 0 && !filtered() && !capitalAsked) capitalLimit = limits[0];
  const row = filtered() ? -1 : capitalLimit;
  const options = [[-1, filtered() ? say('places left') : say('whole network')], ...limits.map((one) => [one, limitName(one)])];
  refill(parts.tools, ...(limits.length && !filtered()
    ? [select(say('cap'), options, row, (one) => { capitalLimit = one; capitalAsked = true; redrawOne('capital'); })] : []));
  const at = (grid) => [...grid.slice(row * T, row * T + T)].map((one) => (Number.isNaN(one) ? null : one));
  const values = row < 0 ? overTime(facts.money_at.capital, placesLeft()) : at(facts.limits.used);
  const series = [area(values, { name: say('capital held'), areaStyle: { opacity: 0.18 }, color: colour('primary') })];
  let note = say('capital card note');
  if (row >= 0) {
    const cap = at(facts.limits.limit);
    series.push(line(cap, { step: 'middle', name: say('cap line'), color: colour('bad'), lineStyle: { width: 2, type: 'dashed' } }));
    const over = periods.filter((_, t) => cap[t] !== null && values[t] > cap[t] * (1 + 1e-6));
    note = over.length ? `▲ ${say('cap over', { count: over.length, last: over[over.length - 1] })}` : say('cap kept');
  }
  draw(parts.box, {
    legend: legend(series), xAxis: edges(), yAxis: valueAxis(money()),
    tooltip: { trigger: 'axis', formatter: axisTip(money()) }, series,
  }, 320);
  parts.note.textContent = note;
  figures(parts.figures, [say('period'), ...series.map((one) => one.name)],
    periods.map((name, t) => [name, ...series.map((one) => number(one.data[t]))]));
}

card({ id: 'capital', title: 'capital card', draw: drawCapital });

