import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  type InvokeCommandInput,
  type InvokeCommandOutput,
  ListFunctionsCommand,
  PutFunctionConcurrencyCommand,
} from '@aws-sdk/client-lambda';
import { startLake, type TestLake } from '../support/localLake';
import { linesOf, type PipelineClients, pipelineClients, until } from './pipelineClients';

describe('Lambda on the local lake', () => {
  let lake: TestLake;
  let clients: PipelineClients;
  const create = async (FunctionName: string, Handler: string, more: object = {}): Promise<void> => {
    const request = {
      FunctionName,
      Handler,
      Runtime: 'python3.12' as const,
      Role: 'arn:aws:iam::111122223333:role/r',
      Code: { S3Bucket: 'b', S3Key: 'k' },
    };
    await clients.lambda.send(new CreateFunctionCommand({ ...request, ...more }));
  };
  const invoke = async (
    FunctionName: string,
    event: unknown,
    more: Partial<InvokeCommandInput> = {},
  ): Promise<InvokeCommandOutput> =>
    clients.lambda.send(
      new InvokeCommand({ FunctionName, Payload: Buffer.from(JSON.stringify(event)), ...more }),
    );
  const payload = ({ Payload }: InvokeCommandOutput): unknown =>
    JSON.parse(Buffer.from(Payload ?? []).toString());
  before(async () => {
    lake = await startLake();
    clients = pipelineClients(lake);
    await create('echo', 'lake.echo');
    await create('fail', 'lake.fail');
  });
  after(() => lake.stop());

  test('a function gives its result and writes its log under the id of the request', async () => {
    const answer = await invoke('echo', { a: [1] }, { LogType: 'Tail' });
    assert.deepEqual(
      [answer.StatusCode, answer.FunctionError, answer.ExecutedVersion],
      [200, undefined, '$LATEST'],
    );
    assert.deepEqual(payload(answer), { a: [1] });
    const id = answer.$metadata.requestId ?? '';
    const lines = await linesOf(clients, '/aws/lambda/echo');
    assert.equal(lines[0], `START RequestId: ${id} Version: $LATEST`);
    assert.equal(lines[1], 'Received {"a":[1]}');
    assert.equal(lines[2], `END RequestId: ${id}`);
    assert.match(
      lines[3] ?? '',
      new RegExp(
        `^REPORT RequestId: ${id}\\tDuration: [\\d.]+ ms\\tBilled Duration: \\d+ ms\\tMemory Size: 128 MB\\tMax Memory Used: \\d+ MB`,
      ),
    );
    assert.match(Buffer.from(answer.LogResult ?? '', 'base64').toString(), /END RequestId/);
  });

  test('an error of the handler is answered as a result, with its name, and stands in the log', async () => {
    const answer = await invoke('fail', { name: 'Boom', message: 'no luck' });
    assert.deepEqual([answer.StatusCode, answer.FunctionError], [200, 'Unhandled']);
    const { errorType, errorMessage, trace } = payload(answer) as {
      errorType: string;
      errorMessage: string;
      trace: unknown;
    };
    assert.deepEqual([errorType, errorMessage, Array.isArray(trace)], ['Boom', 'no luck', true]);
    assert.ok(
      (await linesOf(clients, '/aws/lambda/fail')).some((line) => line.startsWith('[ERROR] Boom: no luck')),
    );
  });

  test('a function that runs over its time is ended', async () => {
    await create('slow', 'lake.sleep', { Timeout: 1 });
    const answer = await invoke('slow', { seconds: 60 });
    assert.equal(answer.FunctionError, 'Unhandled');
    assert.match(
      (payload(answer) as { errorMessage: string }).errorMessage,
      /Task timed out after 1\.00 seconds$/,
    );
    const lines = await linesOf(clients, '/aws/lambda/slow');
    assert.ok(lines.some((line) => line.endsWith('Task timed out after 1.00 seconds')));
    assert.match(lines.at(-1) ?? '', /\tDuration: 1000\.00 ms\t/);
  });

  test('an event is taken and carried out once, later; a dry run is not carried out', async () => {
    const earlier = (await linesOf(clients, '/aws/lambda/echo')).length;
    assert.equal((await invoke('echo', { dry: true }, { InvocationType: 'DryRun' })).StatusCode, 204);
    assert.equal((await invoke('echo', { later: true }, { InvocationType: 'Event' })).StatusCode, 202);
    const lines = await until(
      () => linesOf(clients, '/aws/lambda/echo'),
      (written) => written.length >= earlier + 4,
    );
    assert.deepEqual(
      lines.slice(earlier).filter((line) => line.startsWith('Received')),
      ['Received {"later":true}'],
    );
  });

  test('functions are listed in pages, described and removed', async () => {
    const names: (string | undefined)[] = [];
    let Marker: string | undefined;
    do {
      const page: {
        Functions?: { FunctionName?: string | undefined }[] | undefined;
        NextMarker?: string | undefined;
      } = await clients.lambda.send(new ListFunctionsCommand({ MaxItems: 2, Marker }));
      names.push(...(page.Functions ?? []).map(({ FunctionName }) => FunctionName));
      Marker = page.NextMarker;
    } while (Marker !== undefined);
    assert.deepEqual(names, [
      'echo',
      'fail',
      'load-redshift',
      'refresh-views',
      'slow',
      'validate-banking-data',
    ]);
    const { Configuration } = await clients.lambda.send(
      new GetFunctionCommand({ FunctionName: refreshViews }),
    );
    assert.deepEqual([Configuration?.FunctionName, Configuration?.Timeout], ['refresh-views', 60]);
    const { State } = await clients.lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName: 'echo' }),
    );
    assert.equal(State, 'Active');
    await clients.lambda.send(new DeleteFunctionCommand({ FunctionName: 'slow' }));
    await assert.rejects(invoke('slow', {}), { name: 'ResourceNotFoundException' });
  });

  test('what cannot run is refused by name', async () => {
    await assert.rejects(create('other', 'app.handler'), /no handler app\.handler/);
    await assert.rejects(create('echo', 'lake.echo'), { name: 'ResourceConflictException' });
    await assert.rejects(
      clients.lambda.send(new InvokeCommand({ FunctionName: 'echo', Payload: Buffer.from('{') })),
      { name: 'InvalidRequestContentException' },
    );
    await assert.rejects(
      clients.lambda.send(
        new PutFunctionConcurrencyCommand({ FunctionName: 'echo', ReservedConcurrentExecutions: 1 }),
      ),
      /does not implement PUT/,
    );
  });

  test('troubles hit invocations before they begin, and each stands in the call log', async () => {
    const earlier = (await linesOf(clients, '/aws/lambda/echo')).length;
    await lake.faults({ action: 'lambda:InvokeFunction', kind: 'denied', times: 1 });
    await assert.rejects(invoke('echo', {}), { name: 'AccessDeniedException' });
    await lake.faults({ action: 'lambda:InvokeFunction', kind: 'reset', times: 1 });
    await assert.rejects(invoke('echo', {}));
    assert.equal((await linesOf(clients, '/aws/lambda/echo')).length, earlier);
    assert.equal(
      (await lake.calls()).filter(({ action }) => action === 'lambda:InvokeFunction').at(-1)?.status,
      0,
    );
  });
});

const refreshViews = 'arn:aws:lambda:us-east-1:111122223333:function:refresh-views';
