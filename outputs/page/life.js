// How long today's stock may still be used, what expires unless used; promotions.

const RUNGS = [0, 30, 60, 90, 180, 365, Infinity];
const MOST_PRODUCTS = 6;

function rungName(at) {
  if (at < 0) return say('expired');
  const [low, high] = [RUNGS[at], RUNGS[at + 1]];
  return high === Infinity ? say('days over', { low }) : say('days between', { low, high });
}

// Money by rung and product of the lots left; the last rung also holds what never expires.
function ladder() {
  const { location, product, days, money: worth } = facts.life;
  const found = new Map();
  location.forEach((at, lot) => {
    if (!kept[at]) return;
    const left = Number.isNaN(days[lot]) ? Infinity : days[lot];
    const rung = left < 0 ? -1 : RUNGS.findIndex((_, step) => left <= RUNGS[step + 1]);
    if (!found.has(product[lot])) found.set(product[lot], new Map());
    const mine = found.get(product[lot]);
    mine.set(rung, (mine.get(rung) || 0) + worth[lot]);
  });
  return found;
}

const total = (rungs) => sum([...rungs.values()]);

function drawLife(parts) {
  const all = ladder();
  const order = [...all.keys()].sort((one, other) => total(all.get(other)) - total(all.get(one)));
  const rungs = [...new Set([...all.values()].flatMap((one) => [...one.keys()]))].sort((one, other) => one - other);
  const paints = [3, 1, 4, 0, 5, 2].map(tierColour);
  const series = order.slice(0, MOST_PRODUCTS).map((product, at) => ({
    type: 'bar', stack: 'life', name: goods.code[product], color: paints[at], barMaxWidth: 26,
    data: rungs.map((rung) => all.get(product).get(rung) || 0),
  }));
  const rest = order.slice(MOST_PRODUCTS);
  if (rest.length) {
    series.push({ type: 'bar', stack: 'life', name: say('others'), color: colour('baseline'), barMaxWidth: 26,
      data: rungs.map((rung) => sum(rest.map((product) => all.get(product).get(rung) || 0))) });
  }
  draw(parts.box, {
    legend: legend(), xAxis: { ...valueAxis(money()), nameLocation: 'middle', nameGap: 26, nameTextStyle: { color: colour('quiet') } },
    grid: { left: 8, right: 16, top: 40, bottom: 24, containLabel: true },
    yAxis: { type: 'category', inverse: true, data: rungs.map(rungName), axisTick: { show: false }, axisLabel: { color: colour('text') }, axisLine: { lineStyle: { color: colour('line') } } },
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, formatter: axisTip(money()) }, series,
  }, 90 + Math.max(rungs.length, 2) * 40);
  const rows = facts.life.places.map((_, at) => at).filter((at) => kept[facts.places.location[facts.life.places[at]]]);
  const [expiring, scrapped] = [overTime(facts.life.expiring, rows), overTime(facts.life.scrapped, rows)];
  const lost = sum(scrapped);
  parts.note.textContent = lost > 0 ? `▲ ${say('life lost', { money: withUnit(number(lost), money()) })}` : say('life kept');
  parts.body.replaceChildren();
  const lots = rungs.map((rung, at) => [rungName(rung), ...series.map((one) => number(one.data[at])), number(sum(series.map((one) => one.data[at])))]);
  const ends = periods.map((name, t) => [say('expiring in', { period: name, scrapped: number(scrapped[t]) }), ...series.map(() => ''), number(expiring[t])]);
  figures(parts.figures, [say('life left'), ...series.map((one) => one.name), say('total')], lots.concat(ends.filter((row) => row.at(-1) !== '0')));
}

card({ id: 'life', title: 'life', when: () => facts.life !== null && facts.life.location.length > 0, draw: drawLife });

function promotionCard(one) {
  const mine = one.locations.map((_, at) => at).filter((at) => kept[one.locations[at]]);
  if (!mine.length) return null;
  const add = (values) => sum(mine.map((at) => values[at]));
  const [extra, usual, ready, missing] = [one.promotion, one.usual, one.ready, one.short].map(add);
  const when = new Set(mine.flatMap((at) => one.when[at]));
  const days = sum([...when].map((t) => facts.periods.days[t]));
  const unit = goods.unit[one.product];
  const span = one.first === one.last ? periods[one.first] : say('span', { first: periods[one.first], last: periods[one.last] });
  const facts_ = [
    [say('uplift'), usual > 0 ? `+${percent(extra / usual, 0)} (+${number(extra)} ${unit})` : `+${number(extra)} ${unit}`],
    [say('stock ready'), say('ready of', { ready: number(ready), wanted: number(extra + usual), unit })],
    [say('days short'), days > 0 ? `▼ ${say('short on', { days: number(days), units: number(missing), unit })}` : `✓ ${say('never short')}`],
  ];
  return el('article', { class: days > 0 ? 'promotion bad' : 'promotion good' },
    el('h3', {}, productName(one.product)), el('p', { class: 'quiet' }, say('promotion at', { span, places: mine.length })),
    el('dl', {}, facts_.flatMap(([name, value]) => [el('dt', {}, name), el('dd', {}, value)])));
}

function drawPromotions(parts) {
  parts.body.className = 'promotions';
  const shown = facts.promotions.map(promotionCard).filter(Boolean);
  parts.body.replaceChildren(...(shown.length ? shown : [el('p', { class: 'quiet' }, say('nothing left'))]));
  parts.note.textContent = say('promotion note');
}

card({ id: 'promotions', title: 'promotions', wide: true, plain: true, when: () => facts.promotions.length > 0, draw: drawPromotions });

