import { accountId, type Fields, region } from '../service';

const functionArn = (name: string): string => `arn:aws:lambda:${region}:${accountId}:function:${name}`;

/**
 * The state machine of the demo's pipeline. It has the faults of the one it is modelled on: only the refresh is caught,
 * so a failed job sends no message, and the handler of the error ends in success.
 */
export const etlDefinition: Fields = {
  Comment: 'Brings one day of banking data from the legacy files to the views',
  StartAt: 'ValidateFiles',
  States: {
    ValidateFiles: {
      Type: 'Task',
      Resource: functionArn('validate-banking-data'),
      ResultPath: '$.validation',
      Next: 'RunGlueJob',
    },
    RunGlueJob: {
      Type: 'Task',
      Resource: 'arn:aws:states:::glue:startJobRun.sync',
      Parameters: {
        JobName: 'migrate-legacy-data',
        Arguments: { '--execution_date.$': '$.execution_date' },
      },
      ResultPath: '$.job',
      Next: 'LoadToRedshift',
    },
    LoadToRedshift: {
      Type: 'Task',
      Resource: functionArn('load-redshift'),
      ResultPath: '$.load',
      Next: 'RefreshViews',
    },
    RefreshViews: {
      Type: 'Task',
      Resource: functionArn('refresh-views'),
      ResultPath: '$.refresh',
      Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'HandleError' }],
      Next: 'SendNotification',
    },
    SendNotification: {
      Type: 'Task',
      Resource: 'arn:aws:states:::sns:publish',
      Parameters: {
        TopicArn: `arn:aws:sns:${region}:${accountId}:pipeline-success`,
        Subject: 'Banking data is ready',
        'Message.$': "States.Format('The banking data of {} is ready.', $.execution_date)",
      },
      ResultPath: null,
      End: true,
    },
    HandleError: {
      Type: 'Task',
      Resource: 'arn:aws:states:::sns:publish',
      Parameters: {
        TopicArn: `arn:aws:sns:${region}:${accountId}:pipeline-failure`,
        Subject: 'Views were not refreshed',
        'Message.$': '$.error.Cause',
      },
      ResultPath: null,
      End: true,
    },
  },
};
