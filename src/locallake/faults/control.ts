import type { Fields } from '../service';
import { number, objects, text } from '../wire/input';
import type { CallLog } from './callLog';
import { type Faults, rulesFrom } from './faults';
import { levelsFrom } from './madeLayout';
import type { SlowQueries } from './slowQueries';
import type { SyntheticKeys } from './synthetic';
import type { SyntheticPartitions } from './syntheticPartitions';

/** What the control paths act on. */
export interface Control {
  readonly faults: Faults;
  readonly calls: CallLog;
  readonly keys: SyntheticKeys;
  readonly partitions: SyntheticPartitions;
  readonly slow: SlowQueries;
  /** What was published to topics, oldest first. */
  messages(): readonly unknown[];
  /** Ends the waiting for archived objects. */
  finishRestores(): void;
}

/** The most keys of a folder, or partitions of a table, that can be made up. */
const most = 10_000_000;

/**
 * Answers `/_lake/…`, with which tests steer the lake: `faults` (PUT {"rules":[…]}, DELETE), `calls` (GET, DELETE), `messages` (GET) and
 * `synthetic` (PUT {"keys":[{bucket,prefix,count,bytes,levels}],"partitions":[{database,table,count,levels}]}, DELETE), a level
 * being {name,from,count} with a number or a day, `restores` (PUT: every restore that is under way is done) and
 * `queries` (PUT {"slow":[{containing,milliseconds}]}: statements with such a text in them take so much longer).
 */
export function answerControl(
  control: Control,
  { method, path, body }: { readonly method: string; readonly path: string; readonly body: Fields },
): { readonly status: number; readonly body: unknown } {
  switch (`${method} ${path}`) {
    case 'PUT /_lake/faults': {
      const rules = rulesFrom(body);
      if (typeof rules === 'string') return { status: 400, body: { message: rules } };
      control.faults.set(rules);
      return { status: 200, body: {} };
    }
    case 'DELETE /_lake/faults':
      control.faults.set([]);
      return { status: 200, body: {} };
    case 'GET /_lake/calls':
      return { status: 200, body: { calls: control.calls.all() } };
    case 'DELETE /_lake/calls':
      control.calls.clear();
      return { status: 200, body: {} };
    case 'GET /_lake/messages':
      return { status: 200, body: { messages: control.messages() } };
    case 'PUT /_lake/synthetic': {
      const counted = (each: Fields): number => Math.min(number(each, 'count') ?? 0, most);
      control.keys.set(
        objects(body, 'keys').map((each) => ({
          bucket: text(each, 'bucket') ?? '',
          prefix: text(each, 'prefix') ?? '',
          count: counted(each),
          bytes: number(each, 'bytes') ?? 1_048_576,
          levels: levelsFrom(each),
        })),
      );
      control.partitions.set(
        objects(body, 'partitions').map((each) => ({
          database: text(each, 'database') ?? '',
          table: text(each, 'table') ?? '',
          count: counted(each),
          levels: levelsFrom(each),
        })),
      );
      return { status: 200, body: {} };
    }
    case 'PUT /_lake/queries':
      control.slow.set(
        objects(body, 'slow').flatMap((each) => {
          const containing = text(each, 'containing');
          return containing ? [{ containing, milliseconds: number(each, 'milliseconds') ?? 0 }] : [];
        }),
      );
      return { status: 200, body: {} };
    case 'PUT /_lake/restores':
      control.finishRestores();
      return { status: 200, body: {} };
    case 'DELETE /_lake/synthetic':
      control.keys.set([]);
      control.partitions.set([]);
      return { status: 200, body: {} };
    default:
      return { status: 404, body: { message: `${method} ${path} is not a control path of the local lake.` } };
  }
}
