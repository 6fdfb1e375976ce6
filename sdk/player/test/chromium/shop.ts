/** The recorded page: a small shop whose payment fails. */
export const SHOP_HTML = `<!doctype html><html lang="en"><head><title>Shop</title><style>
body{margin:0;font:16px/1.5 system-ui,sans-serif;color:#20242c;background:#f7f5f2}
header{display:flex;justify-content:space-between;padding:18px 40px;background:#17301f;color:#fff}
main{display:grid;grid-template-columns:2fr 1fr;gap:32px;padding:32px 40px}
.goods{display:grid;grid-template-columns:repeat(3,1fr);gap:20px}
.good{padding:16px;border-radius:12px;background:#fff;box-shadow:0 1px 4px #0002}
.good i{display:block;height:120px;margin-bottom:12px;border-radius:8px;background:linear-gradient(135deg,#cfe3d3,#7fb08c)}
.good:nth-child(2) i{background:linear-gradient(135deg,#f3dcc4,#d49a62)}
.good:nth-child(3) i{background:linear-gradient(135deg,#d4dcf0,#7f92c9)}
button{padding:10px 18px;border:0;border-radius:8px;background:#1d6b3a;color:#fff;font:inherit}
aside{padding:20px;border-radius:12px;background:#fff;box-shadow:0 1px 4px #0002}
#banner{margin-top:14px;padding:10px 14px;border-radius:8px;background:#fbe3e3;color:#9a1f1f}
input{padding:9px;border:1px solid #aaa;border-radius:8px;font:inherit}
</style></head><body><header><b>Greenhouse</b><span>Basket</span></header>
<main><section><h1 id="title">Plants for shady rooms</h1><div class="goods">
<div class="good"><i></i>Fern<br><b>12.00</b></div><div class="good"><i></i>Ivy<br><b>9.50</b></div>
<div class="good"><i></i>Monstera<br><b>24.00</b></div></div>
<p><input id="note" placeholder="A note"> <button id="add">Add a fern</button></p></section>
<aside><h2>Your basket</h2><ul id="cart"></ul><button id="pay">Pay now</button><div id="message"></div></aside></main>
<script src="/recorder.js"></script><script>
const $ = (id) => document.getElementById(id);
$('add').onclick = () => { const li = document.createElement('li'); li.textContent = 'Fern 12.00'; $('cart').append(li); };
$('pay').onclick = () => { $('message').innerHTML = '<p id="banner">Payment failed. Please try again.</p>'; };
window.recorded = [];
window.stop = recorder.record({ emit: (event) => window.recorded.push(event), checkoutEveryNth: 1e6, maskAllInputs: true });
</script></body></html>`;

/** What the site's owner sees, with the player inside. */
export const DASHBOARD_HTML = `<!doctype html><html lang="en"><head><title>Dashboard</title></head><body>
<iframe id="player" width="1200" height="700" allow="fullscreen; clipboard-write"
 src="/player/index.html?session=s-1&project=p-1&t=5000"></iframe>
<script>
window.heard = [];
addEventListener('message', (event) => { if (event.data.source === 'retrospec-player') heard.push(event.data); });
</script></body></html>`;
