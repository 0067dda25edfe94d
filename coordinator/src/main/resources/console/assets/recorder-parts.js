import {html} from '/webjars/lit-html/lit-html.js';
export const recorderParts = () => ({view: () => html``, reload() {}});
