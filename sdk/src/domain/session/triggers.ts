import { matchesUrl, type TriggerCondition, type Triggers } from './rules';

/** What has just happened, in the words of the conditions. */
export type Occurrence =
  | { type: 'url'; href: string }
  | { type: 'marker'; kind: string; subkind: string }
  | { type: 'event'; name: string }
  | { type: 'user'; properties: Record<string, unknown> };

function matches(condition: TriggerCondition, seen: Occurrence): boolean {
  switch (condition.type) {
    case 'url':
      return seen.type === 'url' && matchesUrl([condition.pattern], seen.href);
    case 'marker':
      return (
        seen.type === 'marker' &&
        condition.kind === seen.kind &&
        (condition.subkind === undefined || condition.subkind === seen.subkind)
      );
    case 'event':
      return seen.type === 'event' && condition.name === seen.name;
    case 'user':
      return (
        seen.type === 'user' && String(seen.properties[condition.property]) === condition.value
      );
  }
}

/** The conditions that this meets, as the session remembers them. */
export function conditionsMet(triggers: Triggers, seen: Occurrence): string[] {
  return triggers.conditions
    .filter((condition) => matches(condition, seen))
    .map((condition) => JSON.stringify(condition));
}

/** @param met what the session has met so far, on all its pages and in all its tabs */
export function areMet({ match, conditions }: Triggers, met: readonly string[]): boolean {
  const isMet = (condition: TriggerCondition) => met.includes(JSON.stringify(condition));
  // No condition is left of an "all" that this version cannot read as a whole.
  return match === 'any'
    ? conditions.some(isMet)
    : conditions.length > 0 && conditions.every(isMet);
}
