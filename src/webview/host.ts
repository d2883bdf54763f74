import type { FromView, ToView } from '../grid/messages';

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: KeptState): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** What a view that was hidden needs to stand where it stood. */
export interface KeptState {
  readonly resultId: string;
  readonly top: number;
  readonly left: number;
  readonly row: number;
  readonly column: number;
  readonly widths: readonly number[];
}

/** The other side: the extension host; what it says and what it is told differ from page to page. */
export interface Host<Said = ToView, Told = FromView> {
  post(message: Told): void;
  kept(): KeptState | undefined;
  keep(state: KeptState): void;
  onMessage(take: (message: Said) => void): void;
}

/** Connects to the host; may be called once a page. */
export function connectHost<Said = ToView, Told = FromView>(): Host<Said, Told> {
  const api = acquireVsCodeApi();
  return {
    // VS Code's own function, not the window's: it takes no origin.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    post: (message) => api.postMessage(message),
    kept: () => (isKept(api.getState()) ? (api.getState() as KeptState) : undefined),
    keep: (state) => api.setState(state),
    onMessage(take) {
      window.addEventListener('message', (event: MessageEvent<unknown>) => {
        if (isMessage(event.data)) take(event.data as Said);
      });
    },
  };
}

function isMessage(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'kind' in data;
}

function isKept(state: unknown): state is KeptState {
  return typeof state === 'object' && state !== null && 'resultId' in state && 'widths' in state;
}
