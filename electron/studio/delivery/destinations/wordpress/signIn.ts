import type { Failure, Site } from '../../kind.ts';
import type { Client } from './client.ts';

/** As WordPress makes application passwords: 24 letters and figures, shown in groups. */
const applicationPassword = /^[a-z\d]{24}$/i;

/**
 * Tells a wrong password from one that never arrives. Since WordPress 6.1 REST answers both with “not logged in”: it
 * looks for errors of the password before it has looked at the password. XML-RPC, WordPress' older door, takes the same
 * passwords in the body, where no server strips them, and names its refusal by a code. Where it is shut, or answers
 * something else, both stay possible, and that is what is said.
 */
export async function whyNotRecognised(
  client: Client,
  site: Site,
  failure: Failure,
  signal?: AbortSignal,
): Promise<Failure> {
  const answer = await client.oldDoor(site, usersBlogs(site), signal);
  if (answer === undefined || !answer.includes('<methodResponse>')) return failure;
  const fault = /<name>faultCode<\/name>\s*<value>\s*<int>(\d+)<\/int>/.exec(answer)?.[1];
  if (fault === '403') return { ...failure, reason: 'login' };
  if (fault !== undefined || !answer.includes('<params>')) return failure;
  // It takes an account's own password as well, which REST never does.
  const own = !applicationPassword.test(site.password.replace(/[^a-z\d]/gi, ''));
  return { ...failure, reason: own ? 'login' : 'headerLost' };
}

/** The smallest question that needs a password. */
function usersBlogs({ user, password }: Site): string {
  const value = (text: string) => `<param><value><string>${escapeXml(text)}</string></value></param>`;
  const params = `<params>${value(user)}${value(password)}</params>`;
  return `<?xml version="1.0"?><methodCall><methodName>wp.getUsersBlogs</methodName>${params}</methodCall>`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
