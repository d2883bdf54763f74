import { insertProperty } from '../../../documents/data/edits';
import { fieldOf } from '../../../documents/asl/fields';
import { everyState } from '../../../documents/asl/graph';
import { calls } from '../../../documents/asl/resource';
import { defineRule } from '../../rule';

/** A query that runs wherever the account's default sends it. */
export const aslAthenaNoWorkgroup = defineRule({
  code: 'ASL17',
  id: 'asl-athena-no-workgroup',
  dialects: ['asl'],
  severity: 'information',
  title: 'Name the workgroup of an Athena query',
  why: 'Without WorkGroup the query runs in primary: no limit on the bytes it scans unless somebody set one there, its costs are mixed with all others, and where primary has no result location the query fails.',
  sources: [
    'https://docs.aws.amazon.com/step-functions/latest/dg/connect-athena.html',
    'https://docs.aws.amazon.com/athena/latest/ug/workgroups-setting-control-limits-cloudwatch.html',
  ],
  bad: `StartAt: SumLedger
States:
  SumLedger:
    Type: Task
    Resource: arn:aws:states:::athena:startQueryExecution.sync
    Parameters:
      QueryString: SELECT sum(amount) FROM ledger
    End: true
`,
  good: `StartAt: SumLedger
States:
  SumLedger:
    Type: Task
    Resource: arn:aws:states:::athena:startQueryExecution.sync
    Parameters:
      QueryString: SELECT sum(amount) FROM ledger
      WorkGroup: reports
    End: true
`,
  check: {
    asl(document, { report }) {
      for (const { state } of everyState(document)) {
        const { input, resource } = state;
        if (
          resource === undefined ||
          !calls(state, 'athena', 'startQueryExecution') ||
          input?.kind !== 'object'
        )
          continue;
        if (fieldOf(input, 'WorkGroup') !== undefined || fieldOf(input, 'ResultConfiguration') !== undefined)
          continue;
        report(
          resource.node,
          `${state.name} names neither WorkGroup nor ResultConfiguration: the query runs in primary, with the limits and the result location that it happens to have.`,
          {
            fixes: [
              {
                title: 'Add WorkGroup',
                edits: insertProperty(document.data, input, { key: 'WorkGroup', value: '${WorkGroup}' }),
                scaffold: true,
              },
            ],
          },
        );
      }
    },
  },
});
