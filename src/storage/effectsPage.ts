import { formatBytes, formatCount, formatUsd } from '../base/format';
import { amountWords, caughtAmount, countWords, moneyWords, onceUsd, trapWords } from './figureWords';
import type { RuleListing } from './listForRules';
import { codeSpan, tableCell } from './markdown';
import type { Caught, LifecycleFigures, RuleFigures } from './ruleFigures';
import { actsOnObjects } from './ruleLens';
import { ruleSentence } from './ruleSentence';
import type { StoragePrices } from './storagePrices';
import { tagWords, type TagLook } from './tagSample';
import { unseenWords, type Unseen } from './unseen';

/** What was looked at beside the objects. */
export interface EffectsBasis {
  readonly listing: RuleListing;
  readonly prices: StoragePrices;
  readonly versioned: boolean | undefined;
  /** Uploads and versions that rules act on; absent: not asked for. */
  readonly unseen?: Unseen;
  /** By the rule's name, where it was asked for. */
  readonly tags?: { readonly rule: string; readonly look: TagLook };
  /** What could not be read, a sentence each. */
  readonly unread: readonly string[];
}

/** What a lifecycle catches, as a page. */
export function effectsPage(figures: LifecycleFigures, basis: EffectsBasis): string {
  const { listing, prices, versioned, unread, unseen } = basis;
  const at = `${listing.at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const where = listing.prefixes.map((prefix) => codeSpan(`s3://${listing.bucket}/${prefix}`)).join(', ');
  const lines = [
    `# Lifecycle of ${codeSpan(`s3://${listing.bucket}`)}`,
    listing.prefixes.length === 0
      ? `No rule moves or deletes objects, so none were listed; looked at ${at}.`
      : `${amountWords(listing)} listed below ${where} at ${at}: ${countWords(listing.cost.requests, 'request')}, ${formatUsd(listing.cost.usd)}.`,
    table(figures),
    ...figures.rules.map((one) => section(one, basis)),
    '## What these figures stand on',
    [
      `- ${prices.basis}`,
      '- *Now* is what is due today: S3 carries it out in its next daily run. *In time* is the same objects once all of them have come of age; objects that are written later are in neither.',
      '- How often the objects are read is not in a listing: reading from Standard-IA, One Zone-IA and the Glacier classes costs by the gigabyte and is not counted here.',
      '- When an object moved into its class is not in a listing either: it counts as written there.',
      ...(versioned === true
        ? [
            '- The bucket keeps versions: a deletion puts a delete marker on the object, and the version beneath is billed on.',
          ]
        : []),
      ...(versioned === undefined
        ? ['- Whether the bucket keeps versions is not known: figures are those of a bucket that keeps none.']
        : []),
      ...(figures.otherClasses.objects > 0
        ? [`- ${amountWords(figures.otherClasses)} are in classes that are not known here, and not counted.`]
        : []),
      ...[...unread, ...(unseen?.unread ?? [])].map((one) => `- ${one}`),
    ].join('\n'),
  ];
  return `${lines.join('\n\n')}\n`;
}

function table({ rules, now, inTime }: LifecycleFigures): string {
  const rows = [
    ...rules.map((one) => {
      const { rule, state, meets } = one;
      const name = tableCell(rule.name);
      if (state === 'known' && actsOnObjects(rule)) return [name, ...cells(one.now), ...cells(one.inTime)];
      if (!actsOnObjects(rule)) return [name, '–', ...empty];
      return [name, `${state === 'tagged' ? '≤ ' : ''}${formatCount(meets.objects)} met`, ...empty];
    }),
    ...(rules.length === 1 ? [] : [['**all rules**', ...cells(now), ...cells(inTime)]]),
  ];
  return [
    '| rule | now | bytes | a month | once | in time | bytes | a month | once |',
    '|:--|--:|--:|--:|--:|--:|--:|--:|--:|',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ].join('\n');
}

const empty = ['', '', '', '', '', '', ''];

function cells(caught: Caught): readonly string[] {
  const { objects, bytes } = caughtAmount(caught);
  if (objects === 0) return ['0', '', '', ''];
  const month = `${formatUsd(caught.before)} → ${formatUsd(caught.after)}`;
  return [formatCount(objects), formatBytes(bytes), month, formatUsd(onceUsd(caught))];
}

function section(figures: RuleFigures, { unseen, prices, tags }: EffectsBasis): string {
  const { rule, state, meets, now, inTime } = figures;
  const traps = trapWords(figures);
  const parts = [`## ${tableCell(rule.name)}`, `${capital(tableCell(ruleSentence(rule)))}.`];
  switch (state) {
    case 'off':
      parts.push(`It is disabled, and does nothing; its filter meets ${amountWords(meets)}.`);
      break;
    case 'unread':
      parts.push('Its filter cannot be told, so nothing is said of what it catches.');
      break;
    case 'tagged':
      parts.push(
        `Its filter meets at most ${amountWords(meets)} by prefix and size, and tags are not in a listing; the figures of the other rules leave this one out.`,
        tags?.rule === rule.name ? tagWords(tags.look) : 'How many of them carry its tags is not known.',
      );
      break;
    case 'known':
      if (!actsOnObjects(rule)) {
        parts.push('It acts on nothing that a listing of objects shows.');
        break;
      }
      parts.push(
        [
          `- meets ${amountWords(meets)}`,
          `- now: ${caughtLine(now)}`,
          `- in time: ${caughtLine(inTime)}`,
          ...traps.map((trap) => `- **Mind:** ${trap}`),
        ].join('\n'),
      );
  }
  const more = unseen === undefined ? [] : unseenWords(rule, unseen, prices);
  if (more.length > 0) parts.push(more.map((one) => `- ${one}`).join('\n'));
  return parts.join('\n\n');
}

function caughtLine(caught: Caught): string {
  const { moved, deleted } = caught;
  if (moved.objects + deleted.objects === 0) return 'nothing';
  const deeds = [
    ...(moved.objects === 0 ? [] : [`moves ${amountWords(moved)}`]),
    ...(deleted.objects === 0 ? [] : [`deletes ${amountWords(deleted)}`]),
  ];
  return `${deeds.join(', ')}; ${moneyWords(caught)}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
