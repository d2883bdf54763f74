import { Problem } from '../base/problem';
import { itemsOf, plainOf, textOf, valueOf } from '../documents/data/access';
import { readJson } from '../documents/data/json';
import type { DataDocument, DataNode, DataValue } from '../documents/data/node';
import type { BucketLifecycle, MinimumSize, RuleValue } from './bucketStorage';

const defaultSize: MinimumSize = 'all_storage_classes_128K';

/** What a bucket without a lifecycle begins with: the one rule that nobody regrets. */
export const startingLifecycle: BucketLifecycle = {
  minimumSize: defaultSize,
  rules: [
    {
      ID: 'abort-incomplete-uploads',
      Status: 'Enabled',
      Filter: { Prefix: '' },
      AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
    },
  ],
};

/**
 * A lifecycle as a JSON document: the input of `aws s3api put-bucket-lifecycle-configuration --cli-input-json`, which
 * names its bucket. The same lifecycle is always the same text.
 */
export function lifecycleText(bucket: string, { rules, minimumSize }: BucketLifecycle): string {
  const value = {
    Bucket: bucket,
    TransitionDefaultMinimumObjectSize: minimumSize,
    LifecycleConfiguration: { Rules: rules.map((rule) => ordered(rule, ruleShape)) },
  };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/**
 * Reads a document back, bare (`{ "Rules": […] }`) or as the input of the command. Throws a Problem that names the
 * place where it is no lifecycle: the SDK would leave out what it does not know without a word.
 */
export function readLifecycleText(text: string, bucket: string): BucketLifecycle {
  const data = readJson(text);
  const broken = data.problems[0];
  if (broken !== undefined) throw refusal(data, broken, broken.message);
  const { root } = data;
  const wrapped = valueOf(root, 'LifecycleConfiguration');
  const misfit = misfitOf(root, wrapped === undefined ? bareShape : commandShape, '');
  if (misfit !== undefined) throw refusal(data, misfit.at ?? { start: 0 }, misfit.message);
  const named = textOf(valueOf(root, 'Bucket'));
  if (named !== undefined && named !== bucket) {
    throw new Problem(
      `The document is for the bucket ${named} and not for ${bucket}: correct "Bucket", or open the lifecycle of ${named}.`,
      'invalid',
    );
  }
  const list = valueOf(wrapped ?? root, 'Rules');
  return {
    // Of the shape that was just looked at.
    rules: itemsOf(list).map((item) => plainOf(item) as RuleValue),
    minimumSize:
      textOf(valueOf(root, 'TransitionDefaultMinimumObjectSize')) === 'varies_by_storage_class'
        ? 'varies_by_storage_class'
        : defaultSize,
  };
}

type Shape =
  | 'text'
  | 'whole number'
  | 'truth value'
  | { readonly oneOf: readonly string[] }
  | { readonly items: Shape }
  | { readonly keys: Readonly<Record<string, Shape>> };

const days: Shape = 'whole number';
const sizes: Readonly<Record<string, Shape>> = {
  ObjectSizeGreaterThan: 'whole number',
  ObjectSizeLessThan: 'whole number',
};
const tag: Shape = { keys: { Key: 'text', Value: 'text' } };
/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleRule.html */
const ruleShape = {
  keys: {
    ID: 'text',
    Status: { oneOf: ['Enabled', 'Disabled'] },
    Prefix: 'text',
    Filter: {
      keys: {
        Prefix: 'text',
        Tag: tag,
        ...sizes,
        And: { keys: { Prefix: 'text', Tags: { items: tag }, ...sizes } },
      },
    },
    Transitions: { items: { keys: { Days: days, Date: 'text', StorageClass: 'text' } } },
    Expiration: { keys: { Days: days, Date: 'text', ExpiredObjectDeleteMarker: 'truth value' } },
    NoncurrentVersionTransitions: {
      items: { keys: { NoncurrentDays: days, NewerNoncurrentVersions: days, StorageClass: 'text' } },
    },
    NoncurrentVersionExpiration: { keys: { NoncurrentDays: days, NewerNoncurrentVersions: days } },
    AbortIncompleteMultipartUpload: { keys: { DaysAfterInitiation: days } },
  },
} satisfies Shape;
const beside: Readonly<Record<string, Shape>> = {
  Bucket: 'text',
  TransitionDefaultMinimumObjectSize: { oneOf: ['all_storage_classes_128K', 'varies_by_storage_class'] },
};
const bareShape: Shape = { keys: { ...beside, Rules: { items: ruleShape } } };
const commandShape: Shape = {
  keys: { ...beside, LifecycleConfiguration: { keys: { Rules: { items: ruleShape } } } },
};

interface Misfit {
  readonly at: DataNode | undefined;
  readonly message: string;
}

function misfitOf(node: DataNode | undefined, shape: Shape, path: string): Misfit | undefined {
  const name = path === '' ? 'The document' : path;
  const wrong = (what: string): Misfit => ({ at: node, message: `${name} must be ${what}` });
  if (shape === 'text') return node?.kind === 'text' ? undefined : wrong('a text');
  if (shape === 'truth value') {
    return node?.kind === 'scalar' && typeof node.value === 'boolean' ? undefined : wrong('true or false');
  }
  if (shape === 'whole number') {
    return node?.kind === 'scalar' && Number.isSafeInteger(node.value) ? undefined : wrong('a whole number');
  }
  if ('oneOf' in shape) {
    return shape.oneOf.includes(textOf(node) ?? '') ? undefined : wrong(shape.oneOf.join(' or '));
  }
  if ('items' in shape) {
    if (node?.kind !== 'array') return wrong('a list');
    return firstOf(node.items, (item, at) => misfitOf(item, shape.items, `${path}[${at}]`));
  }
  if (node?.kind !== 'object') return wrong('an object in braces');
  return firstOf(node.properties, ({ key, value }, at) => {
    const inside = Object.hasOwn(shape.keys, key) ? shape.keys[key] : undefined;
    if (node.properties.findIndex((other) => other.key === key) !== at)
      return { at: value, message: `${key} stands twice in ${path === '' ? 'the document' : path}` };
    if (inside !== undefined) return misfitOf(value, inside, path === '' ? key : `${path}.${key}`);
    return { at: value, message: `${key} is no part of ${path === '' ? 'a lifecycle configuration' : path}` };
  });
}

function firstOf<T>(
  items: readonly T[],
  look: (item: T, at: number) => Misfit | undefined,
): Misfit | undefined {
  for (const [at, item] of items.entries()) {
    const found = look(item, at);
    if (found !== undefined) return found;
  }
  return undefined;
}

function refusal(data: DataDocument, { start }: { readonly start: number }, message: string): Problem {
  const line = data.text.slice(0, start).split('\n').length;
  const said = message.replace(/[.\s]+$/, '');
  return new Problem(`Line ${line} is no lifecycle that S3 takes: ${said}.`, 'invalid');
}

/** The same keys in the order in which the documentation has them; what it does not have stays behind. */
function ordered(value: DataValue, shape: Shape): DataValue {
  if (typeof shape === 'string' || 'oneOf' in shape || typeof value !== 'object' || value === null)
    return value;
  if ('items' in shape) return isList(value) ? value.map((item) => ordered(item, shape.items)) : value;
  if (isList(value)) return value;
  const known = Object.entries(shape.keys).flatMap(([key, inside]) => {
    const one = Object.hasOwn(value, key) ? value[key] : undefined;
    return one === undefined ? [] : [[key, ordered(one, inside)] as const];
  });
  const others = Object.entries(value).filter(([key]) => !Object.hasOwn(shape.keys, key));
  return Object.fromEntries([...known, ...others]);
}

function isList(value: DataValue): value is readonly DataValue[] {
  return Array.isArray(value);
}
