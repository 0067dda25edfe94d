/** Charts, drawn by ECharts once one of them is there. */

let library;

function echarts() {
  library ??= import('/webjars/echarts/dist/echarts.min.js').then(() => globalThis.echarts);
  return library;
}

const SERIES = ['--c1', '--c2', '--c3', '--c4', '--c5', '--c6', '--c7', '--c8'];

/** A colour of the page's theme. */
const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function themed(option) {
  const text = colour('--soft');
  const line = colour('--line');
  const axis = given => ({
    ...given,
    axisLine: {lineStyle: {color: line}, ...given.axisLine},
    axisLabel: {color: text, ...given.axisLabel},
    nameTextStyle: {color: text},
    splitLine: {lineStyle: {color: line, opacity: 0.6}, show: given.type === 'value', ...given.splitLine},
  });
  const axes = given => (Array.isArray(given) ? given.map(axis) : given ? axis(given) : undefined);
  return {
    animation: false,
    color: SERIES.map(colour),
    textStyle: {color: text, fontFamily: 'inherit'},
    grid: {left: 8, right: 16, top: 36, bottom: 8, containLabel: true},
    ...option,
    legend: option.legend === false ? undefined
      : {type: 'scroll', top: 0, left: 0, textStyle: {color: text}, pageTextStyle: {color: text}, ...option.legend},
    tooltip: {
      trigger: 'axis',
      confine: true,
      backgroundColor: colour('--panel'),
      borderColor: line,
      textStyle: {color: colour('--text')},
      ...option.tooltip,
    },
    xAxis: axes(option.xAxis),
    yAxis: axes(option.yAxis),
    dataZoom: option.dataZoom?.map(zoom => ({
      borderColor: line, fillerColor: line + '60', textStyle: {color: text}, dataBackground: {lineStyle: {color: line}, areaStyle: {color: line}},
      selectedDataBackground: {lineStyle: {color: text}, areaStyle: {color: line}}, moveHandleSize: 0, height: 20, bottom: 4, ...zoom,
    })),
  };
}

/**
 * A chart: <w-chart .option=${...} label="what it shows, in words">. The option is ECharts' own, or
 * makes one when the colours it names are others; colours of the theme stand for those it leaves
 * open. Its height is that of its class.
 */
class Chart extends HTMLElement {
  static observedAttributes = ['label'];

  attributeChangedCallback(name, before, label) {
    this.setAttribute('aria-label', label ?? 'Chart');
  }

  set option(option) {
    this.wanted = option;
    this.draw();
  }

  connectedCallback() {
    this.setAttribute('role', 'img');
    this.sizes = new ResizeObserver(() => this.chart?.resize());
    this.sizes.observe(this);
    this.recolour = () => this.draw();
    window.addEventListener('theme', this.recolour);
    this.draw();
  }

  disconnectedCallback() {
    this.sizes.disconnect();
    window.removeEventListener('theme', this.recolour);
    this.chart?.dispose();
    this.chart = undefined;
  }

  async draw() {
    if (!this.wanted || !this.isConnected) {
      return;
    }
    const {init} = await echarts();
    if (!this.isConnected) {
      return;
    }
    if (!this.chart) {
      this.chart = init(this);
      this.chart.on('click', event => this.dispatchEvent(new CustomEvent('pick', {detail: event})));
    }
    const option = typeof this.wanted === 'function' ? this.wanted() : this.wanted;
    this.chart.setOption(themed(option), {notMerge: true});
  }
}

customElements.define('w-chart', Chart);

/** A line over days or steps. */
export const line = (name, x, y, more = {}) => ({
  name, type: 'line', showSymbol: x.length < 40, symbolSize: 5, lineStyle: {width: 1.8},
  sampling: 'lttb', data: x.map((at, i) => [at, y[i]]), ...more,
});

/** Sums as they grow; what is missing adds nothing. */
export function cumulate(values) {
  let sum = 0;
  return values.map(value => (sum += value ?? 0));
}

export {colour};
