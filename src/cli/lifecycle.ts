import { join, resolve } from 'node:path';
import { formatCount } from '../base/format';
import { Problem } from '../base/problem';
import { readJson } from '../documents/data/json';
import { readLifecycle } from '../documents/lifecycle/document';
import { advicePage } from '../storage/advice/advicePage';
import { advise } from '../storage/advice/advise';
import type { BucketLifecycle } from '../storage/bucketStorage';
import { effectsPage } from '../storage/effectsPage';
import { applyQuestion, carryOut, planApply } from '../storage/lifecycleApply';
import { isSameLifecycle, lifecycleChanges, type RuleChange } from '../storage/lifecycleChanges';
import { lifecycleText, readLifecycleText } from '../storage/lifecycleText';
import { listForRules, listingQuestion, prefixesOf } from '../storage/listForRules';
import { codeSpan } from '../storage/markdown';
import { lifecycleFigures, type RuleFigures } from '../storage/ruleFigures';
import { storagePrices } from '../storage/storagePrices';
import { readUnseen } from '../storage/unseen';
import { formatS3Uri, parseS3Uri } from '../zones/s3Uri';
import { defaultPatterns } from '../zones/zones';
import { wrongUse } from './arguments';
import { optionFlag, optionText, type Command, type CommandContext, type ExitCode } from './command';
import { openLake, type Lake } from './lake';
import { progressOf } from './progress';
import { stateFolder } from './stateFolder';
import { readTextFile } from './textFile';

/** `lake-workbench lifecycle s3://BUCKET`. */
export const command: Command = {
  name: 'lifecycle',
  summary: 'show, check and apply the lifecycle of a bucket, and what it costs',
  usage: 's3://BUCKET[/PREFIX]',
  help: `
Prints the bucket's lifecycle as the JSON that aws s3api put-bucket-lifecycle-configuration --cli-input-json takes;
nothing where the bucket has none.

--check FILE compares a file with the bucket, rule by rule, and exits 1 when they differ: for lifecycles in Git.
--effects lists the objects below the rules' prefixes (one request for each thousand) and prints what each rule moves
and deletes now and in time, what that saves a month and costs once; with --check or --apply of the file's rules.
--advice lists what lies below the place and prints what could be cheaper: storage class by age, small files,
uncompressed text, incomplete uploads, old versions, query results without an end.

--apply FILE puts the file's rules in place of the bucket's, and prints where the ones before are kept; such a file can
be read again with --apply. A file without rules removes the lifecycle. Removing it, and a rule that deletes the whole
bucket, are refused unless --confirm BUCKET names the bucket.

--format json prints { "version": 1, "bucket", "lifecycle": DOCUMENT or null }; with --check and --apply also "same"
and "changes": [{ "kind", "name", "before", "after" }], with --apply "saved", with --effects "effects": { "objects",
"bytes", "requests", "usd", "prices", "rules": [{ "rule", "state", "meets", "now", "inTime", "tooSmall", "early" }] },
where now and inTime are { "moved", "deleted", "before", "after", "moves", "early" } in USD. With --advice: { "version":
1, "uri", "findings": [{ "id", "title", "details", "action", "rule", "usdPerMonth" }], "unread" }.`,
  options: {
    check: { type: 'string', value: 'FILE', description: 'exit 1 where the bucket has other rules' },
    apply: { type: 'string', value: 'FILE', description: 'put these rules in place of the bucket’s' },
    confirm: { type: 'string', value: 'BUCKET', description: 'with --apply: delete all that it says' },
    effects: { type: 'boolean', description: 'what the rules catch; lists their objects' },
    advice: { type: 'boolean', description: 'what could be cheaper; lists everything' },
    versions: { type: 'string', value: 'FOLDER', description: 'where replaced lifecycles are kept' },
  },
  async run(context) {
    const { options, signal } = context;
    const [given, ...more] = context.arguments;
    const place = given === undefined ? undefined : parseS3Uri(given);
    if (place === undefined || more.length > 0)
      throw wrongUse('lifecycle takes one bucket: write lake-workbench lifecycle s3://BUCKET.');
    if (optionFlag(options, 'advice')) return adviceOn(place, context);
    if (place.key !== '')
      throw wrongUse(
        'A lifecycle is of a whole bucket: leave the prefix out, or ask for --advice on the prefix.',
      );
    const { bucket } = place;
    const [check, apply] = [optionText(options, 'check'), optionText(options, 'apply')];
    if (check !== undefined && apply !== undefined)
      throw wrongUse('--check only compares and --apply changes: give one of them.');
    const lake = await openLake(context);
    const { storage } = lake.ports;
    const current = await storage.lifecycle(lake.connection, { bucket }, signal);
    const file = check ?? apply;
    const wanted = file === undefined ? current : await lifecycleIn(file, bucket, context);
    const found: Found = { lake, bucket, current, wanted };
    if (file === undefined) return shown(found, context);
    const changes = lifecycleChanges(current, wanted);
    const same = isSameLifecycle(current, wanted);
    const saved = apply === undefined || same ? undefined : await applied(found, context);
    const effects = await effectsOf(found, context);
    if (optionText(options, 'format') === 'json') {
      print(context, { bucket, lifecycle: document(found), same, changes, saved, effects: effects?.json });
    } else {
      context.stdout.write(
        same
          ? `s3://${bucket} has these rules.\n`
          : `${changes.map(line).join('')}${changes.length === 0 ? 'Only TransitionDefaultMinimumObjectSize differs.\n' : ''}`,
      );
      if (saved !== undefined) context.stdout.write(`Applied to s3://${bucket}; before: ${saved}\n`);
      if (effects !== undefined) context.stdout.write(`\n${effects.text}`);
    }
    return check !== undefined && !same ? 1 : 0;
  },
};

interface Found {
  readonly lake: Lake;
  readonly bucket: string;
  readonly current: BucketLifecycle | undefined;
  /** Of the file, where there is one. */
  readonly wanted: BucketLifecycle | undefined;
}

async function shown(found: Found, context: CommandContext): Promise<ExitCode> {
  const { bucket, current } = found;
  const effects = await effectsOf(found, context);
  if (optionText(context.options, 'format') === 'json') {
    print(context, { bucket, lifecycle: document(found), effects: effects?.json });
    return 0;
  }
  if (effects !== undefined) context.stdout.write(effects.text);
  else if (current !== undefined) context.stdout.write(lifecycleText(bucket, current));
  else if (!optionFlag(context.options, 'quiet'))
    context.stderr.write(`note: s3://${bucket} has no lifecycle\n`);
  return 0;
}

/** A document, or a version that --apply has kept. */
async function lifecycleIn(file: string, bucket: string, { cwd }: CommandContext): Promise<BucketLifecycle> {
  const { text } = await readTextFile(resolve(cwd, file), file);
  return readLifecycleText(keptIn(text, bucket) ?? text, bucket);
}

/** The document of a kept version; `undefined` for any other text. */
function keptIn(text: string, bucket: string): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined; // its reader says what is wrong with it
  }
  if (typeof value !== 'object' || value === null || !('savedAt' in value) || !('lifecycle' in value))
    return undefined;
  const of = 'bucket' in value && typeof value.bucket === 'string' ? value.bucket : bucket;
  const kept = value.lifecycle as BucketLifecycle | null;
  return lifecycleText(of, kept ?? { rules: [], minimumSize: 'all_storage_classes_128K' });
}

/** Carries the change out; returns where the rules before are kept. */
async function applied(
  { lake, bucket, current, wanted }: Found,
  context: CommandContext,
): Promise<string | undefined> {
  const { options, signal } = context;
  const { connection, ports } = lake;
  const text = lifecycleText(bucket, wanted ?? { rules: [], minimumSize: 'all_storage_classes_128K' });
  const plan = await planApply(ports.storage, { connection, bucket, text, base: current }, signal);
  if (plan.kind === 'same') return undefined;
  if (plan.kind === 'changed')
    throw new Problem(
      `Somebody has changed the lifecycle of s3://${bucket} just now, so nothing was applied: run it again.`,
      'invalid',
    );
  const confirmed = optionText(options, 'confirm') === bucket;
  const question = applyQuestion(plan, { connection, bucket });
  if ((question.typed || plan.wanted.rules.length === 0) && !confirmed)
    throw new Problem(
      plan.wanted.rules.length === 0
        ? `The file has no rule, which removes the whole lifecycle of s3://${bucket}: add --confirm ${bucket} if that is meant.`
        : `The file deletes every object of s3://${bucket} in time: add --confirm ${bucket} if that is meant.`,
      'invalid',
    );
  const folder = resolve(
    context.cwd,
    optionText(options, 'versions') ?? join(stateFolder(context.env), 'lifecycles'),
  );
  const request = { connection, bucket, plan, folder, now: new Date() };
  return (await carryOut(ports.storage, request, signal)).saved;
}

async function effectsOf(
  { lake, bucket, wanted }: Found,
  context: CommandContext,
): Promise<{ readonly text: string; readonly json: object } | undefined> {
  if (!optionFlag(context.options, 'effects') || wanted === undefined) return undefined;
  const { connection, ports } = lake;
  const { signal } = context;
  const rules = readLifecycle(readJson(lifecycleText(bucket, wanted)));
  const prefixes = prefixesOf(rules);
  noteCost(
    prefixes.map((key) => formatS3Uri({ bucket, key })),
    context,
  );
  const progress = progressOf(context);
  try {
    const unread: string[] = [];
    const versioning = await ports.facts
      .versioning(connection, { bucket }, signal)
      .catch((error: unknown) => {
        if (!(error instanceof Problem)) throw error;
        unread.push(error.message);
        return undefined;
      });
    const listing = await listForRules(
      {
        store: ports.store,
        connection,
        now: new Date(),
        onProgress: (objects) => progress.show(`s3://${bucket}: ${formatCount(objects)} objects`),
      },
      { bucket, document: rules, prefixes },
      signal,
    );
    const unseen = await readUnseen(
      ports.storage,
      { connection, bucket, document: rules, now: listing.at },
      signal,
    );
    const prices = storagePrices(connection.region);
    const versioned = versioning === undefined ? undefined : versioning.versioning !== 'never';
    const figures = lifecycleFigures(rules, listing, {
      prices,
      today: listing.at,
      versioned: versioned ?? false,
    });
    const { objects, bytes, cost } = listing;
    const json = { objects, bytes, ...cost, prices: prices.basis, rules: figures.rules.map(ruleJson) };
    return { text: effectsPage(figures, { listing, prices, versioned, unseen, unread }), json };
  } finally {
    progress.clear();
  }
}

function ruleJson({ rule, state, meets, now, inTime, tooSmall, early }: RuleFigures): object {
  return { rule: rule.name, state, meets, now, inTime, tooSmall, early };
}

/** `lifecycle --advice s3://BUCKET/PREFIX`. */
async function adviceOn(
  { bucket, key: prefix }: { readonly bucket: string; readonly key: string },
  context: CommandContext,
): Promise<ExitCode> {
  const lake = await openLake(context);
  const { connection } = lake;
  const uri = formatS3Uri({ bucket, key: prefix });
  const prices = storagePrices(connection.region);
  const now = new Date();
  noteCost([uri], context);
  const progress = progressOf(context);
  try {
    const { places, unread } = await advise(
      lake.ports,
      {
        connection,
        places: [{ bucket, prefix }],
        patterns: defaultPatterns,
        prices,
        now,
        onProgress: (_, objects) => progress.show(`${uri}: ${formatCount(objects)} objects`),
      },
      context.signal,
    );
    progress.clear();
    const [one] = places;
    if (one?.kind === 'failed') throw new Problem(one.problem, 'other');
    if (optionText(context.options, 'format') === 'json') {
      const findings = one?.findings ?? [];
      print(context, { uri, findings, unread: [...unread, ...(one?.facts.bucket.unread ?? [])] });
    } else {
      context.stdout.write(advicePage(codeSpan(uri), places, { prices: prices.basis, unread, at: now }));
    }
    return 0;
  } finally {
    progress.clear();
  }
}

function noteCost(uris: readonly string[], { options, stderr }: CommandContext): void {
  if (!optionFlag(options, 'quiet') && uris.length > 0)
    stderr.write(`note: ${listingQuestion(uris).replace(/^T/, 't').replace(/\.$/, '')}\n`);
}

function document({ bucket, wanted }: Found): unknown {
  return wanted === undefined ? null : JSON.parse(lifecycleText(bucket, wanted));
}

function print({ stdout }: CommandContext, value: object): void {
  stdout.write(`${JSON.stringify({ version: 1, ...value }, undefined, 2)}\n`);
}

function line({ kind, name, before, after }: RuleChange): string {
  switch (kind) {
    case 'added':
      return `+ ${name}: ${after ?? ''}\n`;
    case 'removed':
      return `- ${name}: ${before ?? ''}\n`;
    case 'changed':
      return `~ ${name}: ${before ?? ''} -> ${after ?? ''}\n`;
  }
}
