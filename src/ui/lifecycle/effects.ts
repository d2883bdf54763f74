import * as vscode from 'vscode';
import { formatCount } from '../../base/format';
import { isCancel, Problem } from '../../base/problem';
import { readJson } from '../../documents/data/json';
import { readLifecycle } from '../../documents/lifecycle/document';
import type { LifecycleDocument } from '../../documents/lifecycle/model';
import { effectsPage, type EffectsBasis } from '../../storage/effectsPage';
import { caughtAmount } from '../../storage/figureWords';
import { isShort, listForRules, listingQuestion, prefixesOf } from '../../storage/listForRules';
import type { LifecycleFigures } from '../../storage/ruleFigures';
import { lookAtTags, tagSample } from '../../storage/tagSample';
import { readUnseen } from '../../storage/unseen';
import { formatS3Uri } from '../../zones/s3Uri';
import { withCancel } from '../withCancel';
import { figuresFor } from './figures';
import type { KnownEffects, LifecycleState } from './lifecycleFiles';
import type { LifecycleAddress, LifecycleParts } from './lifecycleParts';

export interface EffectsWish {
  /** Which rule is meant; absent: all. */
  readonly rule?: string;
  /** In place of the question about the price of a long listing. */
  readonly agreed?: true;
  /** Shows what was listed before, where something was. */
  readonly kept?: true;
  /** Also reads tags of some of the objects that the rule may be for. */
  readonly tags?: true;
}

/** What was found, as plain data. */
export interface EffectsSummary {
  readonly uri: string;
  readonly listed: number;
  readonly now: number;
  readonly inTime: number;
}

/** Lists the objects that a document's rules are for, and shows what each rule catches; `undefined` when the user said no. */
export async function showEffects(
  parts: LifecycleParts,
  given: LifecycleAddress | undefined,
  wish: EffectsWish = {},
): Promise<EffectsSummary | undefined> {
  const { files, pages } = parts;
  const { uri, state, file } = await files.at(given);
  const { connection, bucket } = state;
  const document = readLifecycle(readJson(file.getText()));
  if (document.rules.length === 0)
    throw new Problem('There is no rule here that could catch anything: add one first.', 'invalid');
  const listed =
    wish.kept === true && state.effects !== undefined
      ? { effects: state.effects }
      : await list(parts, { state, document }, wish);
  if (listed === undefined) return undefined;
  const { effects, tags } = listed;
  files.set(uri, { ...(files.state(uri) ?? state), effects });
  // The text may have been typed in meanwhile: the page is about what was listed for.
  const found = figuresFor({ ...state, effects }, document.data.text);
  if (found === undefined) return undefined;
  const { figures, prices } = found;
  const { listing, unseen, versioned, unread } = effects;
  const page = await pages.show({
    connection,
    path: `${bucket}/lifecycle.md`,
    text: effectsPage(wish.rule === undefined ? figures : only(figures, wish.rule), {
      listing,
      prices,
      unseen,
      versioned,
      unread,
      ...(tags === undefined ? {} : { tags }),
    }),
  });
  return {
    uri: page.toString(),
    listed: listing.objects,
    now: caughtAmount(figures.now).objects,
    inTime: caughtAmount(figures.inTime).objects,
  };
}

type Listed = { readonly effects: KnownEffects } & Pick<EffectsBasis, 'tags'>;

async function list(
  parts: LifecycleParts,
  { state, document }: { readonly state: LifecycleState; readonly document: LifecycleDocument },
  wish: EffectsWish,
): Promise<Listed | undefined> {
  const { connection, bucket } = state;
  const prefixes = prefixesOf(document, wish.rule === undefined ? undefined : [wish.rule]);
  if (wish.agreed !== true && !(await mayList(parts, state, prefixes))) return undefined;
  const { store, facts, storage } = await parts.ports();
  const tagged = wish.tags === true ? document.rules.find(({ name }) => name === wish.rule) : undefined;
  const sample = tagged === undefined ? undefined : tagSample(tagged, Math.random);
  const unread: string[] = [];
  return await withCancel(`Listing s3://${bucket}`, async (report, signal): Promise<Listed> => {
    const now = new Date();
    const [listing, unseen, versioning] = await Promise.all([
      listForRules(
        {
          store,
          connection,
          now,
          onProgress: (objects) => report(`${formatCount(objects)} objects`),
          ...(sample === undefined ? {} : { onObjects: sample.add }),
        },
        { document, bucket, prefixes },
        signal,
      ),
      readUnseen(storage, { connection, bucket, document, now }, signal),
      facts.versioning(connection, { bucket }, signal).catch((error: unknown) => {
        if (isCancel(error) || !(error instanceof Problem)) throw error;
        unread.push(error.message);
        return undefined;
      }),
    ]);
    const effects: KnownEffects = {
      listing,
      unseen,
      unread,
      ...(versioning === undefined ? {} : { versioned: versioning.versioning !== 'never' }),
    };
    if (tagged === undefined || sample === undefined) return { effects };
    const look = await lookAtTags(
      facts,
      {
        connection,
        bucket,
        rule: tagged,
        sample,
        onProgress: (looked) => report(`tags of ${formatCount(looked)} objects`),
      },
      signal,
    );
    return { effects, tags: { rule: tagged.name, look } };
  });
}

/** Asks before a listing of more than a page a prefix; what it will cost is known where it was counted before. */
async function mayList(
  { ports, zones }: LifecycleParts,
  { connection, bucket, effects }: LifecycleState,
  prefixes: readonly string[],
): Promise<boolean> {
  const { store } = await ports();
  const short = await withCancel('Looking how much there is to list…', (_, signal) =>
    isShort(store, { connection, bucket, prefixes }, signal),
  );
  if (short) return true;
  const counted = prefixes.map((prefix) => zones.memory.summary(connection, { bucket, prefix })?.objects);
  const known = counted.every((count) => count !== undefined)
    ? counted.reduce<number>((sum, count) => sum + count, 0)
    : effects?.listing.objects;
  const uris = prefixes.map((prefix) => formatS3Uri({ bucket, key: prefix }));
  const answer = await vscode.window.showInformationMessage(
    `List the objects of s3://${bucket} to see what its rules catch?`,
    { modal: true, detail: listingQuestion(uris, known) },
    'List',
  );
  return answer === 'List';
}

/** One rule's figures: the others were not listed in full. */
function only(figures: LifecycleFigures, name: string): LifecycleFigures {
  const own = figures.rules.find(({ rule }) => rule.name === name);
  return own === undefined ? figures : { ...figures, rules: [own], now: own.now, inTime: own.inTime };
}
