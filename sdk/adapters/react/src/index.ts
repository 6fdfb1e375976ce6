import { initRetrospec, type RetrospecClient, type RetrospecOptions } from '@retrospec/sdk';
import {
  Component,
  createContext,
  createElement,
  useContext,
  useState,
  type ErrorInfo,
  type ReactElement,
  type ReactNode,
} from 'react';

const ClientContext = createContext<RetrospecClient | undefined>(undefined);

export interface RetrospecProviderProps {
  /** Either a client that you have, or … */
  client?: RetrospecClient;
  /** … what `initRetrospec` wants to know. Later changes have no effect. */
  options?: RetrospecOptions;
  children?: ReactNode;
}

/** Starts RetroSpec once and gives it to everything inside. On a server it does nothing. */
export function RetrospecProvider(props: RetrospecProviderProps): ReactElement {
  const [client] = useState(
    () => props.client ?? (props.options ? initRetrospec(props.options) : undefined),
  );
  return createElement(ClientContext.Provider, { value: client }, props.children);
}

/** The client of the nearest provider. */
export function useRetrospec(): RetrospecClient {
  const client = useContext(ClientContext);
  if (!client) throw new Error('useRetrospec needs a <RetrospecProvider> around it');
  return client;
}

export interface CaughtError {
  error: unknown;
  /** Where the replay of this very visit is, for a support form. */
  sessionUrl: string | undefined;
  /** Tries to show the children again. */
  reset(): void;
}

export interface RetrospecErrorBoundaryProps {
  /** What stands in place of the children after an error. */
  fallback?: ReactNode | ((caught: CaughtError) => ReactNode);
  onError?: (error: unknown, info: ErrorInfo) => void;
  children?: ReactNode;
}

/** `Cart < Shop < App`, without the addresses of the code. */
function componentsOf(stack: string | null | undefined): string {
  const names = [...(stack ?? '').matchAll(/^\s*(?:at )?([\w$.]+)/gm)].map((it) => it[1]);
  return names.slice(0, 8).join(' < ');
}

/** Tells RetroSpec of errors that are thrown while the children are rendered. */
export class RetrospecErrorBoundary extends Component<
  RetrospecErrorBoundaryProps,
  { caught?: { error: unknown } }
> {
  static override contextType = ClientContext;
  declare context: RetrospecClient | undefined;
  override state: { caught?: { error: unknown } } = {};

  static getDerivedStateFromError(error: unknown): { caught: { error: unknown } } {
    return { caught: { error } };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    this.context?.captureError(error, { components: componentsOf(info.componentStack) });
    this.props.onError?.(error, info);
  }

  override render(): ReactNode {
    const { caught } = this.state;
    if (!caught) return this.props.children;
    const { fallback } = this.props;
    if (typeof fallback !== 'function') return fallback ?? null;
    return fallback({
      error: caught.error,
      sessionUrl: this.context?.getSessionUrl(),
      reset: () => this.setState({ caught: undefined } as never),
    });
  }
}
