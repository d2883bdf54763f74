import * as vscode from 'vscode';
import { Problem } from '../../base/problem';
import { connectionKey, type Connection } from '../../connection/connection';
import type { BucketLifecycle } from '../../storage/bucketStorage';
import { lifecycleText, startingLifecycle } from '../../storage/lifecycleText';
import type { RuleListing } from '../../storage/listForRules';
import type { Unseen } from '../../storage/unseen';
import { dropDraft, readDraft, saveDraft } from '../../storage/savedLifecycles';

export const lifecycleScheme = 'lake-lifecycle';
/** The same documents as the buckets have them: the left side of a comparison. */
const bucketScheme = 'lake-lifecycle-now';

/** What was found out about the objects that a lifecycle is for. */
export interface KnownEffects {
  readonly listing: RuleListing;
  readonly unseen: Unseen;
  /** Absent: it may not be read. */
  readonly versioned?: boolean;
  /** A sentence each. */
  readonly unread: readonly string[];
}

/** A bucket's lifecycle in an editor. */
export interface LifecycleState {
  readonly connection: Connection;
  readonly bucket: string;
  /** What the bucket has, as the user has seen it last; absent: nothing. */
  readonly base: BucketLifecycle | undefined;
  readonly readAt: Date;
  /** As saved; what differs from `base` is a draft. */
  readonly text: string;
  /** Rules that touch it are told apart. */
  readonly prefix?: string;
  readonly effects?: KnownEffects;
}

interface Kept {
  state: LifecycleState;
  mtime: number;
}

/**
 * Lifecycles as files: saving keeps a draft on this computer, and only applying changes the bucket. A draft is found
 * again when the window is opened again.
 */
export class LifecycleFiles
  implements vscode.FileSystemProvider, vscode.TextDocumentContentProvider, vscode.Disposable
{
  readonly #folder: string;
  readonly #current: () => Promise<Connection>;
  readonly #kept = new Map<string, Kept>();
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly #bucketChanged = new vscode.EventEmitter<vscode.Uri>();
  readonly #stateChanged = new vscode.EventEmitter<void>();
  readonly onDidChangeFile = this.#changed.event;
  readonly onDidChange = this.#bucketChanged.event;
  /** Fires when anything that lenses say may be other. */
  readonly onDidChangeState = this.#stateChanged.event;
  readonly #own: vscode.Disposable[];

  /** `folder` is where drafts are kept; `current` says the connection in use without calling anything. */
  constructor(folder: string, current: () => Promise<Connection>) {
    this.#folder = folder;
    this.#current = current;
    this.#own = [
      this.#changed,
      this.#bucketChanged,
      this.#stateChanged,
      vscode.workspace.registerTextDocumentContentProvider(bucketScheme, this),
    ];
  }

  /** Makes the document of a bucket from what it has; a draft that was left is kept, with what it was made from. */
  async open(
    place: { readonly connection: Connection; readonly bucket: string; readonly prefix?: string },
    current: BucketLifecycle | undefined,
  ): Promise<vscode.Uri> {
    const uri = uriOf(place);
    const before = this.state(uri);
    const typed = vscode.workspace.textDocuments.some(
      (file) => file.isDirty && file.uri.toString() === uri.toString(),
    );
    if (before !== undefined && typed) {
      // What it was made from stays known: applying must notice that somebody else was faster.
      const { prefix: _, ...rest } = before;
      this.set(uri, { ...rest, ...(place.prefix === undefined ? {} : { prefix: place.prefix }) });
      return uri;
    }
    const draft = before !== undefined && isDraft(before) ? before : await readDraft(this.#folder, place);
    const { connection, bucket, prefix } = place;
    const { effects } = before ?? {};
    this.set(uri, {
      connection,
      bucket,
      readAt: new Date(),
      ...(draft === undefined
        ? { base: current, text: lifecycleText(bucket, current ?? startingLifecycle) }
        : { base: draft.base, text: draft.text }),
      ...(prefix === undefined ? {} : { prefix }),
      ...(effects === undefined ? {} : { effects }),
    });
    return uri;
  }

  /** The state of a document; `undefined` for one that is not a lifecycle, or was not opened in this window. */
  state(uri: vscode.Uri): LifecycleState | undefined {
    return this.#kept.get(uri.toString())?.state;
  }

  /** Puts another state in place; the open editor shows another text as long as nothing is typed in it. */
  set(uri: vscode.Uri, state: LifecycleState): void {
    const key = uri.toString();
    const before = this.#kept.get(key);
    const isOther = before?.state.text !== state.text;
    this.#kept.set(key, { state, mtime: isOther ? (before?.mtime ?? Date.now()) + 1 : (before?.mtime ?? 0) });
    if (before !== undefined && isOther) this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
    this.#bucketChanged.fire(bucketUri(uri));
    this.#stateChanged.fire();
  }

  /** The document and its state, of the active editor where none is named; a Problem where it is no lifecycle. */
  async at(given?: string | vscode.Uri): Promise<{
    readonly uri: vscode.Uri;
    readonly state: LifecycleState;
    readonly file: vscode.TextDocument;
  }> {
    const uri =
      typeof given === 'string'
        ? vscode.Uri.parse(given)
        : (given ?? vscode.window.activeTextEditor?.document.uri);
    const state = uri === undefined ? undefined : this.state(uri);
    if (uri === undefined || state === undefined) {
      throw new Problem(
        'This is no lifecycle of a bucket: run Open Lifecycle from the menu of a bucket in the Zones view.',
        'invalid',
      );
    }
    return { uri, state, file: await vscode.workspace.openTextDocument(uri) };
  }

  /** Forgets the draft of a document that was applied or given up. */
  async settle(uri: vscode.Uri, base: BucketLifecycle | undefined): Promise<void> {
    const state = this.state(uri);
    if (state === undefined) return;
    await dropDraft(this.#folder, state);
    this.set(uri, { ...state, base, text: textOf(state.bucket, base), readAt: new Date() });
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const { state, mtime } = await this.#found(uri);
    const size = new TextEncoder().encode(state.text).length;
    return { type: vscode.FileType.File, ctime: 0, mtime, size };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return new TextEncoder().encode((await this.#found(uri)).state.text);
  }

  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    const kept = await this.#found(uri);
    const text = new TextDecoder().decode(content);
    const state = { ...kept.state, text };
    const { base } = state;
    await saveDraft(this.#folder, state, { text, ...(base === undefined ? {} : { base }) });
    kept.state = state;
    kept.mtime += 1;
    this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
    this.#stateChanged.fire();
  }

  /** What the bucket has, as it was read last. */
  provideTextDocumentContent(uri: vscode.Uri): string {
    const state = this.state(uri.with({ scheme: lifecycleScheme }));
    if (state === undefined) return '';
    return textOf(state.bucket, state.base);
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  dispose(): void {
    for (const thing of this.#own) thing.dispose();
  }

  /** A window that was opened again has its editors: a draft of the connection in use is found without a call. */
  async #found(uri: vscode.Uri): Promise<Kept> {
    const kept = this.#kept.get(uri.toString());
    if (kept !== undefined) return kept;
    const bucket = bucketIn(uri);
    let connection: Connection | undefined;
    try {
      connection = await this.#current();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
    }
    if (bucket !== undefined && connection !== undefined && connectionKey(connection) === uri.query) {
      const draft = await readDraft(this.#folder, { connection, bucket });
      if (draft !== undefined) {
        const state = { connection, bucket, base: draft.base, text: draft.text, readAt: new Date() };
        const found = { state, mtime: Date.now() };
        this.#kept.set(uri.toString(), found);
        return found;
      }
    }
    throw vscode.FileSystemError.FileNotFound(uri);
  }
}

/** What a bucket has as a document; one without rules where it has none. */
export function textOf(bucket: string, lifecycle: BucketLifecycle | undefined): string {
  return lifecycleText(bucket, lifecycle ?? { ...startingLifecycle, rules: [] });
}

/** Whether a document says something else than its bucket has. */
function isDraft({ text, base, bucket }: LifecycleState): boolean {
  return text !== lifecycleText(bucket, base ?? startingLifecycle);
}

/** The address of a bucket's own side of a document. */
export function bucketUri(uri: vscode.Uri): vscode.Uri {
  return uri.with({ scheme: bucketScheme });
}

/** One document a bucket and connection; its tab says the bucket. */
function uriOf({
  connection,
  bucket,
}: {
  readonly connection: Connection;
  readonly bucket: string;
}): vscode.Uri {
  return vscode.Uri.from({
    scheme: lifecycleScheme,
    path: `/${bucket}.lifecycle.json`,
    query: connectionKey(connection),
  });
}

function bucketIn({ path }: vscode.Uri): string | undefined {
  return /^\/(.+)\.lifecycle\.json$/.exec(path)?.[1];
}
