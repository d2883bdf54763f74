/** A small machine and what is wrong with its graph: the places, as the text in quotes and how often it stood before. */
export interface GraphCase {
  readonly name: string;
  readonly machine: unknown;
  /** In the order of the text; empty for a machine whose graph is sound. */
  readonly wrong: readonly string[];
  /** The service asks only whether some state names another, and so does not see this. */
  readonly isOnlyOurs?: true;
}

const done = { Type: 'Succeed' };
const pass = (more: object): object => ({ Type: 'Pass', ...more });
const choice = (next: string, more: object = {}): object => ({
  Type: 'Choice',
  Choices: [{ Variable: '$.kind', StringEquals: 'debit', Next: next }],
  ...more,
});
const task = (more: object): object => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::glue:startJobRun.sync',
  Parameters: { JobName: 'load-cards' },
  ...more,
});
const caught = (next: string): object => ({ Catch: [{ ErrorEquals: ['States.ALL'], Next: next }] });
const machine = (states: object, start = 'Load'): object => ({ StartAt: start, States: states });

/** Good and broken machines on which our rule and the language service of AWS must agree. */
export const graphCases: readonly GraphCase[] = [
  { name: 'one state', machine: machine({ Load: pass({ End: true }) }), wrong: [] },
  {
    name: 'a chain',
    machine: machine({ Load: task({ Next: 'Sum' }), Sum: task({ Next: 'Done' }), Done: done }),
    wrong: [],
  },
  {
    name: 'a Fail as the only end',
    machine: machine({ Load: pass({ Next: 'Stop' }), Stop: { Type: 'Fail' } }),
    wrong: [],
  },
  {
    name: 'a loop with a way out',
    machine: machine({
      Load: choice('Done', { Default: 'Pause' }),
      Pause: { Type: 'Wait', Seconds: 60, Next: 'Load' },
      Done: done,
    }),
    wrong: [],
  },
  {
    name: 'a state that only a Catch names',
    machine: machine({ Load: task({ ...caught('Tell'), End: true }), Tell: task({ End: true }) }),
    wrong: [],
  },
  {
    name: 'a state that only a Default names',
    machine: machine({ Load: choice('Done', { Default: 'Other' }), Done: done, Other: done }),
    wrong: [],
  },
  {
    name: 'a Parallel',
    machine: machine({
      Load: {
        Type: 'Parallel',
        Branches: [
          machine({ Cards: pass({ End: true }) }, 'Cards'),
          machine({ Ledger: pass({ End: true }) }, 'Ledger'),
        ],
        End: true,
      },
    }),
    wrong: [],
  },
  {
    name: 'a Map',
    machine: machine({
      Load: { Type: 'Map', ItemProcessor: machine({ One: pass({ End: true }) }, 'One'), End: true },
    }),
    wrong: [],
  },
  {
    name: 'a Map in the older form',
    machine: machine({
      Load: { Type: 'Map', Iterator: machine({ One: pass({ End: true }) }, 'One'), Next: 'Done' },
      Done: done,
    }),
    wrong: [],
  },
  {
    name: 'JSONata',
    machine: {
      QueryLanguage: 'JSONata',
      ...machine({
        Load: {
          Type: 'Choice',
          Choices: [{ Condition: '{% $states.input.ok %}', Next: 'Done' }],
          Default: 'Stop',
        },
        Done: done,
        Stop: { Type: 'Fail' },
      }),
    },
    wrong: [],
  },
  {
    name: 'a Next to nowhere',
    machine: machine({ Load: pass({ Next: 'Elsewhere' }), Done: done }),
    wrong: ['"Elsewhere"'],
  },
  {
    name: 'a mistyped Next',
    machine: machine({ Load: pass({ Next: 'Doen' }), Done: done }),
    wrong: ['"Doen"'],
  },
  {
    name: 'a Next in the wrong case',
    machine: machine({ Load: pass({ Next: 'done' }), Done: done }),
    wrong: ['"done"'],
  },
  {
    name: 'a StartAt to nowhere',
    machine: machine({ Load: pass({ End: true }) }, 'Laod'),
    wrong: ['"Laod"'],
  },
  {
    name: 'a Default to nowhere',
    machine: machine({ Load: choice('Done', { Default: 'Elsewhere' }), Done: done }),
    wrong: ['"Elsewhere"'],
  },
  {
    name: 'a choice to nowhere',
    machine: machine({ Load: choice('Elsewhere', { Default: 'Done' }), Done: done }),
    wrong: ['"Elsewhere"'],
  },
  {
    name: 'a Catch to nowhere',
    machine: machine({ Load: task({ ...caught('Elsewhere'), End: true }) }),
    wrong: ['"Elsewhere"'],
  },
  {
    name: 'a state that nothing names',
    machine: machine({ Load: pass({ End: true }), Lost: done }),
    wrong: ['"Lost"'],
  },
  {
    name: 'two states that nothing names',
    machine: machine({ Load: pass({ End: true }), Lost: done, Gone: done }),
    wrong: ['"Lost"', '"Gone"'],
  },
  {
    name: 'a way that only an unreached state takes',
    machine: machine({ Load: pass({ End: true }), Lost: pass({ Next: 'Behind' }), Behind: done }),
    wrong: ['"Lost"', '"Behind"#1'],
  },
  {
    name: 'two states that lead only to each other',
    machine: machine({
      Load: pass({ End: true }),
      Ping: pass({ Next: 'Pong' }),
      Pong: pass({ Next: 'Ping' }),
    }),
    wrong: ['"Ping"', '"Pong"#1'],
    isOnlyOurs: true,
  },
  {
    name: 'a loop without an end',
    machine: machine({ Load: pass({ Next: 'Back' }), Back: pass({ Next: 'Load' }) }),
    wrong: ['"States"'],
  },
  {
    name: 'a state that leads to itself',
    machine: machine({ Load: { Type: 'Wait', Seconds: 9, Next: 'Load' } }),
    wrong: ['"States"'],
  },
  { name: 'neither Next nor End', machine: machine({ Load: pass({}) }), wrong: ['"Load"#1'] },
  {
    name: 'a Task with neither Next nor End',
    machine: machine({ Load: pass({ Next: 'Sum' }), Sum: task({}) }),
    wrong: ['"Sum"#1'],
  },
  {
    name: 'Next and End',
    machine: machine({ Load: pass({ Next: 'Done', End: true }), Done: done }),
    wrong: ['"End":true'],
  },
  {
    name: 'a branch that names a state outside',
    machine: machine({
      Load: {
        Type: 'Parallel',
        Branches: [machine({ Cards: pass({ Next: 'Done' }) }, 'Cards')],
        Next: 'Done',
      },
      Done: done,
    }),
    wrong: ['"Done"'],
  },
  {
    name: 'a Map that names a state outside',
    machine: machine({
      Load: { Type: 'Map', ItemProcessor: machine({ One: pass({ Next: 'Done' }) }, 'One'), Next: 'Done' },
      Done: done,
    }),
    wrong: ['"Done"'],
  },
  {
    name: 'an unreached state in a branch',
    machine: machine({
      Load: {
        Type: 'Parallel',
        Branches: [machine({ Cards: pass({ End: true }), Lost: done }, 'Cards')],
        End: true,
      },
    }),
    wrong: ['"Lost"'],
  },
  { name: 'no StartAt', machine: { States: { Load: pass({ End: true }) } }, wrong: ['"States"'] },
];
