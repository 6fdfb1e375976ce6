import { parseRules, type RecordingRules } from '../domain/session/rules';
import type { Endpoint } from './endpoint';

/** A page must not wait longer for its rules; then the stored ones decide. */
const RULES_TIMEOUT_MS = 3_000;

export type RulesAnswer =
  { kind: 'rules'; rules: RecordingRules } | { kind: 'unauthorized' } | { kind: 'unreachable' };

/** Asks the server what to record. Never rejects. */
export async function fetchRules(
  endpoint: Endpoint,
  originalFetch: typeof fetch,
): Promise<RulesAnswer> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), RULES_TIMEOUT_MS);
  try {
    const response = await originalFetch(endpoint.configUrl(), {
      headers: endpoint.headers(),
      credentials: 'omit',
      signal: controller.signal,
    });
    if (response.status === 401 || response.status === 403) return { kind: 'unauthorized' };
    if (!response.ok) return { kind: 'unreachable' };
    const body = (await response.json()) as { rules?: unknown } | null;
    return { kind: 'rules', rules: parseRules(body?.rules ?? body) };
  } catch {
    return { kind: 'unreachable' };
  } finally {
    clearTimeout(timer);
  }
}
