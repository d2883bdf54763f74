import { itemsOf, propertiesOf, propertyOf, textOf, valueOf } from '../documents/data/access';
import { insertProperty, replaceValue } from '../documents/data/edits';
import { readJson } from '../documents/data/json';
import type { DataNode, DataProperty } from '../documents/data/node';
import { checkOutput } from './checkOutput';
import { checkTargets } from './checkTargets';
import { head, oneOf, type Checking, type ConfigurationFinding } from './configurationFinding';
import { readSchedule } from './schedule';

/** The members of CreateCrawler (AWS Glue API, "CreateCrawler"). */
const members = new Set([
  'Name',
  'Role',
  'DatabaseName',
  'Description',
  'Targets',
  'Schedule',
  'Classifiers',
  'TablePrefix',
  'SchemaChangePolicy',
  'RecrawlPolicy',
  'LineageConfiguration',
  'LakeFormationConfiguration',
  'Configuration',
  'CrawlerSecurityConfiguration',
  'Tags',
]);

/**
 * Looks over a crawler's configuration, the input of CreateCrawler as JSON, in which Configuration may be an object:
 * what Glue refuses, what does harm and what surprises, in the order of the text. Never throws.
 */
export function checkConfiguration(text: string): readonly ConfigurationFinding[] {
  const document = readJson(text);
  const findings: ConfigurationFinding[] = document.problems.map(({ start, end, message }) => ({
    start,
    end: Math.max(end, start + 1),
    severity: 'error',
    message,
    fixes: [],
  }));
  const { root } = document;
  if (root?.kind !== 'object') {
    if (findings.length > 0) return findings;
    const message = 'A crawler is an object with Name, Role, DatabaseName and Targets.';
    return [{ start: 0, end: Math.max(1, text.length), severity: 'error', message, fixes: [] }];
  }
  const checking: Checking = {
    document,
    root,
    report: ({ start, end }, { severity, message, fixes = [] }) =>
      void findings.push({ start, end, severity, message, fixes }),
  };
  for (const { key, keySpan } of propertiesOf(root)) {
    if (!members.has(key))
      checking.report(keySpan, { severity: 'error', message: `A crawler has no ${key}.` });
  }
  checkNames(checking);
  checkTargets(checking);
  checkPolicies(checking);
  checkOutput(checking);
  checkScheduleOf(checking);
  return findings.toSorted((a, b) => a.start - b.start || a.end - b.end);
}

function checkNames({ root, report }: Checking): void {
  const needed: readonly (readonly [key: string, what: string])[] = [
    ['Name', 'Give the crawler a name.'],
    ['Role', 'Name the IAM role that the crawler runs as: it must read the files and write to the catalog.'],
    ['DatabaseName', 'Name the database that the tables are put into.'],
  ];
  for (const [key, message] of needed) {
    const property = propertyOf(root, key);
    const text = textOf(property?.value);
    if (property === undefined)
      report(head(root), { severity: 'error', message: `${key} is missing. ${message}` });
    else if (text === undefined || text.trim() === '') report(property.value, { severity: 'error', message });
    else if (key !== 'Role' && text.length > 255) {
      report(property.value, {
        severity: 'error',
        message: `${key} has at most 255 characters, not ${text.length}.`,
      });
    }
  }
  const prefix = valueOf(root, 'TablePrefix');
  const spelled = textOf(prefix) ?? '';
  if (prefix !== undefined && /[^a-z0-9_]/i.test(spelled)) {
    const message =
      'Names of tables that hold other signs than letters, digits and _ must be quoted in every query.';
    report(prefix, { severity: 'warning', message });
  }
}

function checkPolicies(checking: Checking): void {
  const { root, document, report } = checking;
  const recrawl = valueOf(root, 'RecrawlPolicy', 'RecrawlBehavior');
  const policy = valueOf(root, 'SchemaChangePolicy');
  const update = propertyOf(policy, 'UpdateBehavior');
  const remove = propertyOf(policy, 'DeleteBehavior');
  oneOf(checking, recrawl, ['CRAWL_EVERYTHING', 'CRAWL_NEW_FOLDERS_ONLY', 'CRAWL_EVENT_MODE']);
  oneOf(checking, update?.value, ['LOG', 'UPDATE_IN_DATABASE']);
  oneOf(checking, remove?.value, ['LOG', 'DELETE_FROM_DATABASE', 'DEPRECATE_IN_DATABASE']);
  const behaviour = textOf(recrawl);
  if (recrawl !== undefined && behaviour === 'CRAWL_NEW_FOLDERS_ONLY') {
    onlyLogs(checking, recrawl, [update, remove]);
  } else if (textOf(remove?.value) === 'DELETE_FROM_DATABASE' && remove !== undefined) {
    report(remove.value, {
      severity: 'warning',
      message:
        'Tables and partitions are deleted from the catalog when one crawl finds their folder empty, as it is while a job writes it again.',
      fixes: [{ title: 'Only write it to the log', edits: replaceValue(document, remove.value, 'LOG') }],
    });
  }
  const schedule = valueOf(root, 'Schedule');
  if (
    schedule !== undefined &&
    textOf(schedule) !== '' &&
    (behaviour === undefined || behaviour === 'CRAWL_EVERYTHING')
  ) {
    report(schedule, {
      severity: 'information',
      message:
        'Each scheduled crawl reads the whole path again: CRAWL_NEW_FOLDERS_ONLY reads what was added, and partition projection or a repair needs no crawl.',
    });
  }
}

// AWS Glue Developer Guide, "Incremental crawls": other policies are refused.
function onlyLogs(
  { root, document, report }: Checking,
  recrawl: DataNode,
  given: readonly (DataProperty | undefined)[],
): void {
  const wrong = given.filter((property) => property !== undefined && textOf(property.value) !== 'LOG');
  for (const property of wrong) {
    if (property === undefined) continue;
    report(property.value, {
      severity: 'error',
      message: `A crawler of new folders only takes no other ${property.key} than LOG: Glue refuses it.`,
      fixes: [{ title: 'Use LOG', edits: replaceValue(document, property.value, 'LOG') }],
    });
  }
  const missing = ['UpdateBehavior', 'DeleteBehavior'].filter((_, at) => given[at] === undefined);
  if (missing.length === 0) return;
  const policy = valueOf(root, 'SchemaChangePolicy');
  const edits =
    policy?.kind === 'object'
      ? missing.flatMap((key) => insertProperty(document, policy, { key, value: 'LOG' }))
      : insertProperty(document, root, {
          key: 'SchemaChangePolicy',
          value: { UpdateBehavior: 'LOG', DeleteBehavior: 'LOG' },
        });
  report(recrawl, {
    severity: 'error',
    message: `A crawler of new folders only needs ${missing.join(' and ')} LOG: without them Glue takes its own, and refuses them.`,
    // Two insertions at one place would overlap.
    ...(policy?.kind === 'object' && missing.length > 1 ? {} : { fixes: [{ title: 'Use LOG', edits }] }),
  });
}

function checkScheduleOf({ root, document, report }: Checking): void {
  const node = valueOf(root, 'Schedule');
  const text = textOf(node);
  if (node === undefined || text === '') return;
  if (text === undefined) {
    report(node, { severity: 'error', message: 'A schedule is a text: "cron(0 4 * * ? *)".' });
    return;
  }
  const schedule = readSchedule(text);
  if (schedule.kind === 'valid') return;
  for (const { start, end, message, mended } of schedule.problems) {
    // Behind the quote; a text with escapes is pointed at as a whole.
    const isPlain = node.end - node.start === text.length + 2;
    const span = isPlain && end > start ? { start: node.start + 1 + start, end: node.start + 1 + end } : node;
    const fixes =
      mended === undefined ? [] : [{ title: `Write ${mended}`, edits: replaceValue(document, node, mended) }];
    report(span, { severity: 'error', message, fixes });
  }
}

/** Whether a JSON text is a crawler's configuration and no other document: it has targets of a crawler and a role. */
export function isConfiguration(text: string): boolean {
  if (!text.includes('"S3Targets"')) return false;
  const { root } = readJson(text);
  return itemsOf(valueOf(root, 'Targets', 'S3Targets')).length > 0 && propertyOf(root, 'Role') !== undefined;
}
