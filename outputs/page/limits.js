// Is capacity enough: use against limit, the fullest first; one limit over time on a click.

const MOST_BARS = 14;
const BUDGET_KINDS = ['capital', 'cash'];
let limitShown = -1;

const limitWords = (row) => {
  const words = ['Kind', 'Dimension'].map((name) => text(column(facts.limits.names, name), row));
  return `${limitName(row)} · ${words[0]}`;
};

function limitsLeft() {
  const { kind, location, from, to, share, limit, used, value } = facts.limits;
  const found = [];
  kind.forEach((one, row) => {
    const ends = [location[row], from[row], to[row]].filter((at) => at >= 0);
    if (BUDGET_KINDS.includes(one) || (ends.length ? !ends.some((at) => kept[at]) : filtered())) return;
    let peak = -1;
    for (let t = 0; t < T; t += 1) {
      if (share[row * T + t] > (peak < 0 ? -1 : share[row * T + peak])) peak = t;
    }
    if (peak < 0) return;
    const here = row * T + peak;
    found.push({ row, peak, share: share[here], limit: limit[here], used: used[here], value: value ? value[here] : NaN,
      full: [...share.slice(row * T, row * T + T)].filter((one) => one >= 0.95).length });
  });
  return found.sort((one, other) => other.share - one.share);
}

const limitPaint = (share) => colour(share > 1 + 1e-6 ? 'bad' : share >= 0.95 ? 'warn' : 'primary');
const mark = (share) => (share > 1 + 1e-6 ? '▲ ' : '');

function drawOneLimit(parts, row) {
  const at = (grid) => [...grid.slice(row * T, row * T + T)].map((one) => (Number.isNaN(one) ? null : one));
  const unit = text(column(facts.limits.names, 'Dimension'), row);
  refill(parts.tools, button(`← ${say('all limits')}`, () => { limitShown = -1; redrawOne('limits'); }));
  const [used, limit] = [at(facts.limits.used), at(facts.limits.limit)];
  const series = [
    { type: 'bar', name: say('used'), barMaxWidth: 26, data: used.map((one, t) => ({ value: one, itemStyle: { color: limitPaint(one / limit[t]) } })), color: colour('primary') },
    line(limit, { step: 'middle', name: say('limit'), color: colour('text'), lineStyle: { type: 'dashed', width: 2 } }),
  ];
  draw(parts.box, {
    legend: legend(series), xAxis: timeAxis(), yAxis: valueAxis(unit), tooltip: { trigger: 'axis', formatter: axisTip(unit) }, series,
  }, 320);
  parts.note.textContent = limitWords(row);
  figures(parts.figures, [say('period'), say('used'), say('limit')], periods.map((name, t) => [name, number(used[t]), number(limit[t])]));
}

function drawLimits(parts) {
  if (limitShown >= 0) { drawOneLimit(parts, limitShown); return; }
  const all = limitsLeft();
  const shown = all.slice(0, MOST_BARS);
  refill(parts.tools);
  draw(parts.box, {
    grid: { left: 24, right: 56, top: 8, bottom: 8, containLabel: true },
    xAxis: { ...valueAxis(''), max: (range) => Math.max(1.05, range.max), axisLabel: { ...axisText(), formatter: (one) => percent(one, 0) } },
    yAxis: { type: 'category', inverse: true, data: shown.map((one) => limitWords(one.row)), axisTick: { show: false }, axisLine: { lineStyle: { color: colour('line') } }, axisLabel: { color: colour('text'), formatter: (name) => clip(name, narrow() ? 18 : 36) } },
    tooltip: { trigger: 'item', formatter: ({ dataIndex: at }) => lines(limitWords(shown[at].row), [
      [say('fullest in', { period: periods[shown[at].peak] }), percent(shown[at].share)],
      [say('used'), withUnit(number(shown[at].used), text(column(facts.limits.names, 'Dimension'), shown[at].row))],
      [say('limit'), number(shown[at].limit)],
      [say('full periods'), String(shown[at].full)],
      ...(Number.isFinite(shown[at].value) ? [[say('worth more'), number(shown[at].value)]] : []),
    ]) },
    series: [{
      type: 'bar', barMaxWidth: 18, data: shown.map((one) => ({ value: one.share, itemStyle: { color: limitPaint(one.share) } })),
      label: { show: true, position: 'right', color: colour('text'), backgroundColor: colour('card'), formatter: (item) => `${mark(item.value)}${percent(item.value, 0)}` },
      markLine: { z: 1, silent: true, symbol: 'none', label: { show: false }, lineStyle: { color: colour('text'), type: 'dashed' }, data: [{ xAxis: 1 }] },
    }],
  }, 48 + Math.max(shown.length, 2) * 26, (item) => { limitShown = shown[item.dataIndex].row; redrawOne('limits'); });
  parts.note.textContent = all.length ? say('limits note', { shown: shown.length, all: all.length }) : say('limits none');
  figures(parts.figures, [say('limit'), say('used'), say('limit'), say('peak'), say('period')],
    all.map((one) => [limitWords(one.row), number(one.used), number(one.limit), percent(one.share), periods[one.peak]]),
    (at) => { limitShown = all[at].row; redrawOne('limits'); });
}

card({
  id: 'limits', title: 'limits',
  when: () => facts.limits.kind.some((kind) => !BUDGET_KINDS.includes(kind)),
  draw: drawLimits,
});

