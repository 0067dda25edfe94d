/** The API as pages see it: JSON in, JSON out, and a Problem where the answer is one. */

const API = '/api/v1';

/** An answer that is none: what, why and, where the server says it, what to do. */
export class Problem extends Error {
  constructor(status, title, detail) {
    super(detail || title);
    this.name = 'Problem';
    this.status = status;
    this.title = title;
    this.detail = detail;
  }

  static async of(response) {
    const text = await response.text();
    try {
      const body = JSON.parse(text);
      return new Problem(response.status, body.title ?? 'Error', body.detail ?? body.message ?? text);
    } catch {
      return new Problem(response.status, `Status ${response.status}`, text.slice(0, 500));
    }
  }
}

/** Told when an answer says that nobody is signed in. */
export const signedOut = new EventTarget();

async function ask(method, path, {body, headers = {}, signal, accept = 'application/json'} = {}) {
  const options = {method, signal, headers: {Accept: accept, ...headers}};
  if (method !== 'GET') {
    // A foreign page cannot send this header, so it cannot use the session either.
    options.headers['Windrow-Console'] = '1';
  }
  if (body !== undefined) {
    options.headers['Content-Type'] ??= 'application/json';
    options.body = typeof body === 'string' ? body : JSON.stringify(body);
  }
  let response;
  try {
    response = await fetch(API + path, options);
  } catch (error) {
    if (error.name === 'AbortError') {
      throw error;
    }
    throw new Problem(0, 'No answer', 'The coordinator does not answer. Is it running?');
  }
  if (!response.ok) {
    const problem = await Problem.of(response);
    if (response.status === 401 && path !== '/session') {
      signedOut.dispatchEvent(new Event('signed-out'));
    }
    throw problem;
  }
  return response;
}

async function json(response) {
  return response.status === 204 ? null : response.json();
}

/** What is at an address of the API. */
export async function get(path, options) {
  return json(await ask('GET', path, options));
}

/** The bytes of it, as they come. */
export async function blob(path, options) {
  return (await ask('GET', path, options)).blob();
}

/** Changes something. */
export async function send(method, path, body, options) {
  return json(await ask(method, path, {...options, body}));
}

/**
 * All pages of a list that tells its next one in a header or as `next`.
 *
 * @param each is given the items of a page as it comes; the next page is asked for while it works
 */
export async function pages(path, each, {signal, items = body => body, most = Infinity} = {}) {
  let cursor = null;
  let count = 0;
  do {
    const more = cursor === null ? '' : `${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}`;
    const response = await ask('GET', path + more, {signal});
    const body = await response.json();
    const page = items(body);
    count += page.length;
    cursor = response.headers.get('Windrow-Next') ?? (Array.isArray(body) ? null : body.next);
    await each(page, cursor !== null);
  } while (cursor !== null && cursor !== undefined && count < most);
  return count;
}

/** Part of an address. */
export const part = encodeURIComponent;

/** Where a browser gets something itself, as a download. */
export const address = path => API + path;
