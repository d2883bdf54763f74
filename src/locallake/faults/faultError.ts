import { AwsError } from '../service';
import type { Protocol } from '../wire/reply';
import type { FaultKind } from './faults';

/**
 * The error that AWS answers in a trouble, under the name that this protocol has for it; undefined for troubles of the
 * connection.
 */
export function faultError(kind: FaultKind, protocol: Protocol): AwsError | undefined {
  const s3 = protocol === 's3';
  switch (kind) {
    case 'throttle':
      return s3 ? slowDown() : new AwsError('ThrottlingException', 'Rate exceeded');
    case 'slowdown':
      return slowDown();
    case 'expired':
      if (s3) return new AwsError('ExpiredToken', 'The provided token has expired.');
      return new AwsError(
        protocol === 'query' ? 'ExpiredToken' : 'ExpiredTokenException',
        'The security token included in the request is expired',
        {
          status: protocol === 'query' ? 403 : 400,
        },
      );
    case 'denied':
      if (s3) return new AwsError('AccessDenied', 'Access Denied', { status: 403 });
      if (protocol === 'query')
        return new AwsError('AccessDenied', 'User is not authorized to perform this action', { status: 403 });
      return new AwsError('AccessDeniedException', 'User is not authorized to perform this action');
    case 'conflict':
      if (s3) {
        return new AwsError(
          'ConditionalRequestConflict',
          'The conditional request cannot succeed due to a conflicting operation against this resource.',
          { status: 409 },
        );
      }
      return new AwsError(
        'ConcurrentModificationException',
        'The resource is being changed by another call.',
      );
    case '500':
      return new AwsError(
        s3 ? 'InternalError' : 'InternalServerException',
        'We encountered an internal error. Please try again.',
        { status: 500 },
      );
    case 'malformed':
    case 'half':
    case 'reset':
    case 'hang':
    case 'latency':
      break;
  }
  return undefined;
}

function slowDown(): AwsError {
  return new AwsError('SlowDown', 'Please reduce your request rate.', { status: 503 });
}
