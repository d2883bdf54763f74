import { propertyOf, textOf, valueOf } from '../../../documents/data/access';
import type { DataNode } from '../../../documents/data/node';
import { textsIn } from '../../../documents/asl/fields';
import type { State } from '../../../documents/asl/model';

/** The top fields of its input that a state reads by a path: `$.day` is `day`. JSONPath only. */
export function fieldsRead(state: State): ReadonlySet<string> {
  const known = readBefore.get(state);
  if (known !== undefined) return known;
  const fields = readFields(state);
  readBefore.set(state, fields);
  return fields;
}

// Asked for once for every other state of a machine.
const readBefore = new WeakMap<State, ReadonlySet<string>>();

function readFields(state: State): ReadonlySet<string> {
  const { node, type } = state;
  const inputPath = textOf(valueOf(node, 'InputPath'));
  if (inputPath !== undefined && inputPath !== '$') return new Set(topFields(inputPath));
  const places =
    type === 'Choice'
      ? ['Choices']
      : [
          'Parameters',
          'ItemSelector',
          'ItemsPath',
          'SecondsPath',
          'TimestampPath',
          'TimeoutSecondsPath',
          'HeartbeatSecondsPath',
          'MaxConcurrencyPath',
          'CausePath',
          'ErrorPath',
        ];
  const found = new Set(
    places
      .flatMap((place) => {
        const property = propertyOf(node, place);
        return property === undefined
          ? []
          : textsIn(property.value).filter((text) => isPathField(text.property?.key ?? place));
      })
      .flatMap(({ value }) => topFields(value)),
  );
  // What a Choice first asks to be present may be missing.
  if (type === 'Choice') for (const field of askedFor(valueOf(node, 'Choices'))) found.delete(field);
  return found;
}

function askedFor(node: DataNode | undefined): readonly string[] {
  if (node?.kind === 'array') return node.items.flatMap(askedFor);
  if (node?.kind !== 'object') return [];
  const inner = node.properties.flatMap(({ value }) => askedFor(value));
  const variable = textOf(valueOf(node, 'Variable'));
  return propertyOf(node, 'IsPresent') === undefined || variable === undefined
    ? inner
    : [...inner, ...topFields(variable)];
}

/** The field of a path such as `$.day.start`; none for `$`. Where the value is put by ResultPath. */
export function topFields(text: string): readonly string[] {
  // Letters in quotes are a text of an intrinsic, `$$` the context of the execution, `$name` a variable.
  const bare = text.replace(/\\?'(?:[^'\\]|\\.)*'/g, (quoted, at: number) =>
    text[at - 1] === '[' ? quoted : "''",
  );
  return [...bare.matchAll(/(?<![\w$])\$(?:\.([A-Za-z_][\w-]*)|\['([^']+)'\])/g)].map(
    ([, name, quoted]) => name ?? quoted ?? '',
  );
}

function isPathField(key: string): boolean {
  return key.endsWith('.$') || key.endsWith('Path') || key === 'Variable';
}

/** What a state hands on, as far as its fields say. */
export type Handing =
  /** Its input, with its own answer in one field or nowhere. */
  | { readonly kind: 'input'; readonly adds: string | undefined }
  /** Its own answer alone. */
  | { readonly kind: 'answer' }
  /** What some other field or a variable decides. */
  | { readonly kind: 'other' };

/** How a JSONPath state makes its output of its input. */
export function handingOf({ node, type }: State): Handing {
  const has = (key: string): boolean => propertyOf(node, key) !== undefined;
  const inputPath = textOf(valueOf(node, 'InputPath'));
  if (has('OutputPath') && textOf(valueOf(node, 'OutputPath')) !== '$') return { kind: 'other' };
  if (type === 'Choice' || type === 'Wait' || type === 'Succeed' || type === 'Fail')
    return inputPath === undefined || inputPath === '$'
      ? { kind: 'input', adds: undefined }
      : { kind: 'other' };
  const resultPath = propertyOf(node, 'ResultPath')?.value;
  const path = textOf(resultPath);
  if (resultPath?.kind === 'scalar' && resultPath.value === null) return { kind: 'input', adds: undefined };
  if (path !== undefined && path !== '$') {
    const [adds] = topFields(path);
    return adds === undefined ? { kind: 'other' } : { kind: 'input', adds };
  }
  if (type === 'Pass') {
    if (has('Parameters') || has('Result') || (inputPath !== undefined && inputPath !== '$'))
      return { kind: 'other' };
    return { kind: 'input', adds: undefined };
  }
  return has('ResultSelector') ? { kind: 'other' } : { kind: 'answer' };
}
