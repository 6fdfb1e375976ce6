/** Where RetroSpec is, and as whom we speak with it. */
export interface Settings {
  /** Without a slash at the end. */
  url: string;
  key: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** What is missing or wrong, in words for the person who set the job up. */
export interface Unset {
  problem: string;
}

const URL_NAMES = ['RETROSPEC_URL', 'API_SERVICE_URL'];
const KEY_NAMES = ['RETROSPEC_API_KEY', 'RETROSPEC_SECRET_KEY', 'API_SECRET_KEY'];

/**
 * The key comes from the environment only: an argument could be read by every process of the machine.
 *
 * @param url wins over the environment; an address is no secret
 */
export function readSettings(env: Environment, url?: string): Settings | Unset {
  const address = url ?? firstSet(env, URL_NAMES);
  if (address === undefined) {
    return { problem: 'RETROSPEC_URL is not set: where is the RetroSpec server?' };
  }
  if (!/^https?:$/.test(protocolOf(address))) {
    return { problem: 'RETROSPEC_URL must begin with http:// or https://' };
  }
  const key = firstSet(env, KEY_NAMES);
  if (key === undefined) {
    return {
      problem: 'RETROSPEC_API_KEY is not set (pull requests from forks get no secrets)',
    };
  }
  if (/[^\x21-\x7e]/.test(key)) {
    return { problem: 'RETROSPEC_API_KEY has a blank or a character that no key has' };
  }
  return { url: address.replace(/\/+$/, ''), key };
}

function firstSet(env: Environment, names: readonly string[]): string | undefined {
  return names.map((name) => env[name]?.trim()).find((value) => value);
}

function protocolOf(address: string): string {
  try {
    return new URL(address).protocol;
  } catch {
    return '';
  }
}
