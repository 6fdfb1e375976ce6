/* The views of a snapshot: screenshot, DOM, network, console. Without it, the files can be loaded. */
const TIMEOUT_MS = 20_000;
const MOST_ROWS = 2_000;
const MOST_BODY = 4_000;

function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children.filter((child) => child !== null));
  return element;
}

async function read(address) {
  const answer = await fetch(address, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!answer.ok) throw new Error(answer.status === 404 ? 'it is not stored any more' : `status ${answer.status}`);
  return answer.text();
}

/** Fills a view when it is first looked at. */
async function fill(view) {
  if (view.dataset.filled) return;
  view.dataset.filled = 'true';
  const { frame, har, console: log } = view.dataset;
  if (frame) view.append(el('iframe', { src: frame, title: 'The page as it stood', class: 'snapshot-dom' }));
  if (!har && !log) return;
  view.replaceChildren(el('p', { class: 'card-text muted', role: 'status' }, 'Loading…'));
  try {
    view.replaceChildren(har ? network(JSON.parse(await read(har))) : messages(await read(log)));
  } catch (problem) {
    // because the objects live elsewhere and may be away; looking again asks again
    delete view.dataset.filled;
    view.replaceChildren(
      el('p', { class: 'card-text muted', role: 'status' }, `It could not be shown: ${problem.message}.`),
    );
  }
}

function messages(text) {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length === 0) return el('p', { class: 'card-text muted' }, 'The page wrote nothing to its console.');
  const list = el('ol', { class: 'console', tabindex: '0', 'aria-label': 'Console' });
  for (const line of lines.slice(0, MOST_ROWS)) {
    const level = /^\[(\w+)\]\s?/.exec(line);
    const kind = level ? level[1].toLowerCase() : 'log';
    list.append(
      el(
        'li',
        { class: `console-line console-${kind}` },
        el('span', { class: 'console-kind' }, kind),
        el('code', {}, level ? line.slice(level[0].length) : line),
      ),
    );
  }
  return list;
}

function network(archive) {
  const entries = (archive?.log?.entries ?? []).slice(0, MOST_ROWS);
  if (entries.length === 0) return el('p', { class: 'card-text muted' }, 'The page fetched nothing.');
  const starts = entries.map((entry) => Date.parse(entry.startedDateTime) || 0);
  const begin = Math.min(...starts);
  const ends = entries.map((entry, index) => starts[index] + Math.max(0, Number(entry.time) || 0));
  const span = Math.max(1, Math.max(...ends) - begin);
  const body = el('tbody');
  entries.forEach((entry, index) => body.append(...request(entry, starts[index] - begin, span)));
  const failed = entries.filter(isFailed).length;
  const heads = ['Request', 'Status', 'Type', 'Size', 'Time', `0 – ${length(span)}`];
  return el(
    'div',
    { class: 'network' },
    el('p', { class: 'network-sum' }, `${entries.length} requests, ${failed} failed, ${length(span)} in all`),
    el(
      'div',
      { class: 'network-scroll', tabindex: '0', role: 'region', 'aria-label': 'Requests' },
      el(
        'table',
        {},
        el('thead', {}, el('tr', {}, ...heads.map((head) => el('th', { scope: 'col' }, head)))),
        body,
      ),
    ),
  );
}

function isFailed(entry) {
  const status = Number(entry.response?.status) || 0;
  return status === 0 || status >= 400;
}

/** A row, and behind it what the request was in full. */
function request(entry, start, span) {
  const status = Number(entry.response?.status) || 0;
  const time = Math.max(0, Number(entry.time) || 0);
  const size = Number(entry.response?.content?.size);
  const more = el('tr', { class: 'request-more', hidden: '' }, el('td', { colspan: '6' }));
  const name = el(
    'button',
    { type: 'button', class: 'request-name', 'aria-expanded': 'false', title: entry.request?.url ?? '' },
    el('span', { class: 'request-method' }, entry.request?.method ?? ''),
    ` ${shortName(entry.request?.url)}`,
  );
  name.addEventListener('click', () => {
    more.hidden = !more.hidden;
    name.setAttribute('aria-expanded', String(!more.hidden));
    if (!more.firstChild.hasChildNodes()) more.firstChild.append(detail(entry));
  });
  const row = el(
    'tr',
    isFailed(entry) ? { class: 'request-failed' } : {},
    el('td', {}, name),
    el('td', {}, status === 0 ? 'no answer' : String(status)),
    el('td', {}, (entry.response?.content?.mimeType ?? '').split(';')[0]),
    el('td', { class: 'number' }, size > 0 ? bytes(size) : '–'),
    el('td', { class: 'number' }, length(time)),
    el('td', {}, bar(start, time, entry.timings, span)),
  );
  return [row, more];
}

function detail(entry) {
  const body = entry.response?.content?.encoding === 'base64' ? '' : (entry.response?.content?.text ?? '');
  return el(
    'div',
    { class: 'request-detail' },
    el('p', {}, el('code', {}, `${entry.request?.method ?? ''} ${entry.request?.url ?? ''}`)),
    el('p', { class: 'muted' }, `${entry.response?.status ?? 0} ${entry.response?.statusText ?? ''}`),
    body === ''
      ? null
      : el('pre', { class: 'stack', tabindex: '0', 'aria-label': 'Answer' },
          body.length > MOST_BODY ? `${body.slice(0, MOST_BODY)}…` : body),
  );
}

/** Waiting pale, receiving strong. Attributes of SVG, because the page allows no inline style. */
function bar(start, time, timings, span) {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  svg.setAttribute('viewBox', '0 0 100 8');
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.setAttribute('class', 'waterfall');
  svg.setAttribute('aria-hidden', 'true');
  const received = Math.min(time, Math.max(0, Number(timings?.receive) || 0));
  for (const [from, wide, name] of [
    [start, time - received, 'waterfall-wait'],
    [start + time - received, received, 'waterfall-receive'],
  ]) {
    const part = document.createElementNS(space, 'rect');
    part.setAttribute('x', String((100 * from) / span));
    part.setAttribute('width', String(Math.max(name === 'waterfall-wait' ? 0.6 : 0, (100 * wide) / span)));
    part.setAttribute('height', '8');
    part.setAttribute('class', name);
    svg.append(part);
  }
  return svg;
}

function shortName(address) {
  try {
    const url = new URL(address);
    return (url.pathname + url.search).slice(0, 120);
  } catch {
    // because a data: address or a damaged archive has no path
    return String(address ?? '').slice(0, 120);
  }
}

function length(ms) {
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}

function bytes(count) {
  return count < 1_024 ? `${count} B` : count < 1_048_576 ? `${Math.round(count / 1_024)} KB` : `${(count / 1_048_576).toFixed(1)} MB`;
}

/** Tabs as the ARIA practices have them: arrows move, the chosen one is the only tab stop. */
function tabs(box, number) {
  const views = [...box.querySelectorAll(':scope > .view')];
  const list = el('div', { class: 'tabs view-tabs', role: 'tablist', 'aria-label': 'Views of the snapshot' });
  const buttons = views.map((view, index) => {
    view.id = `view-${number}-${index}`;
    view.setAttribute('role', 'tabpanel');
    view.setAttribute('aria-labelledby', `${view.id}-tab`);
    const tab = el(
      'button',
      { type: 'button', role: 'tab', id: `${view.id}-tab`, 'aria-controls': view.id },
      view.dataset.view,
    );
    tab.addEventListener('click', () => choose(index, false));
    return tab;
  });
  list.addEventListener('keydown', (event) => {
    const now = buttons.indexOf(document.activeElement);
    const to = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (to === undefined || now < 0) return;
    event.preventDefault();
    choose((to + buttons.length) % buttons.length, true);
  });

  function choose(chosen, focus) {
    views.forEach((view, index) => {
      view.hidden = index !== chosen;
      buttons[index].setAttribute('aria-selected', String(index === chosen));
      buttons[index].tabIndex = index === chosen ? 0 : -1;
    });
    if (focus) buttons[chosen].focus();
    void fill(views[chosen]);
  }

  list.append(...buttons);
  box.prepend(list);
  choose(0, false);
}

document.querySelectorAll('[data-views]').forEach(tabs);
