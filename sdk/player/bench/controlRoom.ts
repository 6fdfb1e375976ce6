/**
 * The page that the long recording is made of: a control room whose table, log and chart change all
 * the time while somebody types, scrolls and moves the mouse.
 */
export const CONTROL_ROOM_HTML = `<!doctype html><html lang="en"><head><title>Control room</title><style>
body{margin:0;font:14px/1.4 system-ui,sans-serif;color:#1d2530;background:#f4f6f9}
header{padding:12px 24px;background:#22304a;color:#fff}
main{display:grid;grid-template-columns:2fr 1fr;gap:16px;padding:16px 24px}
section{padding:12px;border-radius:8px;background:#fff;box-shadow:0 1px 4px #0002}
table{width:100%;border-collapse:collapse}td,th{padding:4px 8px;border-bottom:1px solid #e3e8ef;text-align:left}
tr.up td:nth-child(3){color:#0a7a3d}tr.down td:nth-child(3){color:#b3261e}
#log{height:420px;overflow:auto;font:12px/1.5 monospace}polyline{fill:none;stroke:#4353d0;stroke-width:2}
</style></head><body><header><b>Control room</b> <span id="clock"></span></header><main>
<section><input id="filter" placeholder="Filter"><table><thead><tr><th>Station<th>Place<th>Load<th>State</tr></thead>
<tbody id="rows"></tbody></table></section>
<section><svg id="chart" viewBox="0 0 400 120"><polyline points=""/></svg><div id="log"></div></section></main>
<script src="/recorder.js"></script><script>
const $ = (id) => document.getElementById(id);
let seed = 7;
const random = (n) => (seed = (seed * 1103515245 + 12345) % 2147483648) % n;
const PLACES = ['Harbour north', 'Old mill', 'Station road', 'Market hall', 'Upper lock', 'Airfield'];
$('rows').innerHTML = Array.from({ length: 400 }, (_, n) =>
  '<tr data-station="' + n + '"><td>Station ' + n + '</td><td>' + PLACES[n % 6] + '</td><td>' + random(100) +
  ' %</td><td><span class="state">calm</span></td></tr>').join('');
const rows = [...$('rows').children];
const points = Array.from({ length: 60 }, () => random(110));
let step = 0;
function act() {
  const row = rows[random(rows.length)];
  row.children[2].textContent = random(100) + ' %';
  row.className = random(2) ? 'up' : 'down';
  if (step % 3 === 0) row.querySelector('.state').textContent = ['calm', 'busy', 'over its limit'][random(3)];
  if (step % 5 === 0) {
    const line = document.createElement('div');
    line.innerHTML = '<b>' + step + '</b> station ' + random(400) + ' reports ' + random(1e6) + ' from ' + PLACES[random(6)];
    $('log').prepend(line);
    if ($('log').children.length > 200) $('log').lastChild.remove();
  }
  if (step % 8 === 0) {
    points.shift(); points.push(random(110));
    document.querySelector('polyline').setAttribute('points', points.map((y, x) => x * 7 + ',' + y).join(' '));
  }
  if (step % 200 === 0) window.scrollTo(0, random(2000));
  $('clock').textContent = 'step ' + step++;
}
window.recorded = [];
window.scene = (steps) => new Promise((done) => {
  window.recorded.length = 0;
  recorder.record.takeFullSnapshot(true);
  const channel = new MessageChannel();
  channel.port1.onmessage = () => { act(); if (--steps > 0) channel.port2.postMessage(0); else setTimeout(done, 600); };
  channel.port2.postMessage(0);
});
recorder.record({ emit: (event) => window.recorded.push(event), checkoutEveryNth: 1e9, maskAllInputs: true });
</script></body></html>`;
