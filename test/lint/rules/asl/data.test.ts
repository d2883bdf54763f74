import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aslAthenaNoWorkgroup } from '../../../../src/lint/rules/asl/asl-athena-no-workgroup';
import { aslEmbeddedSql } from '../../../../src/lint/rules/asl/asl-embedded-sql';
import { aslGlueArguments } from '../../../../src/lint/rules/asl/asl-glue-arguments';
import { aslLargePayload } from '../../../../src/lint/rules/asl/asl-large-payload';
import { aslOutputLost } from '../../../../src/lint/rules/asl/asl-output-lost';
import { aslPathWithoutDollar } from '../../../../src/lint/rules/asl/asl-path-without-dollar';
import { documentChecker } from '../../../support/documentChecker';

const path = documentChecker(aslPathWithoutDollar, 'asl');
const lost = documentChecker(aslOutputLost, 'asl');
const large = documentChecker(aslLargePayload, 'asl');
const glueArguments = documentChecker(aslGlueArguments, 'asl');
const embedded = documentChecker(aslEmbeddedSql, 'asl');
const workgroup = documentChecker(aslAthenaNoWorkgroup, 'asl');

const task = (resource: string, more: string): string => `StartAt: Load
States:
  Load:
    Type: Task
    Resource: arn:aws:states:::${resource}
${more}    End: true
`;

test('a path, a path of the context and an intrinsic are seen under a plain key, at any depth', async () => {
  const text = task(
    'lambda:invoke',
    `    Parameters:
      Payload:
        day: «$.day»
        run: «$$.Execution.Id»
        key: «States.Format('cards/{}', $.day)»
`,
  );
  await path(text, 'warning: day is given the text $.day itself', 'warning', 'warning');
  const fixed = await path.fixed(text.replaceAll(/[«»]/g, ''));
  assert.match(fixed, /day\.\$: \$\.day\n {8}run\.\$: \$\$\.Execution\.Id\n {8}key\.\$: States\.Format/);
});

test('prices, texts about paths and paths for the called service are no paths', async () => {
  await path(
    task(
      'events:putTargets',
      `    Parameters:
      Price: $5
      Note: $.day is the day
      About: States.Format is an intrinsic
      Pattern: $
      InputPath: $.detail
      InputTransformer: { InputPathsMap: { day: $.detail.day } }
`,
    ),
  );
});

test('JSONata has no keys with a dollar, whoever says that it is used', async () => {
  const parameters = '    Arguments: { FunctionName: rate, Payload: { day: $.day } }\n';
  await path(`QueryLanguage: JSONata\n${task('lambda:invoke', parameters)}`);
  await path(task('lambda:invoke', `    QueryLanguage: JSONata\n${parameters}`));
  await path(
    task('lambda:invoke', '    Parameters: { FunctionName: rate, Payload: { day: «$.day» } }\n'),
    'warning',
  );
});

test('items of a list are never looked up, which is told without a fix', async () => {
  const [found] = await path(
    task('ecs:runTask.sync', '    Parameters: { Overrides: { Command: [load, «$.day»] } }\n'),
    'information: never looked up',
  );
  assert.deepEqual(found?.fixes, []);
});

test('the Result of a Pass state is a constant, whatever its keys are called', async () => {
  const pass = (field: string, day: string): string =>
    `StartAt: Day\nStates:\n  Day: { Type: Pass, ${field}: { day.$: ${day}, kind: full }, ResultPath: $.load, End: true }\n`;
  await path(pass('Result', '«$.day»'), 'warning: Parameters looks it up');
  assert.equal(await path.fixed(pass('Result', '$.day')), pass('Parameters', '$.day'));
  await path(pass('Parameters', '$.day'));
});

const run = (name: string, more: string): string =>
  `  ${name}: { Type: Task, Resource: 'arn:aws:states:::glue:startJobRun.sync', Parameters: { JobName: load, Arguments: { --day.$: $.day } }, ${more} }\n`;

test('an answer that replaces what a later state reads is reported, also behind states that hand on', async () => {
  await lost(
    `StartAt: Cards\nStates:\n${run('«Cards»', 'Next: Pause')}  Pause: { Type: Wait, Seconds: 60, Next: Ledger }\n${run('Ledger', 'End: true')}`,
    'warning: and Ledger reads $.day, which is then gone',
  );
});

test('an answer that is put into a field, or dropped, leaves the rest', async () => {
  for (const kept of ['ResultPath: $.load', 'ResultPath: null']) {
    await lost(
      `StartAt: Cards\nStates:\n${run('Cards', `${kept}, Next: Ledger`)}${run('Ledger', 'End: true')}`,
    );
  }
});

test('a field is only missed where something read it before, and where nothing puts it back', async () => {
  const other = run('Cards', 'Next: Ledger').replace('$.day', '$.week');
  await lost(`StartAt: Cards\nStates:\n${other}${run('Ledger', 'End: true')}`);
  await lost(
    `StartAt: Cards\nStates:\n${run('Cards', 'Next: Day')}  Day: { Type: Pass, Result: 1, ResultPath: $.day, Next: Ledger }\n${run('Ledger', 'End: true')}`,
  );
  await lost(
    `StartAt: Cards\nStates:\n${run('Cards', 'ResultSelector: { day.$: $.JobRunState }, Next: Ledger')}${run('Ledger', 'End: true')}`,
  );
});

test('a Choice that asks whether a field is there does not miss it', async () => {
  const machine = (inner: string, name: string): string =>
    `StartAt: Cards\nStates:\n${run(name, 'Next: Kind')}  Kind: { Type: Choice, Choices: [{ And: [${inner}{ Variable: $.day, StringEquals: x }], Next: Done }], Default: Done }\n  Done: { Type: Succeed }\n`;
  await lost(machine('', '«Cards»'), 'warning: Kind reads $.day');
  await lost(machine('{ Variable: $.day, IsPresent: true }, ', 'Cards'));
});

test('the answer of a service has its own fields, that of a function any', async () => {
  const state = (resource: string, name: string): string =>
    `  ${name}: { Type: Task, Resource: '${resource}', Parameters: { day.$: $.day }, Next: Ledger }\n`;
  await lost(
    `StartAt: Cards\nStates:\n${state('arn:aws:lambda:eu-west-1:004455667788:function:cards', '«Cards»')}${run('Ledger', 'End: true')}`,
    'information: unless the function returns day again',
  );
  await lost(
    `StartAt: Cards\nStates:\n${run('Cards', 'Next: Ledger').replace('$.day', '$.Id')}${run('Ledger', 'End: true').replace('$.day', '$.Id')}`,
  );
});

test('the answers of a Map and a Parallel are lists, in which no field is found', async () => {
  await lost(
    `StartAt: Each\nStates:\n  «Each»: { Type: Map, ItemSelector: { day.$: $.day }, Iterator: { StartAt: A, States: { A: { Type: Pass, End: true } } }, Next: Ledger }\n${run('Ledger', 'End: true')}`,
    'warning',
  );
});

test('an error that replaces the input on the way to a handler that reads it is reported at the Catch', async () => {
  const machine = (catcher: string, next: string): string =>
    `StartAt: Cards\nStates:\n${run('Cards', `ResultPath: $.load, Catch: [{ ErrorEquals: [States.ALL], ${catcher}Next: ${next} }], End: true`)}${run('Again', 'End: true')}`;
  await lost(machine('', '«Again»'), 'warning: The error replaces the input');
  await lost(machine('ResultPath: $.error, ', 'Again'));
  const fixed = await lost.fixed(machine('', 'Again'));
  assert.match(fixed, /ErrorEquals: \[States\.ALL\], ResultPath: \$\.error, Next: Again/);
});

test('JSONata and variables keep what they need by themselves', async () => {
  const machine = `StartAt: Cards\nStates:\n${run('Cards', 'Next: Ledger')}${run('Ledger', 'End: true')}`;
  await lost(`QueryLanguage: JSONata\n${machine}`);
  await lost(machine.replace('Next: Ledger', 'Assign: { day.$: $.day }, Next: Ledger'));
});

test('the fix of a lost input is only proposed where the answer itself is read', async () => {
  const machine = (second: string): string =>
    `StartAt: Cards\nStates:\n${run('Cards', 'Next: Ledger')}${run('Ledger', `${second}End: true`)}`;
  const [plain] = await lost.find(machine(''));
  assert.equal(plain?.fixes[0]?.scaffold, undefined);
  assert.match(await lost.fixed(machine('')), /ResultPath: \$\.cards, Next: Ledger/);
  const reads = machine('')
    .replace('Next: Ledger }', 'Next: Kind }')
    .concat(
      '  Kind: { Type: Choice, Choices: [{ Variable: $.JobRunState, StringEquals: SUCCEEDED, Next: Ledger }], Default: Ledger }\n',
    );
  const [tied] = await lost.find(reads);
  assert.equal(tied?.fixes[0]?.scaffold, true);
});

test('whole objects, rows and items are large; cut down, limited or dropped they are not', async () => {
  const get = (resource: string, parameters: string, more = ''): string =>
    task(resource, `    Parameters: { ${parameters} }\n${more}`).replace(
      `arn:aws:states:::${resource}`,
      (arn) => `«${arn}»`,
    );
  const quiet = (text: string): string => text.replaceAll(/[«»]/g, '');
  await large(get('athena:getQueryResults', 'QueryExecutionId: x'), 'information: the rows of a query');
  await large(get('aws-sdk:dynamodb:query', 'TableName: cards'), 'information: all items that match');
  await large(get('aws-sdk:s3:getObject', 'Bucket: bank-lake, Key: k'), 'information: a whole object');
  await large(get('athena:getQueryResults', 'QueryExecutionId: x, MaxResults: 1000'));
  await large(quiet(get('athena:getQueryResults', 'QueryExecutionId: x, MaxResults: 10')));
  await large(quiet(get('aws-sdk:dynamodb:scan', 'TableName: cards, Limit: 1')));
  await large(quiet(get('aws-sdk:s3:getObject', 'Bucket: b, Key: k', '    ResultPath: null\n')));
  await large(
    quiet(get('aws-sdk:dynamodb:query', 'TableName: cards', '    ResultSelector: { n.$: $.Count }\n')),
  );
});

test('each argument without its dashes is named, with a value or a path', async () => {
  const text = task(
    'glue:startJobRun.sync',
    `    Parameters:
      JobName: load
      Arguments:
        «day.$»: $.day
        «-mode»: full
        --region: eu
`,
  );
  await glueArguments(text, 'error: The job looks for --day; day is never read.', 'error: --mode');
  assert.match(
    await glueArguments.fixed(text.replaceAll(/[«»]/g, '')),
    /"?--day\.\$"?: \$\.day\n {8}"?--mode"?: full/,
  );
});

test('arguments that are computed, of JSONata, or of another service are known or left alone', async () => {
  await glueArguments(
    task('glue:startJobRun.sync', '    Parameters: { JobName: load, Arguments.$: $.arguments }\n'),
  );
  await glueArguments(task('batch:submitJob.sync', '    Parameters: { Arguments: { day: x } }\n'));
  await glueArguments(
    `QueryLanguage: JSONata\n${task('glue:startJobRun.sync', "    Arguments: { JobName: load, Arguments: { «day»: '{% $d %}' } }\n")}`,
    'error',
  );
});

test('a second statement is seen in JSON and YAML, semicolons at the end and in texts are none', async () => {
  const query = (sql: string): string =>
    task('athena:startQueryExecution.sync', `    Parameters: { WorkGroup: etl, QueryString: "${sql}" }\n`);
  await embedded(query('SELECT 1; «SELECT 2»'), 'warning: one statement a call');
  await embedded(query('SELECT 1;'));
  await embedded(query("SELECT ';' AS mark -- a; b"));
  await embedded(
    '{ "StartAt": "A", "States": { "A": { "Type": "Task", "Resource": "arn:aws:states:::athena:startQueryExecution", "Parameters": { "QueryString": "SELECT 1;\\n «SELECT 2»;" }, "End": true } } }',
  );
});

test('statements of Redshift and texts that are computed are not counted', async () => {
  await embedded(
    task('aws-sdk:redshiftdata:executeStatement', '    Parameters: { Sql: "SELECT 1; SELECT 2" }\n'),
  );
  await embedded(task('athena:startQueryExecution', '    Parameters: { QueryString.$: $.sql }\n'));
});

test('a workgroup, a result location or a computed request is enough', async () => {
  const query = (more: string): string =>
    task('athena:startQueryExecution', `    Parameters: { QueryString: SELECT 1${more} }\n`);
  await workgroup(
    query('').replace('arn:aws:states:::athena:startQueryExecution', (arn) => `«${arn}»`),
    'information: primary',
  );
  await workgroup(query(', WorkGroup: etl'));
  await workgroup(query(', WorkGroup.$: $.group'));
  await workgroup(query(', ResultConfiguration: { OutputLocation: s3://bank-lake/out/ }'));
  await workgroup(task('athena:startQueryExecution', '    Parameters: "${Query}"\n'));
  await workgroup(task('athena:getQueryExecution', '    Parameters: { QueryExecutionId: x }\n'));
});
