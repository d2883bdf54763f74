import { booleanOf, isUnknown, itemsOf, propertyOf, textOf, valueOf } from '../data/access';
import type { DataDocument, DataNode, DataObject, DataProperty } from '../data/node';
import type { AslDocument, Edge, ErrorHandler, Machine, QueryLanguage, State } from './model';
import { resourceOf } from './resource';

export type { AslDocument } from './model';

/** Reads a state machine definition; whatever has not the form of one is left out. Never throws. */
export function readAsl(data: DataDocument): AslDocument {
  const machines: Machine[] = [];
  const { root } = data;
  if (root?.kind === 'object') readMachine(root, { role: 'definition', language: 'jsonpath', machines });
  return { data, machines };
}

interface Place {
  readonly role: Machine['role'];
  readonly language: QueryLanguage;
  readonly parent?: DataProperty;
  /** Gathers every machine. */
  readonly machines: Machine[];
}

function readMachine(node: DataObject, { role, language: outer, machines }: Place): Machine {
  const language = languageOf(node) ?? outer;
  const states = new Map<string, State>();
  const statesProperty = propertyOf(node, 'States');
  const startAt = propertyOf(node, 'StartAt');
  const machine: Machine & { parent: State | undefined } = {
    node,
    role,
    parent: undefined,
    startAt,
    statesProperty,
    states,
    isPartial: isPartial(statesProperty?.value),
  };
  machines.push(machine);
  const written = statesProperty?.value.kind === 'object' ? statesProperty.value.properties : [];
  for (const property of written) {
    if (property.value.kind !== 'object' || property.key.startsWith('Fn::')) continue;
    const state = readState(property, property.value, { language, machines });
    states.set(property.key, state);
    for (const inner of state.inner) Object.assign(inner, { parent: state });
  }
  return machine;
}

function isPartial(states: DataNode | undefined): boolean {
  if (states === undefined) return false;
  if (states.kind !== 'object' || isUnknown(states)) return true;
  return states.properties.some(({ key, value }) => key.startsWith('Fn::') || isUnknown(value));
}

function languageOf(node: DataObject): QueryLanguage | undefined {
  const written = textOf(valueOf(node, 'QueryLanguage'));
  if (written === 'JSONata') return 'jsonata';
  return written === 'JSONPath' ? 'jsonpath' : undefined;
}

function readState(
  property: DataProperty,
  node: DataObject,
  { language: outer, machines }: Pick<Place, 'language' | 'machines'>,
): State {
  const language = languageOf(node) ?? outer;
  const type = isUnknown(valueOf(node, 'Type')) ? '' : (textOf(valueOf(node, 'Type')) ?? '');
  const targets = targetsOf(node, type);
  return {
    name: property.key,
    property,
    node,
    type,
    language,
    edges: targets.flatMap(({ kind, node: target }): readonly Edge[] => {
      const to = isUnknown(target) ? undefined : textOf(target);
      return to === undefined ? [] : [{ kind, to, node: target }];
    }),
    hasUnknownEdges: targets.some(({ node: target }) => isUnknown(target)) || hasUnknownPart(node),
    isEnd: type === 'Succeed' || type === 'Fail' || booleanOf(valueOf(node, 'End')) === true,
    resource: type === 'Task' ? resourceOf(valueOf(node, 'Resource')) : undefined,
    input: type === 'Task' ? valueOf(node, language === 'jsonata' ? 'Arguments' : 'Parameters') : undefined,
    retriers: handlersOf(node, 'Retry'),
    catchers: handlersOf(node, 'Catch'),
    // What a Map or a Parallel says of its own language holds for itself, and not for the states in it.
    inner: innerOf(node, type).map((inner) =>
      readMachine(inner, { role: type === 'Map' ? 'processor' : 'branch', language: outer, machines }),
    ),
  };
}

interface Target {
  readonly kind: Edge['kind'];
  readonly node: DataNode;
}

// Fields that a type does not have lead nowhere.
function targetsOf(node: DataObject, type: string): readonly Target[] {
  const found: Target[] = [];
  const add = (kind: Edge['kind'], target: DataNode | undefined): void => {
    if (target !== undefined) found.push({ kind, node: target });
  };
  if (type === 'Choice') {
    for (const choice of itemsOf(valueOf(node, 'Choices'))) add('choice', valueOf(choice, 'Next'));
    add('default', valueOf(node, 'Default'));
  } else if (type !== 'Succeed' && type !== 'Fail') add('next', valueOf(node, 'Next'));
  if (type === 'Task' || type === 'Map' || type === 'Parallel' || type === '') {
    for (const catcher of itemsOf(valueOf(node, 'Catch'))) add('catch', valueOf(catcher, 'Next'));
  }
  return found;
}

function hasUnknownPart(node: DataObject): boolean {
  if (isUnknown(node) || node.properties.some(({ key }) => key.startsWith('Fn::'))) return true;
  return ['Choices', 'Catch', 'Type', 'End'].some((key) => {
    const value = valueOf(node, key);
    return isUnknown(value) || itemsOf(value).some(isUnknown);
  });
}

function handlersOf(node: DataObject, key: 'Retry' | 'Catch'): readonly ErrorHandler[] {
  return itemsOf(valueOf(node, key)).flatMap((item): readonly ErrorHandler[] => {
    if (item.kind !== 'object' || isUnknown(item)) return [];
    const errors = valueOf(item, 'ErrorEquals');
    return [{ node: item, errors: isUnknown(errors) ? undefined : errors }];
  });
}

function innerOf(node: DataObject, type: string): readonly DataObject[] {
  const places =
    type === 'Parallel'
      ? itemsOf(valueOf(node, 'Branches'))
      : type === 'Map'
        ? [valueOf(node, 'ItemProcessor') ?? valueOf(node, 'Iterator')]
        : [];
  return places.filter((place) => place?.kind === 'object' && !isUnknown(place)) as readonly DataObject[];
}
