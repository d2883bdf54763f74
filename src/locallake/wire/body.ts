import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** The whole body of a request. Bodies here are small enough for memory: the lake holds sample data. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/**
 * The content of a body sent as `aws-chunked`, where each chunk has a line with its hexadecimal size and perhaps
 * a signature before it, and trailers may follow the last one. Any other body is returned as it is.
 */
export function contentOf(body: Buffer, headers: IncomingHttpHeaders): Buffer {
  const signed = String(headers['x-amz-content-sha256'] ?? '');
  const encoding = headers['content-encoding'] ?? '';
  if (!signed.startsWith('STREAMING-') && !encoding.includes('aws-chunked')) return body;
  const parts: Buffer[] = [];
  let at = 0;
  for (;;) {
    const end = body.indexOf('\r\n', at);
    if (end < 0) break;
    const size = Number.parseInt(body.toString('latin1', at, end).split(';')[0] ?? '', 16);
    if (!(size > 0)) break;
    parts.push(body.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
  return Buffer.concat(parts);
}
