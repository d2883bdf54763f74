import { randomUUID } from 'node:crypto';
import { accountId, type Service } from '../service';
import { number, text } from '../wire/input';
import { required } from './paging';

/** STS: who one is, and roles. */
export function stsService(): Service {
  return {
    name: 'sts',
    invalid: 'ValidationError',
    operations: {
      GetCallerIdentity: {
        members: [],
        run: () => ({
          Arn: `arn:aws:iam::${accountId}:user/analyst`,
          UserId: 'AIDALOCALLAKEANALYST',
          Account: accountId,
        }),
      },
      AssumeRole: {
        // Every role of the lake trusts everyone, whatever external id is named.
        members: ['RoleArn', 'RoleSessionName', 'DurationSeconds', 'ExternalId'],
        run: (input) => {
          const role = required(input, 'RoleArn', 'ValidationError');
          const session = required(input, 'RoleSessionName', 'ValidationError');
          const seconds = number(input, 'DurationSeconds') ?? Number(text(input, 'DurationSeconds') ?? 3600);
          const arn = `${role.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/')}/${session}`;
          return {
            Credentials: {
              AccessKeyId: `ASIA${randomUUID().replaceAll('-', '').slice(0, 16).toUpperCase()}`,
              SecretAccessKey: randomUUID(),
              SessionToken: randomUUID(),
              Expiration: new Date(Math.floor(Date.now() / 1000) * 1000 + seconds * 1000).toISOString(),
            },
            AssumedRoleUser: { AssumedRoleId: `AROALOCALLAKE:${session}`, Arn: arn },
            PackedPolicySize: 0,
          };
        },
      },
    },
  };
}
