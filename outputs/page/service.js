// Who runs short: fill rate by location and period, the worst first.

const MOST_CELLS = 26;
const BANDS = [[-1, 0.9, 'bad'], [0.9, 0.98, 'warn'], [0.98, 0.99995, 'near'], [0.99995, 2, 'met']];

function fillRows() {
  const found = new Map();
  for (const row of serviceRows()) {
    const at = facts.service.location[row];
    if (!found.has(at)) found.set(at, { at, wanted: zeros(T), served: zeros(T) });
    const one = found.get(at);
    for (let t = 0; t < T; t += 1) {
      one.wanted[t] += facts.service.demand[row][t];
      one.served[t] += facts.service.served[row][t];
    }
  }
  const rows = [...found.values()].filter((one) => sum(one.wanted) > 0);
  for (const one of rows) one.missing = sum(one.wanted) - sum(one.served);
  return rows.sort((one, other) => other.missing - one.missing);
}

// A grid of cells with a row for each member; what does not fit is scrolled to.
function cellChart(parts, names, across, cells, option, press) {
  const rows = Math.min(names.length, MOST_CELLS);
  const scrolled = names.length > rows;
  draw(parts.box, {
    grid: { left: 8, right: scrolled ? 40 : 12, top: 34, bottom: 34, containLabel: true },
    xAxis: { type: 'category', data: across, position: 'top', axisLabel: { ...axisText(), alignMaxLabel: narrow() && across.length > 8 ? 'right' : null, ...(across.length > 8 ? {} : { interval: 0, hideOverlap: false, width: parts.box.clientWidth / (across.length + 2), overflow: 'truncate' }) }, axisTick: { show: false }, axisLine: { show: false }, splitArea: { show: false } },
    yAxis: { type: 'category', data: names, inverse: true, axisTick: { show: false }, axisLine: { show: false },
      axisLabel: { color: colour('text'), formatter: (name) => clip(name, narrow() ? 12 : 24) } },
    dataZoom: scrolled ? [
      { type: 'slider', yAxisIndex: 0, startValue: 0, endValue: rows - 1, right: 4, width: 18, showDetail: false, brushSelect: false },
    ] : [],
    series: [{ type: 'heatmap', progressive: 0, data: cells, itemStyle: { borderColor: colour('card'), borderWidth: 2 }, ...option.series }],
    visualMap: option.visualMap,
    tooltip: { trigger: 'item', formatter: option.tip },
  }, 90 + rows * 24, (item) => press(item.data.row, item.data.value[0]));
}

function drawService(parts) {
  const rows = fillRows();
  const cells = [];
  rows.forEach((one, row) => one.wanted.forEach((wanted, t) => {
    if (wanted > 0) cells.push({ value: [t, row, one.served[t] / wanted], row, missing: wanted - one.served[t] });
  }));
  const floored = (share, digits) => percent(Math.floor(share * 10 ** (digits + 2) + 1e-6) / 10 ** (digits + 2), digits);
  const shown = (share) => (share < 0.99995 && !narrow() && T <= 20 ? `▼${floored(share, share > 0.985 ? 1 : 0)}` : '');
  const pieces = BANDS.map(([min, max, name]) => ({ gte: min, lt: max, color: colour(`fill-${name}`), label: say(`fill ${name}`) }));
  cellChart(parts, rows.map((one) => places.code[one.at]), periods, cells, {
    visualMap: { type: 'piecewise', pieces, orient: 'horizontal', left: 0, bottom: 0, itemWidth: 14, itemGap: narrow() ? 6 : 12, textStyle: { color: colour('quiet'), fontSize: 11 } },
    series: { label: { show: true, formatter: (item) => shown(item.data.value[2]), color: colour('cell-text'), fontSize: 10 } },
    tip: (item) => lines(placeName(rows[item.data.row].at), [
      [periods[item.data.value[0]], percent(item.data.value[2])],
      [say('missing'), `${number(item.data.missing)} ${say('units')}`],
    ]),
  }, (row, period) => openPlace(rows[row].at, -1, period));
  const short = rows.filter((one) => one.missing > 1e-6).length;
  parts.box.style.display = rows.length ? '' : 'none';
  parts.figures.style.display = rows.length ? '' : 'none';
  parts.note.textContent = !rows.length ? say('service none') : short ? `▼ ${say('service note', { short, all: rows.length })}` : say('service good');
  figures(parts.figures, [say('location'), say('missing'), ...periods],
    rows.map((one) => [places.code[one.at], number(one.missing), ...one.wanted.map((w, t) => (w > 0 ? percent(one.served[t] / w) : '–'))]),
    (at) => openPlace(rows[at].at));
}

card({ id: 'service', title: 'service', wide: true, when: () => facts.service.location.length > 0, draw: drawService });

