import { isUnknown, propertiesOf, propertyOf, textOf, valueOf } from './data/access';
import { readJson } from './data/json';
import type { DataDocument, DataNode } from './data/node';
import type { DocumentLanguage } from './language';

/** A part of a JSON or YAML file that one language's rules are for; its text and offsets are the file's. */
export interface DataPart {
  readonly language: DocumentLanguage;
  readonly data: DataDocument;
}

// One look at the text, before anything is parsed: a repository has thousands of JSON files.
const signs: Readonly<Record<'json' | 'yaml', RegExp>> = {
  json: /"StartAt"\s*:|"(?:NoncurrentVersion)?(?:Transitions?|Expiration)"\s*:|"AbortIncompleteMultipartUpload"\s*:|"(?:query_group|user_group|query_concurrency|auto_wlm|memory_percent(?:_to_use)?|short_query_queue)"\s*:|"S3Targets"\s*:|AWS::StepFunctions::StateMachine/,
  yaml: /(?:^|[\s{,"'])StartAt["']?\s*:|AWS::StepFunctions::StateMachine/m,
};

/** Whether a text may hold a document of ours; cheap, and sure only where it says no. */
export function mayHoldData(text: string, format: 'json' | 'yaml'): boolean {
  return (format === 'yaml' || /^\uFEFF?\s*[[{]/.test(text.slice(0, 1000))) && signs[format].test(text);
}

/** The documents in a text. `named` is what the file's name says it is: then it is that, broken or not. */
export async function dataParts(
  text: string,
  { format, named }: { readonly format: 'json' | 'yaml'; readonly named: DocumentLanguage | undefined },
): Promise<readonly DataPart[]> {
  const data = format === 'json' ? readJson(text) : (await import('./data/yaml')).readYaml(text);
  const { root } = data;
  if (isTemplate(data)) return [];
  const language = languageOf(root) ?? named;
  if (language !== undefined) return [{ language, data }];
  // What cannot be read to its end may be anything.
  return data.problems.length > 0 ? [] : stateMachinesOf(data);
}

// What a tool fills in before the text is JSON or YAML makes it neither, and that is no mistake.
function isTemplate({ text, problems }: DataDocument): boolean {
  if (problems.length === 0) return false;
  if (/\{%|<%/.test(text)) return true;
  return problems.some(({ start }) => {
    const from = text.lastIndexOf('\n', start - 1) + 1;
    const to = text.indexOf('\n', start);
    return /\$\{|\{\{/.test(text.slice(from, to === -1 ? undefined : to));
  });
}

function languageOf(root: DataNode | undefined): DocumentLanguage | undefined {
  if (isStateMachine(root)) return 'asl';
  if (isLifecycle(root)) return 's3-lifecycle';
  return isWlm(root) ? 'redshift-wlm' : undefined;
}

function isStateMachine(node: DataNode | undefined): boolean {
  return textOf(valueOf(node, 'StartAt')) !== undefined && valueOf(node, 'States')?.kind === 'object';
}

const lifecycleActions: readonly string[] = [
  'Transition',
  'Transitions',
  'Expiration',
  'NoncurrentVersionTransition',
  'NoncurrentVersionTransitions',
  'NoncurrentVersionExpiration',
  'AbortIncompleteMultipartUpload',
];

// `Rules` is a common key: each of them must do what only a lifecycle rule does, and nothing may stand beside it but
// what the CLI and the API put there.
function isLifecycle(root: DataNode | undefined): boolean {
  const wrapped = valueOf(root, 'LifecycleConfiguration');
  const rules = valueOf(wrapped ?? root, 'Rules');
  if (rules?.kind !== 'array' || rules.items.length === 0) return false;
  const beside = propertiesOf(wrapped ?? root).filter(({ key }) => key !== 'Rules');
  return (
    beside.every(({ key }) =>
      /^(?:Bucket|ExpectedBucketOwner|TransitionDefaultMinimumObjectSize|\$schema|Comment|_\w+)$/.test(key),
    ) && rules.items.some((rule) => lifecycleActions.some((key) => isAction(valueOf(rule, key))))
  );
}

function isAction(value: DataNode | undefined): boolean {
  return value?.kind === 'object' || value?.kind === 'array';
}

/** Keys that only a queue of the WLM configuration has, and keys that it shares with others. */
const queueOnly: readonly string[] = [
  'query_concurrency',
  'memory_percent_to_use',
  'query_group_wild_card',
  'user_group_wild_card',
  'auto_wlm',
  'short_query_queue',
];
const queueAlso: readonly string[] = [
  'query_group',
  'user_group',
  'user_role',
  'query_group_wildcard',
  'user_group_wildcard',
  'memory_percent',
  'max_execution_time',
  'concurrency_scaling',
  'queue_type',
  'priority',
  'rules',
];

function isWlm(root: DataNode | undefined): boolean {
  if (root?.kind === 'array')
    return (
      root.items.length > 0 && root.items.every((item) => item.kind === 'object') && root.items.some(isQueue)
    );
  return isQueue(root);
}

function isQueue(node: DataNode | undefined): boolean {
  const keys = new Set(propertiesOf(node).map(({ key }) => key));
  if (queueOnly.some((key) => keys.has(key))) return true;
  const groups = keys.has('query_group') || keys.has('user_group');
  return groups && queueAlso.filter((key) => keys.has(key)).length >= 2;
}

/** State machines of a CloudFormation or SAM template. */
function stateMachinesOf(data: DataDocument): readonly DataPart[] {
  const parts: DataPart[] = [];
  for (const { value } of propertiesOf(valueOf(data.root, 'Resources'))) {
    const type = textOf(valueOf(value, 'Type')) ?? '';
    if (!/^AWS::(?:StepFunctions|Serverless)::StateMachine$/.test(type)) continue;
    const definition = valueOf(value, 'Properties', 'Definition');
    if (isStateMachine(definition)) parts.push({ language: 'asl', data: { ...data, root: definition } });
    const text = definitionText(valueOf(value, 'Properties', 'DefinitionString'));
    const inner = text === undefined ? undefined : machineInText(data, text);
    if (inner !== undefined) parts.push({ language: 'asl', data: inner });
  }
  return parts;
}

function definitionText(node: DataNode | undefined): DataNode | undefined {
  const sub = propertyOf(node, 'Fn::Sub')?.value;
  const text = sub?.kind === 'array' ? sub.items[0] : (sub ?? node);
  return text?.kind === 'text' && (sub !== undefined || !isUnknown(text)) ? text : undefined;
}

// JSON in a `|` block: with everything around it blanked out it is a JSON text whose offsets are the file's.
function machineInText({ text, format }: DataDocument, node: DataNode): DataDocument | undefined {
  const head =
    format === 'yaml' ? /^\|[-+\d]*[^\n]*\n/.exec(text.slice(node.start, node.end))?.[0] : undefined;
  if (head === undefined) return undefined;
  const from = node.start + head.length;
  const blank = text.slice(0, from).replace(/[^\r\n]/g, ' ');
  const inner = readJson(blank + text.slice(from, node.end));
  return inner.problems.length === 0 && isStateMachine(inner.root) ? inner : undefined;
}
