// Words, numbers and elements. Text from the data becomes text nodes only, never markup.

const read = (id) => JSON.parse(document.getElementById(id).textContent);
const words = read('words');
const facts = read('facts');
const MISSING = -(2 ** 31);

const state = {
  language: facts.language,
  region: -1,
  company: -1,
  channel: -1,
  period: -1, // of the flow map; -1 = the whole horizon
  measure: 'money',
};

// A word of the page in the language in use; fields in braces are filled, {count:row|rows} is the
// first word where the value is 1, else the second.
function say(word, values = {}) {
  const text = words[state.language][word];
  if (text === undefined) throw new Error(`no word ${word}`);
  return text.replace(/\{(\w+):([^{}|]*)\|([^{}|]*)\}/g, (_, name, one, many) => (String(values[name]) === '1' ? one : many))
    .replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

const locale = () => (state.language === 'zh' ? 'zh-CN' : 'en');
const money = () => facts.money[state.language];
const spoken = (byLanguage) => byLanguage[state.language] || byLanguage.en;

// Number and date formats are dear to make, so each is made once.
const formats = new Map();
function formatted(kind, form) {
  const key = JSON.stringify([locale(), form]);
  if (!formats.has(key)) formats.set(key, new Intl[kind](locale(), form));
  return formats.get(key);
}

function number(value, digits = 1) {
  if (value === null || value === undefined || Number.isNaN(value)) return '–';
  const whole = Math.abs(value - Math.round(value)) < 0.05 || Math.abs(value) >= 1000;
  const most = whole ? 0 : digits;
  const shown = formatted('NumberFormat', { maximumFractionDigits: most }).format(value);
  return shown === '-0' ? '0' : shown.replace('-', '−');
}

function short(value) {
  if (!Number.isFinite(value)) return '–';
  const plain = Math.abs(value) >= 100 && Math.abs(value) < (state.language === 'zh' ? 10000 : 1000);
  const form = { notation: 'compact', maximumFractionDigits: plain ? 0 : 1 };
  return formatted('NumberFormat', form).format(value).replace('-', '−');
}

function percent(share, digits = 1) {
  if (share === null || !Number.isFinite(share)) return '–';
  const form = { style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits };
  return formatted('NumberFormat', form).format(share).replace('-', '−');
}

// A text of so many signs at most; Chinese ones count twice.
function clip(words, most) {
  let size = 0;
  const marks = [...words];
  const cut = marks.findIndex((mark) => { size += mark.charCodeAt(0) > 0x2e80 ? 2 : 1; return size > most; });
  return cut < 0 ? words : `${marks.slice(0, Math.max(cut - 1, 1)).join('')}…`;
}

function signed(value, shown) {
  return value > 0 ? `+${shown}` : shown;
}

function date(days) {
  if (!Number.isFinite(days)) return '–';
  const form = { timeZone: 'UTC', year: 'numeric', month: 'short', day: 'numeric' };
  return formatted('DateTimeFormat', form).format(new Date(days * 86400000));
}

// An element: attributes, listeners (on…) and children; a string child is a text node.
function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
    else if (name === 'value') made.value = value;
    else if (name === 'style') Object.assign(made.style, value);
    else made.setAttribute(name, value === true ? '' : value);
  }
  made.append(...children.flat().filter((one) => one !== null && one !== undefined));
  return made;
}

const CONTROLS = 'button, select, input, summary';

// Put other children into a holder; who works by keyboard stays at the control in use.
function refill(holder, ...children) {
  const at = [...holder.querySelectorAll(CONTROLS)].indexOf(document.activeElement);
  holder.replaceChildren(...children);
  if (at < 0) return;
  const made = [...holder.querySelectorAll(CONTROLS)];
  [made[at], made[at + 1], made[at - 1], made.at(-1)].find((one) => one && !one.disabled)?.focus();
}

function select(label, options, value, change) {
  const box = el(
    'select',
    { onchange: (event) => change(Number(event.target.value)) },
    options.map(([number, text]) => el('option', { value: number }, text)),
  );
  box.value = value;
  return el('label', { class: 'field' }, el('span', {}, label), box);
}

function button(text, press, attributes = {}) {
  return el('button', { type: 'button', onclick: press, ...attributes }, text);
}

// Buttons of which one is pressed.
function choice(label, options, value, change) {
  const buttons = options.map(([name, text]) =>
    button(text, () => change(name), { 'aria-pressed': String(name === value) }),
  );
  return el('div', { class: 'choice', role: 'group', 'aria-label': label }, buttons);
}

async function unpacked(packed) {
  const marks = atob(packed.z);
  const bytes = new Uint8Array(marks.length);
  for (let at = 0; at < marks.length; at += 1) bytes[at] = marks.charCodeAt(at);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
  const data = await new Response(stream).arrayBuffer();
  if (packed.s === 0) return new Float64Array(data);
  const whole = new Int32Array(data);
  const numbers = new Float64Array(whole.length);
  for (let at = 0; at < whole.length; at += 1) {
    numbers[at] = whole[at] === MISSING ? NaN : whole[at] / packed.s;
  }
  return numbers;
}

// Unpack every packed column of the facts, in place.
async function unpackAll(holder) {
  const waiting = [];
  for (const [name, value] of Object.entries(holder)) {
    if (value === null || typeof value !== 'object') continue;
    if ('z' in value && 's' in value) {
      waiting.push(unpacked(value).then((numbers) => { holder[name] = numbers; }));
    } else if (!(Array.isArray(value) && typeof value[0] !== 'object')) {
      waiting.push(unpackAll(value));
    }
  }
  await Promise.all(waiting);
}

