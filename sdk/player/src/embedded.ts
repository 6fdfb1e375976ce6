import type { AssetMap } from './replay/assets';

/**
 * Answers the player's questions from the file that it stands in, so that an exported recording
 * plays without a server. Each answer is a script element of JSON that carries its path.
 */
export function embedded(file: Document): typeof fetch {
  return (input) => {
    const asked = input instanceof Request ? input.url : String(input);
    const path = /^\/v1\/sessions\/[^/]+\/([^?]+)/.exec(asked)?.[1];
    const answer = path ? file.querySelector(`script[data-path="${CSS.escape(path)}"]`) : null;
    return Promise.resolve(
      answer
        ? new Response(answer.textContent, { headers: { 'Content-Type': 'application/json' } })
        : new Response('{}', { status: 404 }),
    );
  };
}

/** The kept pictures and fonts that the file holds, as addresses that need no server. */
export function embeddedAssets(file: Document): AssetMap {
  const element = file.querySelector('script[data-path=assets]');
  const kept = JSON.parse(element?.textContent ?? '[]') as { url: string; content: string }[];
  return new Map(kept.map(({ url, content }) => [url, content]));
}
