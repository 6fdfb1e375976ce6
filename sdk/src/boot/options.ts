import { isPrivacyLevel, type PrivacyLevel } from '../domain/recording/privacy-level';

/** What a site tells `initRetrospec`. Everything but the first three is optional. */
export interface RetrospecOptions {
  /** Where RetroSpec runs, for instance `https://retrospec.example.com`. */
  apiBaseUrl: string;
  /** An ingest key of the project. It is public by nature: it may write recordings, never read. */
  apiKey: string;
  /** The name of this site or application within the project. */
  site: string;
  /** Begin at once; default true. With false nothing happens before `start()`. */
  autoStart?: boolean;
  /** Default `balanced`; the project's rules win over it. */
  privacyLevel?: PrivacyLevel;
  /** CSS selectors of elements that are masked with all inside, beside `[data-retrospec-mask]`. */
  privateSelectors?: string[];
  /** Of elements of which an empty box is recorded, beside `[data-retrospec-block]`. */
  blockedSelectors?: string[];
  /** Of fields whose changes are not recorded, beside `[data-retrospec-ignore~="input"]`. */
  ignoredSelectors?: string[];
  /** Of what is shown in spite of the level, beside `[data-retrospec-unmask]`; never a secret. */
  unmaskedSelectors?: string[];
  /** Names of attributes that may be recorded in clear, beside the structural ones. */
  allowedAttributes?: string[];
  /** The version of your application, for "resolved in release". */
  release?: string;
  /** For instance `production`. */
  environment?: string;
  userId?: string;
  org?: string;
  /** Names of experiments and the variant that this visitor sees. */
  experiment?: Record<string, string>;
  /**
   * Default all on. `assets`: pictures and fonts of the page's own origin, out of the browser's
   * cache, so that a replay still has them later; a content policy must let the page read itself
   * (`connect-src 'self'`).
   */
  capture?: {
    console?: boolean;
    network?: boolean;
    errors?: boolean;
    frustration?: boolean;
    performance?: boolean;
    assets?: boolean;
  };
  /**
   * Nothing is stored, asked or sent for a browser with "Do Not Track"; default: as the project's
   * rules have it.
   */
  respectDoNotTrack?: boolean;
  /** The same for "Global Privacy Control". */
  respectGlobalPrivacyControl?: boolean;
  /**
   * Origins, like `https://pay.example`. On the page: of frames that may join its recording. In such
   * a frame, which carries the SDK, too: of pages whose recording it joins. Both must list the other.
   */
  frames?: string[];
  /**
   * Where recordings go under `apiBaseUrl`, default `/v1/recordings`: for a site that passes a path of
   * its own on to RetroSpec.
   */
  path?: string;
  /** Where the dashboard is, if it is not under `apiBaseUrl`. */
  dashboardUrl?: string;
  /** Say in the console what is wrong; default false: the console is the page's. */
  debug?: boolean;
}

export interface Settings extends Required<
  Omit<RetrospecOptions, 'release' | 'environment' | 'userId' | 'org' | 'experiment' | 'capture'>
> {
  facts: Pick<RetrospecOptions, 'release' | 'environment' | 'experiment'>;
  userId: string | undefined;
  org: string | undefined;
  capture: Required<NonNullable<RetrospecOptions['capture']>>;
}

/** Options with defaults; or what is wrong with them. */
export function readOptions(options: RetrospecOptions): Settings | { problem: string } {
  const { apiBaseUrl, apiKey, site, release, environment, experiment } = options ?? {};
  if (typeof apiBaseUrl !== 'string') return { problem: 'apiBaseUrl is missing' };
  if (!apiKey) return { problem: 'apiKey is missing' };
  if (!site) return { problem: 'site is missing' };
  return {
    apiBaseUrl,
    apiKey,
    site,
    autoStart: options.autoStart !== false,
    privacyLevel: isPrivacyLevel(options.privacyLevel) ? options.privacyLevel : 'balanced',
    privateSelectors: options.privateSelectors ?? [],
    blockedSelectors: options.blockedSelectors ?? [],
    ignoredSelectors: options.ignoredSelectors ?? [],
    unmaskedSelectors: options.unmaskedSelectors ?? [],
    allowedAttributes: options.allowedAttributes ?? [],
    dashboardUrl: (options.dashboardUrl ?? apiBaseUrl).replace(/\/+$/, ''),
    debug: options.debug === true,
    respectDoNotTrack: options.respectDoNotTrack === true,
    respectGlobalPrivacyControl: options.respectGlobalPrivacyControl === true,
    frames: options.frames ?? [],
    path: options.path ?? '/v1/recordings',
    facts: {
      ...(release && { release }),
      ...(environment && { environment }),
      ...(experiment && { experiment }),
    },
    userId: options.userId,
    org: options.org,
    capture: {
      console: true,
      network: true,
      errors: true,
      frustration: true,
      performance: true,
      assets: true,
      ...options.capture,
    },
  };
}
