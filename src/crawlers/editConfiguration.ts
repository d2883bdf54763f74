import type { CrawlerInput } from './crawlerStore';

/** Members of a crawler that its configuration holds, in the order in which they are written (AWS Glue API, "UpdateCrawler"). */
const members = [
  'Name',
  'Description',
  'Role',
  'DatabaseName',
  'Targets',
  'TablePrefix',
  'Classifiers',
  'Schedule',
  'RecrawlPolicy',
  'SchemaChangePolicy',
  'Configuration',
  'LineageConfiguration',
  'LakeFormationConfiguration',
  'CrawlerSecurityConfiguration',
] as const;

/** What stands for a member that is taken away; others cannot be taken away, only changed. */
const cleared: Readonly<Record<string, unknown>> = {
  Description: '',
  TablePrefix: '',
  Classifiers: [],
  Schedule: '',
  RecrawlPolicy: { RecrawlBehavior: 'CRAWL_EVERYTHING' },
  SchemaChangePolicy: { UpdateBehavior: 'UPDATE_IN_DATABASE', DeleteBehavior: 'DEPRECATE_IN_DATABASE' },
};

/** A crawler as Glue describes it, as the text of a configuration: defaults and empty members are left out. */
export function configurationText(raw: Readonly<Record<string, unknown>>): string {
  const { Schedule, Configuration } = raw;
  const known: Readonly<Record<string, unknown>> = {
    ...raw,
    Schedule: isRecord(Schedule) ? Schedule['ScheduleExpression'] : Schedule,
    Configuration: typeof Configuration === 'string' ? parsedOr(Configuration) : Configuration,
  };
  const kept = members.flatMap((name) => {
    const value = filled(known[name]);
    return value === undefined || isDefault(name, value) ? [] : [[name, value] as const];
  });
  return `${JSON.stringify(Object.fromEntries(kept), undefined, 2)}\n`;
}

function isDefault(name: string, value: unknown): boolean {
  const text = JSON.stringify(value);
  return (
    (name === 'LineageConfiguration' && text.includes('"DISABLE"')) ||
    (name === 'LakeFormationConfiguration' && text === '{"UseLakeFormationCredentials":false}')
  );
}

/** A value without its empty parts; undefined for one that is nothing but empty. */
function filled(value: unknown): unknown {
  if (value === undefined || value === null || value === '') return undefined;
  if (Array.isArray(value)) {
    const items = value.map(filled).filter((item) => item !== undefined);
    return items.length === 0 ? undefined : items;
  }
  if (!isRecord(value)) return value;
  const entries = Object.entries(value)
    .map(([key, inner]) => [key, filled(inner)] as const)
    .filter(([, inner]) => inner !== undefined);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function parsedOr(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/**
 * What UpdateCrawler is sent to make a crawler what a configuration says: Glue leaves a member that is not sent as it
 * is, so those that were taken away are sent empty. Tags are no part of it.
 */
export function updateInput(before: CrawlerInput, after: CrawlerInput): CrawlerInput {
  const gone = Object.keys(cleared).filter((name) => before[name] !== undefined && after[name] === undefined);
  const { Tags: _, ...rest } = after;
  return { ...Object.fromEntries(gone.map((name) => [name, cleared[name]])), ...rest, Name: before.Name };
}

/** What an update changes, a line for each member: `Schedule: none → cron(0 4 * * ? *)`. */
export function changedMembers(before: CrawlerInput, after: CrawlerInput): readonly string[] {
  return members.flatMap((name) => {
    const [was, is] = [shown(before[name]), shown(after[name])];
    return was === is ? [] : [`${name}: ${was} → ${is}`];
  });
}

function shown(value: unknown): string {
  if (value === undefined) return 'none';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
