import type { TextEdit } from '../../../base/text';
import { itemsOf, textOf, valueOf } from '../../../documents/data/access';
import { removeItem } from '../../../documents/data/edits';
import type { DataDocument, DataNode } from '../../../documents/data/node';
import { everyState } from '../../../documents/asl/graph';
import type { ErrorHandler } from '../../../documents/asl/model';
import { defineRule, type DocumentContext } from '../../rule';
import { errorNames } from './handlers';

/** A wildcard among other errors, or before other handlers. */
export const aslStatesAllPosition = defineRule({
  code: 'ASL09',
  id: 'asl-states-all-position',
  dialects: ['asl'],
  severity: 'error',
  title: 'States.ALL stands alone, and last',
  why: 'States.ALL matches every error, so nothing may stand beside it in ErrorEquals and no handler may follow it; Step Functions refuses the definition. Even it catches neither States.DataLimitExceeded nor States.Runtime.',
  sources: [
    'https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html',
    'https://states-language.net/spec.html',
  ],
  bad: `StartAt: LoadCards
States:
  LoadCards:
    Type: Task
    Resource: arn:aws:states:::glue:startJobRun.sync
    Parameters: { JobName: load-cards, Timeout: 60 }
    Retry:
      - ErrorEquals: [States.ALL]
        MaxAttempts: 1
      - ErrorEquals: [Glue.ConcurrentRunsExceededException]
        IntervalSeconds: 60
    End: true
`,
  good: `StartAt: LoadCards
States:
  LoadCards:
    Type: Task
    Resource: arn:aws:states:::glue:startJobRun.sync
    Parameters: { JobName: load-cards, Timeout: 60 }
    Retry:
      - ErrorEquals: [Glue.ConcurrentRunsExceededException]
        IntervalSeconds: 60
      - ErrorEquals: [States.ALL]
        MaxAttempts: 1
    End: true
`,
  check: {
    asl({ data, machines }, { report }) {
      for (const { state } of everyState({ data, machines })) {
        for (const [field, handlers] of [
          ['Retry', state.retriers],
          ['Catch', state.catchers],
        ] as const) {
          const list = itemsOf(valueOf(state.node, field));
          reportList({ data, field, handlers, list, report });
        }
      }
    },
  },
});

interface Handlers {
  readonly data: DataDocument;
  readonly field: string;
  readonly handlers: readonly ErrorHandler[];
  /** The items of the field. */
  readonly list: readonly DataNode[];
  readonly report: DocumentContext['report'];
}

function reportList({ data, field, handlers, list, report }: Handlers): void {
  const general = handlers.filter((handler) => errorNames(handler).includes('States.ALL'));
  for (const { errors } of general) {
    const items = itemsOf(errors);
    if (errors?.kind !== 'array' || items.length < 2) continue;
    const [first, ...rest] = items.filter((item) => textOf(item) === 'States.ALL');
    if (first === undefined) continue;
    const others = items.filter((item) => item !== first);
    report(first, 'States.ALL must stand alone in ErrorEquals: it matches the other errors as well.', {
      fixes: [
        {
          title: others.length === rest.length ? 'Name it once' : 'Keep States.ALL alone',
          edits: alone(data, { array: errors, kept: first }),
        },
      ],
    });
  }
  const [only, ...more] = general;
  const index = only === undefined ? -1 : list.indexOf(only.node);
  if (only?.errors === undefined || index < 0 || index === list.length - 1) return;
  report(
    only.errors,
    `States.ALL must come last in ${field}: the ${list.length - 1 - index === 1 ? 'handler' : 'handlers'} behind it can never be used.`,
    {
      fixes:
        more.length > 0 || itemsOf(only.errors).length > 1
          ? []
          : [{ title: 'Move it to the end', edits: movedLast(data, list, index) }],
    },
  );
}

function alone(
  data: DataDocument,
  { array, kept }: { readonly array: DataNode; readonly kept: DataNode },
): readonly TextEdit[] {
  if (array.kind !== 'array') return [];
  const isFlow = data.text.charAt(array.start) === '[';
  if (isFlow)
    return [{ start: array.start, end: array.end, text: `[${data.text.slice(kept.start, kept.end)}]` }];
  return array.items.filter((item) => item !== kept).flatMap((item) => removeItem(data, array, item));
}

// Each item's text in the place of the one before it; their indentation is the same.
function movedLast(data: DataDocument, list: readonly DataNode[], index: number): readonly TextEdit[] {
  const order = [...list.slice(index + 1), ...list.slice(index, index + 1)];
  const textOfItem = ({ start, end }: DataNode): string => data.text.slice(start, end);
  return list.slice(index).flatMap(({ start, end }, at): readonly TextEdit[] => {
    const item = order[at];
    return item === undefined ? [] : [{ start, end, text: textOfItem(item) }];
  });
}
