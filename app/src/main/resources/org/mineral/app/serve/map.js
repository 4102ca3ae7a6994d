'use strict';

// The map of items. Runs after page.js, whose names it uses.

function place(point, canvas) {
  return [(point.x * 0.47 + 0.5) * canvas.width, (0.5 - point.y * 0.46) * canvas.height];
}

function drawMap() {
  const canvas = $('map'), draw = canvas.getContext('2d'), style = getComputedStyle(document.documentElement);
  const colour = id => style.getPropertyValue(id).trim();
  // As many points as the screen has, or dots of a wide picture vanish on a narrow one.
  const dense = devicePixelRatio || 1;
  canvas.width = Math.max(1, Math.round(canvas.clientWidth * dense));
  canvas.height = Math.round(canvas.width * (canvas.clientWidth < 600 ? 0.9 : 0.56));
  draw.clearRect(0, 0, canvas.width, canvas.height);
  const listed = new Set(state.list);
  const dots = (points, radius, fill) => {
    draw.fillStyle = fill;
    for (const p of points) {
      const [x, y] = place(p, canvas);
      draw.beginPath();
      draw.arc(x, y, radius * dense, 0, 7);
      draw.fill();
    }
  };
  dots(state.points, 2.2, colour('--dot'));
  dots(state.points.filter(p => listed.has(p.item)), 6, colour('--accent'));
  const had = new Set([...state.history.keys(), ...(state.taken ? state.taken.items.map(one => one.item) : [])]);
  dots(state.points.filter(p => had.has(p.item)), 5, colour('--mark'));
}

function nearest(event) {
  const canvas = $('map'), box = canvas.getBoundingClientRect();
  const x = (event.clientX - box.left) * canvas.width / box.width, y = (event.clientY - box.top) * canvas.height / box.height;
  let best = null, least = (20 * (devicePixelRatio || 1)) ** 2;
  for (const p of state.points) {
    const [px, py] = place(p, canvas), d = (px - x) ** 2 + (py - y) ** 2;
    if (d < least) { least = d; best = p; }
  }
  return best;
}

$('map').addEventListener('mousemove', event => { const p = nearest(event); $('map-label').textContent = p ? `${name(p)}: ${p.users} users. Click to add.` : '\u00a0'; });
$('map').addEventListener('click', event => { const p = nearest(event); if (p) guarded(() => add(p.item)); });
addEventListener('resize', drawMap);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawMap);
