import { formatCount } from '../base/format';
import type { PartitionsView } from '../grid/partitionMessages';
import { plural } from './catalogFindings';
import type { Finding } from './finding';
import { indexAdvice } from './indexAdvice';
import type { KnownOfRows } from './knownOfRows';
import { measureQuestion } from './measure';
import type { SortBy } from './rowOrder';
import type { BrowserState } from './session';
import { suggestFilters } from './suggestFilters';

const sorts: readonly { readonly id: SortBy; readonly label: string; readonly measured?: true }[] = [
  { id: 'told', label: 'as Glue lists them' },
  { id: 'keys', label: 'by keys, oldest first' },
  { id: 'newestFirst', label: 'by keys, newest first' },
  { id: 'created', label: 'last created first' },
  { id: 'bytes', label: 'most bytes first', measured: true },
  { id: 'files', label: 'most files first', measured: true },
  { id: 'newestObject', label: 'newest object first', measured: true },
  { id: 'state', label: 'without data first', measured: true },
];

/** The order that a name from outside stands for. */
export function sortOf(name: string): SortBy | undefined {
  return sorts.find(({ id }) => id === name)?.id;
}

/** What the page says of a state. */
export function browserView(state: BrowserState, known: KnownOfRows): PartitionsView {
  const { table, loader, filter, measurement, indexes } = state;
  const { checked } = filter;
  const advice =
    checked.kind === 'valid' && indexes !== undefined && checked.terms.length > 0
      ? indexAdvice(checked.terms, { keys: table.partitionKeys, indexes })
      : undefined;
  const example = newestLoaded(state);
  return {
    kind: 'view',
    title: `${table.database}.${table.name}`,
    facts: factsOf(state, known.total),
    filter: {
      text: filter.text,
      suggestions: suggestFilters(table.partitionKeys, example),
      ...(checked.kind === 'invalid' ? { error: checked.message } : {}),
      ...(advice === undefined ? {} : { note: advice.sentence }),
      ...(advice?.keys === undefined ? {} : { action: { kind: 'createIndex', label: 'Create index' } }),
    },
    ...(state.busy === undefined ? {} : { busy: state.busy }),
    canLoadAll: !loader.complete,
    ...(state.plan === undefined ? {} : { question: measureQuestion(state.plan) }),
    measured: measurement !== undefined,
    sort: state.sort,
    sorts: sorts.filter(({ measured }) => measured !== true || measurement !== undefined),
    findings: [...problemsOf(state), ...known.findings],
    bars: known.bars,
  };
}

function factsOf({ loader, filter, connection }: BrowserState, total: string | undefined): readonly string[] {
  const count = formatCount(loader.rows.count);
  const filtered = filter.checked.kind === 'valid' ? ' that the filter lets through' : '';
  return [
    loader.complete
      ? `${plural(loader.rows.count, 'partition')}${filtered}`
      : `${count} partitions${filtered} loaded, more in the catalog`,
    ...(total === undefined ? [] : [total]),
    plural(loader.requests, 'GetPartitions request'),
    connection.name,
  ];
}

function problemsOf({ problem, indexProblem }: BrowserState): readonly Finding[] {
  return [
    ...(problem === undefined ? [] : [{ severity: 'problem' as const, sentence: problem }]),
    ...(indexProblem === undefined ? [] : [{ severity: 'note' as const, sentence: indexProblem }]),
  ];
}

/** The values of the greatest of the first rows: an example for a filter, not a fact. */
function newestLoaded({ loader: { rows } }: BrowserState): readonly string[] {
  let best: readonly string[] = [];
  for (let row = 0; row < Math.min(rows.count, 1000); row += 1) {
    const values = rows.values(row);
    const order = values.findIndex((value, at) => value !== best[at]);
    if (order >= 0 && (values[order] ?? '') > (best[order] ?? '')) best = values;
  }
  return best;
}
