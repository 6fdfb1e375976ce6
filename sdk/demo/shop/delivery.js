const PATIENCE_MS = 1_500;

async function estimate() {
  const said = document.querySelector('[data-said]');
  said.textContent = 'Asking the carrier…';
  const { days } = await askCarrier();
  said.textContent = days ? `In ${days} days.` : 'The carrier does not say.';
}

async function askCarrier() {
  try {
    const answer = await fetch('/api/delivery', { signal: AbortSignal.timeout(PATIENCE_MS) });
    return await answer.json();
  } catch {
    return {};
  }
}

document.querySelector('[data-delivery]').addEventListener('click', estimate);
