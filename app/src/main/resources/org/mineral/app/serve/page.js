'use strict';

// The page talks to this server's own API only. Text from outside enters the page as text, never as HTML.

const $ = id => document.getElementById(id);
const state = { user: null, taken: null, history: new Map(), list: [], points: [], titles: new Map(), turn: 0, can: new Set() };

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
    // Not relative to an address with a name and a password in it, which is refused.
    response = await fetch(new URL(path, location.origin + location.pathname), options);
  } catch (e) {
    throw new Error('The server does not answer.');
  }
  const answer = await response.json();
  if (!response.ok) throw Object.assign(new Error(answer.detail || answer.title || 'The server refused that.'), { status: response.status });
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
const MOST_SHOWN = 12, MOST_TAKEN = 1000;

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
    element('button', { type: 'button', onclick: () => { $('item').value = ''; $('found').replaceChildren(); $('item').focus(); guarded(() => add(one.item)); } },
      name(one)))));
  $('found-status').textContent = text ? `${found.length} items found.` : '';
  if (text && !found.length) $('found').replaceChildren(element('li', { className: 'note' }, 'No item is called so.'));
}, 150);

function choose(user) {
  state.user = user;
  $('user').value = user;
  state.history.clear();
  return show();
}

function add(item) {
  state.user = null;
  $('user').value = '';
  state.history.set(item, 1);
  return show();
}

async function remove(item) {
  state.history.delete(item);
  await show();
  // The button that had the focus is gone.
  ($('history').querySelector('button') || $('item')).focus();
}

/** Whom and what, anew. */
async function show() {
  state.taken = state.user === null ? null : await taken(state.user);
  showHistory();
  await recommend();
}

/** What a user took, as the server knows it; null for nobody it knows. */
async function taken(user) {
  try {
    const answer = await api(`v1/users/${encodeURIComponent(user)}?n=${MOST_TAKEN}`);
    remember(answer.items);
    return answer;
  } catch (e) {
    if (e.status === 404) return null;
    throw e;
  }
}

function showHistory() {
  const chips = [...state.history.keys()].map(item => {
    const title = state.titles.get(item) || item;
    return element('li', {}, element('button', {
      type: 'button', ariaLabel: `Take ${title} out again`, onclick: () => guarded(() => remove(item))
    }, `${title} ×`));
  });
  if (state.taken) {
    const shown = state.taken.items.slice(0, MOST_SHOWN);
    chips.push(...shown.map(one => element('li', { className: 'chip' }, name(one))));
    const more = state.taken.total - shown.length;
    if (more > 0) chips.push(element('li', { className: 'note' }, `and ${more.toLocaleString('en')} more`));
  }
  if (!chips.length) chips.push(element('li', { className: 'note' }, state.user === null ? 'Nothing yet.' : 'Nothing that this model knows.'));
  $('history').replaceChildren(...chips);
  $('clear').hidden = state.user === null && !state.history.size;
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
  tell(answer);
  const counts = answer.how.source === 'popularity';
  const scores = answer.items.map(one => one.score);
  const most = Math.max(...scores, 1e-9), least = Math.min(0, ...scores);
  const focused = [...$('list').querySelectorAll('button')].indexOf(document.activeElement);
  $('list').replaceChildren(...answer.items.map(one => {
    const bar = element('span', { className: 'bar', ariaHidden: 'true' });
    bar.style.width = `${100 * (one.score - least) / (most - least)}%`;
    return element('li', {},
      element('span', { className: 'rank', ariaHidden: 'true' }, String(one.rank)),
      element('span', { className: 'name' }, name(one)),
      element('span', { className: 'score' }, counts ? `${number(one.score)} users` : element('span', { title: 'The model\'s own scale: more is better.' }, `score ${number(one.score)}`)),
      element('span', { className: 'acts' },
        element('button', { type: 'button', ariaLabel: `Why? ${name(one)}`, onclick: () => guarded(() => explain(one, true)) }, 'Why?'),
        ...(state.can.has('similar-items') ? [element('button', { type: 'button', ariaLabel: `Similar to ${name(one)}`, onclick: () => guarded(() => similar(one)) }, 'Similar')] : []),
        element('button', { type: 'button', ariaLabel: `Add ${name(one)} to what they took`, onclick: () => guarded(() => add(one.item)) }, 'Add')),
      bar);
  }));
  // Who works through the list by keyboard stays where they were.
  const buttons = $('list').querySelectorAll('button');
  if (focused >= 0 && buttons.length) buttons[Math.min(focused, buttons.length - 1)].focus();
  drawMap();
  if (answer.items.length) await explain(answer.items[0], false);
}

const WHENCE = {
  trained: 'From what the model learnt of this user',
  updated: 'From this user\'s history, with what they did since the training',
  history: 'Computed just now from the items chosen',
  attributes: 'From what is known of this user besides items',
  popularity: 'What most users took, for nothing is known of them'
};

/** For whom the list is, and where it comes from. */
function tell(answer) {
  const how = answer.how, chosen = state.history.size;
  $('rec-title').textContent = state.user !== null ? `Recommended to ${state.user}`
    : chosen ? `Recommended to somebody who took ${chosen === 1 ? 'this item' : `these ${chosen} items`}` : 'Most popular';
  const whence = state.user === null && !chosen ? 'What most users took; choose somebody to see their own list' : WHENCE[how.source];
  $('how').textContent = `${whence}. The best ${answer.items.length} of ${how.candidates.toLocaleString('en')} items`
    + (how.seenLeftOut ? `, what they took left out.` : '.')
    + (how.exhausted ? ` There are no more: ${how.whyShort}.` : '') + (how.ignored.length ? ` Unknown to the model: ${how.ignored.join(', ')}.` : '');
}

const number = value => Number.isInteger(value) || Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : (Math.abs(value) < 0.0005 ? 0 : value).toFixed(3);

async function explain(one, aloud) {
  const answer = state.user !== null
    ? await api(`v1/explain/${encodeURIComponent(state.user)}/${encodeURIComponent(one.item)}?n=8`)
    : await api('v1/explain', { history: [...state.history.keys()], item: one.item, n: 8 });
  const rows = answer.contributions.map(c => [name(c), c.contribution]);
  rows.push(...answer.attributes.map(a => [a.attribute, a.contribution]));
  if (answer.others) rows.push([answer.attributes.length ? 'all others' : 'their other items', answer.others]);
  const single = rows.length > 0;
  if (answer.rest || !single) rows.push([single ? 'not owed to single items' : 'users who took it', answer.rest]);
  const largest = Math.max(...rows.map(r => Math.abs(r[1])), 1e-9);
  const table = element('table', {}, element('caption', {}, `${name(one)}: ${single ? 'score ' : ''}${number(answer.score)}${single ? '' : ' users'}`));
  for (const [label, value] of rows) {
    const bar = element('span', { className: value < 0 ? 'why-bar minus' : 'why-bar', ariaHidden: 'true' });
    bar.style.width = `${4 * Math.abs(value) / largest}rem`;
    table.append(element('tr', {}, element('th', { scope: 'row' }, label), element('td', { className: 'number' }, number(value)), element('td', {}, bar)));
  }
  const parts = single ? `What each item they took${answer.attributes.length ? ', and each attribute,' : ''} adds to the score, or takes away. The parts add up to the score.` : 'A list of what is popular needs no other reason.';
  $('why').replaceChildren(element('p', { className: 'note' }, parts), table);
  if (aloud) $('why').scrollIntoView({ block: 'nearest' });
  if (aloud) $('panel-status').textContent = `Why ${name(one)}: ${rows.slice(0, 3).map(r => `${r[0]} ${number(r[1])}`).join(', ')}.`;
}

async function similar(one) {
  const answer = await api(`v1/similar/items/${encodeURIComponent(one.item)}?n=8`);
  remember(answer.items);
  const table = element('table', {}, element('caption', {}, `Like ${name(one)}`));
  for (const other of answer.items) {
    table.append(element('tr', {}, element('th', { scope: 'row' }, name(other)), element('td', { className: 'number' }, number(other.score)),
      element('td', {}, element('button', { type: 'button', ariaLabel: `Add ${name(other)} to what they took`, onclick: () => guarded(() => add(other.item)) }, 'Add'))));
  }
  $('near').replaceChildren(table, element('p', { className: 'note' }, state.can.has('map') ? '1 is the same direction in the model, 0 unrelated.'
    : 'What this item adds to the score of each: more is nearer.'));
  $('near').scrollIntoView({ block: 'nearest' });
  $('panel-status').textContent = `Similar to ${name(one)}: ${answer.items.slice(0, 3).map(name).join(', ')}.`;
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
  $('model-line').textContent = `Learnt from ${model.interactions.toLocaleString('en')} interactions of ${model.users.toLocaleString('en')} users with `
    + `${model.items.toLocaleString('en')} items (${model.kind}${model.settings.loss ? ', loss ' + model.settings.loss : ''})`;
  $('report-link').hidden = !model.report;
  const { settings, provenance, attributes, capabilities, ...facts } = model;
  rows($('facts'), [['can', capabilities.join(', ')]]);
  rows($('facts'), Object.entries(facts));
  rows($('provenance'), Object.entries(provenance));
  rows($('settings'), Object.entries(settings));
  for (const [attribute, values] of Object.entries(attributes)) {
    if (values.length < 2 || values[0].items < 2) continue;
    $('filters').append(element('label', {}, attribute + ' ', element('select', { onchange: () => guarded(recommend) },
      element('option', { value: '' }, 'any'),
      ...values.map(v => element('option', { value: `${attribute}:${v.value}` }, `${v.value} (${v.items})`)))));
  }
  state.can = new Set(model.capabilities);
  $('near').closest('section').hidden = !state.can.has('similar-items');
  $('diversity').closest('label').hidden = !state.can.has('diversity');
  $('map').closest('section').hidden = !state.can.has('map');
  if (state.can.has('map')) {
    state.points = (await api('v1/map')).points;
    remember(state.points);
    $('map-count').textContent = state.points.length.toLocaleString('en');
  }
  const asked = new URLSearchParams(location.hash.slice(1));
  for (const item of asked.getAll('item')) state.history.set(item, 1);
  if (asked.has('user')) {
    state.user = asked.get('user');
    $('user').value = state.user;
    state.history.clear();
  }
  await show();
  await examples();
}

/** Some users' ids, of those with much to see, for whoever does not know any. */
async function examples() {
  const found = (await api('v1/users?n=100')).users.sort((a, b) => b.items - a.items).slice(0, 4);
  if (!found.length) return;
  $('examples').replaceChildren('Such as ', ...found.flatMap((u, k) => [k ? ', ' : '',
    element('button', { type: 'button', className: 'link', onclick: () => guarded(() => choose(u.user)) }, u.user)]));
  $('examples').hidden = false;
}

$('user').addEventListener('input', findUsers);
$('item').addEventListener('input', findItems);
$('user-form').addEventListener('submit', event => {
  event.preventDefault();
  if ($('user').value) guarded(() => choose($('user').value));
});
$('clear').addEventListener('click', () => { state.user = null; $('user').value = ''; state.history.clear(); guarded(show); $('user').focus(); });
$('wish').addEventListener('submit', event => event.preventDefault());
for (const id of ['n', 'diversity', 'seen']) $(id).addEventListener('change', () => guarded(recommend));
$('diversity').addEventListener('input', () => { $('diversity-value').textContent = $('diversity').value; });
// After map.js too, which draws.
addEventListener('DOMContentLoaded', () => guarded(start));
