/** One prefix of a unit: used from `from` on, for values divided by `divisor`. */
export interface UnitStep {
  readonly from: number;
  readonly divisor: number;
  readonly suffix: string;
}

export interface Unit {
  /** Smallest first; the first one also serves everything below it. */
  readonly steps: readonly UnitStep[];
  /** Values are durations, told in two parts: milliseconds of one unit. */
  readonly durationMs?: number;
  /** Before the number: a currency. */
  readonly prefix?: string;
  /** The suffix touches the number, as "/s" and "°" do. */
  readonly tight?: boolean;
  /** Words instead of numbers: [zero, anything else]. */
  readonly words?: readonly [string, string];
  /** Milliseconds since the epoch. */
  readonly time?: 'dateTime' | 'fromNow';
}

const plain = (suffix: string): Unit => ({ steps: [{ from: 0, divisor: 1, suffix }] });
const duration = (ms: number): Unit => ({ steps: [{ from: 0, divisor: 1, suffix: '' }], durationMs: ms });

// From 10,000 on, so that four figures stay what they are.
const counted = (suffix = ''): Unit => ({
  steps: [
    { from: 0, divisor: 1, suffix },
    { from: 1e4, divisor: 1e3, suffix: `k${suffix === '' ? '' : ` ${suffix}`}` },
    { from: 1e6, divisor: 1e6, suffix: `M${suffix === '' ? '' : ` ${suffix}`}` },
    { from: 1e9, divisor: 1e9, suffix: `G${suffix === '' ? '' : ` ${suffix}`}` },
    { from: 1e12, divisor: 1e12, suffix: `T${suffix === '' ? '' : ` ${suffix}`}` },
  ],
});

const prefixed = (base: number, names: readonly string[], unit: string, factor = 1): Unit => ({
  steps: names.map((name, index) => ({
    from: index === 0 ? 0 : (base ** index / factor) * 0.9995,
    divisor: base ** index / factor,
    suffix: name + unit,
  })),
});

const binary = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi'];
const decimal = ['', 'k', 'M', 'G', 'T', 'P'];
const fine = ['n', 'µ', 'm', '', 'k', 'M', 'G', 'T'];

const si = (unit: string, factor = 1): Unit => ({
  steps: fine.map((name, index) => ({
    from: index === 0 ? 0 : (1000 ** (index - 3) / factor) * 0.9995,
    divisor: 1000 ** (index - 3) / factor,
    suffix: name + unit,
  })),
});

// Below 0.1 a second nobody can picture it: by the minute or the hour then.
const rate = (noun: string): Unit => {
  const spaced = noun === '' ? '' : ` ${noun}`;
  return {
    steps: [
      { from: 0, divisor: 1 / 3600, suffix: `${noun}/h` },
      { from: 0.1 / 60, divisor: 1 / 60, suffix: `${noun}/min` },
      { from: 0.1, divisor: 1, suffix: `${noun}/s` },
      { from: 1e4, divisor: 1e3, suffix: `k${spaced}/s` },
      { from: 1e6, divisor: 1e6, suffix: `M${spaced}/s` },
      { from: 1e9, divisor: 1e9, suffix: `G${spaced}/s` },
    ],
    ...(noun === '' ? { tight: true } : {}),
  };
};

const percent: Unit = plain('%');
const currency = (prefix: string): Unit => ({ ...counted(), prefix });

/** Grafana's names. The first twenty stand on 95 % of all panels. */
const table: Readonly<Record<string, Unit>> = {
  short: counted(),
  bytes: prefixed(1024, binary, 'B'),
  none: plain(''),
  percentunit: { steps: [{ from: 0, divisor: 0.01, suffix: '%' }] },
  s: duration(1000),
  ops: rate('ops'),
  percent,
  ms: duration(1),
  Bps: prefixed(1000, decimal, 'B/s'),
  decbytes: prefixed(1000, decimal, 'B'),
  pps: rate('p'),
  reqps: rate('req'),
  bps: prefixed(1000, decimal, 'b/s'),
  dtdurations: duration(1000),
  rps: rate('rd'),
  binBps: prefixed(1024, binary, 'B/s'),
  cps: rate('c'),
  iops: rate('io'),
  '': counted(),
  string: plain(''),

  dtdurationms: duration(1),
  µs: duration(1e-3),
  us: duration(1e-3),
  ns: duration(1e-6),
  m: duration(60_000),
  h: duration(3_600_000),
  d: duration(86_400_000),
  clocks: duration(1000),
  clockms: duration(1),
  dthms: duration(1000),
  timeticks: duration(10),
  kbytes: prefixed(1024, binary.slice(1), 'B'),
  mbytes: prefixed(1024, binary.slice(2), 'B'),
  gbytes: prefixed(1024, binary.slice(3), 'B'),
  deckbytes: prefixed(1000, decimal.slice(1), 'B'),
  decmbytes: prefixed(1000, decimal.slice(2), 'B'),
  decgbytes: prefixed(1000, decimal.slice(3), 'B'),
  bits: prefixed(1024, binary, 'b'),
  decbits: prefixed(1000, decimal, 'b'),
  binbps: prefixed(1024, binary, 'b/s'),
  KBs: prefixed(1000, decimal.slice(1), 'B/s'),
  MBs: prefixed(1000, decimal.slice(2), 'B/s'),
  GBs: prefixed(1000, decimal.slice(3), 'B/s'),
  Kbits: prefixed(1000, decimal.slice(1), 'b/s'),
  Mbits: prefixed(1000, decimal.slice(2), 'b/s'),
  Gbits: prefixed(1000, decimal.slice(3), 'b/s'),
  wps: rate('wr'),
  mps: rate('msg'),
  eps: rate('evt'),
  recps: rate('rec'),
  rowsps: rate('rows'),
  ps: rate(''),
  cpm: plain('c/min'),
  opm: plain('ops/min'),
  rpm: plain('rd/min'),
  reqpm: plain('req/min'),
  hertz: si('Hz'),
  rotrpm: plain('rpm'),
  rotHz: si('Hz'),
  celsius: plain('°C'),
  fahrenheit: plain('°F'),
  kelvin: plain('K'),
  humidity: plain('%H'),
  volt: si('V'),
  amp: si('A'),
  watt: si('W'),
  kwatt: si('W', 1e-3),
  watth: si('Wh'),
  kwatth: si('Wh', 1e-3),
  joule: si('J'),
  ohm: si('Ω'),
  dB: plain('dB'),
  dBm: plain('dBm'),
  degree: { ...plain('°'), tight: true },
  lengthm: si('m'),
  lengthkm: plain('km'),
  velocityms: plain('m/s'),
  velocitykmh: plain('km/h'),
  pressurebar: plain('bar'),
  pressurehpa: plain('hPa'),
  ppm: plain('ppm'),
  lux: plain('lx'),
  sishort: si(''),
  locale: plain(''),
  bool: { ...plain(''), words: ['False', 'True'] },
  bool_yes_no: { ...plain(''), words: ['No', 'Yes'] },
  bool_on_off: { ...plain(''), words: ['Off', 'On'] },
  dateTimeAsIso: { ...plain(''), time: 'dateTime' },
  dateTimeAsIsoNoDateIfToday: { ...plain(''), time: 'dateTime' },
  dateTimeAsSystem: { ...plain(''), time: 'dateTime' },
  dateTimeAsLocal: { ...plain(''), time: 'dateTime' },
  dateTimeAsUS: { ...plain(''), time: 'dateTime' },
  dateTimeFromNow: { ...plain(''), time: 'fromNow' },
  currencyUSD: currency('$'),
  currencyEUR: currency('€'),
  currencyGBP: currency('£'),
  currencyJPY: currency('¥'),
};

/** Any name is a unit: one that is not known stands behind the number as it is. */
export function findUnit(name: string | undefined): Unit {
  const known = table[name ?? ''];
  if (known !== undefined && Object.hasOwn(table, name ?? '')) {
    return known;
  }

  const [kind = '', ...rest] = (name ?? '').split(':');
  const text = rest.join(':');
  switch (rest.length > 0 ? kind : '') {
    case 'suffix':
      return plain(text);
    case 'prefix':
    case 'currency':
      return currency(text);
    case 'si':
      return si(text);
    case 'count':
      return counted(text);
    case 'time':
      return { ...plain(''), time: 'dateTime' };
    default:
      return plain(name ?? '');
  }
}
