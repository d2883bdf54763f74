import { randomUUID } from 'node:crypto';
import { DefinitionError, type Machine, readMachine } from '../asl/machine';
import { supportsResource, type TaskWorld } from '../asl/tasks';
import { AwsError, accountId, type Fields, type Operation, region, type Service } from '../service';
import type { Journal } from '../store/journal';
import { isFields, text } from '../wire/input';
import { pageOf, required } from './paging';
import { type ExecutionRecord, Executions } from './stepFunctionsExecutions';

const invalid = 'ValidationException';

/** Step Functions, and what ends the executions that run when the lake is closed. */
export function stepFunctionsService(
  journal: Journal,
  world: TaskWorld,
): { readonly service: Service; readonly executions: Executions } {
  const executions = new Executions(journal, world);
  const operations = {
    ...machineOperations(journal, world),
    ...executionOperations({ journal, world, executions }),
  };
  return { service: { name: 'states', target: 'AWSStepFunctions', invalid, operations }, executions };
}

function machineOperations(journal: Journal, world: TaskWorld): Record<string, Operation> {
  return {
    CreateStateMachine: {
      members: ['name', 'definition', 'roleArn', 'type', 'tags'],
      run: async (input) => {
        const name = nameIn(required(input, 'name', invalid));
        if (text(input, 'type') === 'EXPRESS')
          throw new AwsError(invalid, 'The local lake runs STANDARD state machines only.');
        const definition = required(input, 'definition', invalid);
        await machineFrom(definition, world);
        const arn = `arn:aws:states:${region}:${accountId}:stateMachine:${name}`;
        const there = journal.all('stateMachine').get(arn) as Fields | undefined;
        // The same request again is no error.
        if (
          there !== undefined &&
          (there['definition'] !== definition || there['roleArn'] !== input['roleArn'])
        ) {
          throw new AwsError('StateMachineAlreadyExists', `State Machine Already Exists: '${arn}'`);
        }
        const creationDate = there?.['creationDate'] ?? Date.now() / 1000;
        journal.put('stateMachine', arn, {
          name,
          definition,
          roleArn: required(input, 'roleArn', invalid),
          creationDate,
          revisionId: randomUUID(),
        });
        return { stateMachineArn: arn, creationDate };
      },
    },
    UpdateStateMachine: {
      members: ['stateMachineArn', 'definition', 'roleArn'],
      run: async (input) => {
        const arn = required(input, 'stateMachineArn', invalid);
        const machine = machineOf(journal, arn);
        const definition = text(input, 'definition') ?? text(machine, 'definition') ?? '';
        await machineFrom(definition, world);
        const revisionId = randomUUID();
        journal.put('stateMachine', arn, {
          ...machine,
          definition,
          roleArn: text(input, 'roleArn') ?? machine['roleArn'],
          revisionId,
        });
        return { updateDate: Date.now() / 1000, revisionId };
      },
    },
    DeleteStateMachine: {
      members: ['stateMachineArn'],
      run: (input) => {
        journal.remove('stateMachine', required(input, 'stateMachineArn', invalid));
        return {};
      },
    },
    ListStateMachines: {
      members: ['maxResults', 'nextToken'],
      run: (input) => {
        const all = [...journal.all('stateMachine')].map(([stateMachineArn, value]) => {
          const { name, creationDate } = value as Fields;
          return { stateMachineArn, name, type: 'STANDARD', creationDate };
        });
        const { items, next } = page(
          all.toSorted((a, b) => (String(a.name) < String(b.name) ? -1 : 1)),
          input,
        );
        return { stateMachines: items, ...next };
      },
    },
    DescribeStateMachine: {
      members: ['stateMachineArn'],
      run: (input) => {
        const stateMachineArn = required(input, 'stateMachineArn', invalid);
        return {
          stateMachineArn,
          status: 'ACTIVE',
          type: 'STANDARD',
          loggingConfiguration: { level: 'OFF', includeExecutionData: false, destinations: [] },
          tracingConfiguration: { enabled: false },
          ...machineOf(journal, stateMachineArn),
        };
      },
    },
  };
}

function executionOperations({
  journal,
  world,
  executions,
}: {
  journal: Journal;
  world: TaskWorld;
  executions: Executions;
}): Record<string, Operation> {
  const existing = (input: Fields): ExecutionRecord => {
    const arn = required(input, 'executionArn', invalid);
    const record = executions.find(arn);
    if (record === undefined)
      throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
    return record;
  };
  return {
    StartExecution: {
      members: ['stateMachineArn', 'name', 'input'],
      run: async (input) => {
        const stateMachineArn = required(input, 'stateMachineArn', invalid);
        const definition = machineOf(journal, stateMachineArn);
        const machine = await machineFrom(text(definition, 'definition') ?? '', world, { checked: true });
        const name = nameIn(text(input, 'name') ?? randomUUID());
        const given = text(input, 'input') ?? '{}';
        refuseBroken(given);
        const arn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
        const there = executions.find(arn);
        if (there !== undefined && (there.status !== 'RUNNING' || there.input !== given)) {
          throw new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
        }
        const owner = {
          arn: stateMachineArn,
          name: text(definition, 'name') ?? '',
          role: text(definition, 'roleArn') ?? '',
        };
        const { started } = there ?? executions.start(machine, { arn, name, input: given, machine: owner });
        return { executionArn: arn, startDate: started / 1000 };
      },
    },
    DescribeExecution: {
      members: ['executionArn'],
      run: (input) => {
        const record = existing(input);
        return {
          ...shownExecution(record),
          input: record.input,
          inputDetails: { included: true },
          ...(record.output === undefined
            ? {}
            : { output: record.output, outputDetails: { included: true } }),
          ...(record.error === undefined ? {} : { error: record.error }),
          ...(record.cause === undefined ? {} : { cause: record.cause }),
          redriveStatus: 'NOT_REDRIVABLE',
          redriveStatusReason: 'The local lake does not redrive executions',
        };
      },
    },
    ListExecutions: {
      members: ['stateMachineArn', 'statusFilter', 'maxResults', 'nextToken'],
      run: (input) => {
        const arn = required(input, 'stateMachineArn', invalid);
        machineOf(journal, arn);
        const status = text(input, 'statusFilter');
        const all = executions
          .all()
          .filter((record) => record.machine === arn && (status === undefined || record.status === status));
        const { items, next } = page(all.toReversed(), input);
        return { executions: items.map(shownExecution), ...next };
      },
    },
    StopExecution: {
      members: ['executionArn', 'error', 'cause'],
      run: (input) => {
        const { arn } = existing(input);
        const [error, cause] = [text(input, 'error'), text(input, 'cause')];
        const stopped = executions.stop(arn, {
          ...(error === undefined ? {} : { error }),
          ...(cause === undefined ? {} : { cause }),
        });
        return { stopDate: stopped / 1000 };
      },
    },
    GetExecutionHistory: {
      members: ['executionArn', 'maxResults', 'reverseOrder', 'nextToken', 'includeExecutionData'],
      run: (input) => {
        const all = executions.history(existing(input).arn);
        const { items, next } = page(input['reverseOrder'] === true ? all.toReversed() : all, input);
        const shown = input['includeExecutionData'] === false ? items.map(withoutData) : items;
        return { events: shown, ...next };
      },
    },
  };
}

// What went in and came out of each step is left out of its details.
function withoutData(event: Fields): Fields {
  return Object.fromEntries(
    Object.entries(event).map(([member, value]) => {
      if (!isFields(value)) return [member, value];
      const { input: _, output: __, parameters: ___, ...rest } = value;
      return [member, rest];
    }),
  );
}

async function machineFrom(
  definition: string,
  world: TaskWorld,
  { checked }: { readonly checked: boolean } = { checked: false },
): Promise<Machine> {
  try {
    return await readMachine(definition, {
      supports: (resource) => supportsResource(world, resource),
      checked,
    });
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error;
    throw new AwsError('InvalidDefinition', `Invalid State Machine Definition: '${error.message}'`);
  }
}

function machineOf(journal: Journal, arn: string): Fields {
  const found = journal.all('stateMachine').get(arn) as Fields | undefined;
  if (found === undefined)
    throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
  return found;
}

function nameIn(name: string): string {
  if (!/^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]{1,80}$/u.test(name))
    throw new AwsError('InvalidName', `Invalid Name: '${name}'`);
  return name;
}

function refuseBroken(input: string): void {
  try {
    JSON.parse(input);
  } catch (error) {
    throw new AwsError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${String(error)}'`);
  }
}

function shownExecution({ arn, machine, name, status, started, stopped }: ExecutionRecord): Fields {
  return {
    executionArn: arn,
    stateMachineArn: machine,
    name,
    status,
    startDate: started / 1000,
    ...(stopped === undefined ? {} : { stopDate: stopped / 1000 }),
    redriveCount: 0,
  };
}

function page<T>(all: readonly T[], input: Fields): { readonly items: readonly T[]; readonly next: Fields } {
  // 0 asks for the default.
  const MaxResults = input['maxResults'] === 0 ? undefined : input['maxResults'];
  const { items, next } = pageOf(
    all,
    { MaxResults, NextToken: input['nextToken'] },
    { default: 100, most: 1000, invalid: 'InvalidToken' },
  );
  return { items, next: next.NextToken === undefined ? {} : { nextToken: next.NextToken } };
}
