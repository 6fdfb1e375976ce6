// The pages that every recorder is measured on. Nothing in them is random: a small generator with a
// fixed seed decides, so that each recorder sees the same page do the same.

const RANDOM = `
  let seed = 42;
  const random = () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 4294967296;
  };`;

const LOOK = `body{font:15px/1.5 sans-serif;margin:0;color:#222}header,main{padding:12px 24px}
  header{background:#234;color:#fff}nav a{color:#9cf;margin-right:16px}
  .card{display:inline-block;width:210px;margin:6px;padding:10px;border:1px solid #ccc;border-radius:6px}
  .card:hover{background:#eef}input,select,textarea{display:block;margin:4px 0 12px;padding:6px;width:320px}
  td{border:1px solid #ddd;padding:2px 6px;min-width:44px}.up{color:#080}.down{color:#b00}`;

function document(head, body) {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bench</title>
<style>${LOOK}</style>${head}</head><body>${body}</body></html>`;
}

/** A shop: a list with a filter, details without a new document, a form that is sent. */
function shop(head) {
  return document(
    head,
    `<header><h1>Plants</h1><nav><a href="#list" id="to-list">List</a><a href="#order" id="to-order">Order</a></nav></header>
<main id="main"></main>
<script>
  const main = document.getElementById('main');
  const names = ['Fern', 'Monstera', 'Ficus', 'Calathea', 'Aloe', 'Begonia', 'Dracaena', 'Hoya'];
  const items = Array.from({ length: 120 }, (_, n) => ({ id: n, name: names[n % 8] + ' ' + n, price: 5 + (n * 7) % 60 }));
  function list(filter = '') {
    main.innerHTML = '<label>Filter<input id="filter" autocomplete="off"></label><div id="cards"></div>';
    const cards = document.getElementById('cards');
    const show = (text) => {
      cards.innerHTML = items.filter((it) => it.name.toLowerCase().includes(text)).map((it) =>
        '<article class="card" data-id="' + it.id + '"><h3>' + it.name + '</h3><p>' + it.price +
        ' EUR</p><button class="open">Details</button></article>').join('');
    };
    show(filter);
    document.getElementById('filter').addEventListener('input', (e) => show(e.target.value.toLowerCase()));
    cards.addEventListener('click', (e) => {
      const card = e.target.closest('.card');
      if (e.target.closest('.open')) go('/typical/plants/' + card.dataset.id, () => details(items[card.dataset.id]));
    });
  }
  function details(item) {
    main.innerHTML = '<h2>' + item.name + '</h2><p id="stock">Loading</p><ul>' +
      Array.from({ length: 30 }, (_, n) => '<li>Care hint ' + n + ' for ' + item.name + '</li>').join('') + '</ul>';
    fetch('/shop/stock/' + item.id).then((r) => r.json()).then((stock) => {
      document.getElementById('stock').textContent = stock.pieces + ' in stock';
      console.log('stock of', item, stock);
    });
  }
  function order() {
    main.innerHTML = '<form id="form"><label>Name<input name="name"></label><label>Street<input name="street"></label>' +
      '<label>Shipping<select name="shipping"><option>Post<option>Courier</select></label>' +
      '<label>Remark<textarea name="remark"></textarea></label><button id="send">Send</button><p id="answer"></p></form>';
    document.getElementById('form').addEventListener('submit', (e) => {
      e.preventDefault();
      fetch('/shop/order', { method: 'POST', body: JSON.stringify(Object.fromEntries(new FormData(e.target))) })
        .then((r) => r.json()).then(() => {
          document.getElementById('answer').textContent = 'Thank you.';
          console.info('ordered');
        });
    });
  }
  function go(path, view) { history.pushState({}, '', path); view(); scrollTo(0, 0); }
  document.getElementById('to-list').onclick = (e) => { e.preventDefault(); go('/typical/plants', list); };
  document.getElementById('to-order').onclick = (e) => { e.preventDefault(); go('/typical/order', order); };
  list();
  // What many pages have: a clock and a small spinner.
  setInterval(() => { document.title = 'Bench ' + Math.round(performance.now() / 1000); }, 1000);
</script>`,
  );
}

/** A trader's screen: 1,000 cells, and 200 to 1,000 mutations every 100 ms. */
function quotes(head) {
  return document(
    head,
    `<header><h1>Quotes</h1></header><main><table id="table"><tbody></tbody></table><ul id="log"></ul></main>
<script>${RANDOM}
  const body = document.querySelector('#table tbody');
  const cells = [];
  for (let r = 0; r < 50; r++) {
    const row = body.insertRow();
    for (let c = 0; c < 20; c++) {
      const cell = row.insertCell();
      cell.append(String(Math.floor(random() * 1000)));
      cells.push(cell);
    }
  }
  const log = document.getElementById('log');
  window.mutations = 0;
  window.ticks = 0;
  const ticking = setInterval(() => {
    const count = 200 + Math.floor(random() * 801);
    for (let n = 0; n < count; n++) {
      const kind = random();
      const cell = cells[Math.floor(random() * cells.length)];
      if (kind < 0.55) cell.firstChild.data = String(Math.floor(random() * 1000));
      else if (kind < 0.8) cell.className = random() < 0.5 ? 'up' : 'down';
      else if (kind < 0.9) cell.style.opacity = (0.5 + random() / 2).toFixed(2);
      else if (kind < 0.98) cell.dataset.tick = String(n);
      else {
        const line = document.createElement('li');
        line.textContent = 'Trade of ' + Math.floor(random() * 1000) + ' at ' + Math.floor(random() * 1000);
        log.prepend(line);
        if (log.childElementCount > 40) log.lastElementChild.remove();
      }
    }
    window.mutations += count;
    window.ticks++;
  }, 100);
  window.rest = () => clearInterval(ticking);
</script>`,
  );
}

/** 10,000 nodes and 10,000 CSS rules of together 500 KB. */
function big(head) {
  const rows = Array.from(
    { length: 1000 },
    (_, n) =>
      `<section class="r r${n}" id="s${n}"><h4 class="t${n % 97}">Row ${n}</h4><p title="Row ${n}">Text of row ` +
      `${n} with a <a href="/row/${n}?of=page">link</a></p><span class="c${n}" data-n="${n}">${n * 7}</span></section>`,
  );
  return document(
    `<link rel="stylesheet" href="/big.css">${head}`,
    `<header><h1>Big</h1></header><main>${rows.join('')}</main>`,
  );
}

export function bigCss() {
  return Array.from(
    { length: 10_000 },
    (_, n) =>
      `.r${n} .t${n % 97}:hover{color:#${(n * 37).toString(16).padStart(6, '0').slice(-6)};margin:${n % 9}px}`,
  ).join('\n');
}

export const PAGES = { typical: shop, mutating: quotes, big };
