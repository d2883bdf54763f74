import { propertiesOf, valueOf } from '../../../documents/data/access';
import { renameKey } from '../../../documents/data/edits';
import { startJobRunTasks } from '../../../documents/asl/glueJobs';
import { defineRule } from '../../rule';

/** An argument that the job never gets to see. */
export const aslGlueArguments = defineRule({
  code: 'ASL15',
  id: 'asl-glue-arguments',
  dialects: ['asl'],
  severity: 'error',
  title: 'The names of Glue arguments begin with two dashes',
  why: 'Glue hands arguments to the script as they are written, and getResolvedOptions looks for --name. Without the dashes the job ends with an error about a missing argument, or runs with its default.',
  sources: [
    'https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-crawler-pyspark-extensions-get-resolved-options.html',
    'https://docs.aws.amazon.com/step-functions/latest/dg/connect-glue.html',
  ],
  bad: `StartAt: LoadCards
States:
  LoadCards:
    Type: Task
    Resource: arn:aws:states:::glue:startJobRun.sync
    Parameters:
      JobName: load-cards
      Timeout: 60
      Arguments:
        day.$: $.day
    End: true
`,
  good: `StartAt: LoadCards
States:
  LoadCards:
    Type: Task
    Resource: arn:aws:states:::glue:startJobRun.sync
    Parameters:
      JobName: load-cards
      Timeout: 60
      Arguments:
        --day.$: $.day
    End: true
`,
  check: {
    asl(document, { report }) {
      for (const { data, request } of startJobRunTasks(document)) {
        const given = propertiesOf(valueOf(request, 'Arguments'));
        const keys = new Set(given.map(({ key }) => key));
        for (const property of given) {
          const { key, keySpan } = property;
          if (key.startsWith('--') || key.startsWith('Fn::') || /\$\{|\{\{|^Ref$/.test(key)) continue;
          const right = `--${key.replace(/^-+/, '')}`;
          report(
            keySpan,
            `The job looks for ${right.replace(/\.\$$/, '')}; ${key.replace(/\.\$$/, '')} is never read.`,
            {
              fixes: keys.has(right)
                ? []
                : [{ title: `Rename to ${right}`, edits: renameKey(data, property, right) }],
            },
          );
        }
      }
    },
  },
});
