// What the filters leave, and sums over it.

const periods = facts.periods.id;
const T = periods.length;
const places = facts.locations;
const goods = facts.products;
const L = places.code.length;
const zeros = (size) => new Array(size).fill(0);
const sum = (values) => values.reduce((all, one) => all + one, 0);

let channelsAt = [];
let kept = [];

const filtered = () => state.region >= 0 || state.company >= 0 || state.channel >= 0;

function refilter() {
  if (!channelsAt.length) {
    channelsAt = places.channel.map((one) => new Set(one < 0 ? [] : [one]));
    facts.service.location.forEach((place, row) => {
      if (facts.service.channel[row] >= 0) channelsAt[place].add(facts.service.channel[row]);
    });
  }
  kept = places.code.map(
    (_, at) =>
      (state.region < 0 || places.region[at] === state.region) &&
      (state.company < 0 || places.company[at] === state.company) &&
      (state.channel < 0 || channelsAt[at].has(state.channel)),
  );
}

const placeName = (at) =>
  places.name[at] === places.code[at] ? places.code[at] : `${places.code[at]} · ${places.name[at]}`;
const productName = (at) =>
  goods.name[at] === goods.code[at] ? goods.code[at] : `${goods.code[at]} · ${goods.name[at]}`;
const tierName = (tier) => places.tiers[state.language][tier];
const tiersThere = () => [...new Set(places.tier)].sort((one, other) => one - other);

// Rows of the service that count: of the places left, and of the channel asked for.
function serviceRows() {
  const rows = [];
  facts.service.location.forEach((place, row) => {
    const channel = facts.service.channel[row];
    if (kept[place] && (state.channel < 0 || channel === state.channel)) rows.push(row);
  });
  return rows;
}

// Sum of [rows][T] over some rows.
function overTime(grid, rows) {
  const total = zeros(T);
  for (const row of rows) for (let at = 0; at < T; at += 1) total[at] += grid[row][at];
  return total;
}

const placesLeft = () => [...Array(L).keys()].filter((at) => kept[at]);

// Standard cost of a place of the plan in a period.
const costOf = (place, period) =>
  facts.places.lasting ? facts.places.cost[place] : facts.places.cost[place * T + period];

const kpi = (name, of = 'value') => {
  const at = facts.summary.kpi.indexOf(name);
  const values = facts.summary[of];
  return at < 0 || !values || values[at] === null ? NaN : values[at];
};

// A column of a sheet by its English name.
const column = (sheet, name) => sheet.columns.find((one) => one.name === name);
const text = (one, row) => spoken(one.words)[one.values[row]];

