import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { SsoSettings } from './profiles';

/**
 * The file that holds the sign-in of an SSO profile: named by the SHA-1 of the session's name, or of the
 * start URL in the older inline form, as the AWS command line and the SDKs do. To be watched and read, never written.
 */
export function ssoCacheFile(sso: SsoSettings, home: string): string {
  const key = createHash('sha1')
    .update(sso.session ?? sso.startUrl)
    .digest('hex');
  return join(home, '.aws', 'sso', 'cache', `${key}.json`);
}

/** True when the text of a cache file holds a token that is good at `now` (ms since 1970); false for anything unreadable. */
export function ssoTokenValid(text: string, now: number): boolean {
  let token: unknown;
  try {
    token = JSON.parse(text);
  } catch {
    return false; // half written, or not ours
  }
  if (typeof token !== 'object' || token === null || !('accessToken' in token && 'expiresAt' in token))
    return false;
  const { accessToken, expiresAt } = token;
  if (typeof accessToken !== 'string' || accessToken === '' || typeof expiresAt !== 'string') return false;
  // Older command lines wrote `2020-06-17T10:02:08UTC`, which Date does not read.
  return Date.parse(expiresAt.replace(/UTC$/, 'Z')) > now;
}
