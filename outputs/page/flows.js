// What moves: a map where places have coordinates, else tiers side by side; a slider of periods.

const MOST_FLOWS = 400;
const MOST_STRETCH = 1.7; // of one direction of the map against the other, to fill its card
const mapped = places.latitude !== undefined;
const onMap = (at) => places.latitude[at] !== null && places.longitude[at] !== null;
let layout = mapped && places.latitude.filter((one) => one !== null).length * 2 >= L ? 'map' : 'tiers';

function flowsLeft() {
  const grid = facts.flows[state.measure];
  const found = [];
  facts.flows.from.forEach((from, row) => {
    const to = facts.flows.to[row];
    if (from < 0 || to < 0 || !(kept[from] || kept[to])) return;
    let amount = 0;
    for (let at = 0; at < T; at += 1) {
      if (state.period < 0 || state.period === at) amount += grid[row * T + at];
    }
    if (amount > 0) found.push({ from, to, kind: facts.flows.kind[row], amount });
  });
  return found.sort((one, other) => other.amount - one.amount);
}

// Where each place is drawn: degrees in equal scale, or tier and rank.
function positions(shown, box) {
  const found = new Map();
  if (layout === 'map') {
    const middle = shown.reduce((all, at) => all + places.latitude[at], 0) / Math.max(shown.length, 1);
    const squeeze = Math.cos((middle * Math.PI) / 180);
    shown.forEach((at) => found.set(at, [places.longitude[at] * squeeze, places.latitude[at]]));
    return found;
  }
  const upright = box.clientWidth < 500;
  for (const tier of tiersThere()) {
    const mine = shown.filter((at) => places.tier[at] === tier);
    mine.forEach((at, rank) => {
      const across = tiersThere().indexOf(tier);
      const along = (rank + 0.5) / mine.length;
      found.set(at, upright ? [along, -across] : [across, -along]);
    });
  }
  return found;
}

// Ranges of the axes; on the map a degree may be somewhat longer in one direction.
function ranges(spots, box, height) {
  const bounds = [0, 1].map((side) => {
    const values = [...spots.values()].map((spot) => spot[side]);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const between = side === (box.clientWidth < 500 ? 1 : 0);
    const room = layout === 'map' ? Math.max((high - low) * 0.08, 0.3) : between ? 0.35 : 0.05;
    return [low - room, high + room];
  });
  if (layout !== 'map') return bounds;
  const size = [Math.max(box.clientWidth - 24, 100), height - 48];
  const spans = bounds.map(([low, high]) => high - low);
  const scales = [spans[0] / size[0], spans[1] / size[1]];
  const least = Math.max(...scales) / MOST_STRETCH;
  return bounds.map(([low, high], side) => {
    const more = (Math.max(scales[side], least) * size[side] - spans[side]) / 2;
    return [low - more, high + more];
  });
}

// A map has one height, a diagram grows with its largest tier.
function flowHeight(shown) {
  if (layout === 'map') return narrow() ? 420 : 520;
  const sizes = tiersThere().map((tier) => shown.filter((at) => places.tier[at] === tier).length);
  return Math.min(Math.max(120 + Math.max(...sizes) * 34, 240), 720);
}

const SHAPES = ['triangle', 'rect', 'diamond', 'roundRect', 'circle', 'pin', 'emptyCircle'];

function flowSeries(flows, spots) {
  const most = flows.length ? flows[0].amount : 1;
  const lateral = 1;
  const data = flows.slice(0, MOST_FLOWS).map((flow) => ({
    coords: [spots.get(flow.from), spots.get(flow.to)],
    flow,
    lineStyle: {
      width: 0.8 + 9 * Math.sqrt(flow.amount / most),
      color: flow.kind === lateral ? colour('transfer') : flow.kind === 2 ? colour('warn') : colour('primary'),
      type: flow.kind === 2 ? 'dashed' : 'solid',
      opacity: flow.kind === lateral ? 0.85 : 0.4,
      curveness: layout === 'map' ? 0.16 : flow.kind === lateral ? 0.5 : 0.05,
    },
  }));
  return {
    type: 'lines',
    progressive: 0,
    coordinateSystem: 'cartesian2d',
    z: 1,
    data,
    symbol: ['none', 'arrow'],
    symbolSize: 7,
    emphasis: { lineStyle: { opacity: 1 } },
  };
}

function nodeSeries(shown, spots, flows) {
  const through = new Map(shown.map((at) => [at, 0]));
  for (const flow of flows) for (const at of [flow.from, flow.to]) {
    through.set(at, through.get(at) + flow.amount);
  }
  const most = Math.max(...through.values(), 1);
  return tiersThere().map((tier) => ({
    type: 'scatter',
    progressive: 0,
    name: tierName(tier),
    z: 2,
    symbol: SHAPES[tier],
    color: tierColour(tier),
    data: shown
      .filter((at) => places.tier[at] === tier)
      .map((at) => ({ value: spots.get(at), at, symbolSize: 9 + 15 * Math.sqrt(through.get(at) / most) })),
    label: {
      show: true,
      position: layout === 'map' || (tier === tiersThere().at(-1) && !narrow()) ? 'right' : 'bottom',
      formatter: (item) => places.code[item.data.at],
      color: colour('text'),
      textBorderColor: colour('card'),
      textBorderWidth: 2,
      fontSize: 11,
    },
    labelLayout: { hideOverlap: true },
  }));
}

function flowTip(item) {
  const shown = (amount) => withUnit(number(amount), state.measure === 'money' ? money() : say('units'));
  if (item.seriesType !== 'lines') return lines(placeName(item.data.at), [[tierName(places.tier[item.data.at]), say('open it')]]);
  const { from, to, kind, amount } = item.data.flow;
  return lines(`${places.code[from]} → ${places.code[to]}`, [[spoken(facts.flows.kinds)[kind], shown(amount)]]);
}

function flowTools(parts) {
  const change = (name) => (value) => { state[name] = value; redrawOne('flows'); };
  const said = () => (state.period < 0 ? say('horizon') : `${periods[state.period]} · ${date(facts.periods.start[state.period])}`);
  const shown = el('output', { class: 'when' }, said());
  const slider = el('input', {
    type: 'range', min: '-1', max: String(T - 1), step: '1', 'aria-label': say('period'), 'aria-valuetext': said(),
    oninput: (event) => {
      state.period = Number(event.target.value);
      shown.textContent = said();
      event.target.setAttribute('aria-valuetext', said());
      drawFlows(parts);
    },
  });
  slider.value = String(state.period);
  const layouts = [['map', say('map')], ['tiers', say('tiers')]];
  refill(parts.tools,
    ...(mapped ? [choice(say('layout'), layouts, layout, (name) => { layout = name; redrawOne('flows'); })] : []),
    choice(say('measure'), [['money', money()], ['units', say('units')]], state.measure, change('measure')),
  );
  parts.body.replaceChildren(el('div', { class: 'slider' }, slider, shown));
}

function drawFlows(parts) {
  const all = flowsLeft();
  const drawable = layout === 'map' ? all.filter((flow) => onMap(flow.from) && onMap(flow.to)) : all;
  const ends = new Set(drawable.flatMap((flow) => [flow.from, flow.to]));
  const shown = [...Array(L).keys()].filter((at) => ends.has(at) || (kept[at] && (layout !== 'map' || onMap(at))));
  const height = flowHeight(shown);
  parts.box.style.height = `${height}px`;
  const spots = positions(shown, parts.box);
  const [across, up] = ranges(spots, parts.box, height);
  const axis = ([min, max]) => ({ type: 'value', show: false, min, max });
  const tiers = layout !== 'map' && parts.box.clientWidth >= 500 && tiersThere();
  const named = tiers && {
    show: true, position: 'top', splitLine: { show: false }, axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: { ...axisText(), customValues: tiers.map((_, at) => at), formatter: (at) => tierName(tiers[at]) },
  };
  const option = {
    grid: { left: 8, right: 48, top: 40, bottom: 8 },
    legend: tiers ? undefined : legend(),
    xAxis: { ...axis(across), ...named },
    yAxis: axis(up),
    tooltip: { trigger: 'item', formatter: flowTip },
    series: [flowSeries(drawable, spots), ...nodeSeries(shown, spots, drawable)],
  };
  draw(parts.box, option, height, (item) => {
    if (item.seriesType === 'scatter') openPlace(item.data.at);
  });
  const most = Math.min(drawable.length, MOST_FLOWS);
  parts.note.textContent = say(drawable.length < all.length ? 'flow note map' : 'flow note', {
    shown: number(most), all: number(all.length), hidden: number(all.length - drawable.length),
  });
  const head = [say('flow'), say('kind'), state.measure === 'money' ? money() : say('units')];
  const row = (flow) => [`${places.code[flow.from]} → ${places.code[flow.to]}`, spoken(facts.flows.kinds)[flow.kind], number(flow.amount)];
  figures(parts.figures, head, all.slice(0, MOST_FLOWS).map(row), (at) => openPlace(all[at].to));
}

card({
  id: 'flows', title: 'flows', wide: true,
  when: () => facts.flows.from.length > 0,
  draw: (parts) => { flowTools(parts); drawFlows(parts); },
});

