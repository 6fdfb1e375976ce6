// Points of earlier orders; the accounts speak GraphQL.
const QUERY = 'query PointsOfVisitor { visitor { points } }';

async function showPoints() {
  const answer = await fetch('/graphql', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ operationName: 'PointsOfVisitor', query: QUERY }),
  });
  const { data } = await answer.json();
  document.querySelector('[data-said]').textContent = data
    ? `You have ${data.visitor.points} points.`
    : '';
}

document.querySelector('[data-points]').addEventListener('click', showPoints);
