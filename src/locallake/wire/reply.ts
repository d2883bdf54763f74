import { AwsError } from '../service';
import { xmlDocument, type XmlValue } from './xml';

/** How a service's answers look on the wire. */
export type Protocol = 's3' | 'json' | 'query';

/** An answer that is ready to be sent. */
export interface WireReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The result of a JSON 1.1 operation. */
export function jsonReply(result: unknown): WireReply {
  return {
    status: 200,
    headers: { 'content-type': 'application/x-amz-json-1.1' },
    body: JSON.stringify(result),
  };
}

/** The result of a query operation of STS. */
export function queryReply(
  operation: string,
  result: Readonly<Record<string, XmlValue>>,
  requestId: string,
): WireReply {
  return {
    status: 200,
    headers: { 'content-type': 'text/xml' },
    body: xmlDocument(
      { name: `${operation}Response`, namespace: 'https://sts.amazonaws.com/doc/2011-06-15/' },
      { [`${operation}Result`]: result, ResponseMetadata: { RequestId: requestId } },
    ),
  };
}

/** An error as a service of that protocol writes it. */
export function errorReply(
  protocol: Protocol,
  error: AwsError,
  request: { readonly id: string; readonly path: string },
): WireReply {
  const { code, message, status, fields, headers } = error;
  switch (protocol) {
    case 'json':
      return {
        status,
        headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-errortype': code },
        // Glue writes `Message`, Athena `Message` or `message`; clients read both.
        body: JSON.stringify({ __type: code, message, Message: message, ...fields }),
      };
    case 'query':
      return {
        status,
        headers: { 'content-type': 'text/xml' },
        body: xmlDocument(
          { name: 'ErrorResponse', namespace: 'https://sts.amazonaws.com/doc/2011-06-15/' },
          {
            Error: { Type: status >= 500 ? 'Receiver' : 'Sender', Code: code, Message: message },
            RequestId: request.id,
          },
        ),
      };
    case 's3':
      break;
  }
  return {
    status,
    headers: { 'content-type': 'application/xml', ...headers },
    body: xmlDocument(
      { name: 'Error' },
      {
        Code: code,
        Message: message,
        ...fields,
        Resource: request.path,
        RequestId: request.id,
        HostId: 'local-lake',
      },
    ),
  };
}
