/** Red, green, blue of 0 to 1, as sRGB encodes them. */
export type Rgb = readonly [number, number, number];

export type Vision = 'normal' | 'protan' | 'deutan' | 'tritan';

export function parseHex(text: string): Rgb {
  const found = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text);
  if (found === null) {
    throw new Error(`${text} is not #rrggbb`);
  }

  const read = (index: number): number => Number.parseInt(found[index] ?? '', 16) / 255;
  return [read(1), read(2), read(3)];
}

function toLinear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}

function toEncoded(channel: number): number {
  const bounded = Math.min(Math.max(channel, 0), 1);
  return bounded <= 0.0031308 ? bounded * 12.92 : 1.055 * bounded ** (1 / 2.4) - 0.055;
}

function luminance([r, g, b]: Rgb): number {
  return 0.2126 * toLinear(r) + 0.7152 * toLinear(g) + 0.0722 * toLinear(b);
}

/** WCAG 2: from 1 to 21. */
export function contrast(left: Rgb, right: Rgb): number {
  const [dark, light] = [luminance(left), luminance(right)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

type Matrix = readonly [Rgb, Rgb, Rgb];

// Machado, Oliveira, Fernandes 2009, severity 1.
const machado: Readonly<Record<Exclude<Vision, 'normal'>, Matrix>> = {
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

function multiply(matrix: Matrix, [x, y, z]: Rgb): Rgb {
  const row = ([a, b, c]: Rgb): number => a * x + b * y + c * z;
  return [row(matrix[0]), row(matrix[1]), row(matrix[2])];
}

/** The colour as eyes without one kind of cones see it. */
export function seenBy(colour: Rgb, vision: Vision): Rgb {
  if (vision === 'normal') {
    return colour;
  }

  const [r, g, b] = multiply(machado[vision], [toLinear(colour[0]), toLinear(colour[1]), toLinear(colour[2])]);
  return [toEncoded(r), toEncoded(g), toEncoded(b)];
}

const toXyz: Matrix = [
  [0.4124564, 0.3575761, 0.1804375],
  [0.2126729, 0.7151522, 0.072175],
  [0.0193339, 0.119192, 0.9503041],
];
const whiteD65: Rgb = [0.95047, 1, 1.08883];

function toLab(colour: Rgb): Rgb {
  const xyz = multiply(toXyz, [toLinear(colour[0]), toLinear(colour[1]), toLinear(colour[2])]);
  const f = (value: number): number => (value > 216 / 24389 ? Math.cbrt(value) : ((24389 / 27) * value + 16) / 116);
  const [x, y, z] = [f(xyz[0] / whiteD65[0]), f(xyz[1] / whiteD65[1]), f(xyz[2] / whiteD65[2])];
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180;
const cosDegrees = (degrees: number): number => Math.cos(radians(degrees));

function hueOf(a: number, b: number): number {
  return a === 0 && b === 0 ? 0 : ((Math.atan2(b, a) * 180) / Math.PI + 360) % 360;
}

/** CIEDE2000. */
export function difference(left: Rgb, right: Rgb): number {
  const [l1, a1, b1] = toLab(left);
  const [l2, a2, b2] = toLab(right);
  const meanChroma7 = ((Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2) ** 7;
  const g = 0.5 * (1 - Math.sqrt(meanChroma7 / (meanChroma7 + 25 ** 7)));
  const [p1, p2] = [a1 * (1 + g), a2 * (1 + g)];
  const [c1, c2] = [Math.hypot(p1, b1), Math.hypot(p2, b2)];
  const [h1, h2] = [hueOf(p1, b1), hueOf(p2, b2)];
  const grey = c1 * c2 === 0;
  const turn = h2 - h1;
  const hueStep = grey ? 0 : Math.abs(turn) <= 180 ? turn : turn > 180 ? turn - 360 : turn + 360;
  const sum = h1 + h2;
  const hue = grey ? sum : Math.abs(h1 - h2) <= 180 ? sum / 2 : sum < 360 ? (sum + 360) / 2 : (sum - 360) / 2;

  const lightness = (l1 + l2) / 2;
  const chroma = (c1 + c2) / 2;
  const t = 1 - 0.17 * cosDegrees(hue - 30) + 0.24 * cosDegrees(2 * hue) + 0.32 * cosDegrees(3 * hue + 6) - 0.2 * cosDegrees(4 * hue - 63);
  const sl = 1 + (0.015 * (lightness - 50) ** 2) / Math.sqrt(20 + (lightness - 50) ** 2);
  const sc = 1 + 0.045 * chroma;
  const sh = 1 + 0.015 * chroma * t;
  const rotation = -2 * Math.sqrt(chroma ** 7 / (chroma ** 7 + 25 ** 7)) * Math.sin(radians(60 * Math.exp(-(((hue - 275) / 25) ** 2))));
  const dl = (l2 - l1) / sl;
  const dc = (c2 - c1) / sc;
  const dh = (2 * Math.sqrt(c1 * c2) * Math.sin(radians(hueStep / 2))) / sh;
  return Math.sqrt(dl * dl + dc * dc + dh * dh + rotation * dc * dh);
}
