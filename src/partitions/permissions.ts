import type { TableName } from '../catalog/catalog';
import type { Connection } from '../connection/connection';
import { parseS3Uri } from '../zones/s3Uri';
import { neededActions, type Choice, type RepairPlan } from './plan';

/** A statement of an IAM policy. */
interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: object;
}

/**
 * The IAM policy that planning a repair and what was chosen of it need, as JSON. The account stands as `*` in it, since
 * nothing here tells it. Glue checks an action on a partition against its catalog, database and table alike
 * (Service Authorization Reference, "Actions, resources, and condition keys for AWS Glue").
 */
export function repairPolicy(plan: RepairPlan, choice: Choice, connection: Connection): string {
  const actions = neededActions(plan, choice);
  const places = parseS3Uri(plan.location);
  const statements: Statement[] = [
    glueStatement(
      actions.filter((action) => action.startsWith('glue:')),
      plan.table,
      connection,
    ),
    ...(places === undefined
      ? []
      : [
          {
            Sid: 'ListPartitions',
            Effect: 'Allow' as const,
            Action: ['s3:ListBucket'],
            Resource: [`arn:${partition(connection)}:s3:::${places.bucket}`],
            ...(places.key === '' ? {} : { Condition: { StringLike: { 's3:prefix': [`${places.key}*`] } } }),
          },
        ]),
  ];
  return written(statements);
}

/** The policy that would allow one action on a table's partitions, or the listing of its bucket, as JSON. */
export function actionPolicy(
  denied: { readonly action: string; readonly target?: string },
  table: TableName,
  connection: Connection,
): string {
  const { action, target = '' } = denied;
  const place = parseS3Uri(target);
  if (action.startsWith('glue:')) return written([glueStatement([action], table, connection)]);
  const bucket = place === undefined ? '*' : place.bucket;
  const within = place !== undefined && action !== 's3:ListBucket' ? `/${place.key}*` : '';
  return written([
    {
      Sid: 'Denied',
      Effect: 'Allow',
      Action: [action],
      Resource: [action.startsWith('s3:') ? `arn:${partition(connection)}:s3:::${bucket}${within}` : '*'],
    },
  ]);
}

function glueStatement(actions: readonly string[], table: TableName, connection: Connection): Statement {
  const glue = `arn:${partition(connection)}:glue:${connection.region}:*`;
  return {
    Sid: 'RepairPartitions',
    Effect: 'Allow',
    Action: actions,
    Resource: [
      `${glue}:catalog`,
      `${glue}:database/${table.database}`,
      `${glue}:table/${table.database}/${table.name}`,
    ],
  };
}

/** The partition of AWS a region belongs to. */
function partition({ region }: Connection): string {
  return region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

function written(statements: readonly Statement[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements }, undefined, 2);
}
