'use strict';

// The page talks to this server's own API only. Text from outside enters the page as text, never as HTML.

const $ = id => document.getElementById(id);
const state = { user: null, history: new Map(), list: [], points: [], titles: new Map(), turn: 0 };

function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function showError(text) {
  $('error').textContent = text;
  $('error').hidden = !text;
}

async function api(path, body) {
  const options = body === undefined ? {} : {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body)
  };
  let response;
  try {
    response = await fetch(path, options);
  } catch (e) {
    throw new Error('The server does not answer.');
  }
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.detail || answer.title || 'The server refused that.');
  return answer;
}

async function guarded(work) {
  try {
    showError('');
    await work();
  } catch (e) {
    showError(e.message);
  }
}

function later(work, milliseconds) {
  let timer;
  return () => { clearTimeout(timer); timer = setTimeout(() => guarded(work), milliseconds); };
}

const name = one => one.title || one.item;

function remember(items) {
  for (const one of items) state.titles.set(one.item, name(one));
}

// ---- whom

const findUsers = later(async () => {
  const found = await api('v1/users?n=10&q=' + encodeURIComponent($('user').value));
  $('users').replaceChildren(...found.users.map(u =>
    element('option', { value: u.user, label: `${u.user}, ${u.items} items` })));
}, 150);

const findItems = later(async () => {
  const text = $('item').value.trim();
  const found = text ? (await api('v1/items?n=8&q=' + encodeURIComponent(text))).items : [];
  remember(found);
  $('found').replaceChildren(...found.map(one => element('li', {},
    element('button', { type: 'button', onclick: () => { add(one.item); $('item').value = ''; $('found').replaceChildren(); $('item').focus(); } },
      name(one)))));
  if (text && !found.length) $('found').replaceChildren(element('li', { className: 'note' }, 'No item is called so.'));
}, 150);

function add(item) {
  state.user = null;
  $('user').value = '';
  state.history.set(item, 1);
  showHistory();
  guarded(recommend);
}

function showHistory() {
  $('history').replaceChildren(...[...state.history.keys()].map(item => {
    const title = state.titles.get(item) || item;
    return element('li', {}, element('button', {
      type: 'button', ariaLabel: `Take ${title} out of the history`,
      onclick: () => { state.history.delete(item); showHistory(); guarded(recommend); }
    }, `${title} ×`));
  }));
  if (!state.history.size) $('history').append(element('li', { className: 'note' }, state.user === null ? 'Empty.' : `User ${state.user}: as the model knows it.`));
}

// ---- recommendations

function wish() {
  const filter = [...document.querySelectorAll('#filters select')].map(s => s.value).filter(v => v);
  return { n: Math.min(100, Math.max(1, Math.trunc(Number($('n').value)) || 12)), diversity: Number($('diversity').value), include_seen: $('seen').checked, filter };
}

// Whom the page shows stands behind the # of its address, which can be sent on and never reaches the server.
function keepAddress() {
  const address = new URLSearchParams([...state.history.keys()].map(item => ['item', item]));
  if (state.user !== null) address.set('user', state.user);
  history.replaceState(null, '', '#' + address);
}

async function recommend() {
  const turn = ++state.turn;
  const wanted = wish();
  let answer;
  if (state.user !== null) {
    const query = new URLSearchParams({ n: wanted.n, diversity: wanted.diversity, include_seen: wanted.include_seen });
    wanted.filter.forEach(f => query.append('filter', f));
    answer = await api(`v1/recommend/${encodeURIComponent(state.user)}?${query}`);
  } else {
    answer = await api('v1/recommend', { history: [...state.history.keys()], ...wanted });
  }
  if (turn !== state.turn) return;
  keepAddress();
  remember(answer.items);
  state.list = answer.items.map(one => one.item);
  const how = answer.how;
  $('how').textContent = `${answer.items.length} of ${how.candidates.toLocaleString()} items. ${how.note[0].toUpperCase()}${how.note.slice(1)}.`
    + (how.exhausted ? ' There are no more.' : '') + (how.ignored.length ? ` Unknown to the model: ${how.ignored.join(', ')}.` : '');
  const scores = answer.items.map(one => one.score);
  const most = Math.max(...scores, 1e-9), least = Math.min(0, ...scores);
  $('list').replaceChildren(...answer.items.map(one => {
    const bar = element('span', { className: 'bar', ariaHidden: 'true' });
    bar.style.width = `${100 * (one.score - least) / (most - least)}%`;
    return element('li', {},
      element('span', { className: 'rank' }, String(one.rank)),
      element('span', { className: 'name' }, name(one)),
      element('span', { className: 'score', title: 'score' }, number(one.score)),
      element('button', { type: 'button', ariaLabel: `Why ${name(one)}?`, onclick: () => guarded(() => explain(one)) }, 'Why?'),
      element('button', { type: 'button', ariaLabel: `Items similar to ${name(one)}`, onclick: () => guarded(() => similar(one)) }, 'Similar'),
      element('button', { type: 'button', ariaLabel: `Add ${name(one)} to the history`, onclick: () => add(one.item) }, 'Add'),
      bar);
  }));
  drawMap();
}

const number = value => Math.abs(value) >= 100 ? Math.round(value).toLocaleString() : value.toFixed(3);

async function explain(one) {
  const answer = state.user !== null
    ? await api(`v1/explain/${encodeURIComponent(state.user)}/${encodeURIComponent(one.item)}?n=8`)
    : await api('v1/explain', { history: [...state.history.keys()], item: one.item, n: 8 });
  const rows = answer.contributions.map(c => [name(c), c.contribution]);
  if (answer.others) rows.push(['their other items', answer.others]);
  rows.push([rows.length ? 'what none of their items says' : 'what most people took', answer.rest]);
  const largest = Math.max(...rows.map(r => Math.abs(r[1])), 1e-9);
  const table = element('table', {}, element('caption', {}, `${name(one)}: score ${number(answer.score)}`));
  for (const [label, value] of rows) {
    const bar = element('span', { className: value < 0 ? 'why-bar minus' : 'why-bar', ariaHidden: 'true' });
    bar.style.width = `${4 * Math.abs(value) / largest}rem`;
    table.append(element('tr', {}, element('th', { scope: 'row' }, label), element('td', { className: 'number' }, number(value)), element('td', {}, bar)));
  }
  $('why').replaceChildren(table, element('p', { className: 'note' }, 'The parts add up to the score.'));
}

async function similar(one) {
  const answer = await api(`v1/similar/items/${encodeURIComponent(one.item)}?n=8`);
  remember(answer.items);
  const table = element('table', {}, element('caption', {}, `Like ${name(one)}`));
  for (const other of answer.items) {
    table.append(element('tr', {}, element('th', { scope: 'row' }, name(other)), element('td', { className: 'number' }, number(other.score)),
      element('td', {}, element('button', { type: 'button', ariaLabel: `Add ${name(other)} to the history`, onclick: () => add(other.item) }, 'Add'))));
  }
  $('near').replaceChildren(table);
}

// ---- map

function place(point, canvas) {
  return [(point.x * 0.47 + 0.5) * canvas.width, (0.5 - point.y * 0.46) * canvas.height];
}

function drawMap() {
  const canvas = $('map'), draw = canvas.getContext('2d'), style = getComputedStyle(document.documentElement);
  const colour = id => style.getPropertyValue(id).trim();
  draw.clearRect(0, 0, canvas.width, canvas.height);
  const listed = new Set(state.list);
  const dots = (points, radius, fill) => {
    draw.fillStyle = fill;
    for (const p of points) {
      const [x, y] = place(p, canvas);
      draw.beginPath();
      draw.arc(x, y, radius, 0, 7);
      draw.fill();
    }
  };
  dots(state.points, 2.2, colour('--dot'));
  dots(state.points.filter(p => listed.has(p.item)), 6, colour('--accent'));
  dots(state.points.filter(p => state.history.has(p.item)), 7, colour('--mark'));
}

function nearest(event) {
  const canvas = $('map'), box = canvas.getBoundingClientRect();
  const x = (event.clientX - box.left) * canvas.width / box.width, y = (event.clientY - box.top) * canvas.height / box.height;
  let best = null, least = 400;
  for (const p of state.points) {
    const [px, py] = place(p, canvas), d = (px - x) ** 2 + (py - y) ** 2;
    if (d < least) { least = d; best = p; }
  }
  return best;
}

// ---- the model

function rows(table, entries) {
  for (const [key, value] of entries) {
    const text = value !== null && typeof value === 'object' ? JSON.stringify(value) : String(value);
    table.append(element('tr', {}, element('th', { scope: 'row' }, key), element('td', {}, text)));
  }
}

async function start() {
  const model = await api('v1/model');
  $('model-line').textContent = `${model.kind}${model.settings.loss ? ', ' + model.settings.loss : ''}: ${model.users.toLocaleString()} users, `
    + `${model.items.toLocaleString()} items, ${model.interactions.toLocaleString()} interactions`;
  $('report-link').hidden = !model.report;
  const { settings, provenance, attributes, ...facts } = model;
  rows($('facts'), Object.entries(facts));
  rows($('provenance'), Object.entries(provenance));
  rows($('settings'), Object.entries(settings));
  for (const [attribute, values] of Object.entries(attributes)) {
    if (values.length < 2 || values[0].items < 2) continue;
    $('filters').append(element('label', {}, attribute + ' ', element('select', { onchange: () => guarded(recommend) },
      element('option', { value: '' }, 'any'),
      ...values.map(v => element('option', { value: `${attribute}:${v.value}` }, `${v.value} (${v.items})`)))));
  }
  state.points = (await api('v1/map')).points;
  remember(state.points);
  $('map-count').textContent = state.points.length.toLocaleString();
  const asked = new URLSearchParams(location.hash.slice(1));
  if (asked.has('user')) {
    state.user = asked.get('user');
    $('user').value = state.user;
  }
  for (const item of asked.getAll('item')) state.history.set(item, 1);
  showHistory();
  await recommend();
  const first = $('list').querySelector('button');
  if ((asked.has('user') || asked.has('item')) && first) first.click();
}

$('user').addEventListener('input', findUsers);
$('item').addEventListener('input', findItems);
$('user-form').addEventListener('submit', event => {
  event.preventDefault();
  if (!$('user').value) return;
  state.user = $('user').value;
  state.history.clear();
  showHistory();
  guarded(recommend);
});
$('clear').addEventListener('click', () => { state.history.clear(); showHistory(); guarded(recommend); });
$('wish').addEventListener('submit', event => event.preventDefault());
for (const id of ['n', 'diversity', 'seen']) $(id).addEventListener('change', () => guarded(recommend));
$('diversity').addEventListener('input', () => { $('diversity-value').textContent = $('diversity').value; });
$('map').addEventListener('mousemove', event => { const p = nearest(event); $('map-label').textContent = p ? `${name(p)}: ${p.users} users. Click to add.` : '\u00a0'; });
$('map').addEventListener('click', event => { const p = nearest(event); if (p) add(p.item); });
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawMap);
guarded(start);
