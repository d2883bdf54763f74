import type { Column, Table } from '../catalog/catalog';
import type { Finding } from '../lint/finding';
import type { Rule } from '../lint/rule';

/** What is known of a table, and from where: `Glue`, `lake.catalog.json`, `tables/sales.sql`. */
export type TableFacts =
  | { readonly kind: 'known'; readonly table: Table; readonly source: string }
  /** Two sources disagree: nothing is said of the table until they agree. */
  | { readonly kind: 'conflict'; readonly name: string; readonly sources: readonly string[] }
  | { readonly kind: 'unknown'; readonly name: string };

/** The card of a table as Markdown; every name in it is escaped. `links` are command links for its foot. */
export function tableCard(facts: TableFacts, links: readonly string[] = []): string {
  if (facts.kind === 'unknown') {
    return [
      `**${escaped(facts.name)}**`,
      'Nothing is known of this table: open the catalog once, or keep its CREATE TABLE or `lake.catalog.json` in the workspace.',
    ].join('\n\n');
  }
  if (facts.kind === 'conflict') {
    const places = facts.sources.map((source) => `- ${escaped(source)}`).join('\n');
    return [
      `**${escaped(facts.name)}**`,
      'Described in more than one way, so no rule uses its facts until these agree:',
      places,
    ].join('\n\n');
  }
  const { table, source } = facts;
  return [
    `**${escaped(fullName(table))}** ${escaped(kindOf(table))}`,
    ...(table.description === undefined ? [] : [escaped(table.description)]),
    facts.table.partitionKeys.length === 0
      ? keysOfNative(table)
      : `partitioned by ${columns(table.partitionKeys)}`,
    columns(table.columns, 12),
    figures(table),
    ...(table.location === undefined ? [] : [`\`${table.location.replaceAll('`', '')}\``]),
    `*from ${escaped(source)}*${links.length === 0 ? '' : ` · ${links.join(' · ')}`}`,
  ]
    .filter((line) => line !== '')
    .join('\n\n');
}

/** Why a rule exists, what it would accept instead, and its page. */
export function ruleCard(finding: Finding, rule: Rule, pageLink: string): string {
  return [
    `**${rule.code}** ${escaped(rule.title)}`,
    escaped(rule.why),
    ...(rule.unconfirmed === undefined ? [] : [`*Not confirmed: ${escaped(rule.unconfirmed)}*`]),
    [pageLink, ...(finding.fixes.length === 0 ? [] : ['a quick fix is offered'])].join(' · '),
  ].join('\n\n');
}

/** Markdown in which none of the text's characters means anything. */
export function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]()<>#+!|~&-]/g, String.raw`\$&`).replace(/\s*\n\s*/g, ' ');
}

function fullName(table: Table): string {
  return table.database === '' ? table.name : `${table.database}.${table.name}`;
}

function kindOf(table: Table): string {
  const format =
    table.format === undefined || table.format === 'other' ? undefined : table.format.toUpperCase();
  const kind = table.kind === undefined || table.kind === 'hive' ? undefined : table.kind;
  return [kind, format].filter(Boolean).join(' · ');
}

function columns(list: readonly Column[], most = Number.POSITIVE_INFINITY): string {
  const shown = list.slice(0, most).map(({ name, type }) => `${escaped(name)} *${escaped(type)}*`);
  return shown.join(', ') + (list.length > most ? ` and ${list.length - most} more` : '');
}

function keysOfNative({ distribution, sortKeys, kind }: Table): string {
  const parts = [
    ...(distribution === undefined
      ? []
      : [
          `distribution ${distribution.style}${distribution.key === undefined ? '' : ` (${escaped(distribution.key)})`}`,
        ]),
    ...(sortKeys === undefined
      ? []
      : [sortKeys.length === 0 ? 'no sort key' : `sorted by ${sortKeys.map(escaped).join(', ')}`]),
  ];
  if (parts.length > 0) return parts.join(' · ');
  return kind === 'view' || kind === 'native' ? '' : 'not partitioned';
}

// What no source told is left out: an unknown size is not zero.
function figures({ partitionCount, newestPartition, partitionKeys, rows, updatedAt }: Table): string {
  const newest = newestPartition
    ?.map((value, index) => `${partitionKeys[index]?.name ?? ''}=${value}`)
    .join('/');
  return [
    ...(partitionCount === undefined ? [] : [`${partitionCount.toLocaleString('en')} partitions`]),
    ...(newest === undefined ? [] : [`newest ${escaped(newest)}`]),
    ...(rows === undefined ? [] : [`${rows.toLocaleString('en')} rows`]),
    ...(updatedAt === undefined ? [] : [`changed ${updatedAt.toISOString().slice(0, 10)}`]),
  ].join(' · ');
}
