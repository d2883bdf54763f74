import { effectsOf } from '../documents/lifecycle/effects';
import type { LifecycleDocument, LifecycleRule } from '../documents/lifecycle/model';
import { isStorageClass, storageClasses, type StorageClass } from '../documents/lifecycle/storageClasses';
import type { Amount } from '../zones/tally';
import { conditionKey, type ObjectCell, type ObjectCells } from './objectCells';
import { earlyUsd, monthlyUsd, transitionUsd, type StoragePrices } from './storagePrices';

/** Objects that a rule does something to, and what that costs and saves. */
export interface Caught {
  readonly moved: Amount;
  readonly deleted: Amount;
  /** USD a month for these objects as they lie now, and after the rule. */
  readonly before: number;
  readonly after: number;
  /** USD, once: requests of the moves. */
  readonly moves: number;
  /** USD, once: days that are billed though the objects leave their class before. */
  readonly early: number;
}

/** Objects that leave a class before its minimum, with what that costs. */
export interface EarlyLeave extends Amount {
  readonly from: StorageClass;
  /** Into which class; absent: deleted. */
  readonly to?: StorageClass;
  /** The most days that they have spent in it. */
  readonly days: number;
  readonly usd: number;
}

/** What one rule catches. */
export interface RuleFigures {
  readonly rule: LifecycleRule;
  /** `known`; `tagged`: its tags are not in a listing; `unread`: its filter cannot be told; `off`: disabled. */
  readonly state: 'known' | 'tagged' | 'unread' | 'off';
  /** Objects that its prefix and sizes meet. */
  readonly meets: Amount;
  /** Due today: S3 carries it out in its next daily run. */
  readonly now: Caught;
  /** Today's objects when all of them have come of age; `now` included. */
  readonly inTime: Caught;
  /** Objects that would move were they not below 128 KB. */
  readonly tooSmall: Amount;
  /** Moved though it costs more than it saves: small objects in a class with a minimum size. */
  readonly dearer: Amount & { readonly usd: number };
  readonly early: readonly EarlyLeave[];
  /** Moved to a class that Athena passes over. */
  readonly unreadable: Amount;
}

/** What a document does to the objects of a listing. */
export interface LifecycleFigures {
  readonly rules: readonly RuleFigures[];
  /** Of all rules together: each object once. */
  readonly now: Caught;
  readonly inTime: Caught;
  /** Objects in classes that nothing is known of. */
  readonly otherClasses: Amount;
}

export interface FigureSettings {
  readonly prices: StoragePrices;
  readonly today: Date;
  /** A deletion leaves the version behind it, and that is billed on. */
  readonly versioned: boolean;
}

/** What each rule does to the objects of a listing, by the rules' precedence among each other. Tagged rules count for none of them. */
export function lifecycleFigures(
  document: LifecycleDocument,
  listed: ObjectCells,
  settings: FigureSettings,
): LifecycleFigures {
  const index = new Map(listed.conditions.map((condition, at) => [conditionKey(condition), at]));
  const sums = new Map<LifecycleRule, RuleSums>(document.rules.map((rule) => [rule, ruleSums()]));
  const total = { now: caughtSum(), inTime: caughtSum() };
  const otherClasses = amount();
  // Thousands of cells meet one of a few sets of conditions.
  const known = new Map<string, MeantRules>();
  const meantOf = (met: readonly number[]): MeantRules => {
    const key = met.join();
    const found = known.get(key) ?? meantRules(document, new Set(met), index);
    known.set(key, found);
    return found;
  };
  for (const cell of agedAlike(listed.cells, document)) {
    const { meant, rules } = meantOf(cell.met);
    for (const rule of meant) add(sums.get(rule)?.meets, cell);
    const { storageClass } = cell;
    if (!isStorageClass(storageClass)) {
      add(otherClasses, cell);
      continue;
    }
    if (rules.length === 0) continue;
    addCell({ document, cell: { ...cell, storageClass }, rules, settings, sums, total });
  }
  return {
    rules: document.rules.map((rule) => {
      const { early, ...rest } = sums.get(rule) ?? ruleSums();
      return { rule, state: stateOf(rule), ...rest, early: [...early.values()] };
    }),
    ...total,
    otherClasses,
  };
}

/** Past the last day that any rule or minimum counts to, age makes no difference: such cells become one. */
function agedAlike(cells: readonly ObjectCell[], { rules }: LifecycleDocument): readonly ObjectCell[] {
  const days = rules.flatMap(({ transitions, expiration }) => [
    ...transitions.map((one) => one.days ?? 0),
    expiration?.days ?? 0,
  ]);
  const minimums = Object.values(storageClasses).map(({ minimumDays }) => minimumDays);
  const most = days.concat(minimums).reduce((a, b) => Math.max(a, b), 0);
  const merged = new Map<string, Writable<ObjectCell>>();
  for (const cell of cells) {
    const ageDays = Math.min(cell.ageDays, most);
    const key = `${cell.met.join()}|${ageDays}|${cell.storageClass}|${cell.small}`;
    const known = merged.get(key);
    if (known === undefined) merged.set(key, { ...cell, ageDays });
    else add(known, cell);
  }
  return [...merged.values()];
}

interface MeantRules {
  readonly meant: readonly LifecycleRule[];
  /** Those of them that certainly act. */
  readonly rules: readonly LifecycleRule[];
}

function meantRules(
  document: LifecycleDocument,
  met: ReadonlySet<number>,
  index: ReadonlyMap<string, number>,
): MeantRules {
  const meant = document.rules.filter(
    ({ filter }) => filter.known && met.has(index.get(conditionKey(filter)) ?? -1),
  );
  return {
    meant,
    rules: meant.filter(({ enabled, filter }) => enabled && filter.tags.length === 0),
  };
}

function stateOf({ enabled, filter }: LifecycleRule): RuleFigures['state'] {
  if (!enabled) return 'off';
  if (!filter.known) return 'unread';
  return filter.tags.length > 0 ? 'tagged' : 'known';
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };
interface CaughtSum {
  readonly moved: Writable<Amount>;
  readonly deleted: Writable<Amount>;
  before: number;
  after: number;
  moves: number;
  early: number;
}
interface RuleSums {
  readonly meets: Writable<Amount>;
  readonly now: CaughtSum;
  readonly inTime: CaughtSum;
  readonly tooSmall: Writable<Amount>;
  readonly dearer: Writable<Amount & { usd: number }>;
  readonly early: Map<string, Writable<EarlyLeave>>;
  readonly unreadable: Writable<Amount>;
}

function amount(): Writable<Amount> {
  return { objects: 0, bytes: 0 };
}

function caughtSum(): CaughtSum {
  return { moved: amount(), deleted: amount(), before: 0, after: 0, moves: 0, early: 0 };
}

function ruleSums(): RuleSums {
  return {
    meets: amount(),
    now: caughtSum(),
    inTime: caughtSum(),
    tooSmall: amount(),
    dearer: { ...amount(), usd: 0 },
    early: new Map(),
    unreadable: amount(),
  };
}

function add(sum: Writable<Amount> | undefined, { objects, bytes }: Amount): void {
  if (sum === undefined) return;
  sum.objects += objects;
  sum.bytes += bytes;
}

/** One thing that happens to a cell. */
interface Step {
  readonly day: number;
  readonly rule: LifecycleRule;
  readonly from: StorageClass;
  /** Absent: deleted. */
  readonly to?: StorageClass;
  /** Days in `from` until then; of the class it lies in now at most, since a listing does not tell when it moved there. */
  readonly days: number;
}

interface CellWork {
  readonly document: LifecycleDocument;
  readonly cell: ObjectCell & { readonly storageClass: StorageClass };
  /** Enabled, and for these objects. */
  readonly rules: readonly LifecycleRule[];
  readonly settings: FigureSettings;
  readonly sums: ReadonlyMap<LifecycleRule, RuleSums>;
  readonly total: { readonly now: CaughtSum; readonly inTime: CaughtSum };
}

function addCell({ document, cell, rules, settings, sums, total }: CellWork): void {
  const { prices, today, versioned } = settings;
  // A cell stands for its objects with an object of the size that matters: below 128 KB or not.
  const object = {
    bytes: cell.small ? 0 : Number.MAX_SAFE_INTEGER,
    ageDays: cell.ageDays,
    storageClass: cell.storageClass,
  };
  const effects = effectsOf(document, { object, rules }, { today, versioned });
  const steps: Step[] = [];
  let at = cell.storageClass;
  let since = 0;
  for (const { day, rule, to } of effects.transitions) {
    steps.push({ day, rule, from: at, to, days: day - since });
    at = to;
    since = day;
  }
  if (effects.expiration !== undefined) {
    const { day, rule } = effects.expiration;
    steps.push({ day, rule, from: at, days: day - since });
  }
  for (const rule of effects.tooSmallFor) {
    // Too small for one of its classes, and yet archived by it.
    if (!steps.some((step) => step.rule === rule && step.to !== undefined))
      add(sums.get(rule)?.tooSmall, cell);
  }
  const price = (name: StorageClass): number => monthlyUsd(prices, name, cell);
  const before = price(cell.storageClass);
  const after = ({ to, from }: Step): number =>
    to === undefined ? (versioned ? price(from) : 0) : price(to);
  const due = steps.filter(({ day }) => day <= cell.ageDays);
  for (const [part, list] of [
    ['now', due],
    ['inTime', steps],
  ] as const) {
    const last = list.at(-1);
    if (last === undefined) continue;
    addTo(total[part], { cell, before, after: after(last), steps: list, prices });
    for (const rule of new Set(list.map((step) => step.rule))) {
      const sum = sums.get(rule)?.[part];
      const own = list.filter((step) => step.rule === rule);
      const end = own.at(-1);
      if (sum !== undefined && end !== undefined)
        addTo(sum, { cell, before, after: after(end), steps: own, prices });
    }
  }
  for (const step of steps) addTraps(sums.get(step.rule), step, { cell, prices });
}

function addTo(
  sum: CaughtSum,
  {
    cell,
    before,
    after,
    steps,
    prices,
  }: {
    readonly cell: ObjectCell;
    readonly before: number;
    readonly after: number;
    readonly steps: readonly Step[];
    readonly prices: StoragePrices;
  },
): void {
  const isDeleted = steps.some(({ to }) => to === undefined);
  add(isDeleted ? sum.deleted : sum.moved, cell);
  sum.before += before;
  sum.after += after;
  for (const { from, to, days } of steps) {
    if (to !== undefined) sum.moves += transitionUsd(to, cell.objects);
    sum.early += earlyUsd(prices, from, { group: cell, days });
  }
}

function addTraps(
  sums: RuleSums | undefined,
  step: Step,
  { cell, prices }: { readonly cell: ObjectCell; readonly prices: StoragePrices },
): void {
  if (sums === undefined) return;
  const { from, to, days } = step;
  const usd = earlyUsd(prices, from, { group: cell, days });
  if (usd > 0) {
    const key = `${from} ${to ?? ''}`;
    const known = sums.early.get(key) ?? {
      ...amount(),
      from,
      ...(to === undefined ? {} : { to }),
      days,
      usd: 0,
    };
    add(known, cell);
    known.days = Math.max(known.days, days);
    known.usd += usd;
    sums.early.set(key, known);
  }
  if (to === undefined) return;
  if (!storageClasses[to].readable) add(sums.unreadable, cell);
  const more = monthlyUsd(prices, to, cell) - monthlyUsd(prices, from, cell);
  if (more <= 0 || to === 'INTELLIGENT_TIERING') return;
  add(sums.dearer, cell);
  sums.dearer.usd += more;
}
