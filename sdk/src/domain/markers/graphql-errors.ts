import type { ObservedRequest } from '../../browser/observed-request';
import { contentTypeOf } from '../../browser/response-text';
import { clip } from '../../tools/json-bytes';
import { redactUrl } from '../../tools/redact-url';
import { maskPersonalData } from '../recording/personal-data';
import { pathOf, requestOf } from './failed-requests';
import { MAX_LABEL_LENGTH } from './limits';
import type { Sighting } from './marker';

/** As much of a request as is looked at to see what it asks for. */
const LOOKED_AT = 5_000;

function sentText({ live }: ObservedRequest): string {
  return typeof live?.requestBody === 'string' ? live.requestBody.slice(0, LOOKED_AT) : '';
}

/** Whether the answer may be worth reading: GraphQL answers errors with status 200. */
export function mayBeGraphql(request: ObservedRequest): boolean {
  if (!request.live || request.outcome !== 'answered' || request.status !== 200) return false;
  if (!/json/i.test(contentTypeOf(request.live))) return false;
  const sent = sentText(request);
  return (
    (/^\s*[{[]/.test(sent) && /"(query|operationName|persistedQuery)"\s*:/.test(sent)) ||
    /\/graphql\/?$/i.test(pathOf(request.url))
  );
}

function operationOf(sent: string): string | undefined {
  return (
    /"operationName"\s*:\s*"(\w+)"/.exec(sent)?.[1] ??
    /"query"\s*:\s*"\s*(?:query|mutation|subscription)\s+(\w+)/.exec(sent)?.[1]
  );
}

interface GraphqlError {
  message?: unknown;
  path?: unknown;
  extensions?: { code?: unknown };
}

/** A marker when the answer's top-level `errors` says that something failed. */
export function graphqlSighting(request: ObservedRequest, answer: string): Sighting | undefined {
  if (!answer.includes('"errors"')) return undefined;
  let errors: unknown;
  try {
    const parsed: unknown = JSON.parse(answer);
    const first: unknown = Array.isArray(parsed) ? parsed.find((it) => it?.errors) : parsed;
    errors = (first as { errors?: unknown } | undefined)?.errors;
  } catch {
    return undefined;
  }
  if (!Array.isArray(errors) || errors.length === 0) return undefined;
  const error = (errors[0] ?? {}) as GraphqlError;
  const message = maskPersonalData(clip(String(error.message ?? 'error'), MAX_LABEL_LENGTH));
  const operation = operationOf(sentText(request)) ?? pathOf(redactUrl(request.url));
  const code = error.extensions?.code;
  const path = Array.isArray(error.path) ? error.path.filter((it) => typeof it === 'string') : [];
  const evidence = [code, path.join('.'), errors.length > 1 ? `${errors.length} errors` : ''];
  return {
    kind: 'api_error',
    subkind: 'graphql_error',
    label: clip(`GraphQL ${operation}: ${message}`, MAX_LABEL_LENGTH),
    evidence: clip(evidence.filter(Boolean).join(', '), MAX_LABEL_LENGTH),
    error: { type: 'GraphQLError', message },
    request: requestOf(request),
  };
}
