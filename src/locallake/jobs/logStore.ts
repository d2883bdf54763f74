import { AwsError } from '../service';
import type { Journal } from '../store/journal';

/** One line of a log; times in milliseconds since 1970. */
export interface LogEvent {
  readonly id: string;
  readonly at: number;
  readonly ingested: number;
  readonly text: string;
}

/** The lines of one stream, oldest first. */
export interface LogStream {
  readonly name: string;
  readonly created: number;
  readonly events: readonly LogEvent[];
}

/** The streams of one group by name. */
export interface LogGroup {
  readonly name: string;
  readonly created: number;
  readonly streams: ReadonlyMap<string, LogStream>;
}

interface Stream extends LogStream {
  readonly events: LogEvent[];
}

interface Group extends LogGroup {
  readonly streams: Map<string, Stream>;
}

/** The logs of the lake, kept in the journal line by line. */
export class LogStore {
  readonly #journal: Journal;
  readonly #groups = new Map<string, Group>();
  #last = 0;

  constructor(journal: Journal) {
    this.#journal = journal;
    for (const [name, created] of journal.all('logGroup')) this.#group(name, created as number);
    for (const [id, created] of journal.all('logStream')) {
      const [group = '', stream = ''] = id.split('\n');
      this.#stream(this.#group(group, created as number), stream, created as number);
    }
    for (const [id, value] of journal.all('logEvent')) {
      const [group = '', stream = '', at = '0'] = id.split('\n');
      const event = value as LogEvent;
      this.#stream(this.#group(group, event.at), stream, event.at).events.push(event);
      this.#last = Math.max(this.#last, Number(at));
    }
  }

  /** By name. */
  groups(): readonly LogGroup[] {
    return [...this.#groups.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** The group; ResourceNotFoundException when there is none. */
  group(name: string): LogGroup {
    const found = this.#groups.get(name);
    if (found === undefined)
      throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
    return found;
  }

  /** The stream; ResourceNotFoundException when there is none. */
  stream(group: string, name: string): LogStream {
    const found = this.group(group).streams.get(name);
    if (found === undefined)
      throw new AwsError('ResourceNotFoundException', 'The specified log stream does not exist.');
    return found;
  }

  createGroup(name: string): void {
    if (this.#groups.has(name))
      throw new AwsError('ResourceAlreadyExistsException', 'The specified log group already exists');
    this.#made(name);
  }

  createStream(group: string, name: string): void {
    if (this.group(group).streams.has(name)) {
      throw new AwsError('ResourceAlreadyExistsException', 'The specified log stream already exists');
    }
    this.#madeStream(group, name);
  }

  /** Adds lines, making the group and the stream when they are missing, as AWS services do with theirs. */
  append(
    place: { readonly group: string; readonly stream: string },
    lines: readonly Pick<LogEvent, 'at' | 'text'>[],
  ): void {
    const { events } = this.#madeStream(place.group, place.stream);
    for (const { at, text } of lines) {
      const sequence = ++this.#last;
      const event = { id: String(sequence).padStart(56, '3'), at, ingested: Date.now(), text };
      events.push(event);
      this.#journal.put('logEvent', `${place.group}\n${place.stream}\n${sequence}`, event);
    }
  }

  #made(name: string): Group {
    const found = this.#groups.get(name);
    if (found !== undefined) return found;
    const now = Date.now();
    this.#journal.put('logGroup', name, now);
    return this.#group(name, now);
  }

  #madeStream(group: string, name: string): Stream {
    const owner = this.#made(group);
    const found = owner.streams.get(name);
    if (found !== undefined) return found;
    const now = Date.now();
    this.#journal.put('logStream', `${group}\n${name}`, now);
    return this.#stream(owner, name, now);
  }

  #group(name: string, created: number): Group {
    const group: Group = this.#groups.get(name) ?? { name, created, streams: new Map<string, Stream>() };
    this.#groups.set(name, group);
    return group;
  }

  #stream({ streams }: Group, name: string, created: number): Stream {
    const stream: Stream = streams.get(name) ?? { name, created, events: [] };
    streams.set(name, stream);
    return stream;
  }
}
