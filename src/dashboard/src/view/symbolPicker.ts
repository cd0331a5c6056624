import { element } from './dom';

const MOST_SHOWN = 200;

/** Chooses a symbol: a field that narrows a list, by the combobox pattern. "/" anywhere on the page focuses it. */
export class SymbolPicker {
  private readonly input = element('input', 'symbol-input');
  private readonly list = element('ul', 'symbol-list');
  private symbols: readonly string[] = [];
  private chosen = '';
  private active = -1;
  private filter = '';

  /**
   * @param onChoose told what was chosen
   * @param onOpen told when somebody looks for a symbol, so that the list can be brought up to date
   */
  constructor(host: HTMLElement, private readonly onChoose: (symbol: string) => void, private readonly onOpen: () => void) {
    this.list.id = 'symbols';
    this.list.setAttribute('role', 'listbox');
    this.list.setAttribute('aria-label', 'Symbols');
    this.list.hidden = true;
    for (const [name, value] of Object.entries({
      role: 'combobox', 'aria-label': 'Symbol', 'aria-expanded': 'false', 'aria-controls': this.list.id, 'aria-autocomplete': 'list', title: 'Symbol ( / )',
      spellcheck: 'false', autocomplete: 'off', autocapitalize: 'characters', enterkeyhint: 'go', placeholder: 'Symbol',
    })) this.input.setAttribute(name, value);
    this.input.addEventListener('focus', () => this.input.select());
    this.input.addEventListener('click', () => this.open(''));
    this.input.addEventListener('input', () => this.open(this.input.value));
    this.input.addEventListener('keydown', (event) => this.onKey(event));
    this.input.addEventListener('blur', () => this.close());
    // Not click: the field would lose the focus, and close the list, before it.
    this.list.addEventListener('pointerdown', (event) => {
      event.preventDefault();
      const symbol = (event.target as HTMLElement).closest('li')?.dataset['symbol'];
      if (symbol !== undefined) this.choose(symbol);
    });
    document.addEventListener('keydown', (event) => {
      if (event.key !== '/' || event.target instanceof HTMLInputElement && event.target.type === 'text') return;
      event.preventDefault();
      this.input.focus();
    });
    host.append(element('div', 'symbol-picker', this.input, this.list));
  }

  /** What can be chosen. */
  offer(symbols: readonly string[]): void {
    if (symbols.join() === this.symbols.join()) return;
    this.symbols = symbols;
    if (!this.list.hidden) this.open(this.filter);
  }

  /** Shows what is chosen. */
  show(symbol: string): void {
    this.chosen = symbol;
    if (document.activeElement !== this.input) this.input.value = symbol;
  }

  private onKey(event: KeyboardEvent): void {
    const options = this.list.children.length;
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp':
        if (this.list.hidden) this.open('');
        else if (options > 0) this.activate((this.active + (event.key === 'ArrowDown' ? 1 : options - 1)) % options);
        break;
      case 'Home':
      case 'End':
        if (this.list.hidden || options === 0) return;
        this.activate(event.key === 'Home' ? 0 : options - 1);
        break;
      case 'Enter': {
        const symbol = (this.list.children[this.active] as HTMLElement | undefined)?.dataset['symbol'];
        if (!this.list.hidden && symbol !== undefined) this.choose(symbol);
        break;
      }
      case 'Escape':
        this.close();
        break;
      default:
        return;
    }
    event.preventDefault();
  }

  private open(filter: string): void {
    const opening = this.list.hidden;
    this.filter = filter;
    const wanted = filter.trim().toUpperCase();
    // What begins with the text comes before what merely contains it.
    const beginning = this.symbols.filter((symbol) => symbol.toUpperCase().startsWith(wanted));
    const containing = wanted === '' ? [] : this.symbols.filter((symbol) => symbol.toUpperCase().indexOf(wanted) > 0);
    const shown = [...beginning, ...containing].slice(0, MOST_SHOWN);
    this.list.replaceChildren(...shown.map((symbol, index) => {
      const option = element('li', '', symbol);
      option.id = `symbol-${index}`;
      option.dataset['symbol'] = symbol;
      option.setAttribute('role', 'option');
      option.setAttribute('aria-selected', String(symbol === this.chosen));
      return option;
    }));
    if (shown.length === 0) this.list.append(element('li', 'none', 'No such symbol'));
    this.list.hidden = false;
    this.input.setAttribute('aria-expanded', 'true');
    this.activate(wanted === '' ? Math.max(0, shown.indexOf(this.chosen)) : 0);
    if (opening) this.onOpen();
  }

  private activate(index: number): void {
    this.list.children[this.active]?.classList.remove('active');
    this.active = index;
    const option = this.list.children[index];
    option?.classList.add('active');
    option?.scrollIntoView({ block: 'nearest' });
    this.input.setAttribute('aria-activedescendant', option?.id ?? '');
  }

  private choose(symbol: string): void {
    this.chosen = symbol;
    this.close();
    this.input.blur();
    this.onChoose(symbol);
  }

  private close(): void {
    this.list.hidden = true;
    this.active = -1;
    this.input.setAttribute('aria-expanded', 'false');
    this.input.setAttribute('aria-activedescendant', '');
    this.input.value = this.chosen;
  }
}
