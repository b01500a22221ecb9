// The headline: what it costs, what service it gives, what capital it holds, how good it is.

function costLeft() {
  let total = 0;
  facts.costs.location.forEach((at, row) => {
    const counts = at < 0 ? !filtered() : kept[at];
    if (counts && facts.costs.terms[facts.costs.term[row]] !== 'revenue') total += facts.costs.amount[row];
  });
  return total;
}

function fillLeft() {
  const rows = serviceRows();
  const wanted = sum(overTime(facts.service.demand, rows));
  return wanted > 0 ? sum(overTime(facts.service.served, rows)) / wanted : NaN;
}

// What lies beside a figure: its change against today's where there is one, and that of today.
function change(name, better, shownAs, points = false) {
  const today = kpi(name, 'baseline');
  if (filtered() || !Number.isFinite(today) || today === 0) return null;
  const exact = (kpi(name) - today) / Math.abs(today);
  const share = Math.abs(exact) < 0.0005 ? 0 : exact; // less is no change in the digits shown
  const shown = points ? `${number((kpi(name) - today) * 100)} ${say('points')}` : percent(share);
  const good = share === 0 || better === 0 ? '' : (share > 0) === (better > 0) ? 'good' : 'bad';
  const sign = share > 0 ? '▲' : share < 0 ? '▼' : '';
  const said = say(`against ${facts.baseline}`, { change: signed(share, shown), before: shownAs(today) });
  return el('span', { class: `change ${good}` }, `${sign} ${said}`);
}

function headline(word, value, note, compared, whole) {
  return el(
    'div',
    { class: 'headline' },
    el('h3', {}, say(word)),
    el('p', { class: 'big' }, value),
    compared,
    el('p', { class: 'quiet' }, whole && filtered() ? say('whole network') : note),
  );
}

const withUnit = (value, unit) =>
  value === '–' ? value : state.language === 'zh' ? `${value} ${unit}` : `${value} ${unit}`;

function drawHeadlines(parts) {
  const rows = serviceRows();
  const lost = sum(overTime(facts.service.lost, rows));
  const owed = sum(rows.map((row) => facts.service.owed[row][T - 1]));
  const capital = filtered()
    ? overTime(facts.money_at.capital, placesLeft())[T - 1]
    : kpi('Capital tied up (end)');
  const cost = filtered() ? costLeft() : kpi('Total cost');
  const gap = kpi('Gap in money');
  const shown = [
    headline('cost', withUnit(number(cost), money()), say('cost note'), change('Total cost', -1, number)),
    headline('fill', percent(filtered() ? fillLeft() : kpi('Fill rate (units)')),
      say('fill note', { lost: number(lost), owed: number(owed) }), change('Fill rate (units)', 1, percent, true)),
    headline('capital', withUnit(number(capital), money()),
      filtered() ? say('capital here') : say('capital note', { opening: number(kpi('Capital tied up (opening)')) }),
      change('Capital tied up (end)', -1, number)),
    headline('cover', withUnit(number(kpi('End cover')), say('days')),
      say('cover note', { days: number(kpi('Opening cover')) }), change('End cover', 0, number), true),
    headline('gap', withUnit(number(gap), money()),
      Number.isFinite(gap) ? say('gap note', { share: percent(kpi('Gap to best possible'), 2) }) : say('gap none'),
      null, true),
  ];
  parts.body.className = 'headlines';
  parts.body.replaceChildren(...shown);
}

card({ id: 'headlines', title: 'headlines', wide: true, plain: true, draw: drawHeadlines });

