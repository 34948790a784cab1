import type { RelabelStep } from '../../api/targets';
import { dropSentence, tellSteps } from './relabelSteps';

const discovered = { __address__: 'a:1', __meta_app: 'x' };
const step = (rule: RelabelStep['rule'], output: RelabelStep['output'], keep = true): RelabelStep => ({ rule, output, keep });

describe('tellSteps', () => {
  it('says what each step did', () => {
    const told = tellSteps(discovered, [
      step({ action: 'labelmap', regex: '__meta_(.+)' }, { ...discovered, app: 'x' }),
      step({ action: 'replace', source_labels: ['__meta_app'], target_label: 'app', regex: '(.*)' }, { ...discovered, app: 'y' }),
      step({ action: 'keep', source_labels: ['app'], regex: 'y' }, { ...discovered, app: 'y' }),
      step({ action: 'labeldrop', regex: '__meta_.*' }, { __address__: 'a:1', app: 'y' }),
      step({ target_label: 'zone', replacement: '' }, { __address__: 'a:1', app: 'y' }),
    ]);
    expect(told.map(({ action, subject, effect }) => [action, subject, effect])).toEqual([
      ['labelmap', '__meta_(.+)', 'adds app="x"'],
      ['replace', '__meta_app → app', 'sets app="y"'],
      ['keep', 'app', 'keeps it'],
      ['labeldrop', '__meta_.*', 'removes __meta_app'],
      ['replace', 'zone', 'changes nothing'],
    ]);
  });

  it('shows what the dropping step compared, and does not reach the next', () => {
    const told = tellSteps(discovered, [
      step({ action: 'keep', source_labels: ['__meta_app', '__meta_scrape'], separator: ';', regex: 'x;true' }, {}, false),
      step({ target_label: 'zone', replacement: 'eu' }, {}, false),
    ]);
    expect(told).toMatchObject([{ state: 'dropped', value: 'x;', regex: 'x;true' }, { state: 'notReached', effect: 'not reached' }]);
  });

  it('counts labels beyond four', () => {
    const output = { ...discovered, a: '1', b: '1', c: '1', d: '1', e: '1' };
    expect(tellSteps(discovered, [step({ action: 'labelmap', regex: '.' }, output)])[0]?.effect).toBe('adds a, b, c, d and 1 more');
  });
});

describe('dropSentence', () => {
  const told = (action: string, labels: Readonly<Record<string, string>>) => dropSentence(tellSteps(labels, [step({ action, source_labels: ['scrape'], regex: 'true' }, {}, false)]));

  it('says what is missing', () => {
    expect(told('keep', {})).toEqual({ step: 1, text: 'scrape is not set, and the step keeps only true.' });
    expect(told('keep', { scrape: 'false' })?.text).toBe('scrape is "false", and the step keeps only true.');
  });

  it('says what is too much', () => {
    expect(told('drop', { scrape: 'true' })?.text).toBe('scrape is "true", and the step drops what matches true.');
    expect(told('dropequal', { scrape: 'a' })?.text).toContain('equal to its target label');
    expect(told('keepequal', { scrape: 'a' })?.text).toContain('keeps only what is equal');
  });

  it('has nothing to say of a target that is kept', () => {
    expect(dropSentence(tellSteps(discovered, [step({ target_label: 'a' }, discovered)]))).toBeUndefined();
  });
});
