import { AwsError, type Fields, type Operation } from '../service';
import type { Journal } from '../store/journal';
import { fields, number, text, texts } from '../wire/input';
import { type JobRunRecord, type JobRuns, shownRun } from './glueJobRuns';
import { pageOf, required } from './paging';

const invalid = 'InvalidInputException';

/** What a job is made of. What the lake could only ignore is not among it. */
const jobMembers = [
  'JobMode',
  'Description',
  'Role',
  'ExecutionProperty',
  'Command',
  'DefaultArguments',
  'NonOverridableArguments',
  'Connections',
  'MaxRetries',
  'AllocatedCapacity',
  'Timeout',
  'MaxCapacity',
  'SecurityConfiguration',
  'NotificationProperty',
  'GlueVersion',
  'NumberOfWorkers',
  'WorkerType',
  'ExecutionClass',
];

/** Data processing units of one worker. https://docs.aws.amazon.com/glue/latest/dg/worker-types.html */
const workerUnits: Readonly<Record<string, number>> = {
  'G.025X': 0.25,
  'G.1X': 1,
  'G.2X': 2,
  'G.4X': 4,
  'G.8X': 8,
  Standard: 1,
};

/** Glue's operations on jobs and their runs. */
export function jobOperations(journal: Journal, runs: JobRuns): Record<string, Operation> {
  const find = (name: string): Fields | undefined => journal.all('job').get(name) as Fields | undefined;
  const existing = (name: string): Fields => {
    const job = find(name);
    if (job === undefined) throw new AwsError('EntityNotFoundException', `Job with name: ${name} not found.`);
    return job;
  };
  const all = (): readonly Fields[] => [...journal.all('job').values()] as readonly Fields[];
  const put = (name: string, definition: Fields, created: unknown): void => {
    if (text(fields(definition, 'Command'), 'Name') === undefined)
      throw new AwsError(invalid, 'Command is required');
    journal.put('job', name, {
      MaxRetries: 0,
      ...withDefaults(definition),
      Name: name,
      CreatedOn: created,
      LastModifiedOn: Date.now() / 1000,
    });
  };
  return {
    CreateJob: {
      members: ['Name', 'Tags', ...jobMembers],
      run: (input) => {
        const Name = required(input, 'Name', invalid);
        if (find(Name) !== undefined)
          throw new AwsError('AlreadyExistsException', `Job ${Name} already exists.`);
        const { Tags: _, ...definition } = input;
        put(Name, definition, Date.now() / 1000);
        return { Name };
      },
    },
    UpdateJob: {
      members: ['JobName', 'JobUpdate'],
      run: (input) => {
        const JobName = required(input, 'JobName', invalid);
        const update = fields(input, 'JobUpdate');
        const unknown = Object.keys(update).find((member) => !jobMembers.includes(member));
        if (unknown !== undefined)
          throw new AwsError(
            invalid,
            `The local lake does not implement the member ${unknown} of JobUpdate.`,
          );
        put(JobName, update, existing(JobName)['CreatedOn']);
        return { JobName };
      },
    },
    DeleteJob: {
      members: ['JobName'],
      run: (input) => {
        const JobName = required(input, 'JobName', invalid);
        for (const { id } of runs.of(JobName)) {
          runs.stop(id);
          journal.remove('jobRun', id);
        }
        journal.remove('job', JobName);
        return { JobName };
      },
    },
    GetJob: {
      members: ['JobName'],
      run: (input) => ({ Job: existing(required(input, 'JobName', invalid)) }),
    },
    GetJobs: {
      members: ['NextToken', 'MaxResults'],
      run: (input) => {
        const { items, next } = pageOf(all(), input, { default: 100, most: 1000 });
        return { Jobs: items, ...next };
      },
    },
    ListJobs: {
      members: ['NextToken', 'MaxResults'],
      run: (input) => {
        const { items, next } = pageOf(all(), input, { default: 100, most: 1000 });
        return { JobNames: items.map(({ Name }) => Name), ...next };
      },
    },
    ...runOperations({ journal, runs, find, existing }),
  };
}

function runOperations({
  journal,
  runs,
  find,
  existing,
}: {
  journal: Journal;
  runs: JobRuns;
  find: (name: string) => Fields | undefined;
  existing: (name: string) => Fields;
}): Record<string, Operation> {
  const runOf = (job: string, id: string): JobRunRecord => {
    existing(job);
    const run = runs.find(id);
    if (run?.job !== job)
      throw new AwsError('EntityNotFoundException', `Job Run ID ${id} not found for job: ${job}`);
    return run;
  };
  const bookmarkOf = (input: Fields): Fields => {
    const job = required(input, 'JobName', invalid);
    const entry = journal.all('jobBookmark').get(job) as Fields | undefined;
    const run = text(input, 'RunId');
    if (entry === undefined || (run !== undefined && entry['RunId'] !== run)) {
      throw new AwsError('EntityNotFoundException', `Continuation for job ${job} not found.`);
    }
    return entry;
  };
  return {
    StartJobRun: {
      members: [
        'JobName',
        'JobRunId',
        'Arguments',
        'Timeout',
        'MaxCapacity',
        'AllocatedCapacity',
        'NumberOfWorkers',
        'WorkerType',
        'ExecutionClass',
        'SecurityConfiguration',
        'NotificationProperty',
      ],
      run: (input) => {
        const job = existing(required(input, 'JobName', invalid));
        const { JobName: _, JobRunId: again, Arguments: __, ...settings } = input;
        const previous = typeof again === 'string' ? runOf(text(job, 'Name') ?? '', again) : undefined;
        const given = argumentsOf(fields(input, 'Arguments'));
        const fixed = argumentsOf(fields(job, 'NonOverridableArguments'));
        const clash = Object.keys(given).find((name) => name in fixed);
        if (clash !== undefined) throw new AwsError(invalid, `The argument ${clash} is not overridable.`);
        const inherited = Object.fromEntries(
          [
            'Timeout',
            'WorkerType',
            'NumberOfWorkers',
            'ExecutionClass',
            'SecurityConfiguration',
            'MaxCapacity',
          ]
            .filter((name) => job[name] !== undefined)
            .map((name) => [name, job[name]]),
        );
        const id = runs.start({
          job: { ...job, DefaultArguments: { ...fields(job, 'DefaultArguments'), ...fixed } },
          given: previous === undefined ? given : { ...previous.given, ...given },
          settings: withDefaults({ ...inherited, ...settings }),
          ...(previous === undefined ? {} : { previous }),
        });
        return { JobRunId: id };
      },
    },
    GetJobRun: {
      members: ['JobName', 'RunId', 'PredecessorsIncluded'],
      run: (input) => {
        const job = required(input, 'JobName', invalid);
        return { JobRun: shownRun(runOf(job, required(input, 'RunId', invalid)), find(job)) };
      },
    },
    GetJobRuns: {
      members: ['JobName', 'NextToken', 'MaxResults'],
      run: (input) => {
        const job = existing(required(input, 'JobName', invalid));
        const { items, next } = pageOf(runs.of(text(job, 'Name') ?? ''), input, { default: 100, most: 200 });
        return { JobRuns: items.map((run) => shownRun(run, job)), ...next };
      },
    },
    BatchStopJobRun: {
      members: ['JobName', 'JobRunIds'],
      run: (input) => {
        const job = required(input, 'JobName', invalid);
        existing(job);
        const answers = texts(input, 'JobRunIds').map((id) => ({
          id,
          stopped: runs.find(id)?.job === job && runs.stop(id),
        }));
        return {
          SuccessfulSubmissions: answers
            .filter(({ stopped }) => stopped)
            .map(({ id }) => ({ JobName: job, JobRunId: id })),
          Errors: answers
            .filter(({ stopped }) => !stopped)
            .map(({ id }) => ({
              JobName: job,
              JobRunId: id,
              ErrorDetail: {
                ErrorCode: runs.find(id)?.job === job ? 'InvalidInputException' : 'EntityNotFoundException',
                ErrorMessage:
                  runs.find(id)?.job === job
                    ? `Job run ${id} is not in a state that can be stopped.`
                    : `Job run ${id} not found.`,
              },
            })),
        };
      },
    },
    GetJobBookmark: {
      members: ['JobName', 'RunId'],
      run: (input) => ({ JobBookmarkEntry: bookmarkOf(input) }),
    },
    ResetJobBookmark: {
      members: ['JobName', 'RunId'],
      run: (input) => {
        const entry = bookmarkOf(input);
        const reset = { ...entry, Version: (number(entry, 'Version') ?? 0) + 1, JobBookmark: '{}' };
        journal.put('jobBookmark', required(input, 'JobName', invalid), reset);
        return { JobBookmarkEntry: reset };
      },
    },
  };
}

function argumentsOf(given: Fields): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)]));
}

// A capacity follows from the workers, and both stand in what Glue answers.
function withDefaults(definition: Fields): Fields {
  const workers = number(definition, 'NumberOfWorkers');
  const units = workerUnits[text(definition, 'WorkerType') ?? ''];
  const computed = workers === undefined || units === undefined ? undefined : workers * units;
  const capacity =
    computed ?? number(definition, 'MaxCapacity') ?? number(definition, 'AllocatedCapacity') ?? 10;
  return {
    Timeout: 2880,
    ...definition,
    MaxCapacity: capacity,
    AllocatedCapacity: Math.ceil(capacity),
  };
}
