import { formatUsd } from '../../base/format';
import { listCost } from '../../zones/listPrice';
import { amountWords, countWords } from '../figureWords';
import { codeSpan, tableCell } from '../markdown';
import { bucketAdvice } from './bucketAdvice';
import type { AdviceFinding, PlaceFacts } from './finding';
import { objectAdvice } from './objectAdvice';

/** A place with its findings, or why it could not be looked at. */
export type AdvisedPlace =
  | { readonly kind: 'found'; readonly facts: PlaceFacts; readonly findings: readonly AdviceFinding[] }
  | { readonly kind: 'failed'; readonly place: PlaceFacts['place']; readonly problem: string };

/** What could be cheaper in a place, what saves most first. */
export function adviceOf(facts: PlaceFacts): readonly AdviceFinding[] {
  return [...objectAdvice(facts), ...bucketAdvice(facts)].toSorted(
    (a, b) => (b.usdPerMonth ?? 0) - (a.usdPerMonth ?? 0),
  );
}

/** The advice on one place, or on all places of a zone, as a page. */
export function advicePage(
  title: string,
  places: readonly AdvisedPlace[],
  { prices, unread, at }: { readonly prices: string; readonly unread: readonly string[]; readonly at: Date },
): string {
  const found = places.filter((one) => one.kind === 'found');
  const all = found.flatMap(({ findings }) => findings);
  const known = all.reduce((sum, { usdPerMonth = 0 }) => sum + usdPerMonth, 0);
  const requests = found.reduce((sum, { facts }) => sum + facts.survey.cost.requests, 0);
  const objects = {
    objects: found.reduce((sum, { facts }) => sum + facts.survey.objects, 0),
    bytes: found.reduce((sum, { facts }) => sum + facts.survey.bytes, 0),
  };
  const notes = [...new Set([...unread, ...found.flatMap(({ facts }) => facts.bucket.unread)])];
  return `${[
    `# Storage advice for ${title}`,
    `${amountWords(objects)} listed at ${at.toISOString().slice(0, 16).replace('T', ' ')} UTC: ${countWords(requests, 'LIST request')}, ${formatUsd(listCost(requests).usd)}.`,
    all.length === 0
      ? found.length === 0
        ? 'Nothing could be looked at.'
        : 'Nothing to advise: nothing here costs more than it must, as far as a listing tells.'
      : `${countWords(all.length, 'finding')}${known === 0 ? '' : `, up to ${formatUsd(known)} a month`}.`,
    ...places.map((one) => section(one, places.length > 1)),
    '## What this stands on',
    [
      `- ${prices}`,
      '- Savings are at most: what moves or expires by a rule takes its days, and findings may overlap.',
      '- Access is not in a listing, so nothing here says that data is not read.',
      ...notes.map((note) => `- ${note}`),
    ].join('\n'),
  ].join('\n\n')}\n`;
}

function section(one: AdvisedPlace, isOneOfMany: boolean): string {
  const { bucket, prefix } = one.kind === 'found' ? one.facts.place : one.place;
  const head = isOneOfMany ? [`## ${codeSpan(`s3://${bucket}/${prefix}`)}`] : [];
  const level = isOneOfMany ? '###' : '##';
  if (one.kind === 'failed') return [...head, one.problem].join('\n\n');
  if (one.findings.length === 0)
    return [...head, ...(isOneOfMany ? ['Nothing to advise.'] : [])].join('\n\n');
  return [
    ...head,
    table(one.findings),
    ...one.findings.map((finding) => findingText(finding, { level, bucket })),
  ].join('\n\n');
}

function table(findings: readonly AdviceFinding[]): string {
  return [
    '| finding | up to, a month |',
    '|:--|--:|',
    ...findings.map(
      ({ id, usdPerMonth }) =>
        `| ${tableCell(headings[id])} | ${usdPerMonth === undefined ? '' : formatUsd(usdPerMonth)} |`,
    ),
  ].join('\n');
}

function findingText(
  { id, title, details, action, rule }: AdviceFinding,
  { level, bucket }: { readonly level: string; readonly bucket: string },
): string {
  return [
    `${level} ${headings[id]}`,
    title,
    details.map((detail) => `- ${detail}`).join('\n'),
    `**Do:** ${action}`,
    ...(rule === undefined
      ? []
      : [
          `As a rule for *Open Lifecycle* of ${codeSpan(bucket)}:`,
          `\`\`\`json\n${JSON.stringify(rule, undefined, 2)}\n\`\`\``,
        ]),
  ].join('\n\n');
}

const headings: Readonly<Record<AdviceFinding['id'], string>> = {
  'storage-class': 'Storage class by age',
  'minimum-size': 'Small objects in a class that bills more',
  'small-files': 'Small files',
  'plain-text': 'Uncompressed text',
  'archived-data': 'Archived data in a zone of tables',
  'incomplete-uploads': 'Incomplete uploads',
  'missing-abort': 'No rule for incomplete uploads',
  'noncurrent-versions': 'Old versions without an end',
  'query-results': 'Query results without an end',
};
