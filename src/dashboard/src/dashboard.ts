import { fetchCatalogue, type Catalogue } from './market/catalogue';
import type { Interval } from './market/interval';
import { MarketSession } from './market/marketSession';
import type { ConnectionState } from './protocol/connectionState';
import { StreamClient } from './protocol/streamClient';
import { formatRoute, parseRoute, type Route } from './route';
import type { TestHooks } from './testHooks';
import { AlertPanel } from './view/alertPanel';
import { ChartPanel } from './view/chartPanel';
import { ConnectionBadge, isDown } from './view/connectionBadge';
import { byId } from './view/dom';
import { FrameScheduler } from './view/frameScheduler';
import { IntervalPicker } from './view/intervalPicker';
import { LastPrice } from './view/lastPrice';
import { QuotePanel } from './view/quotePanel';
import { StatusBar } from './view/statusBar';
import { SymbolPicker } from './view/symbolPicker';
import { TapePanel } from './view/tapePanel';

const CLOCK_MS = 250;
const CATALOGUE_MS = 3000;

/** The page: holds the connection, the session that is shown, and the views that draw it. */
export class Dashboard {
  private readonly frames = new FrameScheduler(() => this.draw());
  private readonly client: StreamClient;
  private readonly symbolPicker: SymbolPicker;
  private readonly intervalPicker: IntervalPicker;
  private readonly lastPrice: LastPrice;
  private readonly badge: ConnectionBadge;
  private readonly chart: ChartPanel;
  private readonly quote: QuotePanel;
  private readonly alerts: AlertPanel;
  private readonly tape: TapePanel;
  private readonly status: StatusBar;
  private route: Route = parseRoute(location.hash);
  private state: ConnectionState = { kind: 'connecting', reason: '' };
  private epoch: number | undefined;
  private catalogue: Catalogue | undefined;
  private session: MarketSession | undefined;

  constructor() {
    this.client = new StreamClient({
      url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/v1/stream`,
      open: (url) => new WebSocket(url, 'mdstream.v1.json'),
      onState: (state) => this.onState(state),
      onError: (text) => console.warn(`stream: ${text}`),
    });
    const header = byId('header');
    this.symbolPicker = new SymbolPicker(header, (symbol) => this.navigate({ ...this.route, symbol }), () => void this.refreshCatalogue(true));
    this.lastPrice = new LastPrice(header);
    this.intervalPicker = new IntervalPicker(header, (interval: Interval) => this.navigate({ ...this.route, interval }));
    const charts = byId('charts');
    this.chart = new ChartPanel(charts);
    this.badge = new ConnectionBadge(header, charts, () => this.client.retryNow());
    const side = byId('side');
    this.quote = new QuotePanel(side);
    this.alerts = new AlertPanel(side);
    this.tape = new TapePanel(side);
    this.status = new StatusBar(byId('status'));
    window.lowLatency = this.hooks();
  }

  /** Connects and draws until the page goes. */
  start(): void {
    window.addEventListener('hashchange', () => this.follow(parseRoute(location.hash)));
    setInterval(this.frames.request, CLOCK_MS);
    setInterval(() => void this.refreshCatalogue(), CATALOGUE_MS);
    this.client.start();
    this.frames.request();
  }

  private onState(state: ConnectionState): void {
    this.state = state;
    if (state.kind === 'connected') {
      this.epoch = state.epoch;
      void this.refreshCatalogue(true);
    }
    this.frames.request();
  }

  // Asked again while the wanted symbol is not known or refused, since feeds bring instruments as they go, and after each reconnection.
  private async refreshCatalogue(always = false): Promise<void> {
    if (this.state.kind !== 'connected' || (!always && this.session !== undefined && this.session.refusal === '')) return;
    try {
      this.catalogue = await fetchCatalogue();
    } catch (error) {
      console.warn(`instruments: ${String(error)}`);
      return;
    }
    this.symbolPicker.offer(this.catalogue.symbols);
    this.intervalPicker.offer(this.catalogue.channels);
    if (this.session !== undefined && this.session.refusal !== '') this.leaveSession();
    if (this.session === undefined) this.follow(this.route);
  }

  private leaveSession(): void {
    this.session?.close();
    this.session = undefined;
    this.chart.show(undefined);
    this.frames.request();
  }

  private navigate(route: Route): void {
    location.hash = formatRoute(route); // the event brings it to follow()
  }

  private follow(route: Route): void {
    const symbol = route.symbol || (this.catalogue?.symbols[0] ?? '');
    this.route = { symbol, interval: route.interval };
    this.symbolPicker.show(symbol);
    this.intervalPicker.show(route.interval);
    if (this.session?.symbol === symbol && this.session.interval === route.interval) return;
    this.leaveSession();
    if (this.catalogue === undefined || !this.catalogue.symbols.includes(symbol)) return;
    this.session = new MarketSession(symbol, route.interval, this.frames.request);
    this.chart.show(this.session);
    this.session.open(this.client, this.catalogue.channels);
    if (location.hash !== formatRoute(this.route)) history.replaceState(null, '', formatRoute(this.route));
  }

  private message(): string {
    const { session, catalogue } = this;
    if (session !== undefined && session.bars.items.length > 0) return '';
    if (this.state.kind === 'connecting') return 'Connecting …';
    if (this.state.kind !== 'connected') return 'Not connected';
    if (session !== undefined && session.refusal !== '') return `Refused: ${session.refusal}`;
    if (session === undefined && catalogue !== undefined && catalogue.symbols.length > 0) return `${this.route.symbol} is not known to the engine`;
    return 'Waiting for ticks …';
  }

  private draw(): void {
    const now = performance.timeOrigin + performance.now();
    const { session } = this;
    this.chart.draw(this.message());
    this.lastPrice.draw(session);
    this.quote.draw(session);
    this.alerts.draw(session);
    this.tape.draw(session);
    this.badge.draw(this.state, now);
    this.status.draw(this.client.counters, session, this.epoch, now);
    document.documentElement.dataset['state'] = this.state.kind;
    document.documentElement.dataset['stale'] = String(isDown(this.state));
    const title = session?.lastPrice === undefined ? 'LowLatency' : `${session.lastPrice.toFixed(session.pricePrecision.decimals)} ${session.symbol} ${session.interval}`;
    if (document.title !== title) document.title = title;
  }

  private hooks(): TestHooks {
    const page = this;
    return {
      get state() { return page.state.kind; },
      get symbol() { return page.route.symbol; },
      get interval() { return page.route.interval; },
      get candles() { return page.chart.candleCount; },
      get updates() { return page.session?.updates ?? 0; },
      get revisions() { return page.session?.revisions ?? 0; },
      get lastClose() { return page.session?.bars.last?.c ?? null; },
      get lastPrice() { return page.session?.lastPrice ?? null; },
      get messages() { return page.client.counters.messages; },
      get skips() { return page.client.counters.skipped; },
      get losses() { return page.client.counters.lost; },
      get reconnects() { return page.client.counters.reconnects; },
      get ticksPerSecond() { return page.session?.ticks.perSecond(performance.timeOrigin + performance.now()) ?? 0; },
    };
  }
}
