import {html, nothing} from '/webjars/lit-html/lit-html.js';

/** Where somebody says who he is. */
export default function signIn(page) {
  let problem = null;
  let asking = false;
  page.title = 'Sign in';

  const submit = async event => {
    event.preventDefault();
    asking = true;
    problem = null;
    page.update();
    try {
      await page.session.signIn(new FormData(event.target).get('token').trim());
      page.go(location.pathname + location.search, {replace: true}); // who is signed in is led on from here
    } catch (error) {
      problem = error;
      asking = false;
      page.update();
    }
  };

  page.view = () => html`
    <section class="panel sign-in">
      <h1>Sign in</h1>
      ${page.session.known && !page.session.mustSignIn && !page.session.name ? html`
        <p>Nobody need sign in here: security is off, and only this machine can connect.</p><p><a href="/">To the overview</a></p>` : html`
        <p class="soft">With a token of Windrow (<code>windrow token create --name me --scope read</code>) or one of your identity provider.
          It is kept in a cookie that scripts cannot read.</p>
        <form @submit=${submit}>
          <label>Token <input type="password" name="token" required autocomplete="off" autofocus spellcheck="false"></label>
          ${problem ? html`<p class="failure" role="alert">${problem.message}</p>` : nothing}
          <button class="primary" ?disabled=${asking}>${asking ? 'One moment ...' : 'Sign in'}</button>
        </form>`}
    </section>`;
}
