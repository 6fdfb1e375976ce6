/* Causes the fault that the address names, waits, hands over what was told, and goes to the next. */
(function () {
  const [visit, home] = [window.visit, location.href];
  history.replaceState(null, '', visit.route);

  window.submitForm = (name, attributes, value) => {
    const form = document.createElement('form');
    form.innerHTML = `<input name="${name}" id="${name}" ${attributes} required><button>Send</button>`;
    form.onsubmit = () => false;
    document.body.append(form);
    form.firstChild.value = value;
    form.lastChild.click();
  };

  async function finish() {
    let next;
    try {
      const answer = await window.recording.plainFetch.call(window, visit.base + '/told', {
        method: 'POST',
        body: JSON.stringify({ visit: visit.number, agent: navigator.userAgent, seen: window.recording.seen }),
      });
      next = (await answer.json()).next;
    } catch {
      next = home;
    }
    if (next) location.href = visit.base + next;
  }

  function begin(tries) {
    if (!window.faults[visit.fault]) {
      if (tries > 0) setTimeout(begin, 25, tries - 1);
      else finish();
      return;
    }
    setTimeout(finish, visit.waitMs);
    const button = document.createElement('button');
    button.addEventListener('click', () => {
      // Not as a method: V8 would name it by the property that holds it. Nobody looks at a promise
      // that comes back: its rejection is the page's.
      const cause = window.faults[visit.fault];
      cause(visit.values);
    });
    button.click();
  }
  begin(80);
})();
