import { principalOf, type IdentityReader } from '../connection/identity';
import type { CallAws } from './call';
import type { Clients } from './clients';

/** Who the credentials of a connection are, as STS says. */
export function stsIdentity(clients: Clients, callAws: CallAws): IdentityReader {
  return {
    async caller(connection, signal) {
      const answer = await callAws(
        { action: 'sts:GetCallerIdentity', target: connection.name, connection },
        async (options) => {
          const { GetCallerIdentityCommand } = await import('@aws-sdk/client-sts');
          const client = await clients.sts(connection);
          return client.send(new GetCallerIdentityCommand({}), options);
        },
        signal,
      );
      const arn = answer.Arn ?? '';
      return { account: answer.Account ?? '', arn, principal: principalOf(arn) ?? arn };
    },
  };
}
