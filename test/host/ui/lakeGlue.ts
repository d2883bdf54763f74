import assert from 'node:assert/strict';

/** A call of one's own to the lake's Glue, unseen by the editor; fails when the lake refuses it. */
export async function glue(
  endpoint: string,
  name: string,
  input: object,
): Promise<Readonly<Record<string, unknown>>> {
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSGlue.${name}`,
      authorization: 'AWS4-HMAC-SHA256 Credential=AKIALOCALLAKE0000000/20260101/us-east-1/glue/aws4_request',
    },
    body: JSON.stringify(input),
  });
  const body = (await answer.json()) as Record<string, unknown>;
  assert.equal(answer.status, 200, JSON.stringify(body));
  return body;
}
