import * as vscode from 'vscode';
import { formatBytes } from '../../base/format';
import { Problem } from '../../base/problem';
import type { Connection } from '../../connection/connection';
import type { AwsPorts } from '../../ports/awsPorts';
import { BaseVersions } from '../../transfer/baseVersions';
import { isTwinFolder, keyOfPath, shownPlace } from '../../transfer/fileAddress';
import { found, listFolder, readWhole, removeFile, renameObject, statFile } from '../../transfer/objectFile';
import type { ObjectPlace } from '../../transfer/objectWriter';
import { saveAsking } from '../../transfer/saveAsking';
import type { SaveBase } from '../../transfer/saveObject';
import { formatS3Uri } from '../../zones/s3Uri';
import type { StoredObject } from '../../zones/objectStore';
import { withCancel } from '../withCancel';
import type { FileConnections } from './fileConnections';
import { fileError } from './fileErrors';
import { saveDialogs } from './saving';
import type { TheirVersions } from './theirVersions';

/** What the files of S3 are made with. */
export interface S3FilesParts {
  readonly ports: () => Promise<AwsPorts>;
  readonly connections: FileConnections;
  readonly theirs: TheirVersions;
  /** Shows what an object holds without reading all of it. */
  readonly preview: (connection: Connection, place: ObjectPlace) => Promise<unknown>;
}

/** Above this many bytes no editor can hold a file. */
const mostBytes = 2 ** 31 - 1;

/** Objects of S3 as files of VS Code, so that every extension can open and save them. */
export class S3Files implements vscode.FileSystemProvider, vscode.Disposable {
  readonly #parts: S3FilesParts;
  readonly #versions = new BaseVersions();
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;
  readonly #own: readonly vscode.Disposable[];
  /** Large versions that the user wants to be read, and documents that may be saved over a production connection. */
  readonly #agreed = new Set<string>();

  constructor(parts: S3FilesParts) {
    this.#parts = parts;
    const shows = (file: vscode.TextDocument): void => {
      if (file.uri.scheme === 's3') this.#versions.shows(file.uri.toString(), file.getText());
    };
    this.#own = [
      this.#changed,
      vscode.workspace.onDidOpenTextDocument(shows),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (!document.isDirty) shows(document);
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        if (uri.scheme === 's3') this.#versions.closed(uri.toString());
      }),
    ];
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined); // S3 tells nobody of changes
  }

  stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    return this.#guarded(uri, async ({ connection, place, ports, signal }) => {
      const readOnly = connection.readOnly ? { permissions: vscode.FilePermission.Readonly } : {};
      const isFolder = isTwinFolder(uri.path);
      const at = isFolder
        ? { kind: 'folder' as const }
        : await statFile(ports.store, { connection, place }, signal);
      if (at.kind === 'folder')
        return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0, ...readOnly };
      const mtime = at.object.modifiedAt?.getTime() ?? 0;
      return { type: vscode.FileType.File, ctime: mtime, mtime, size: at.object.bytes, ...readOnly };
    });
  }

  readDirectory(uri: vscode.Uri): Promise<[string, vscode.FileType][]> {
    return this.#guarded(uri, async ({ connection, place, ports, signal }) => {
      const prefix = place.key === '' ? '' : `${place.key}/`;
      const entries = await listFolder(ports.store, { connection, bucket: place.bucket, prefix }, signal);
      const { Directory, File } = vscode.FileType;
      return entries.map(({ name, kind }) => [name, kind === 'folder' ? Directory : File]);
    });
  }

  readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return this.#guarded(uri, async ({ connection, place, ports, signal }) => {
      const object = await ports.store.head(connection, place, signal);
      const ask = await this.#askAbove(uri, { connection, place, object });
      const read = async (report: (bytes: number) => void, stop: AbortSignal) =>
        await readWhole(ports.store, { connection, place, object, onProgress: report }, stop);
      const got = ask
        ? await withCancel(`Reading ${formatS3Uri(place)}`, (report, stop) =>
            read((bytes) => report(`${formatBytes(bytes)} of ${formatBytes(object.bytes)}`), stop),
          )
        : await read(() => undefined, signal);
      const { etag } = got.object;
      if (etag !== undefined) this.#versions.read(uri.toString(), { etag, bytes: got.bytes });
      return got.bytes;
    });
  }

  writeFile(
    uri: vscode.Uri,
    content: Uint8Array,
    options: { readonly create: boolean; readonly overwrite: boolean },
  ): Promise<void> {
    return this.#guarded(uri, async ({ connection, place, ports, signal }) => {
      await this.#assertWritable(uri, { connection, verb: 'Save' });
      if (place.key === '') throw new Problem(`${shownPlace(uri)} is a bucket and no file.`, 'invalid');
      const etag = this.#versions.base(uri.toString());
      const isNew =
        etag === undefined && (await found(ports.store, { connection, place }, signal)) === undefined;
      if (isNew && !options.create) throw vscode.FileSystemError.FileNotFound(uri);
      if (etag === undefined && !isNew && !options.overwrite) throw vscode.FileSystemError.FileExists(uri);
      const base: SaveBase =
        etag !== undefined ? { kind: 'version', etag } : isNew ? { kind: 'new' } : { kind: 'unread' };
      const dialogs = saveDialogs({
        uri,
        theirs: this.#parts.theirs,
        addressOf: (other) => this.#parts.connections.address(connection, other),
      });
      const save = { connection, place, body: content, base };
      const saved = await saveAsking({ ports, dialogs }, save, signal);
      this.#versions.goesOnFrom(uri.toString(), { etag: saved, bytes: content });
      const { Created, Changed } = vscode.FileChangeType;
      this.#changed.fire([{ type: isNew ? Created : Changed, uri }]);
    });
  }

  createDirectory(uri: vscode.Uri): Promise<void> {
    return this.#guarded(uri, async ({ connection, place, ports, signal }) => {
      await this.#assertWritable(uri, { connection, verb: 'Create' });
      // As the console does it: an empty object named as the prefix.
      const marker = { bucket: place.bucket, key: `${place.key}/` };
      const request = { ...marker, body: new Uint8Array(), condition: { kind: 'new' } as const, headers: {} };
      try {
        await ports.writer.put(connection, request, signal);
      } catch (error) {
        if (error instanceof Problem && error.kind === 'changed')
          throw vscode.FileSystemError.FileExists(uri);
        throw error;
      }
      this.#changed.fire([{ type: vscode.FileChangeType.Created, uri }]);
    });
  }

  delete(uri: vscode.Uri): Promise<void> {
    return this.#guarded(uri, async ({ connection, place, ports, signal }) => {
      await this.#assertWritable(uri, { connection, verb: 'Delete' });
      const at = await statFile(ports.store, { connection, place }, signal);
      if (at.kind === 'folder' || isTwinFolder(uri.path)) {
        await removeEmpty(ports, { connection, place }, signal);
      } else {
        const { etag } = at.object;
        await removeFile(
          ports.writer,
          { connection, place, ...(etag === undefined ? {} : { etag }) },
          signal,
        );
      }
      this.#versions.forget(uri.toString());
      this.#changed.fire([{ type: vscode.FileChangeType.Deleted, uri }]);
    });
  }

  rename(from: vscode.Uri, to: vscode.Uri, options: { readonly overwrite: boolean }): Promise<void> {
    return this.#guarded(from, async ({ connection, place, ports, signal }) => {
      await this.#assertWritable(from, { connection, verb: 'Rename' });
      if (from.query !== to.query)
        throw new Problem(
          'Two connections share no rename: copy it by downloading and uploading it.',
          'invalid',
        );
      const at = await statFile(ports.store, { connection, place }, signal);
      if (at.kind === 'folder' || isTwinFolder(from.path)) {
        throw new Problem(
          `${shownPlace(from)} is a prefix, and each of its objects would be copied: use Lake: Move To… in the Zones view, which shows the list first.`,
          'invalid',
        );
      }
      const target = { bucket: to.authority, key: keyOfPath(to.path) };
      const overwrite = options.overwrite ? 'replace' : 'keep';
      try {
        await renameObject(ports, { connection, from: place, to: target, overwrite }, signal);
      } catch (error) {
        if (!options.overwrite && error instanceof Problem && error.kind === 'changed')
          throw vscode.FileSystemError.FileExists(to);
        throw error;
      }
      this.#versions.forget(from.toString());
      const { Created, Deleted } = vscode.FileChangeType;
      this.#changed.fire([
        { type: Deleted, uri: from },
        { type: Created, uri: to },
      ]);
    });
  }

  dispose(): void {
    for (const thing of this.#own) thing.dispose();
  }

  async #guarded<T>(
    uri: vscode.Uri,
    run: (at: {
      readonly connection: Connection;
      readonly place: ObjectPlace;
      readonly ports: AwsPorts;
      readonly signal: AbortSignal;
    }) => Promise<T>,
  ): Promise<T> {
    try {
      if (uri.authority === '')
        throw new Problem(`${uri.toString()} names no bucket: write s3://bucket/key.`, 'invalid');
      const connection = await this.#parts.connections.of(uri);
      const place = { bucket: uri.authority, key: keyOfPath(uri.path) };
      const { signal } = new AbortController();
      return await run({ connection, place, ports: await this.#parts.ports(), signal });
    } catch (error) {
      throw fileError(error);
    }
  }

  /** Asks before much is read; true when it asked. A Problem when it is not to be read. */
  async #askAbove(
    uri: vscode.Uri,
    {
      connection,
      place,
      object,
    }: { readonly connection: Connection; readonly place: ObjectPlace; readonly object: StoredObject },
  ): Promise<boolean> {
    const name = formatS3Uri(place);
    const size = formatBytes(object.bytes);
    if (object.bytes > mostBytes) {
      throw new Problem(
        `${name} is ${size}, more than an editor can hold: use Lake: Preview, which reads a few megabytes, or Lake: Download….`,
        'invalid',
      );
    }
    const most = vscode.workspace.getConfiguration('lakeWorkbench.files').get<number>('askAboveBytes') ?? 0;
    if (object.bytes <= most) return false;
    const agreed = `${uri.toString()} ${object.etag ?? ''}`;
    if (this.#agreed.has(agreed)) return true;
    const refused = new Problem(
      `${name} was not read, since it is ${size}: Lake: Preview reads only a few megabytes of it.`,
      'invalid',
    );
    const read = `Read All ${size}`;
    const picked = await vscode.window
      .showWarningMessage(
        `Read all of ${name}?`,
        {
          modal: true,
          detail: `It is ${size}, and all of it would be fetched. Preview reads a few megabytes: schema, first rows and figures of Parquet, CSV, JSON and more.`,
        },
        read,
        'Preview Instead',
      )
      .then(undefined, () => undefined); // a window that shows no dialogs reads nothing unasked
    if (picked === 'Preview Instead') await this.#parts.preview(connection, place);
    if (picked !== read) throw refused;
    this.#agreed.add(agreed);
    return true;
  }

  async #assertWritable(
    uri: vscode.Uri,
    { connection, verb }: { readonly connection: Connection; readonly verb: string },
  ): Promise<void> {
    const name = shownPlace(uri);
    if (connection.readOnly) {
      throw new Problem(
        `${connection.name} is read only by lakeWorkbench.connection.readOnly: ${name} was not changed.`,
        'denied',
      );
    }
    const agreed = `write ${uri.toString()}`;
    if (!connection.production || (verb === 'Save' && this.#agreed.has(agreed))) return;
    const picked = await vscode.window.showWarningMessage(
      `${verb} ${name}?`,
      { modal: true, detail: `${connection.name} is production.` },
      verb,
    );
    if (picked !== verb) throw new Problem(`${name} was not changed: it is on production.`, 'invalid');
    this.#agreed.add(agreed);
  }
}

/** Removes the empty object that stands for a folder; a Problem when there is anything else below it. */
async function removeEmpty(
  ports: AwsPorts,
  { connection, place }: { readonly connection: Connection; readonly place: ObjectPlace },
  signal: AbortSignal,
): Promise<void> {
  const { bucket, key } = place;
  const prefix = key === '' ? '' : `${key}/`;
  const { objects } = await ports.store.list(connection, { bucket, prefix, limit: 2 }, signal);
  const [marker] = objects;
  if (prefix === '' || objects.length !== 1 || marker?.key !== prefix) {
    throw new Problem(
      `${formatS3Uri({ bucket, key: prefix })} holds objects: use Lake: Delete… in the Zones view, which lists them first.`,
      'invalid',
    );
  }
  const { etag } = marker;
  const request = { connection, place: { bucket, key: prefix }, ...(etag === undefined ? {} : { etag }) };
  await removeFile(ports.writer, request, signal);
}
