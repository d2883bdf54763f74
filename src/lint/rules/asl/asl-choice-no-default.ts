import { isUnknown, itemsOf, plainOf, propertyOf, textOf, valueOf } from '../../../documents/data/access';
import { insertProperty } from '../../../documents/data/edits';
import type { DataNode } from '../../../documents/data/node';
import { everyState } from '../../../documents/asl/graph';
import { defineRule } from '../../rule';
import { freeName } from './freeName';

/** A decision that fails the execution on a value nobody thought of. */
export const aslChoiceNoDefault = defineRule({
  code: 'ASL08',
  id: 'asl-choice-no-default',
  dialects: ['asl'],
  severity: 'warning',
  title: 'Give a Choice a Default',
  why: 'When no rule of a Choice matches and it has no Default, the execution fails with States.NoChoiceMatched, and a Choice cannot catch that.',
  sources: [
    'https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html',
    'https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html',
  ],
  bad: `StartAt: CardKind
States:
  CardKind:
    Type: Choice
    Choices:
      - Variable: $.kind
        StringEquals: credit
        Next: Booked
  Booked:
    Type: Succeed
`,
  good: `StartAt: CardKind
States:
  CardKind:
    Type: Choice
    Choices:
      - Variable: $.kind
        StringEquals: credit
        Next: Booked
    Default: UnknownKind
  Booked:
    Type: Succeed
  UnknownKind:
    Type: Fail
    Error: UnknownKind
`,
  check: {
    asl(document, { report }) {
      for (const { machine, state } of everyState(document)) {
        const choices = valueOf(state.node, 'Choices');
        const rules = itemsOf(choices);
        if (state.type !== 'Choice' || rules.length === 0 || propertyOf(state.node, 'Default') !== undefined)
          continue;
        if (rules.some(isUnknown) || isExhaustive(rules)) continue;
        const name = freeName(document.machines, `${state.name}Unmatched`);
        const states = machine.statesProperty?.value;
        report(
          state.property.keySpan,
          `${state.name} has no Default: a value that no rule foresees fails the execution with States.NoChoiceMatched.`,
          {
            fixes:
              states?.kind !== 'object'
                ? []
                : [
                    {
                      title: 'Default to a new Fail state',
                      edits: [
                        ...insertProperty(document.data, state.node, { key: 'Default', value: name }),
                        ...insertProperty(document.data, states, {
                          key: name,
                          value: { Type: 'Fail', Error: 'NoChoiceMatched' },
                        }),
                      ],
                      scaffold: true,
                    },
                  ],
          },
        );
      }
    },
  },
});

/** Comparisons of which always one holds. `IsPresent` and the like come with true or false. */
const opposites: Readonly<Record<string, string>> = {
  NumericLessThan: 'NumericGreaterThanEquals',
  NumericLessThanEquals: 'NumericGreaterThan',
  StringLessThan: 'StringGreaterThanEquals',
  StringLessThanEquals: 'StringGreaterThan',
  TimestampLessThan: 'TimestampGreaterThanEquals',
  TimestampLessThanEquals: 'TimestampGreaterThan',
};

function isExhaustive(rules: readonly DataNode[]): boolean {
  const tests = rules.map(testOf);
  const all = new Set(tests);
  return tests.some((test) => test === 'always' || all.has(negated(test)));
}

// A test as text, so that it can be compared with the negation of another.
function testOf(rule: DataNode): string {
  const condition = textOf(valueOf(rule, 'Condition'));
  if (condition !== undefined) {
    const inner = condition.replace(/^\s*\{%|%\}\s*$/g, '').trim();
    if (inner === 'true') return 'always';
    const not = /^\$not\((.*)\)$/s.exec(inner)?.[1];
    return not === undefined ? `is ${inner}` : `not is ${not.trim()}`;
  }
  const not = valueOf(rule, 'Not');
  if (not !== undefined) return negated(testOf(not));
  const parts = rule.kind === 'object' ? rule.properties : [];
  const own = parts.filter(
    ({ key }) => key !== 'Next' && key !== 'Comment' && key !== 'Assign' && key !== 'Output',
  );
  const said = own
    .map(({ key, value }) => [key, plainOf(value)] as const)
    .sort(([a], [b]) => a.localeCompare(b));
  const comparison = said.find(([key]) => key !== 'Variable');
  const variable = said.find(([key]) => key === 'Variable')?.[1];
  if (said.length === 2 && comparison !== undefined && typeof variable === 'string') {
    const [key, value] = comparison;
    // IsPresent: false, BooleanEquals: false and their like are what true is not.
    if (value === false) return `not is ${JSON.stringify([variable, key, true])}`;
    const opposite = Object.entries(opposites).find(([, other]) => other === key)?.[0];
    if (opposite !== undefined) return `not is ${JSON.stringify([variable, opposite, value])}`;
    return `is ${JSON.stringify([variable, key, value])}`;
  }
  return `is ${JSON.stringify(said)}`;
}

function negated(test: string): string {
  return test.startsWith('not ') ? test.slice(4) : `not ${test}`;
}
