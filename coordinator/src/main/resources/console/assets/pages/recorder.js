import {html, nothing} from '/webjars/lit-html/lit-html.js';
import {get, part} from '../api.js';
import {between, measure, seconds, segment, short, time} from '../format.js';
import {artifactList, artifacts, curves, importance} from '../recorder-parts.js';
import {recorderSegment} from '../series.js';
import {heading} from '../shell.js';
import {Loading, badge, copy, when} from '../ui.js';

/** A recorder: what a run was given, what it measured and what it left. */
export default function recorder(page) {
  const {id} = page.params;
  const {signal, update} = page;
  const stored = artifacts(page, id);
  const drawCurves = curves(page, id);
  const read = new Loading(async () => {
    const one = await get(`/recorders/${part(id)}`, {signal});
    drawCurves.read(one.metrics);
    return one;
  }, update);
  const list = artifactList(id, stored);
  const features = importance(page, id, stored);
  read.reload();
  page.every(5000, () => {
    if (read.value?.status === 'running') {
      read.reload();
      stored.reload();
    }
  });
  page.title = `Recorder ${short(id)}`;
  page.view = () => html`
    ${heading(short(id), {
      above: html`<a href="/experiments">Experiments</a>${read.value ? html` / <a href="/experiments/${part(read.value.experiment)}">${read.value.experiment}</a>` : nothing}`,
      beside: html`${copy(id, 'the id')} ${read.value ? badge(read.value.status) : nothing}`,
    })}
    ${read.show(one => html`
      <section class="panel">${facts(one)}</section>
      <div class="grid">
        <div class="w7">
          <section class="panel"><h2>Training curves</h2>${drawCurves()}</section>
          ${features()}
          <section class="panel"><h2>Parameters</h2>${texts(page, one.params)}</section>
        </div>
        <div class="w5">
          <section class="panel"><h2>Artifacts</h2>${list()}</section>
          <section class="panel"><h2>Metrics</h2>${metrics(one.metrics)}</section>
          <section class="panel"><h2>Tags</h2>${pairs('Tags', Object.entries(one.tags))}</section>
        </div>
      </div>`)}`;
}

const facts = one => html`
  <dl class="facts">
    <div><dt>experiment</dt><dd><a href="/experiments/${part(one.experiment)}">${one.experiment}</a></dd></div>
    <div><dt>task</dt><dd>${one.task ? html`<a class="mono" href="/tasks/${one.task}">${short(one.task)}</a>` : 'none: it was started by hand'}</dd></div>
    <div><dt>name</dt><dd>${one.name}</dd></div>
    ${['train', 'valid', 'test'].map(name => [name, recorderSegment(one, name)]).filter(([, ends]) => ends)
      .map(([name, ends]) => html`<div><dt>${name}</dt><dd>${segment(ends)}</dd></div>`)}
    <div><dt>started</dt><dd>${when(one.startedAt)} <span class="soft">${time(one.startedAt)}</span></dd></div>
    <div><dt>duration</dt><dd>${one.endedAt ? seconds(between(one.startedAt, one.endedAt)) : 'it runs'}</dd></div>
  </dl>`;

const metrics = all => pairs('Metrics',
  Object.entries(all).map(([name, value]) => [name, name.startsWith('time.') ? seconds(value) : measure(value)]), true);

function pairs(label, rows, number = false) {
  if (rows.length === 0) {
    return html`<p class="soft">None.</p>`;
  }
  return html`
    <div class="table" tabindex="0" role="region" aria-label=${label}>
      <table>
        <thead><tr><th scope="col">name</th><th scope="col" class=${number ? 'number' : ''}>value</th></tr></thead>
        <tbody>${rows.map(([name, value]) => html`<tr><td>${name}</td><td class=${number ? 'number' : 'wrap'}>${value}</td></tr>`)}</tbody>
      </table>
    </div>`;
}

function texts(page, params) {
  const wanted = (page.query.get('param') ?? '').toLowerCase();
  const rows = Object.entries(params).filter(([name, value]) => `${name}=${value}`.toLowerCase().includes(wanted));
  return html`
    <div class="bar"><input type="search" aria-label="Filter parameters" placeholder="Filter" .value=${page.query.get('param') ?? ''}
      @input=${e => page.keep('param', e.target.value)}></div>
    ${pairs('Parameters', rows)}`;
}
