import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

/** Everything the lake remembers apart from object contents: values by kind and id, in one file. */
export interface Journal {
  /** The values of one kind by id, in the order they were first put. Do not change the map. */
  all(kind: string): ReadonlyMap<string, unknown>;
  put(kind: string, id: string, value: unknown): void;
  remove(kind: string, id: string): void;
  close(): void;
}

type Entry = readonly [kind: string, id: string, value?: unknown];

/**
 * Opens the journal of a folder, making it when there is none. Each change is one line appended to the file before
 * the call returns, so a killed process loses nothing that it answered; a torn last line is dropped. Opening writes
 * the file anew when more than half of it is out of date.
 */
export function openJournal(folder: string): Journal {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'state.jsonl');
  const kinds = new Map<string, Map<string, unknown>>();
  const kind = (name: string): Map<string, unknown> => {
    const found = kinds.get(name) ?? new Map<string, unknown>();
    kinds.set(name, found);
    return found;
  };
  const apply = ([name, id, value]: Entry): void => {
    if (value === undefined) kind(name).delete(id);
    else kind(name).set(id, value);
  };

  let lines = 0;
  let torn = false;
  for (const line of existsSync(path) ? readFileSync(path, 'utf8').split('\n') : []) {
    if (line === '') continue;
    try {
      apply(JSON.parse(line) as Entry);
      lines++;
    } catch {
      torn = true; // the process was killed while it wrote this line
    }
  }
  const live = [...kinds.values()].reduce((sum, values) => sum + values.size, 0);
  if (torn || lines > 2 * live + 1000) {
    const entries = [...kinds].flatMap(([name, values]) =>
      [...values].map(([id, value]) => [name, id, value]),
    );
    writeFileSync(`${path}.new`, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
    renameSync(`${path}.new`, path);
  }
  const file = openSync(path, 'a');
  const append = (entry: Entry): void => {
    apply(entry);
    writeSync(file, `${JSON.stringify(entry)}\n`);
  };

  return {
    all: (name) => kind(name),
    put: (name, id, value) => append([name, id, value]),
    remove: (name, id) => {
      if (kind(name).has(id)) append([name, id]);
    },
    close: () => closeSync(file),
  };
}
