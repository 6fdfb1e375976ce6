/* Sends a chosen file of rrweb events and goes to the session that it became. */
const form = document.querySelector('[data-import]');
const file = form?.querySelector('input[type="file"]');
const status = form?.querySelector('[role="status"]');

async function send(chosen) {
  const project = new URLSearchParams({ project: form.dataset.import });
  const site = chosen.name.replace(/\.json(\.gz)?$|\.gz$/i, '').slice(0, 100);
  const headers = { 'Content-Type': 'application/octet-stream' };
  if (/\.gz$/i.test(chosen.name)) headers['Content-Encoding'] = 'gzip';
  const answer = await fetch(`/v1/sessions/import?${project}&site=${encodeURIComponent(site)}`, {
    method: 'POST',
    credentials: 'same-origin',
    headers,
    body: chosen,
  });
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(told.detail ?? told.error ?? `The server answered ${answer.status}`);
  location.href = `/admin/sessions/${encodeURIComponent(told.sessionId)}?${project}`;
}

if (form && file && status) {
  form.hidden = false;
  file.addEventListener('change', async () => {
    const [chosen] = file.files;
    if (!chosen) return;
    status.textContent = `Taking in ${chosen.name}…`;
    file.disabled = true;
    try {
      await send(chosen);
    } catch (problem) {
      status.textContent = `${chosen.name} was not imported: ${problem.message}`;
    } finally {
      file.disabled = false;
      file.value = '';
    }
  });
}
