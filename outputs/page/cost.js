// What it costs, term by term; from today's cost to the plan's where there is a baseline. Revenue
// is no cost.

function costTerms() {
  const { terms, words: names, term, location, amount } = facts.costs;
  const totals = zeros(terms.length);
  location.forEach((at, row) => {
    if (at < 0 ? !filtered() : kept[at]) totals[term[row]] += amount[row];
  });
  return totals
    .map((value, at) => (terms[at] === 'revenue' ? 0 : value))
    .map((value, at) => ({ name: spoken(names)[at], value, today: kpi(`Cost: ${terms[at]}`, 'baseline') }))
    .filter((one) => one.value !== 0 || one.today > 0);
}

// Steps of the waterfall: where each begins and ends.
function steps(terms, today) {
  const compared = Number.isFinite(today) && !filtered();
  const found = compared ? [{ name: say(`baseline ${facts.baseline}`), from: 0, to: today, whole: true, paint: 'baseline' }] : [];
  const moved = terms.map((one) => ({ ...one, by: compared ? one.value - (one.today || 0) : one.value }));
  moved.sort((one, other) => other.by - one.by);
  let level = compared ? today : 0;
  for (const one of moved) {
    const paint = compared ? (one.by > 0 ? 'bad' : 'good') : one.by < 0 ? 'good' : 'primary';
    const step = { name: one.name, from: level, to: level + one.by, paint };
    level = step.to;
    if (compared ? Math.abs(one.by) >= 0.5 : one.by !== 0) found.push(step);
  }
  found.push({ name: compared ? say('plan') : say('total'), from: 0, to: level, whole: true, paint: compared ? 'primary' : 'text' });
  return { found, compared };
}

function drawCost(parts) {
  const { found, compared } = steps(costTerms(), kpi('Total cost', 'baseline'));
  const total = found[found.length - 1].to;
  const amount = (one) => one.to - one.from;
  const label = (one) => (one.whole ? short(one.to) : compared ? signed(amount(one), short(amount(one))) : short(amount(one)));
  draw(parts.box, {
    grid: { left: 16, right: 64, top: 8, bottom: 8, containLabel: true },
    xAxis: { ...valueAxis(''), axisLabel: { ...axisText(), formatter: short } },
    yAxis: { type: 'category', inverse: true, data: found.map((one) => one.name), axisTick: { show: false }, axisLine: { lineStyle: { color: colour('line') } }, axisLabel: { color: colour('text'), formatter: (name) => clip(name, narrow() ? 14 : 26) } },
    tooltip: { trigger: 'item', formatter: ({ dataIndex: at }) => lines(found[at].name, [[money(), number(amount(found[at]))],
      ...(found[at].whole || !total ? [] : [[say('share'), percent(amount(found[at]) / total)]])]) },
    series: [
      { type: 'bar', stack: 'all', silent: true, itemStyle: { color: 'transparent' }, data: found.map((one) => Math.min(one.from, one.to)) },
      { type: 'bar', stack: 'all', barMaxWidth: 22, data: found.map((one) => ({ value: Math.abs(amount(one)), itemStyle: { color: colour(one.paint) } })),
        label: { show: true, position: 'right', color: colour('text'), formatter: ({ dataIndex: at }) => label(found[at]) } },
    ],
  }, 40 + found.length * 30);
  parts.note.textContent = say(filtered() ? 'cost note filter' : compared ? 'cost note baseline' : 'cost note plan', { unit: money() });
  figures(parts.figures, [say('term'), money()], found.map((one) => [one.name, number(amount(one))]));
}

card({ id: 'cost', title: 'cost card', when: () => facts.costs.term.length > 0, draw: drawCost });

