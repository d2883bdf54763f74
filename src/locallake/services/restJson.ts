import { AwsError, type Fields, type Operation } from '../service';
import { isFields } from '../wire/input';
import type { RestCall, RestRoute } from './lambda';

/** The input of a REST-JSON call in its body; empty when that is no object. */
export function bodyOf({ body }: RestCall): Fields {
  try {
    const given: unknown = body.length === 0 ? {} : JSON.parse(body.toString());
    return isFields(given) ? given : {};
  } catch {
    return {};
  }
}

/** A route to an operation; a member that it does not honour is refused by name. */
export function restOperation(
  action: string,
  operation: Operation,
  { input, invalid }: { readonly input: Fields; readonly invalid: string },
): RestRoute {
  return {
    action,
    input,
    run: async () => {
      const unknown = Object.keys(input).find((member) => !operation.members.includes(member));
      const name = action.slice(action.indexOf(':') + 1);
      if (unknown !== undefined)
        throw new AwsError(invalid, `The local lake does not implement the member ${unknown} of ${name}.`);
      return {
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(operation.run(input)),
      };
    },
  };
}

/** The service a call is signed for, `s3tables`; undefined when it is not signed. */
export function signedService({ headers }: RestCall): string | undefined {
  return /Credential=[^/]+\/\d+\/[\w-]+\/([\w-]+)\//.exec(headers.authorization ?? '')?.[1];
}
