import {get, send} from './api.js';

const RANKS = ['read', 'submit', 'operate', 'admin'];

/** Who looks at the console, and what he may. */
export class Session extends EventTarget {
  constructor() {
    super();
    this.forget();
  }

  forget() {
    this.known = false;
    this.security = null;
    this.name = null;
    this.scope = null;
    this.error = null;
  }

  async ask() {
    try {
      this.become(await get('/session'));
    } catch (error) {
      this.error = error;
    }
  }

  become(told) {
    Object.assign(this, told, {known: true, error: null});
  }

  get mustSignIn() {
    return this.known && this.security === 'tokens' && this.scope === null;
  }

  may(scope) {
    return RANKS.indexOf(this.scope) >= RANKS.indexOf(scope);
  }

  async signIn(token) {
    this.become(await send('POST', '/session', {token}));
    this.dispatchEvent(new Event('changed'));
  }

  async signOut() {
    await send('DELETE', '/session');
    this.forget();
    this.dispatchEvent(new Event('changed'));
  }
}
