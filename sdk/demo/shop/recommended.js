// Says which tea goes with the season; a plain script, as such things often are.
document.querySelector('[data-recommended]').textContent = 'This season: Rooibos and orange.';
