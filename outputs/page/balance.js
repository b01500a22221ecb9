// What each region has too much or too little of, product by product, at the end of a period.

let balancePeriod = T - 1;

// What places are grouped by: region, else company, else tier.
function grouping() {
  if (places.regions.length) return { of: places.region, names: places.regions };
  if (places.companies.length) return { of: places.company, names: places.companies };
  return { of: places.tier, names: places.tiers[state.language] };
}

function balances(period) {
  const { of } = grouping();
  const { location, product, stock, target, missing } = facts.places;
  const cells = new Map();
  location.forEach((at, row) => {
    if (!kept[at]) return;
    const key = `${product[row]}/${of[at]}`;
    if (!cells.has(key)) cells.set(key, { product: product[row], group: of[at], stock: 0, target: 0, missing: 0, above: 0 });
    const [cell, cost, here] = [cells.get(key), costOf(row, period), row * T + period];
    cell.stock += stock[here] * cost;
    cell.target += target[here] * cost;
    cell.missing += missing[here] * cost;
    cell.above += Math.max(stock[here] - target[here], 0) * cost;
  });
  return [...cells.values()].filter((cell) => cell.stock > 0 || cell.target > 0);
}

function drawBalance(parts) {
  const cells = balances(balancePeriod);
  const { names } = grouping();
  const groups = [...new Set(cells.map((cell) => cell.group))].sort((one, other) => one - other);
  const missing = new Map();
  for (const cell of cells) missing.set(cell.product, (missing.get(cell.product) || 0) + cell.missing);
  const products = [...missing.keys()].sort((one, other) => missing.get(other) - missing.get(one) || one - other);
  const groupName = (group) => (group < 0 ? say('no group') : names[group]);
  refill(parts.tools,
    select(say('period'), periods.map((name, at) => [at, name]), balancePeriod, (at) => { balancePeriod = at; redrawOne('balance'); }),
  );
  const most = cells.reduce((all, cell) => Math.max(all, Math.abs(cell.stock - cell.target)), 1);
  const data = cells.map((cell) => ({
    value: [groups.indexOf(cell.group), products.indexOf(cell.product), cell.stock - cell.target], cell,
  }));
  const label = (cell) => {
    const more = cell.stock - cell.target;
    if (narrow()) return cell.missing > 0.5 ? '▼' : '';
    const lacking = cell.missing > 0.5 ? `▼${short(cell.missing)}` : '';
    if (lacking && more < 0 && cell.above < 0.05 * cell.missing) return lacking;
    return `${signed(more, short(more))} ${lacking}`;
  };
  cellChart(parts, products.map((at) => goods.code[at]), groups.map(groupName), data, {
    visualMap: { min: -most, max: most, calculable: false, orient: 'horizontal', left: 0, bottom: 0, itemHeight: 90, itemWidth: 10,
      text: [say('surplus'), say('shortage')], textStyle: { color: colour('quiet'), fontSize: 11 },
      inRange: { color: [colour('fill-bad'), colour('fill-none'), colour('fill-more')] } },
    series: { label: { show: true, formatter: (item) => label(item.data.cell), color: colour('cell-text'), fontSize: 11 } },
    tip: ({ data: { cell } }) => lines(`${groupName(cell.group)} · ${productName(cell.product)}`, [
      [say('stock held'), withUnit(number(cell.stock), money())],
      [say('target'), withUnit(number(cell.target), money())],
      [say('above target'), withUnit(number(cell.above), money())],
      [say('below target'), withUnit(number(cell.missing), money())],
    ]),
  }, () => {});
  parts.note.textContent = say('balance note', { unit: money() });
  figures(parts.figures, [say('product'), say('group'), say('stock held'), say('target'), say('above target'), say('below target')],
    cells.map((cell) => [goods.code[cell.product], groupName(cell.group), number(cell.stock), number(cell.target), number(cell.above), number(cell.missing)]));
}

card({ id: 'balance', title: 'balance', draw: drawBalance });

