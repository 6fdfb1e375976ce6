/* What pages do beyond links and forms. Every page works without it. */
(() => {
  'use strict';

  const root = document.documentElement;
  const LOOK_MS = 1000;
  const MAX_LOOKS = 30;
  const players = [...document.querySelectorAll('iframe[data-player]')];

  /** Light or dark, kept in a cookie so that the server draws the next page right at once. */
  function switchTheme() {
    const next = shownTheme() === 'dark' ? 'light' : 'dark';
    root.dataset.theme = next;
    document.cookie = `retrospec-theme=${next}; path=/; max-age=31536000; samesite=lax`;
    tellPlayers({ type: 'theme', theme: next });
  }

  function shownTheme() {
    const chosen = root.dataset.theme;
    if (chosen === 'light' || chosen === 'dark') return chosen;
    return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  }

  function tellPlayers(message) {
    for (const player of players) player.contentWindow?.postMessage(message, location.origin);
  }

  /** The playhead stands in the address, so that a copied link leads to the same moment. */
  function follow(ms) {
    const address = new URL(location.href);
    address.searchParams.set('t', String(Math.round(ms / 100) * 100));
    address.searchParams.delete('marker');
    history.replaceState(history.state, '', address);
  }

  function seek(link) {
    const player = document.querySelector('iframe[data-follow]');
    if (!player) return false;
    tellPlayers({ type: 'seek', ms: Number(link.dataset.seek) });
    player.scrollIntoView({ block: 'nearest' });
    return true;
  }

  async function copy(button) {
    const source = document.getElementById(button.dataset.copy);
    const words = button.querySelector('span');
    try {
      await navigator.clipboard.writeText(source.textContent);
      words.textContent = 'Copied';
    } catch {
      // because a browser may refuse the clipboard; the text is selected for Ctrl+C instead
      getSelection().selectAllChildren(source);
      words.textContent = 'Press Ctrl+C';
    }
    setTimeout(() => (words.textContent = 'Copy'), 2500);
  }

  /**
   * Shows a part of the page anew until what it waits for is there; not for ever. What somebody has
   * begun to write in it stays.
   */
  async function watch(part, looksLeft) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    const typing = part.contains(document.activeElement) || part.querySelector('details[open]');
    if (!typing) {
      const answer = await fetch(location.href, { credentials: 'same-origin' });
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const now = page.getElementById(part.id);
      if (!answer.ok || !now) return;
      part.replaceWith(now);
      part = now;
    }
    if (part.dataset.awaits === 'true' && looksLeft > 1) await watch(part, looksLeft - 1);
  }

  function sendTidy(form) {
    // Fields that are left empty would only make the address longer.
    for (const field of form.elements) {
      if (field.name && field.value === '') field.disabled = true;
    }
  }

  /** Says how many items of a list are ticked for what a form does with them. */
  function countPicks(form) {
    const picked = [...form.elements].filter((field) => field.type === 'checkbox' && field.checked);
    const words = form.querySelector('[data-picked]');
    words.dataset.unpicked ||= words.textContent;
    const things = words.dataset.picked + (picked.length === 1 ? '' : 's');
    words.textContent = picked.length > 0 ? `${picked.length} ${things} chosen` : words.dataset.unpicked;
    form.querySelector('button').disabled = picked.length === 0;
  }

  document.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const link = target?.closest('[data-seek]');
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && seek(link)) {
      event.preventDefault();
    }
    if (target?.closest('[data-theme-switch]')) switchTheme();
    const copier = target?.closest('[data-copy]');
    if (copier) void copy(copier);
    const dangerous = target?.closest('[data-confirm]');
    if (dangerous && !confirm(dangerous.dataset.confirm)) event.preventDefault();
    for (const menu of document.querySelectorAll('details[data-menu][open]')) {
      if (!menu.contains(target)) menu.open = false;
    }
  });

  document.addEventListener('change', (event) => {
    if (event.target instanceof HTMLSelectElement) {
      event.target.closest('form[data-auto]')?.requestSubmit();
    }
    if (event.target.form?.querySelector('[data-picked]')) countPicks(event.target.form);
  });

  document.addEventListener('submit', (event) => {
    if (event.target.matches('form[method="get"]')) sendTidy(event.target);
  });

  document.addEventListener('keydown', (event) => {
    const typing = event.target.closest?.('input, select, textarea, [contenteditable]');
    if (event.key === 'Escape') {
      for (const menu of document.querySelectorAll('details[data-menu][open]')) {
        menu.open = false;
        menu.querySelector('summary').focus();
      }
    } else if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey) {
      const search = document.querySelector('input[type="search"]');
      if (search) {
        event.preventDefault();
        search.focus();
      }
    }
  });

  addEventListener('message', (event) => {
    const followed = document.querySelector('iframe[data-follow]');
    if (event.origin !== location.origin || event.source !== followed?.contentWindow) return;
    if (event.data?.source === 'retrospec-player' && event.data.type === 'time') {
      follow(event.data.ms);
    }
  });

  // Going back shows a page as it was left: ticks stay, empty fields are still out of use.
  addEventListener('pageshow', () => {
    for (const field of document.querySelectorAll('form[method="get"] :disabled')) {
      field.disabled = false;
    }
    for (const words of document.querySelectorAll('[data-picked]')) countPicks(words.closest('form'));
  });

  for (const part of document.querySelectorAll('[data-theme-switch], [data-copy]')) {
    part.hidden = false;
  }
  for (const part of document.querySelectorAll('[data-awaits="true"]')) {
    watch(part, MAX_LOOKS).catch(() => {}); // the page is as true as it was
  }
  for (const part of document.querySelectorAll('[data-plain]')) part.hidden = true;
  for (const part of document.querySelectorAll('[data-keep-open="true"]')) part.open = true;
})();
