import { formatCount } from '../base/format';
import type { Table } from '../catalog/catalog';
import { checkProjection, type ProjectionFault } from './projectionCheck';
import { projectedCount, projectedValues, whyUnprojected } from './projectionFit';

/** The partitions there really are, wherever they were read. */
export interface RealPartitions {
  readonly count: number;
  each(): Iterable<{ readonly values: readonly string[]; readonly location: string | undefined }>;
  has(values: readonly string[]): boolean;
  /** `the catalog`, `the folders of s3://lake/sales/`. */
  readonly from: string;
}

/** A projection held against its own rules and against the partitions there are. */
export interface ProjectionVerdict {
  readonly faults: readonly ProjectionFault[];
  /** Real partitions that queries would not read. */
  readonly missed: number;
  /** The first of them and why. */
  readonly examples: readonly string[];
  /** Partitions that Athena makes up; undefined where that cannot be counted. */
  readonly projected: number | undefined;
  /** Some of those for which there is nothing, oldest first. */
  readonly invented: readonly string[];
}

/** Partitions that would be missed, and made-up ones, that are named. */
const mostExamples = 10;
const mostInvented = 5;
/** So many made-up partitions are looked for at the most to find examples. */
const mostLooked = 20_000;

/** Holds the projection of a table's properties against the partitions there are; `now` is what NOW stands for. */
export function judgeProjection(table: Table, real: RealPartitions, now: Date): ProjectionVerdict {
  const faults = checkProjection(table);
  const why = whyUnprojected(table, now);
  const examples: string[] = [];
  let missed = 0;
  for (const { values, location } of real.each()) {
    const message = why(values, location);
    if (message === undefined) continue;
    missed += 1;
    if (examples.length < mostExamples) examples.push(`${nameOf(table, values)}: ${message}`);
  }
  const invented: string[] = [];
  let looked = 0;
  if (faults.length === 0) {
    for (const values of projectedValues(table, now)) {
      looked += 1;
      if (looked > mostLooked || invented.length >= mostInvented) break;
      if (!real.has(values)) invented.push(nameOf(table, values));
    }
  }
  return { faults, missed, examples, projected: projectedCount(table, now), invented };
}

/**
 * A proposed projection as an SQL document: what it would do to queries as comments, then the statement that switches
 * it on and, as a comment, the one that switches it off. Nothing in it runs by itself.
 */
export function projectionDraft(
  table: Table,
  properties: Readonly<Record<string, string>>,
  request: { readonly real: RealPartitions; readonly now: Date },
): string {
  const proposed = { ...table, parameters: { ...table.parameters, ...properties } };
  const verdict = judgeProjection(proposed, request.real, request.now);
  const name = `\`${table.database}\`.\`${table.name}\``;
  const lines = Object.entries(properties).map(([key, value]) => `  ${quoted(key)} = ${quoted(value)}`);
  const years = Object.entries(properties).find(
    ([key, value]) => /^projection\.(year|yyyy|yr)\.range$/i.test(key) && /^\d{4},\d{4}$/.test(value),
  );
  return [
    '-- dialect: athena',
    ...comment(
      `Partition projection for ${table.database}.${table.name}, proposed from ${plural(request.real.count, 'partition')} of ${request.real.from}.`,
    ),
    ...comment('Nothing has been changed: Run Statement switches it on, and the last line takes it back.'),
    '--',
    ...verdictLines(verdict, request.real).flatMap(comment),
    ...(years === undefined
      ? []
      : comment(`Years go to ${years[1].slice(5)}: later ones are not read until the range is changed.`)),
    '',
    `ALTER TABLE ${name} SET TBLPROPERTIES (`,
    lines.join(',\n'),
    ');',
    '',
    `-- ALTER TABLE ${name} SET TBLPROPERTIES ('projection.enabled' = 'false');`,
    '',
  ].join('\n');
}

/** Columns of a line of comment, the dashes included; a word that is longer stands by itself. */
const widest = 100;

/** A sentence as lines of an SQL comment, those behind the first further in. */
function comment(line: string): readonly string[] {
  const [indent = ''] = /^ */.exec(line) ?? [];
  const lines: string[] = [];
  let text = `-- ${indent}`;
  let filled = false;
  for (const word of line.trim().split(/\s+/)) {
    if (filled && text.length + 1 + word.length > widest) {
      lines.push(text);
      text = `--   ${indent}`;
      filled = false;
    }
    text += filled ? ` ${word}` : word;
    filled = true;
  }
  return [...lines, text.trimEnd()];
}

/** What the projection of a table does to its queries, as a Markdown page. */
export function projectionPage(table: Table, verdict: ProjectionVerdict, real: RealPartitions): string {
  const name = `${table.database}.${table.name}`;
  const properties = Object.entries(table.parameters ?? {}).filter(([key]) =>
    /^(projection\.|storage\.location\.template$)/i.test(key),
  );
  return [
    `# Partition projection of ${escaped(name)}`,
    '',
    `Compared with ${plural(real.count, 'partition')} of ${escaped(real.from)}.`,
    '',
    ...verdictLines(verdict, real).map((line) =>
      line.startsWith('  ') ? `- ${escaped(line.trim())}` : `\n${escaped(line)}\n`,
    ),
    ...(verdict.faults.length > 0 || verdict.missed > 0
      ? ['', 'Author Partition Projection proposes properties that fit these partitions.']
      : []),
    '',
    '## Properties',
    '',
    ...properties.map(
      ([key, value]) => `- \`${key.replaceAll('`', '')}\` = \`${value.replaceAll('`', '')}\``,
    ),
    '',
  ].join('\n');
}

function verdictLines(verdict: ProjectionVerdict, real: RealPartitions): readonly string[] {
  const { faults, missed, examples, projected, invented } = verdict;
  const filled = real.count - missed;
  return [
    ...(faults.length === 0
      ? ['Its properties follow Athena’s rules.']
      : [
          `${plural(faults.length, 'property', 'properties')} would make queries fail or find nothing:`,
          ...faults.map(({ property, message }) => `  ${property}: ${message}`),
        ]),
    missed === 0
      ? `Queries read each of the ${plural(real.count, 'partition')}.`
      : `Queries would miss ${plural(missed, 'partition')}:`,
    ...examples.map((example) => `  ${example}`),
    ...(missed > examples.length ? [`  and ${formatCount(missed - examples.length)} more.`] : []),
    ...(projected === undefined
      ? [
          'How many partitions Athena makes up cannot be counted: an injected key takes any value a query names.',
        ]
      : projected > filled
        ? [
            `Athena makes up ${plural(projected, 'partition')}, ${formatCount(projected - filled)} of them without data, each of which costs a LIST request in a query that does not filter it out:`,
            ...invented.map((one) => `  ${one}`),
            ...(projected - filled > invented.length && invented.length > 0
              ? [`  and ${formatCount(projected - filled - invented.length)} more.`]
              : []),
          ]
        : []),
  ];
}

function nameOf({ partitionKeys }: Table, values: readonly string[]): string {
  return partitionKeys.map(({ name }, at) => `${name}=${values[at] ?? ''}`).join('/');
}

function plural(count: number, word: string, words = `${word}s`): string {
  return `${formatCount(count)} ${count === 1 ? word : words}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function escaped(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>#|]/g, String.raw`\$&`);
}
