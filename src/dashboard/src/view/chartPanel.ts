import {
  CandlestickSeries, CrosshairMode, HistogramSeries, LineSeries, LineStyle, createChart,
  type CandlestickData, type HistogramData, type IChartApi, type ISeriesApi, type LineData, type Logical, type MouseEventParams, type Time,
  type UTCTimestamp, type WhitespaceData,
} from 'lightweight-charts';
import { OSCILLATOR, PRICE_LINES, type IndicatorLine } from '../market/indicators';
import { needsSeconds } from '../market/interval';
import type { MarketSession } from '../market/marketSession';
import type { Bar, IndicatorPoint } from '../protocol/messages';
import { ChartLegend } from './chartLegend';
import { element, setText } from './dom';
import { price } from './format';
import { SeriesFeed } from './seriesFeed';
import { THEME } from './theme';

const LEAST_VISIBLE_BARS = 40;
const MOST_VISIBLE_BARS = 130;
const BAR_WIDTH_PX = 8;
const SPACE_RIGHT = 4;
const OSCILLATOR_LEVELS = [30, 70];

/** One chart: candles with volume and averages, and an oscillator in a pane below. Shows one session at a time. */
export class ChartPanel {
  private readonly chart: IChartApi;
  private readonly candles: ISeriesApi<'Candlestick'>;
  private readonly candleFeed: SeriesFeed<Bar, 'Candlestick'>;
  private readonly volumeFeed: SeriesFeed<Bar, 'Histogram'>;
  private readonly lineFeeds = new Map<string, SeriesFeed<IndicatorPoint, 'Line'>>();
  private readonly legend: ChartLegend;
  private readonly root: HTMLElement;
  private readonly message = element('p', 'chart-message');
  private session: MarketSession | undefined;
  private decimals = -1;
  /** The bars for which the time axis was last fitted, and whether it is the reader's own since. */
  private fitted = 0;
  private moved = false;
  private hovered: number | undefined;

  constructor(host: HTMLElement) {
    const canvas = element('div', 'chart-canvas');
    this.root = element('section', 'chart-panel', canvas, this.message);
    this.root.setAttribute('aria-label', 'Candle chart');
    this.message.setAttribute('role', 'status');
    host.append(this.root);

    this.chart = createChart(canvas, chartOptions());
    for (const gesture of ['wheel', 'pointerdown'] as const) canvas.addEventListener(gesture, () => (this.moved = true), { capture: true, passive: true });
    this.candles = this.chart.addSeries(CandlestickSeries, {
      upColor: THEME.up, downColor: THEME.down, wickUpColor: THEME.up, wickDownColor: THEME.down, borderVisible: false,
      priceLineStyle: LineStyle.Dashed, priceLineWidth: 1,
    });
    this.candles.priceScale().applyOptions({ scaleMargins: { top: 0.13, bottom: 0.24 } });
    this.candleFeed = new SeriesFeed(this.candles, candlePoint);

    const volume = this.chart.addSeries(HistogramSeries, { priceScaleId: 'volume', priceFormat: { type: 'volume' }, lastValueVisible: false, priceLineVisible: false });
    volume.priceScale().applyOptions({ scaleMargins: { top: 0.82, bottom: 0 } });
    this.volumeFeed = new SeriesFeed(volume, volumePoint);

    for (const line of PRICE_LINES) this.addLine(line, 0);
    const oscillator = this.addLine(OSCILLATOR, 1);
    oscillator.applyOptions({
      // The axis names the two levels that matter and the last value, nothing else.
      priceFormat: { type: 'custom', minMove: 0.1, formatter: (value: number) => value.toFixed(1), tickmarksFormatter: (values: number[]) => values.map(() => '') },
      lastValueVisible: true,
      autoscaleInfoProvider: () => ({ priceRange: { minValue: 0, maxValue: 100 } }),
    });
    oscillator.priceScale().applyOptions({ scaleMargins: { top: 0.04, bottom: 0.04 } });
    for (const level of OSCILLATOR_LEVELS) {
      oscillator.createPriceLine({
        price: level, color: THEME.guide, lineWidth: 1, lineStyle: LineStyle.Dotted, title: '',
        axisLabelVisible: true, axisLabelColor: THEME.background, axisLabelTextColor: THEME.text,
      });
    }
    this.chart.panes()[0]?.setStretchFactor(4);
    this.chart.panes()[1]?.setStretchFactor(1);

    this.legend = new ChartLegend(this.root, () => this.chart.panes()[0]?.getHeight() ?? 0);
    this.chart.subscribeCrosshairMove((event) => this.onCrosshair(event));
  }

  /** Shows a session from now on, or nothing. */
  show(session: MarketSession | undefined): void {
    this.session = session;
    this.decimals = -1;
    this.fitted = 0;
    this.moved = false;
    this.hovered = undefined;
    this.candleFeed.apply([], 'all');
    this.volumeFeed.apply([], 'all');
    for (const feed of this.lineFeeds.values()) feed.apply([], 'all');
    if (session !== undefined) this.chart.timeScale().applyOptions({ secondsVisible: needsSeconds(session.interval) });
    this.legend.draw(session, undefined);
  }

  /** Draws what changed since the last frame; the message covers an empty chart. */
  draw(message: string): void {
    const session = this.session;
    setText(this.message, message);
    this.message.hidden = message === '';
    this.root.classList.toggle('empty', message !== '');
    if (session === undefined) return;
    this.fitPrecision(session.pricePrecision.decimals);
    const changes = session.bars.takeChanges();
    this.candleFeed.apply(session.bars.items, changes);
    this.volumeFeed.apply(session.bars.items, changes);
    for (const [name, series] of session.lines) this.lineFeeds.get(name)?.apply(series.items, series.takeChanges());
    if (session.historyComplete) this.fitTime(session.bars.items.length);
    this.legend.draw(session, this.hovered);
  }

  /** How many candles the chart itself holds. */
  get candleCount(): number {
    return this.candles.data().length;
  }

  private addLine(line: IndicatorLine, pane: number): ISeriesApi<'Line'> {
    const series = this.chart.addSeries(LineSeries, {
      color: line.color, lineWidth: pane === 0 ? 1 : 2, priceLineVisible: false, lastValueVisible: false, crosshairMarkerVisible: false,
    }, pane);
    this.lineFeeds.set(line.name, new SeriesFeed(series, linePoint));
    return series;
  }

  private fitPrecision(decimals: number): void {
    if (decimals === this.decimals) return;
    this.decimals = decimals;
    this.candles.applyOptions({ priceFormat: { type: 'custom', minMove: 10 ** -decimals, formatter: (value: number) => price(value, decimals) } });
  }

  // Few bars are drawn wide, and make room as more come; from then on the chart scrolls by itself.
  private fitTime(bars: number): void {
    const most = Math.min(MOST_VISIBLE_BARS, Math.max(LEAST_VISIBLE_BARS, Math.floor(this.chart.timeScale().width() / BAR_WIDTH_PX)));
    if (bars <= this.fitted || (this.fitted > 0 && (this.moved || this.fitted >= most))) return;
    this.fitted = bars;
    const visible = Math.min(most, Math.max(LEAST_VISIBLE_BARS, bars));
    this.chart.timeScale().setVisibleLogicalRange({ from: (bars - visible) as Logical, to: (bars - 1 + SPACE_RIGHT) as Logical });
  }

  private onCrosshair(event: MouseEventParams): void {
    this.hovered = event.time === undefined ? undefined : (event.time as number) * 1e6;
    if (this.session !== undefined) this.legend.draw(this.session, this.hovered);
  }
}

function chartOptions(): Parameters<typeof createChart>[1] {
  return {
    autoSize: true,
    layout: {
      background: { color: THEME.background }, textColor: THEME.text, fontFamily: THEME.font, fontSize: 11,
      attributionLogo: false, // the status bar names and links the library instead; the logo would need an inline style
      panes: { separatorColor: THEME.border, separatorHoverColor: THEME.label, enableResize: true },
    },
    grid: { vertLines: { color: THEME.grid }, horzLines: { color: THEME.grid } },
    crosshair: {
      mode: CrosshairMode.Normal,
      vertLine: { color: THEME.crosshair, width: 1, style: LineStyle.Dashed, labelBackgroundColor: THEME.label },
      horzLine: { color: THEME.crosshair, width: 1, style: LineStyle.Dashed, labelBackgroundColor: THEME.label },
    },
    rightPriceScale: { borderVisible: false, minimumWidth: 68 },
    timeScale: { borderColor: THEME.border, timeVisible: true, rightOffset: SPACE_RIGHT, minBarSpacing: 1 },
  };
}

function seconds(t: number): UTCTimestamp {
  return (t / 1e6) as UTCTimestamp;
}

function candlePoint(bar: Bar): CandlestickData<Time> | WhitespaceData<Time> {
  const time = seconds(bar.t);
  if (bar.o === null || bar.h === null || bar.l === null || bar.c === null) return { time };
  return { time, open: bar.o, high: bar.h, low: bar.l, close: bar.c };
}

function volumePoint(bar: Bar): HistogramData<Time> {
  return { time: seconds(bar.t), value: bar.v, color: (bar.c ?? 0) < (bar.o ?? 0) ? THEME.downVolume : THEME.upVolume };
}

function linePoint(point: IndicatorPoint): LineData<Time> | WhitespaceData<Time> {
  const value = point.v[0];
  return value === null || value === undefined ? { time: seconds(point.t) } : { time: seconds(point.t), value };
}
